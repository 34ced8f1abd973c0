"""What a gift is for, in plain SQL, and the same of needs and campaigns through their models."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import clock
from matching.models import Campaign, Need
from matching.needs.selectors.purposes import (
    NOTHING,
    campaign_purpose,
    need_purpose,
    purpose_by_id,
    purpose_read,
)
from matching.needs.services.funding import need_collect, need_room_take
from matching.states import NEED_TRANSITIONS, NeedStatus
from tests.examples import DRAWN, taken_back
from tests.factories.matching import CampaignFactory, NeedFactory, make_tree

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 17, 4, tzinfo=UTC)
TARGET = 100


@pytest.fixture
def need(db) -> Need:
    """Return a published need, beside another one whose room is another."""
    NeedFactory(published=True, target_minor=TARGET, committed_minor=7)
    return NeedFactory(published=True, target_minor=TARGET, campaign=CampaignFactory())


@DRAWN
@given(
    st.sampled_from(list(NeedStatus)),
    st.integers(0, TARGET),
    st.booleans(),
    st.tuples(st.integers(1, TARGET + 1), st.integers(0, 3)),
)
def test_every_door_agrees_on_what_a_need_takes(need, status, promised, consented, asked):
    amount, leave = asked
    with taken_back():
        Need.objects.filter(pk=need.pk).update(
            status=status, committed_minor=promised, verified_at=NOW
        )
        if not consented:
            need.household.consents.update(withdrawn_at=NOW)
        need.refresh_from_db()
        is_open = status == NeedStatus.PUBLISHED and consented
        room = need.missing.minor if status == NeedStatus.PUBLISHED else 0

        purpose = need_purpose(need_code=need.code)

        assert need_purpose(need_id=need.pk) == purpose
        assert (need in Need.objects.open(), purpose.is_open) == (is_open, is_open)
        assert purpose.missing_minor == room == purpose_read(need=need, campaign=None).missing_minor
        fits = is_open and amount + leave <= TARGET - promised
        assert need_room_take(need_id=need.pk, amount_minor=amount, leave_minor=leave) == fits
        need.refresh_from_db()
        assert need.committed_minor == promised + (amount if fits else 0)


@pytest.mark.parametrize("status", NeedStatus)
def test_the_last_money_meets_a_need_exactly_where_the_state_table_lets_it(need, status):
    Need.objects.filter(pk=need.pk).update(
        status=status, committed_minor=TARGET, collected_minor=TARGET - 1, verified_at=NOW
    )

    need_collect(need_id=need.pk, amount_minor=1)

    need.refresh_from_db()
    may = NeedStatus.FUNDED in NEED_TRANSITIONS[status]
    assert need.status == (NeedStatus.FUNDED if may else status)


@DRAWN
@given(st.sampled_from([-2, -1, 0, 1, 2]), st.sampled_from([1, 2, 3]))
def test_every_door_agrees_on_whether_a_campaign_is_open(need, starts, lasts):
    with taken_back(), clock.pretend(NOW):
        campaign = CampaignFactory(
            starts_at=NOW + timedelta(seconds=starts),
            ends_at=NOW + timedelta(seconds=starts + lasts),
        )
        is_open = starts <= 0 < starts + lasts

        purpose = campaign_purpose(slug=campaign.slug)

        assert (campaign in Campaign.objects.open_at(NOW), purpose.is_open) == (is_open, is_open)
        assert campaign_purpose(campaign_id=campaign.pk) == purpose


def test_a_need_read_either_way_is_the_same_purpose(need):
    read = purpose_read(need=need, campaign=None)
    found = purpose_by_id(need_id=need.pk, campaign_id=None)

    assert (read.code, read.need_id, read.campaign_id, read.currency) == (
        need.code,
        need.pk,
        need.campaign_id,
        "CNY",
    )
    assert found.township_code == "530627102000"
    for name in ("code", "need_id", "campaign_id", "currency", "is_open", "missing_minor"):
        assert getattr(found, name) == getattr(read, name)
    assert (found.category, found.region_code) == ("education", "530627102201")
    assert (read.category, read.region_code) == ("education", "530627102201")


def test_a_campaign_named_beside_the_need_is_the_purposes_campaign(need):
    other = CampaignFactory()

    assert purpose_read(need=need, campaign=other).campaign_id == other.pk


def test_a_campaign_read_either_way_is_the_same_purpose(db):
    campaign = CampaignFactory()

    read = purpose_read(need=None, campaign=campaign)

    assert read == purpose_by_id(need_id=None, campaign_id=campaign.pk)
    assert (read.code, read.campaign_id, read.missing_minor) == (campaign.slug, campaign.pk, None)
    assert (read.region_code, read.is_open) == (make_tree().county.code, True)


def test_nothing_in_particular_and_nothing_at_all(db):
    assert purpose_by_id(need_id=None, campaign_id=None) is NOTHING
    assert purpose_read(need=None, campaign=None) is NOTHING
    assert not NOTHING.is_open
    assert need_purpose(need_code="none") is None
    assert campaign_purpose(slug="none") is None
    with pytest.raises(LookupError):
        purpose_by_id(need_id=1, campaign_id=None)
    with pytest.raises(LookupError):
        purpose_by_id(need_id=None, campaign_id=1)


def test_a_village_without_a_township_has_no_township_code(need):
    region = need.village.region
    region.parent = None
    region.save()

    purpose = need_purpose(need_id=need.pk)

    assert (purpose.code, purpose.township_code) == (need.code, "")
