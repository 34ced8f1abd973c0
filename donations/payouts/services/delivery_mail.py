"""Telling a giver that their help arrived."""

from core import clock
from core.messages.sending import send
from donations.giving.selectors.recipients import giver_reached_at
from donations.models import DeliveryNotice
from donations.payouts.mail import delivery_message


def delivery_mail(*, notice_id: int) -> bool:
    """Tell a giver in their language unless they were told; return whether it was sent now.

    Call outside any transaction. A worker that dies between sending and noting it sends
    the same message again, under its own key.
    """
    notice = DeliveryNotice.objects.select_related(
        "donation__donor", "delivery__need__village__region__parent"
    ).get(pk=notice_id)
    if notice.sent_at is not None:
        return False
    for to in giver_reached_at(notice.donation):
        send(delivery_message(notice=notice, to=to))
    DeliveryNotice.objects.filter(pk=notice.pk, sent_at__isnull=True).update(sent_at=clock.now())
    return True
