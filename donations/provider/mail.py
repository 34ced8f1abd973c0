"""The mail that tells a fund officer of a payer's dispute."""

from django.utils.translation import gettext as _

from core.links import absolute
from core.messages.message import Message, Recipient
from core.messages.sending import compose
from donations.models import Dispute
from donations.states import DisputeStatus


def dispute_message(
    *, dispute: Dispute, status: DisputeStatus, officer_id: int, to: Recipient
) -> Message:
    """Return the message that a dispute began or ended; it names no giver."""
    with to.language_active():
        return compose(
            key=f"dispute-{dispute.pk}-{status}-{officer_id}",
            to=to,
            subject=_("付款争议：%(status)s") % {"status": status.label},
            template="emails/dispute",
            context={
                "purpose": dispute.payment.donation.given_for.code,
                "amount": dispute.amount,
                "is_open": status == DisputeStatus.OPEN,
                "url": absolute("money_disputes"),
            },
        )
