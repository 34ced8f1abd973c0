"""Public notices and objections to them, as a stranger meets them."""

from datetime import timedelta

import pytest
import time_machine

from core import clock
from matching.models import Objection
from matching.states import NeedStatus, Role
from tests.factories.flow import end_publicity, make_team, need_at, registered
from tests.factories.matching import make_person
from tests.pages import address

pytestmark = pytest.mark.django_db
S = NeedStatus


@pytest.fixture
def team():
    return make_team()


@pytest.fixture
def notice(team):
    return need_at(team, S.IN_PUBLICITY).notices.get()


def test_a_notice_shows_a_masked_subject_and_nothing_that_finds_the_family(client, notice):
    for url in (address("notices"), address("notice", notice.code)):
        response = client.get(url)
        assert "张** 家，4–5 人" in response.text
        for secret in ("张建国", "530627198001010011", "13800000000", notice.need.household.code):
            assert secret not in response.text
        assert response["X-Robots-Tag"] == "noindex, noarchive"


def test_when_it_ends_the_subject_and_the_village_are_gone(client, notice):
    end_publicity()

    page = client.get(address("notice", notice.code)).text
    ended = client.get(address("notices"), {"show": "ended"}).text

    for text in (page, ended):
        assert "张**" not in text
        assert notice.need.village.label not in text
        assert notice.label in text
    assert notice.code not in client.get(address("notices")).text


def test_an_objection_gives_a_code_to_follow_it_by(client, team, notice):
    response = client.post(
        address("notice", notice.code), {"body": "这家有两辆车。", "contact": "13900000000"}
    )
    objection = Objection.objects.get()
    assert response.url == address("objection", objection.code)
    page = client.get(response.url).text
    assert objection.code in page
    assert "处理中" in page
    assert "两辆车" not in page
    assert "13900000000" not in page

    resolver = make_person(Role.COUNTY_APPROVER, team.tree.county)
    client.force_login(resolver)
    assert objection.code in client.get(address("desk")).text
    desk = address("desk_objection", objection.code)
    assert "两辆车" in client.get(desk).text
    client.post(desk, {"outcome": "dismissed", "resolution": "车辆已报废"})
    client.logout()

    assert "车辆已报废" in client.get(response.url).text
    follow = client.get(address("objection_follow"), {"code": f" {objection.code.lower()} "})
    assert follow.url == response.url


@pytest.mark.parametrize(("outcome", "status"), [("draft", S.DRAFT), ("rejected", S.REJECTED)])
def test_an_objection_is_upheld_from_the_desk(client, team, notice, outcome, status):
    client.post(address("notice", notice.code), {"body": "这家有两辆车。"})
    client.force_login(make_person(Role.TOWNSHIP_REVIEWER, team.tree.township))

    client.post(
        address("desk_objection", Objection.objects.get().code),
        {"outcome": outcome, "resolution": "属实"},
    )

    notice.need.refresh_from_db()
    assert notice.need.status == status


def test_who_took_part_reads_the_objection_but_does_not_settle_it(client, team, notice):
    client.post(address("notice", notice.code), {"body": "这家有两辆车。"})
    url = address("desk_objection", Objection.objects.get().code)
    client.force_login(team.county_approver)

    assert "要由其他人员处理" in client.get(url).text
    response = client.post(url, {"outcome": "dismissed", "resolution": "x"})

    assert response.status_code == 403
    assert Objection.objects.get().status == "open"
    client.force_login(make_person(Role.COUNTY_APPROVER, team.tree.other_county))
    assert client.get(url).status_code == 404


@pytest.mark.parametrize(
    ("data", "zh", "en"),
    [
        ({"body": ""}, "异议内容", "Objection"),
        ({"body": "短"}, "至少", "at least 5"),
        ({"body": "x" * 2001}, "2000", "2000"),
        ({"body": "这家有两辆车。", "website": "spam.example.org"}, "未被接受", "not accepted"),
    ],
)
def test_bad_objections_are_explained_and_not_kept(client, notice, data, zh, en):
    for language, sentence in (("zh-hans", zh), ("en", en)):
        response = client.post(address("notice", notice.code, language=language), data)
        assert response.status_code == 400
        assert sentence in response.text
        if "website" in data:
            assert "这家有两辆车" in response.text
    assert Objection.objects.count() == 0


def test_objections_from_one_address_are_limited(client, notice):
    url = address("notice", notice.code)
    codes = [client.post(url, {"body": f"第 {n} 条异议"}).status_code for n in range(12)]

    assert codes == [302] * 10 + [429] * 2
    assert Objection.objects.count() == 10


def test_an_objection_after_the_end_is_told_so(client, notice):
    with time_machine.travel(notice.closes_at + timedelta(seconds=1)):
        response = client.post(address("notice", notice.code), {"body": "这家有两辆车。"})

    assert response.status_code == 409
    assert "已经结束" in response.text
    assert Objection.objects.count() == 0


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_empty_and_unknown_pages(client, language):
    assert client.get(address("notices", language=language)).status_code == 200
    assert client.get(address("notices", language=language), {"show": "ended"}).status_code == 200
    assert client.get(address("objection_follow", language=language)).status_code == 200
    assert (
        client.get(address("objection_follow", language=language), {"code": "Y0"}).status_code
        == 404
    )
    assert client.get(address("notice", "G0", language=language)).status_code == 404
    assert client.get(address("objection", "Y0", language=language)).status_code == 404


def test_a_notice_names_when_it_ends(client, notice):
    ends = notice.closes_at.astimezone(clock.PROGRAMME_ZONE)

    assert f"{ends:%Y-%m-%d %H:%M}" in client.get(address("notice", notice.code)).text


def test_the_list_asks_the_database_the_same_for_one_notice_and_for_many(
    client, team, notice, django_assert_max_num_queries
):
    for number in range(3):
        household = registered(team, f"53062719800101{number:03d}8")
        need_at(team, S.IN_PUBLICITY, household)

    with django_assert_max_num_queries(4):
        page = client.get(address("notices")).text

    assert page.count("need-card") == 0
    assert page.count('class="card"') == 4
