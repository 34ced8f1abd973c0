"""Disputes from the test card to the ledger: the real SDK, the stand-in, signed webhooks."""

import pytest

from donations.books.selectors.standing import standing
from donations.models import Dispute, Entry, ProviderEvent
from donations.states import DonationStatus, EntryKind, EventStatus
from tests.donations.giving.steps import balance, checkout
from tests.factories.donations import start_gift
from tests.factories.funds import MatchFundFactory
from tests.invariants import violations

pytestmark = pytest.mark.django_db
DISPUTED_CARD = "4000000000000259"
CARD_FEE = 175


@pytest.fixture
def deliver(post_event, stripe_server, deliver_outbox):
    """Return a function that sends all of the stand-in's events and works them off."""

    def run(*, backwards=False):
        events = list(stripe_server.events)
        for event in reversed(events) if backwards else events:
            assert post_event(event).status_code == 200
        deliver_outbox()

    return run


@pytest.fixture
def disputed(stripe_server, need, deliver):
    MatchFundFactory()
    donation = start_gift(need, 5_000)
    stripe_server.pay(checkout(donation).session_id, card=DISPUTED_CARD)
    deliver()
    donation.refresh_from_db()
    return donation


def client_of(stripe_server):
    import stripe

    return stripe.StripeClient(
        "sk_test_of_the_tests", base_addresses={"api": stripe_server.base_url}
    )


def test_the_test_card_freezes_its_gift(disputed, need):
    dispute = Dispute.objects.get()

    assert disputed.status == DonationStatus.COLLECTED
    assert (dispute.status, dispute.amount_minor, dispute.reason) == ("open", 5_000, "fraudulent")
    assert dispute.due_at > dispute.opened_at
    assert standing(need.purpose).available.minor == 0
    told = ProviderEvent.objects.filter(type__startswith="charge.dispute.")
    assert set(told.values_list("status", flat=True)) == {EventStatus.PROCESSED}


@pytest.mark.parametrize("backwards", [False, True])
def test_a_lost_dispute_is_booked_once_in_any_order(
    stripe_server, disputed, need, deliver, backwards
):
    client_of(stripe_server).v1.disputes.close(Dispute.objects.get().pk)
    deliver(backwards=backwards)
    deliver()

    disputed.refresh_from_db()
    assert disputed.status == DonationStatus.REFUNDED
    assert Entry.objects.filter(kind=EntryKind.CHARGEBACK).count() == 1
    assert balance(f"funds:need:{need.code}") == 0
    assert balance("expenses:fees") == CARD_FEE + 1_500
    assert balance("assets:stripe") == -CARD_FEE - 1_500
    assert violations() == []


def test_a_won_dispute_frees_the_gift(stripe_server, disputed, need, deliver):
    evidence = {"evidence": {"uncategorized_text": "winning_evidence"}}
    client_of(stripe_server).v1.disputes.update(Dispute.objects.get().pk, evidence)
    deliver()

    disputed.refresh_from_db()
    assert disputed.status == DonationStatus.COLLECTED
    assert Dispute.objects.get().status == "won"
    assert standing(need.purpose).available.minor == 10_000
    assert balance("expenses:fees") == CARD_FEE + 1_500
    assert violations() == []
