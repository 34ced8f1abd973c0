"""A gift from promise to ledger, with the in-memory provider."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection

from core import clock
from core.money import Money
from donations.exceptions import GiftRefusedError, PaymentUnavailableError
from donations.giving.services.gifts import gift_start, match_waive
from donations.models import (
    Donation,
    DonationEvent,
    Entry,
    Receipt,
    TallyDelta,
)
from donations.provider.services.payments import (
    gift_cancel,
    gift_give_up,
    payments_reconcile_stuck,
)
from donations.provider.services.synchronising import payment_sync
from donations.states import DonationStatus, EntryKind
from matching.exceptions import NeedShortfallError
from matching.funds.selectors.funds import fund_progress
from matching.models import MatchReservation
from tests.donations.giving.steps import balance, checkout
from tests.factories.donations import collect_gift, start_gift
from tests.factories.funds import MatchFundFactory
from tests.factories.matching import CampaignFactory, NeedFactory

pytestmark = pytest.mark.django_db


def test_a_started_gift_holds_its_room_and_its_match(need):
    fund = MatchFundFactory()

    donation = start_gift(need, 5_000)

    need.refresh_from_db()
    assert need.committed_minor == 10_000
    assert need.collected_minor == 0
    assert donation.status == DonationStatus.PENDING
    assert donation.promised_match_minor == 5_000
    assert donation.campaign == need.campaign
    assert fund_progress(fund).held == Money(5_000)


def test_one_token_is_one_gift(need):
    token = uuid.uuid4()

    first = start_gift(need, 5_000, client_token=token)
    second = start_gift(need, 9_000, client_token=token)

    need.refresh_from_db()
    assert first == second
    assert need.committed_minor == 5_000


def test_the_twin_that_took_the_last_room_is_the_gift(need):
    token = uuid.uuid4()
    twins = []

    def twin_first(execute, statement, *rest):
        # It commits after we looked for it, before we look at the need.
        if "FROM matching_need AS need" in statement and not twins:
            twins.append(None)
            twins[0] = start_gift(need, 100_000, client_token=token)
        return execute(statement, *rest)

    with connection.execute_wrapper(twin_first):
        assert start_gift(need, 100_000, client_token=token) == twins[0]
    need.refresh_from_db()
    assert need.committed_minor == 100_000


def test_equal_addresses_are_one_donor_and_are_encrypted(need):
    first = start_gift(need, email="Donor@Example.org")
    second = start_gift(need, email="donor@example.org")

    assert first.donor == second.donor
    assert len(first.donor.email_index) == 64


@pytest.mark.parametrize("minor", [0, 99, 100_001, 100_000_000])
def test_an_amount_out_of_bounds_saves_nothing(need, minor):
    with pytest.raises(GiftRefusedError):
        start_gift(need, minor)

    need.refresh_from_db()
    assert Donation.objects.count() == 0
    assert need.committed_minor == 0


@pytest.mark.parametrize("state", ["verified", "funded"])
def test_a_need_that_is_not_open_takes_nothing(state):
    need = NeedFactory(**{state: True})

    with pytest.raises(GiftRefusedError):
        start_gift(need)

    assert Donation.objects.count() == 0


def test_paying_collects_counts_books_and_gives_a_receipt(fake, need, deliver_outbox):
    fund = MatchFundFactory()
    donation = start_gift(need, 5_000)
    payment = checkout(donation)
    fake.pay(payment.session_id, "alipay")

    assert payment_sync(provider="stripe", object_id=payment.session_id)
    deliver_outbox()

    donation.refresh_from_db()
    payment.refresh_from_db()
    need.refresh_from_db()
    assert donation.status == DonationStatus.COLLECTED
    assert donation.matched_minor == 5_000
    assert (payment.status, payment.method, payment.fee_minor) == ("succeeded", "alipay", 145)
    assert (need.committed_minor, need.collected_minor) == (10_000, 10_000)
    assert balance("assets:stripe") == 5_000 - 145
    assert balance("expenses:fees") == 145
    assert balance(f"assets:match:{fund.code}") == 5_000
    assert balance(f"funds:need:{need.code}") == -10_000
    assert fund_progress(fund).captured == Money(5_000)
    gift, match = (Entry.objects.get(kind=kind) for kind in (EntryKind.GIFT, EntryKind.MATCH))
    assert gift.campaign == match.campaign == need.campaign
    assert gift.township_code == "530627102000"
    assert sorted(TallyDelta.objects.values_list("cash_minor", "matched_minor", "gifts")) == [
        (0, 5_000, 0),
        (5_000, 0, 1),
    ]
    assert Receipt.objects.get().donation == donation
    assert list(DonationEvent.objects.values_list("old_status", "new_status")) == [
        ("pending", "collected")
    ]


def test_nothing_in_the_books_opens_the_givers_page(fake, need):
    donation = collect_gift(need, display_name="张三")

    for entry in Entry.objects.all():
        assert donation.code not in entry.memo
        assert "张三" not in entry.memo


def test_synchronising_again_changes_nothing(fake, need, deliver_outbox):
    donation = start_gift(need)
    payment = checkout(donation)
    fake.pay(payment.session_id)
    payment_sync(provider="stripe", object_id=payment.session_id)
    deliver_outbox()
    before = (Entry.objects.count(), DonationEvent.objects.count(), Receipt.objects.count())

    payment.refresh_from_db()
    for object_id in (payment.session_id, payment.intent_id) * 2:
        payment_sync(provider="stripe", object_id=object_id)
    deliver_outbox()

    need.refresh_from_db()
    assert need.collected_minor == 5_000
    after = (Entry.objects.count(), DonationEvent.objects.count(), Receipt.objects.count())
    assert after == before


def test_checkout_twice_leads_to_one_page(fake, need):
    donation = start_gift(need)

    assert checkout(donation) == checkout(donation)
    assert len(fake.sessions) == 1


def test_the_match_is_held_longer_than_the_page_is_open(fake, need):
    MatchFundFactory()
    donation = start_gift(need)

    payment = checkout(donation)

    held = MatchReservation.objects.get(reference=donation.code)
    assert held.lease_until > payment.expires_at


def test_cancelling_closes_the_page_and_releases(fake, need):
    donation = start_gift(need)
    payment = checkout(donation)

    gift_cancel(donation_id=donation.pk)
    gift_cancel(donation_id=donation.pk)

    need.refresh_from_db()
    donation.refresh_from_db()
    assert donation.status == DonationStatus.EXPIRED
    assert need.committed_minor == 0
    assert fake.get_session(payment.session_id).url == ""


def test_cancelling_after_paying_collects(fake, need):
    donation = start_gift(need)
    payment = checkout(donation)
    fake.pay(payment.session_id)

    gift_cancel(donation_id=donation.pk)

    donation.refresh_from_db()
    assert donation.status == DonationStatus.COLLECTED


def test_an_unavailable_provider_leaves_nothing_held(fake, need):
    fund = MatchFundFactory()
    donation = start_gift(need)
    fake.fail_next()

    with pytest.raises(PaymentUnavailableError):
        checkout(donation)
    assert gift_give_up(donation_id=donation.pk, cause="unavailable")

    need.refresh_from_db()
    donation.refresh_from_db()
    assert donation.status == DonationStatus.FAILED
    assert need.committed_minor == 0
    assert fund_progress(fund).remaining == fund.authorised


def test_giving_up_spares_a_page_the_twin_opened(fake, need):
    donation = start_gift(need)
    checkout(donation)

    assert not gift_give_up(donation_id=donation.pk, cause="unavailable")

    donation.refresh_from_db()
    assert donation.status == DonationStatus.PENDING


def test_reconciling_finds_a_payment_whose_news_was_lost(fake, need, time_machine):
    donation = start_gift(need)
    payment = checkout(donation)
    fake.pay(payment.session_id)
    assert payments_reconcile_stuck() == 0
    time_machine.move_to(clock.now() + timedelta(minutes=3))

    assert payments_reconcile_stuck() == 1

    donation.refresh_from_db()
    assert donation.status == DonationStatus.COLLECTED
    assert payments_reconcile_stuck() == 0


def test_a_waiver_is_on_record_once(need):
    donation = start_gift(need)

    match_waive(donation_id=donation.pk, shown_minor=5_000)
    first = match_waive(donation_id=donation.pk, shown_minor=5_000)

    assert first.match_waived_at is not None
    assert DonationEvent.objects.get().cause == "donor accepted a match of 0.00, shown 50.00"


def test_a_gift_to_a_campaign_stands_in_its_own_account(fake):
    campaign = CampaignFactory()

    collect_gift(campaign, 8_800)

    assert balance(f"funds:campaign:{campaign.slug}") == -8_800
    assert Entry.objects.get(kind=EntryKind.GIFT).township_code == ""


def test_a_committed_need_takes_no_more_than_is_missing(need):
    start_gift(need, 60_000)

    with pytest.raises((GiftRefusedError, NeedShortfallError)):
        gift_start(
            client_token=uuid.uuid4(),
            amount=Money(40_001),
            email="other@example.org",
            need_code=need.code,
        )
