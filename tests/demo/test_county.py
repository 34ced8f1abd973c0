"""The seeded county: complete, true by every rule, and all of it in the past."""

from collections import Counter

import pytest
from django.core import mail
from django.db import connection

from cms.models import CampaignPage, NeedStory, StoryImage, StoryPage
from core import clock
from core.models import AuditEvent, JobRun, Outbox
from core.two_people.states import ProposalStatus
from demo import accounts
from demo.seed import marker
from donations.models import (
    Disbursement,
    Donation,
    Entry,
    GoodsGift,
    Instalment,
    PublishedReport,
    Receipt,
)
from donations.states import DonationStatus, ReportKind
from donations.tallies.selectors import board
from matching.funds.selectors.funds import fund_progress
from matching.models import (
    Campaign,
    Household,
    HouseholdIdentity,
    MatchFund,
    Need,
    NeedEvent,
    Objection,
    PairingAgreement,
    Region,
    Village,
)
from matching.needs.selectors.publishing import publishing_refusal
from matching.registry.identity import check_digit_fits
from matching.states import PUBLIC_STATUSES, AgreementStatus, Category, Level, ObjectionStatus
from tests.invariants import violations

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_the_county(county):
    """Every test here reads the seeded county."""


def test_every_state_and_every_category_occurs_as_planned(county):
    standing = Counter(Need.objects.values_list("status", flat=True))
    assert standing == {str(status): count for status, count in county.plan.standing().items()}
    assert set(Need.objects.values_list("category", flat=True)) == set(Category.values)


def test_no_rule_of_money_is_broken():
    assert violations() == []


def test_the_whole_county_is_on_the_map():
    levels = Counter(Region.objects.values_list("level", flat=True))
    assert levels[Level.TOWNSHIP] == 30
    assert Village.objects.count() == levels[Level.VILLAGE] == 262


def test_no_identity_number_can_exist(county):
    numbers = [row.id_number for row in HouseholdIdentity.objects.all()]
    assert len(numbers) == Household.objects.count() == county.plan.households
    assert all(number[10:14] == "0230" and not check_digit_fits(number) for number in numbers)


def test_whatever_is_public_may_be():
    public = Need.objects.filter(status__in=PUBLIC_STATUSES)
    assert Need.objects.public().count() == public.count() > 0
    assert [publishing_refusal(need) for need in public] == [None] * len(public)


def test_three_people_verified_each_published_need():
    for need in Need.objects.public():
        events = need.events.filter(
            role__in=["village_reviewer", "township_reviewer", "county_approver"], round=need.round
        )
        assert len(set(events.values_list("actor", flat=True)) | {need.filed_by_id}) == 4


def test_all_of_it_happened_before_now_and_in_order(county):
    for model in (NeedEvent, Entry, AuditEvent):
        instants = list(model.objects.order_by("pk").values_list("at", flat=True))
        assert instants == sorted(instants)
        assert instants[-1] <= county.now
    first = NeedEvent.objects.order_by("pk").first().at
    assert (county.now - first).days > 60


def test_objections_stand_and_were_settled():
    found = Counter(Objection.objects.values_list("status", flat=True))
    assert set(found) <= set(ObjectionStatus.values)


def test_gifts_came_with_match_and_receipts(county):
    collected = Donation.objects.filter(status=DonationStatus.COLLECTED)
    refunded = Donation.objects.filter(status=DonationStatus.REFUNDED)
    assert Donation.objects.count() >= county.plan.gifts
    assert not Donation.objects.filter(status=DonationStatus.PENDING).exists()
    assert sum(gift.matched_minor for gift in collected) > 0
    assert Receipt.objects.count() == collected.count() + refunded.count()


def test_the_board_shows_the_campaign_in_progress(county):
    campaign = Campaign.objects.get()
    shown = board(campaign)
    assert campaign.starts_at < clock.now() < campaign.ends_at
    gifts = Donation.objects.filter(campaign=campaign, status=DonationStatus.COLLECTED)
    assert shown.gifts == gifts.count()
    assert shown.cash.minor == sum(gift.amount_minor for gift in gifts)
    confirmed = GoodsGift.objects.filter(status=ProposalStatus.CONFIRMED)
    assert shown.goods.minor == sum(gift.value_minor for gift in confirmed) > 0
    assert len(shown.townships) == county.plan.townships


def test_the_funds_are_a_hot_one_a_scoped_one_and_a_nearly_spent_one():
    hot, scoped, spent = MatchFund.objects.order_by("pk")
    slots = 64 if connection.vendor == "postgresql" else 1
    assert (hot.slot_count, hot.slots.count()) == (slots, slots)
    assert scoped.scope_category == Category.EDUCATION
    assert 0 <= fund_progress(spent).remaining.minor <= spent.authorised_minor


def test_money_went_out_and_some_waits_for_the_second_officer():
    states = Counter(Disbursement.objects.values_list("status", flat=True))
    assert states[ProposalStatus.CONFIRMED] >= 4
    assert states[ProposalStatus.PROPOSED] >= 1
    waiting = Disbursement.objects.filter(status=ProposalStatus.PROPOSED)
    assert {row.proposed_by.username for row in waiting} == {"funds1"}


def test_agreements_stand_with_money_arrived_and_spent(county):
    states = Counter(PairingAgreement.objects.values_list("status", flat=True))
    assert sum(states.values()) == county.plan.pairings
    assert states[AgreementStatus.ACTIVE] >= 1
    assert states[AgreementStatus.COMPLETED] == 1
    assert Instalment.objects.filter(status=ProposalStatus.CONFIRMED).exists()
    assert Disbursement.objects.filter(agreement__isnull=False).exists()


def test_stories_were_written_by_one_editor_and_published_by_another(county):
    assert NeedStory.objects.shown().count() + StoryPage.objects.live().count() // 2 == (
        county.plan.stories
    )
    for story in NeedStory.objects.shown():
        assert story.latest_revision.user.username == "editor"
        assert story.cover.alt_zh
    assert CampaignPage.objects.live().count() == 2


def test_every_picture_is_a_drawing_of_nobody_and_outlives_any_consent():
    assert StoryImage.objects.exists()
    assert not StoryImage.objects.filter(is_illustration=False).exists()


def test_reports_were_built_for_the_campaign_and_the_months():
    kinds = Counter(PublishedReport.objects.values_list("kind", flat=True))
    assert kinds[ReportKind.CAMPAIGN] >= 1
    assert kinds[ReportKind.MONTHLY] >= 3


def test_nothing_is_left_to_do_and_nobody_was_mailed():
    assert Outbox.objects.count() == 0
    assert mail.outbox == []


def test_every_published_login_works_and_is_named_where_one_signs_in(client, settings):
    settings.DEMO_BANNER = True
    page = client.get("/account/login/").content.decode()
    for username, (title, _english) in accounts.LOGINS:
        assert username in page
        assert title in page
        assert client.login(username=username, password=accounts.PASSWORD)
    settings.DEMO_BANNER = False
    client.logout()
    assert "funds1" not in client.get("/account/login/").content.decode()


@pytest.mark.parametrize(
    "path",
    ["/", "/en/", "/needs/", "/campaigns/poverty-day/", "/en/campaigns/poverty-day/", "/stories/",
     "/en/stories/", "/ledger/", "/transparency/", "/pairings/", "/notices/"],
)  # fmt: skip
def test_public_pages_show_it(client, path):
    assert client.get(path).status_code == 200


def test_it_says_that_it_is_whole():
    assert marker.whole_scale() == 0
    assert not marker.is_broken()
    assert JobRun.objects.filter(name__startswith=marker.PREFIX).count() == 1
