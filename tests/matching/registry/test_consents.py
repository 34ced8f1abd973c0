"""Recording and withdrawing a consent: of one scope, of one household, on the record."""

from datetime import timedelta

import pytest

from core import changes, clock
from core.models import AuditEvent
from matching.exceptions import RoleMissingError
from matching.models import NeedEvent
from matching.registry.services.consents import consent_record, consent_withdraw
from matching.states import ConsentScope, NeedStatus, Role
from tests.factories.matching import ConsentFactory, NeedFactory, make_person, make_tree

pytestmark = pytest.mark.django_db
S = NeedStatus
NEED, STORY = ConsentScope.PUBLISH_NEED, ConsentScope.PUBLISH_STORY


@pytest.fixture
def officer():
    return make_person(Role.VILLAGE_OFFICER, make_tree().village.region)


@pytest.fixture
def need():
    """Return a published need whose household agreed to its story too."""
    need = NeedFactory(published=True)
    ConsentFactory(household=need.household, scope=STORY)
    return need


def record(officer, need, **changed):
    fields = {"scope": STORY, "channel": " 电话录音 ", "given_on": clock.today(), **changed}
    return consent_record(actor=officer, household_id=need.household_id, **fields)


def heard_while(act) -> list[int]:
    """Return the needs announced by an act."""
    heard = []

    def listener(label: str, pk: int) -> None:
        heard.append(pk)

    changes.listen(listener)
    try:
        act()
    finally:
        changes._listeners.remove(listener)
    return heard


def test_only_the_earlier_consent_of_that_scope_ends(officer, need):
    earlier = need.household.consents.get(scope=STORY)
    long_ago = clock.now() - timedelta(days=9)
    old = ConsentFactory(household=need.household, scope=STORY, withdrawn_at=long_ago)
    other = NeedFactory(published=True)

    heard = heard_while(lambda: record(officer, need))

    earlier.refresh_from_db()
    old.refresh_from_db()
    assert earlier.withdrawn_at is not None
    assert earlier.updated_at > earlier.created_at
    assert old.withdrawn_at == long_ago
    assert need.household.consents.in_force(NEED).count() == 1
    assert other.household.consents.in_force(NEED).count() == 1
    assert heard == [need.pk]


def test_the_record_says_what_was_agreed_and_who_wrote_it_down(officer, need):
    today = clock.today()

    consent = record(officer, need, expires_on=today)

    assert (consent.scope, consent.channel, consent.recorded_by) == (STORY, "电话录音", officer)
    assert (consent.given_on, consent.expires_on) == (today, today)
    event = AuditEvent.objects.get(action="consent.recorded")
    assert (event.actor, event.object_ref) == (officer, need.household.code)
    assert event.detail["scope"] == "publish_story"


def test_only_the_officer_of_the_village_records(need):
    for person in (
        make_person(Role.VILLAGE_OFFICER, make_tree().far_village.region),
        make_person(Role.COUNTY_APPROVER),
    ):
        with pytest.raises(RoleMissingError):
            record(person, need)
    assert need.household.consents.count() == 2


def test_withdrawing_the_story_leaves_the_need_where_it_is(officer, need):
    heard = []

    def act():
        heard.append(consent_withdraw(household_id=need.household_id, scope=STORY, actor=officer))

    announced = heard_while(act)

    need.refresh_from_db()
    assert (need.status, heard, announced) == (S.PUBLISHED, [0], [need.pk])
    assert not need.household.consents.in_force(STORY).exists()
    assert need.household.consents.in_force(NEED).count() == 1
    event = AuditEvent.objects.get(action="consent.withdrawn")
    assert (event.actor, event.object_ref) == (officer, need.household.code)
    assert event.detail["scope"] == "publish_story"


def test_withdrawing_takes_down_every_open_need_of_that_household_and_no_other(officer, need):
    second = NeedFactory(published=True, household=need.household)
    verified = NeedFactory(verified=True, household=need.household)
    other = NeedFactory(published=True)
    before = need.household.consents.get(scope=NEED).updated_at

    moved = consent_withdraw(household_id=need.household_id, scope=NEED, actor=officer)

    assert moved == 2
    statuses = []
    for each in (need, second, verified, other):
        each.refresh_from_db()
        statuses.append(each.status)
    assert statuses == [S.PAUSED, S.PAUSED, S.VERIFIED, S.PUBLISHED]
    reasons = NeedEvent.objects.filter(new_status=S.PAUSED)
    assert set(reasons.values_list("reason", "actor")) == {("农户撤回同意", officer.pk)}
    assert need.household.consents.get(scope=NEED).updated_at > before
    # Once ended it is not ended again, and nobody is told again.
    again = heard_while(
        lambda: consent_withdraw(household_id=need.household_id, scope=NEED, actor=officer)
    )
    assert again == []
    assert AuditEvent.objects.filter(action="consent.withdrawn").count() == 1
