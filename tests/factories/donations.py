"""Smallest valid donors and gifts.

``start_gift`` and ``collect_gift`` walk the services; ``DonationFactory`` skips them and
leaves need, match and ledger untouched.
"""

import uuid

import factory
from factory.django import DjangoModelFactory

from core import clock
from core.money import Money
from donations.giving.services.collection import donation_collect
from donations.giving.services.donors import email_index
from donations.giving.services.gifts import gift_start
from donations.models import Donation, Donor
from donations.states import DonationStatus
from matching.models import Campaign, Need
from tests.factories.matching import NeedFactory


class DonorFactory(DjangoModelFactory):
    """A guest."""

    class Meta:
        model = Donor

    email = factory.Sequence(lambda n: f"donor-{n}@example.org")
    email_index = factory.LazyAttribute(lambda donor: email_index(email=donor.email))


class DonationFactory(DjangoModelFactory):
    """A gift of ¥50 that waits for its payment; ``collected=True`` has arrived."""

    class Meta:
        model = Donation

    class Params:
        collected = factory.Trait(
            status=DonationStatus.COLLECTED, collected_at=factory.LazyFunction(clock.now)
        )

    donor = factory.SubFactory(DonorFactory)
    need = factory.SubFactory(NeedFactory, published=True)
    campaign = factory.SelfAttribute("need.campaign")
    amount_minor = 5_000


def start_gift(purpose: Need | Campaign, minor: int = 5_000, **more) -> Donation:
    """Return a gift that holds its room and match."""
    more.setdefault("client_token", uuid.uuid4())
    more.setdefault("email", "donor@example.org")
    if isinstance(purpose, Need):
        more["need_code"] = purpose.code
    else:
        more["campaign_slug"] = purpose.slug
    return gift_start(amount=Money(minor, purpose.currency), **more)


def collect_gift(purpose: Need | Campaign, minor: int = 5_000, **more) -> Donation:
    """Return a gift that arrived, without a provider."""
    donation = start_gift(purpose, minor, **more)
    return donation_collect(
        donation_id=donation.pk,
        charge_id=f"ch_{donation.code}",
        method="card",
        fee_minor=minor * 29 // 1000,
    )
