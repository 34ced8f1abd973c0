"""Telling the fund officers of payers' disputes."""

from django.conf import settings

from core.messages.message import MAIL, Recipient
from core.messages.sending import send
from donations.models import Dispute
from donations.provider.mail import dispute_message
from donations.states import DisputeStatus
from matching.registry.selectors.roles import people_with
from matching.states import Role


def dispute_mail(*, dispute_id: str, status: str) -> int:
    """Mail every fund officer that a dispute began or ended; return how many were written to.

    Call outside any transaction. Sent twice, it is one message to each, by its key.
    """
    dispute = Dispute.objects.select_related(
        "payment__donation__need", "payment__donation__campaign"
    ).get(pk=dispute_id)
    officers = [person for person in people_with(Role.FUND_OFFICER) if person.email]
    for officer in officers:
        to = Recipient(MAIL, officer.email, settings.LANGUAGE_CODE)
        send(
            dispute_message(
                dispute=dispute, status=DisputeStatus(status), officer_id=officer.pk, to=to
            )
        )
    return len(officers)
