"""Steps of a gift, as several tests take them."""

from donations.models import Donation, Payment, Posting
from donations.provider.services.payments import gift_checkout
from donations.provider.services.synchronising import payment_sync
from matching.models import Campaign, Need
from tests.factories.donations import start_gift

BACK = "https://aixin.example.org/back/"


def checkout(donation: Donation) -> Payment:
    """Open the gift's payment page; return the attempt."""
    gift_checkout(donation_id=donation.pk, return_url=BACK, cancel_url=f"{BACK}?back=1")
    return donation.payments.latest("attempt")


def paid_gift(fake, purpose: Need | Campaign, minor: int = 5_000) -> Donation:
    """Return a gift that was paid online and has arrived."""
    donation = start_gift(purpose, minor)
    payment = checkout(donation)
    fake.pay(payment.session_id)
    payment_sync(provider="stripe", object_id=payment.session_id)
    donation.refresh_from_db()
    return donation


def balance(account: str) -> int:
    """Return what stands on an account, debit positive."""
    return sum(Posting.objects.filter(account__code=account).values_list("amount_minor", flat=True))
