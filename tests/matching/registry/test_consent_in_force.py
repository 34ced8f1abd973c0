"""Consent in force is said twice, as a query set and in plain SQL: both say the same."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core import clock, sql
from matching.models import Consent, Need
from matching.needs.selectors.publishing import consent_in_force
from matching.needs.selectors.purposes import CONSENT_IN_FORCE, need_purpose
from matching.needs.services.funding import need_room_take
from matching.states import ConsentScope
from tests.examples import DRAWN, taken_back
from tests.factories.matching import NeedFactory

pytestmark = pytest.mark.django_db
# Half past midnight where the programme is, still the day before in UTC.
NIGHT = datetime(2026, 10, 16, 16, 30, tzinfo=UTC)
TODAY = clock.day_of(NIGHT)
DAYS = st.sampled_from([-400, -2, -1, 0, 1, 2, 400])
ASKED_IN_SQL = f"SELECT {CONSENT_IN_FORCE} FROM matching_need AS need WHERE need.id = %s"


@st.composite
def consents(draw, scope: ConsentScope) -> list[dict]:
    """Return what a household agreed to over time: of each scope the last one may stand."""
    drawn = []
    for number in range(draw(st.integers(0, 3))):
        given_on = draw(DAYS)
        lasts = draw(st.none() | st.sampled_from([0, 1, 2, 400]))
        drawn.append(
            {
                "scope": scope,
                "given_on": TODAY + timedelta(days=given_on),
                "expires_on": None if lasts is None else TODAY + timedelta(days=given_on + lasts),
                "withdrawn_at": None if number == 0 and draw(st.booleans()) else NIGHT,
            }
        )
    return drawn


def stands(consent: dict) -> bool:
    """Say in plain words of our own whether a consent to publish the need stands today."""
    return (
        consent["scope"] == ConsentScope.PUBLISH_NEED
        and consent["withdrawn_at"] is None
        and consent["given_on"] <= TODAY
        and (consent["expires_on"] is None or consent["expires_on"] >= TODAY)
    )


def standing(**changes) -> dict:
    return {
        "scope": ConsentScope.PUBLISH_NEED,
        "given_on": TODAY - timedelta(days=1),
        "expires_on": None,
        "withdrawn_at": None,
        **changes,
    }


@pytest.fixture
def need(db) -> Need:
    """Return a published need whose household has agreed to nothing yet, beside one that has."""
    NeedFactory(published=True).household.consents.update(given_on=TODAY - timedelta(days=9))
    need = NeedFactory(published=True)
    need.household.consents.all().delete()
    return need


@DRAWN
@given(consents(ConsentScope.PUBLISH_NEED), consents(ConsentScope.PUBLISH_STORY))
@example([], [])
@example([standing()], [])
@example([standing(expires_on=TODAY)], [])
@example([standing(expires_on=TODAY - timedelta(days=1))], [])
@example([standing(given_on=TODAY)], [])
@example([standing(given_on=TODAY + timedelta(days=1))], [])
@example([standing(withdrawn_at=NIGHT)], [])
@example([], [standing(scope=ConsentScope.PUBLISH_STORY)])
def test_every_door_agrees_on_whether_a_consent_stands(need, of_need, of_story):
    expected = any(stands(consent) for consent in [*of_need, *of_story])
    with taken_back(), clock.pretend(NIGHT):
        Consent.objects.bulk_create(
            Consent(
                household=need.household, channel="纸质签字", recorded_by=need.filed_by, **consent
            )
            for consent in [*of_need, *of_story]
        )
        today = sql.stored(clock.today())

        answers = {
            "query set": consent_in_force(need.household_id, ConsentScope.PUBLISH_NEED),
            "plain SQL": bool(sql.rows(ASKED_IN_SQL, [today, today, need.pk])[0][0]),
            "to strangers": need in Need.objects.public(),
            "takes gifts": need in Need.objects.open(),
            "purpose of a gift": need_purpose(need_id=need.pk).is_open,
            "promise to it": need_room_take(need_id=need.pk, amount_minor=1),
        }

    assert answers == dict.fromkeys(answers, expected)


@DRAWN
@given(consents(ConsentScope.PUBLISH_STORY))
def test_a_consent_to_the_story_is_told_from_one_to_the_need(need, of_story):
    expected = any(stands({**consent, "scope": ConsentScope.PUBLISH_NEED}) for consent in of_story)
    with taken_back(), clock.pretend(NIGHT):
        Consent.objects.bulk_create(
            Consent(
                household=need.household, channel="纸质签字", recorded_by=need.filed_by, **consent
            )
            for consent in of_story
        )

        assert consent_in_force(need.household_id, ConsentScope.PUBLISH_STORY) == expected
        assert not consent_in_force(need.household_id, ConsentScope.PUBLISH_NEED)
