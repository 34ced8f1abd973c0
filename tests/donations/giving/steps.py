"""Steps of a gift, as several tests take them."""

from donations.models import Donation, Payment, Posting
from donations.provider.services.payments import gift_checkout

BACK = "https://aixin.example.org/back/"


def checkout(donation: Donation) -> Payment:
    """Open the gift's payment page; return the attempt."""
    gift_checkout(donation_id=donation.pk, return_url=BACK, cancel_url=f"{BACK}?back=1")
    return donation.payments.latest("attempt")


def balance(account: str) -> int:
    """Return what stands on an account, debit positive."""
    return sum(Posting.objects.filter(account__code=account).values_list("amount_minor", flat=True))
