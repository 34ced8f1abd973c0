"""Telling a giver that their help arrived."""

from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from core import clock
from donations.models import DeliveryNotice
from matching.models import Need


def delivery_mail(*, notice_id: int) -> bool:
    """Mail a giver in their language unless they were told; return whether it was sent now.

    Call outside any transaction. A worker that dies between sending and noting it sends
    the same message, by its Message-ID, again.
    """
    notice = DeliveryNotice.objects.select_related(
        "donor", "donation", "delivery__need__village__region__parent"
    ).get(pk=notice_id)
    if notice.sent_at is not None:
        return False
    _message(notice).send()
    DeliveryNotice.objects.filter(pk=notice.pk, sent_at__isnull=True).update(sent_at=clock.now())
    return True


def _message(notice: DeliveryNotice) -> EmailMultiAlternatives:
    need = notice.delivery.need
    with translation.override(notice.donation.language):
        context = {"delivery": notice.delivery, "need": need, "url": _public_address(need)}
        subject = _("您捐助的“%(title)s”已送达") % {"title": need.label}
        text = render_to_string("emails/delivery.txt", context)
        html = render_to_string("emails/delivery.html", context)
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    message = EmailMultiAlternatives(
        subject=subject,
        body=text,
        to=[notice.donor.email],
        headers={"Message-ID": f"<delivery-{notice.pk}@{domain}>"},
    )
    message.attach_alternative(html, "text/html")
    return message


def _public_address(need: Need) -> str:
    """Return the need's page; empty once the household no longer wants it public."""
    if not Need.objects.public().filter(pk=need.pk).exists():
        return ""
    return f"{settings.PUBLIC_BASE_URL}{reverse('need', args=[need.code])}"
