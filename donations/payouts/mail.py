"""The mail that tells a giver that their help arrived."""

from django.utils.translation import gettext as _

from core.links import absolute
from core.messages.message import Message, Recipient
from core.messages.sending import compose
from donations.models import DeliveryNotice
from matching.models import Need


def delivery_message(*, notice: DeliveryNotice, to: Recipient) -> Message:
    """Return the message of a delivery; it names nobody of the household."""
    need = notice.delivery.need
    with to.language_active():
        return compose(
            key=f"delivery-{notice.pk}",
            to=to,
            subject=_("您捐助的“%(title)s”已送达") % {"title": need.label},
            template="emails/delivery",
            context={"delivery": notice.delivery, "need": need, "url": _public_address(need)},
        )


def _public_address(need: Need) -> str:
    """Return the need's page; empty once the household no longer wants it public."""
    if not Need.objects.public().filter(pk=need.pk).exists():
        return ""
    return absolute("need", need.code)
