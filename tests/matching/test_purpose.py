"""What money is for is one value, whichever way it is read."""

from dataclasses import asdict, fields

import pytest

from matching.models import Campaign, Need
from matching.needs.selectors.purposes import campaign_purpose, need_purpose, purpose_read
from matching.purpose import NO_PURPOSE, Purpose, PurposeKind
from matching.states import Level
from tests.donations.booking import make_agreement
from tests.factories.matching import CampaignFactory, NeedFactory

pytestmark = pytest.mark.django_db
NAMES = [field.name for field in fields(Purpose)]


def as_purpose(appeal) -> Purpose:
    return Purpose(**{name: value for name, value in asdict(appeal).items() if name in NAMES})


@pytest.fixture
def need(db) -> Need:
    return NeedFactory(published=True, campaign=CampaignFactory())


def test_a_need_is_the_same_purpose_by_its_row_and_in_plain_sql(need):
    purpose = need.purpose

    assert purpose == Purpose(
        kind=PurposeKind.NEED,
        id=need.pk,
        code=need.code,
        currency="CNY",
        campaign_id=need.campaign_id,
        township_code="530627102000",
    )
    assert as_purpose(need_purpose(need_code=need.code)) == purpose
    assert as_purpose(need_purpose(need_id=need.pk)) == purpose
    assert as_purpose(purpose_read(need=need, campaign=None)) == purpose
    assert (purpose.need_id, purpose.agreement_id) == (need.pk, None)


@pytest.mark.parametrize("level", [level for level in Level if level != Level.TOWNSHIP])
def test_what_stands_above_a_village_and_is_no_township_is_not_told_as_one(need, level):
    township = need.village.region.parent
    township.level = level
    township.save()
    need = Need.objects.get(pk=need.pk)

    assert need.purpose.township_code == ""
    assert need_purpose(need_id=need.pk).township_code == ""
    assert need.village.place == need.village.label


def test_a_campaign_is_the_same_purpose_by_its_row_and_in_plain_sql():
    campaign: Campaign = CampaignFactory()
    purpose = campaign.purpose

    assert purpose == Purpose(
        PurposeKind.CAMPAIGN, campaign.pk, campaign.slug, "CNY", campaign_id=campaign.pk
    )
    assert as_purpose(campaign_purpose(slug=campaign.slug)) == purpose
    assert as_purpose(campaign_purpose(campaign_id=campaign.pk)) == purpose
    assert as_purpose(purpose_read(need=None, campaign=campaign)) == purpose
    assert (purpose.need_id, purpose.agreement_id) == (None, None)


def test_an_agreement_is_a_purpose_of_no_campaign():
    agreement = make_agreement()
    purpose = agreement.purpose

    assert (purpose.kind, purpose.code) == (PurposeKind.PAIRING, agreement.code)
    assert (purpose.need_id, purpose.agreement_id) == (None, agreement.pk)
    assert (purpose.campaign_id, purpose.township_code) == (None, "530627102000")


def test_nothing_in_particular_is_no_row():
    assert (NO_PURPOSE.need_id, NO_PURPOSE.agreement_id, NO_PURPOSE.campaign_id) == (None,) * 3
