"""Telling the fund officers of payers' disputes."""

from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from core.accounts.models import User
from donations.models import Dispute
from donations.states import DisputeStatus
from matching.registry.selectors.roles import people_with
from matching.states import Role


def dispute_mail(*, dispute_id: str, status: str) -> int:
    """Mail every fund officer that a dispute began or ended; return how many were written to.

    Call outside any transaction. Sent twice, most mailboxes show it once, by its
    Message-ID. It names no giver.
    """
    dispute = Dispute.objects.select_related(
        "payment__donation__need", "payment__donation__campaign"
    ).get(pk=dispute_id)
    officers = [person for person in people_with(Role.FUND_OFFICER) if person.email]
    for officer in officers:
        _message(dispute, DisputeStatus(status), officer).send()
    return len(officers)


def _message(dispute: Dispute, status: DisputeStatus, officer: User) -> EmailMessage:
    donation = dispute.payment.donation
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("付款争议：%(status)s") % {"status": status.label}
        lines = [
            _("用途：%(code)s") % {"code": donation.given_for.code},
            _("金额：%(amount)s") % {"amount": dispute.amount},
        ]
        if status == DisputeStatus.OPEN:
            lines.append(_("争议结束前，这笔善款和它的配捐不能拨付。请在支付平台提交证据。"))
        lines.append(f"{settings.PUBLIC_BASE_URL}{reverse('money_disputes')}")
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return EmailMessage(
        subject=subject,
        body="\n".join(str(line) for line in lines),
        to=[officer.email],
        headers={"Message-ID": f"<dispute-{dispute.pk}-{status}-{officer.pk}@{domain}>"},
    )
