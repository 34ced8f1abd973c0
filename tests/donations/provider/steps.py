"""What the provider says, as several tests need it said."""

from core import clock
from core.money import Money
from donations.models import Donation, ProviderEvent
from donations.provider.services.inbox import event_process
from donations.provider.services.refund_requests import donation_refund
from donations.provider.services.synchronising import payment_sync
from matching.models import Need
from tests.donations.giving.steps import checkout
from tests.donations.provider.fake_gateway import FakeGateway
from tests.factories.donations import start_gift
from tests.factories.matching import UserFactory


def store(object_id: str, kind: str = "refund.failed", **fields) -> ProviderEvent:
    """Return an event as received."""
    values = {"id": f"evt_{ProviderEvent.objects.count()}", "created": clock.now()}
    values["provider"] = "stripe"
    return ProviderEvent.objects.create(type=kind, object_id=object_id, **(values | fields))


def refund_sent_back(fake: FakeGateway, need: Need) -> ProviderEvent:
    """Return a held event: ¥50 were refunded, and the bank sent them back."""
    donation: Donation = start_gift(need, 5_000)
    payment = checkout(donation)
    fake.pay(payment.session_id)
    payment_sync(provider="stripe", object_id=payment.session_id)
    donation_refund(donation_id=donation.pk, actor=UserFactory(), reason="asked")
    intent_id = donation.payments.get().intent_id
    fake.return_refund(intent_id, Money(5_000))
    event = store(intent_id)
    assert event_process(event_id=event.pk).problem == "refund_returned"
    return event
