"""Registering households: locked away, once, and every look recorded."""

from datetime import timedelta

import pytest
from django.db import connection

from core import clock
from core.models import AuditEvent
from matching.exceptions import ConsentMissingError, DuplicateHouseholdError, RoleMissingError
from matching.models import Consent, Household, HouseholdIdentity, Need
from matching.registry.identity import (
    check_digit_fits,
    mask_id_number,
    mask_name,
    mask_phone,
    mentions_identity,
    normal_id_number,
)
from matching.registry.services.consents import consent_record, consent_withdraw
from matching.registry.services.households import identity_view
from matching.states import ConsentScope, NeedStatus, Role
from tests.factories.flow import make_team, need_at, registered
from tests.factories.matching import UserFactory, make_person

pytestmark = pytest.mark.django_db
S = NeedStatus
PUBLISH = ConsentScope.PUBLISH_NEED


@pytest.fixture
def team():
    return make_team()


def test_a_household_is_registered_with_its_consent(team):
    household = registered(team)

    consent = household.consents.get()
    assert (consent.scope, consent.recorded_by) == (PUBLISH, team.officer)
    assert household.identity.head_name == "张建国"
    actions = list(AuditEvent.objects.values_list("action", flat=True))
    assert actions == ["household.registered", "consent.recorded"]


def test_nothing_of_the_identity_stands_in_clear_in_the_database(team):
    registered(team)

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM matching_householdidentity")
        stored = str(cursor.fetchall())

    assert "张建国" not in stored
    assert "53062719800101" not in stored
    assert "13800000000" not in stored


@pytest.mark.parametrize(
    "again", ["530627198001010011", " 5306 2719 8001 0100 11", "５30627198001010011"]
)
def test_a_number_is_registered_once_and_the_refusal_names_nobody(team, again):
    registered(team)

    with pytest.raises(DuplicateHouseholdError) as refusal:
        registered(team, again)

    assert "张" not in refusal.value.message
    assert Household.objects.count() == HouseholdIdentity.objects.count() == 1
    assert Consent.objects.count() == 1


def test_only_an_officer_of_the_village_registers(team):
    for person in (team.village_reviewer, UserFactory(is_superuser=True)):
        with pytest.raises(RoleMissingError):
            registered(make_team_with(team, person))
    elsewhere = make_person(Role.VILLAGE_OFFICER, team.tree.far_village.region)
    with pytest.raises(RoleMissingError):
        registered(make_team_with(team, elsewhere))

    assert Household.objects.count() == 0


def make_team_with(team, officer):
    """The same team with another person as its officer."""
    values = {name: getattr(team, name) for name in team.__slots__}
    return type(team)(**(values | {"officer": officer}))


def test_looking_at_an_identity_is_recorded_and_kept_to_the_region(team):
    household = registered(team)
    far = make_person(Role.TOWNSHIP_REVIEWER, team.tree.other_township)
    for person in (far, team.editor, UserFactory(is_superuser=True)):
        with pytest.raises(RoleMissingError):
            identity_view(household_id=household.pk, actor=person)

    identity = identity_view(household_id=household.pk, actor=team.county_approver)

    assert identity.id_number == "530627198001010011"
    looks = AuditEvent.objects.filter(action="household.identity_viewed")
    assert [(look.actor, look.object_ref) for look in looks] == [
        (team.county_approver, household.code)
    ]


def test_a_new_consent_takes_the_place_of_the_old(team):
    household = registered(team)

    consent_record(
        actor=team.officer,
        household_id=household.pk,
        scope=PUBLISH,
        channel="电话录音",
        given_on=clock.today(),
        expires_on=clock.today() + timedelta(days=365),
    )

    assert list(household.consents.in_force(PUBLISH).values_list("channel", flat=True)) == [
        "电话录音"
    ]
    assert household.consents.count() == 2


@pytest.mark.parametrize(
    ("given", "expires", "sentence"),
    [(1, None, "不能晚于今天"), (-9, -1, "有效期已经过去")],
)
def test_a_consent_of_the_future_or_the_past_changes_nothing(team, given, expires, sentence):
    household = registered(team)

    with pytest.raises(ConsentMissingError, match=sentence):
        consent_record(
            actor=team.officer,
            household_id=household.pk,
            scope=PUBLISH,
            channel="x",
            given_on=clock.today() + timedelta(days=given),
            expires_on=expires and clock.today() + timedelta(days=expires),
        )

    assert household.consents.in_force(PUBLISH).count() == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (S.DRAFT, S.DRAFT),
        (S.TOWNSHIP_APPROVED, S.TOWNSHIP_APPROVED),
        (S.IN_PUBLICITY, S.WITHDRAWN),
        (S.VERIFIED, S.VERIFIED),
        (S.PUBLISHED, S.PAUSED),
    ],
)
def test_withdrawing_consent_takes_down_what_rested_on_it(team, before, after):
    need = need_at(team, before)

    moved = consent_withdraw(household_id=need.household_id, scope=PUBLISH, actor=team.officer)
    again = consent_withdraw(household_id=need.household_id, scope=PUBLISH, actor=team.officer)

    need.refresh_from_db()
    assert (need.status, moved, again) == (after, int(before != after), 0)
    assert not Need.objects.public().exists()
    assert not need.notices.filter(status="open").exists()
    assert not need.notices.exclude(subject="").exists()


def test_a_stranger_to_the_region_cannot_withdraw_a_consent(team):
    household = registered(team)
    far = make_person(Role.VILLAGE_OFFICER, team.tree.far_village.region)

    with pytest.raises(RoleMissingError):
        consent_withdraw(household_id=household.pk, scope=PUBLISH, actor=far)

    assert household.consents.in_force(PUBLISH).count() == 1


def test_identity_is_masked():
    assert mask_name("张建国") == "张**"
    assert mask_name("李四") == "李**"
    assert mask_name("欧阳建国") == "欧阳**"
    assert mask_name("") == ""
    assert mask_id_number("53062719800101011X") == "530***********011X"
    assert mask_phone("13800001234") == "*******1234"


def test_the_check_digit_is_the_standards():
    # The example of GB 11643 itself.
    assert check_digit_fits("11010519491231002X") is True
    assert check_digit_fits("110105194912310021") is False
    assert normal_id_number(" 1101051949123100２x ") == "11010519491231002X"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("张建国家缺课桌", True),
        ("请拨 13800000000", True),
        ("户主 张 建 国", True),
        ("两名学生缺课桌，2026年", False),
    ],
)
def test_text_for_strangers_may_not_identify(text, told):
    assert mentions_identity(text, name="张建国", secrets=["13800000000"]) is told
