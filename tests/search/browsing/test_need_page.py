"""One need, and a village, as pages."""

import pytest

from core import clock
from matching.models import PairingAgreement
from matching.states import AgreementStatus, Decision, NeedStatus, Role
from tests.factories.matching import NeedFactory, OrganisationFactory, UserFactory, make_tree
from tests.factories.search import make_public


def test_the_page_of_a_need_shows_what_it_takes_and_where_it_stands(client, world):
    page = client.get(f"/needs/{world['care'].code}/").content.decode()

    assert "康复训练与轮椅" in page
    assert "¥5,000" in page
    assert "¥1,000" in page
    assert "黑树镇" in page
    assert f"/give/{world['care'].code}/" in page
    assert f"/ledger/?need={world['care'].code}" in page


def test_the_page_in_english(client, world):
    page = client.get(f"/en/needs/{world['care'].code}/").content.decode()

    assert "Rehabilitation and a wheelchair" in page
    assert f"/en/give/{world['care'].code}/" in page


def test_the_page_names_no_village_and_no_person(client, db):
    need = make_public(household__identity__head_name="王五")
    officer = UserFactory(username="zhao-liu", first_name="六", last_name="赵")
    need.events.create(
        round=1,
        old_status=NeedStatus.FILED,
        new_status=NeedStatus.VILLAGE_APPROVED,
        decision=Decision.APPROVE,
        role=Role.VILLAGE_REVIEWER,
        actor=officer,
        reason="家住村口老槐树旁",
    )

    page = client.get(f"/needs/{need.code}/").content.decode()

    assert "村级初审员" in page
    for secret in ("王五", "zhao-liu", "赵六", "老槐树", "老包寨村", need.household.code):
        assert secret not in page


def test_a_code_may_be_typed_small(client, world):
    assert client.get(f"/needs/{world['care'].code.lower()}/").status_code == 200


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"target_minor": 500, "committed_minor": 500}, "款项已全部有人承诺"),
        (
            {
                "target_minor": 500,
                "committed_minor": 500,
                "collected_minor": 500,
                "status": NeedStatus.FUNDED,
            },
            "善款已经筹足",
        ),
        (
            {
                "target_minor": 500,
                "committed_minor": 500,
                "collected_minor": 500,
                "status": NeedStatus.CLOSED,
            },
            "善款已经拨付",
        ),
    ],
)
def test_a_need_that_takes_no_gifts_says_why(client, db, fields, sentence):
    need = make_public(**fields)

    page = client.get(f"/needs/{need.code}/").content.decode()

    assert sentence in page
    assert "/give/" not in page


@pytest.mark.parametrize("status", [NeedStatus.DRAFT, NeedStatus.FILED, NeedStatus.VERIFIED])
def test_a_need_that_never_was_public_is_not_found(client, db, status):
    verified = {"verified_at": clock.now()} if status == NeedStatus.VERIFIED else {}
    need = NeedFactory(status=status, **verified)

    assert client.get(f"/needs/{need.code}/").status_code == 404
    assert client.get("/needs/NOTHING/").status_code == 404


def test_a_withdrawn_consent_makes_the_page_gone_at_once(client, world):
    need = world["stove"]
    need.household.consents.update(withdrawn_at=clock.now())

    response = client.get(f"/needs/{need.code}/")

    assert response.status_code == 410
    assert need.title not in response.content.decode()


def test_a_paused_need_is_not_shown_for_now(client, world):
    type(world["stove"]).objects.filter(pk=world["stove"].pk).update(status=NeedStatus.PAUSED)

    response = client.get(f"/needs/{world['stove'].code}/")

    assert response.status_code == 404
    assert "正在重新核对" in response.content.decode()


def test_a_village_shows_its_townships_needs_and_three_separate_sums(client, world):
    village = make_tree().far_village
    people = UserFactory.create_batch(2)
    PairingAgreement.objects.create(
        organisation=OrganisationFactory(name="测试纺织厂"),
        village=village,
        title="三年帮扶",
        promised_minor=30_000_000,
        starts_on="2026-01-01",
        ends_on="2028-12-31",
        status=AgreementStatus.ACTIVE,
        proposed_by=people[0],
        decided_by=people[1],
        decided_at=clock.now(),
        signed_on="2026-01-01",
    )

    page = client.get(f"/villages/{village.code}/").content.decode()

    assert "苏木村" in page
    assert "养鸡起步" in page
    assert "独居老人过冬取暖" not in page
    assert "测试纺织厂" in page
    assert "¥300,000" in page
    assert page.count("¥0<") >= 2


def test_a_village_without_needs_says_where_else_to_look(client, db):
    page = client.get(f"/villages/{make_tree().village.code}/").content.decode()

    assert "这里现在没有正在筹集的需求" in page
    assert "还没有签订结对协议。" in page


@pytest.mark.parametrize("code", ["530627102000", "999999999999", "abc", "0"])
def test_only_a_village_has_a_village_page(client, db, code):
    make_tree()

    assert client.get(f"/villages/{code}/").status_code == 404
