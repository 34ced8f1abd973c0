"""Bad input on every form of the desk: told in both languages, nothing saved."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from matching.models import Evidence, Household, Need
from tests.factories.flow import drafted, make_team, registered
from tests.factories.inputs import household_data, need_data
from tests.pages import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return make_team()


@pytest.fixture
def login(client):
    """Return a function that signs a person in and gives the client."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


@pytest.mark.parametrize(
    ("changes", "zh", "en"),
    [
        ({"id_number": "12345"}, "身份证号是 18 位", "18 characters"),
        ({"head_name": ""}, "户主姓名", "Name of the head"),
        ({"consented": ""}, "没有取得农户同意", "has not agreed"),
        ({"given_on": "2099-01-01"}, "同意日期不能晚于今天", "cannot be in the future"),
        ({"given_on": "yesterday"}, "请填写日期", "Enter a date"),
        ({"expires_on": "2020-01-01"}, "有效期已经过去", "already over"),
        ({"phone": "call me"}, "7 至 20 位的电话", "phone number of 7 to 20"),
        ({"village": "999999"}, "所在村", "Village"),
    ],
)
def test_bad_household_input_is_explained_in_both_languages(team, login, changes, zh, en):
    client = login(team.officer)
    for language, sentence in (("zh-hans", zh), ("en", en)):
        response = client.post(
            address("desk_household_new", language=language), household_data(team, **changes)
        )
        assert response.status_code == 400
        assert 'class="error-summary"' in response.text
        assert sentence in response.text
        if "head_name" not in changes:
            assert "李大山" in response.text

    assert Household.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "zh", "en"),
    [
        ({"title": ""}, "标题", "Title"),
        ({"category": "gold"}, "类别", "Category"),
        ({"items-0-quantity": "many"}, "数量要填整数", "whole number"),
        ({"items-0-quantity": "0"}, "数量", "Quantity"),
        ({"items-0-unit_price": "1.234"}, "请用数字填写金额", "Enter the amount in figures"),
        ({"items-0-unit_price": "0"}, "金额要大于零", "above zero"),
        ({"items-0-unit_price": "99999999"}, "不能超过 ¥1,000,000", "above ¥1,000,000"),
        (
            {f"items-0-{name}": "" for name in ("name", "quantity", "unit", "unit_price")},
            "至少填写一项",
            "at least one item",
        ),
        ({"items-0-name": ""}, "物品或用途", "Item or purpose"),
        ({"summary": "户主张建国生病"}, "不能出现姓名", "must not"),
        ({"items-TOTAL_FORMS": "x"}, "清单", "Items"),
    ],
)
def test_bad_need_input_is_explained_in_both_languages(team, login, changes, zh, en):
    household = registered(team)
    client = login(team.officer)
    for language, sentence in (("zh-hans", zh), ("en", en)):
        response = client.post(
            address("desk_need_new", household.code, language=language), need_data(**changes)
        )
        assert response.status_code in {400, 409}
        assert sentence in response.text
        assert response.text.count("error") > 0
    assert Need.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "content", "zh", "en"),
    [
        ("a.svg", b"<svg/>", "只接受 JPG", "Only JPG"),
        ("a.jpg", b"", "", ""),
        (None, None, "照片或文件", "Photo or file"),
    ],
)
def test_bad_files_are_explained_in_both_languages(team, login, name, content, zh, en):  # noqa: PLR0917
    need = drafted(team)
    for language, sentence in (("zh-hans", zh), ("en", en)):
        data = {"file": SimpleUploadedFile(name, content)} if name else {}
        response = login(team.officer).post(
            address("desk_evidence_add", need.code, language=language), data
        )
        assert response.status_code == 400
        assert "error-summary" in response.text
        assert sentence in response.text
    assert Evidence.objects.count() == 1
