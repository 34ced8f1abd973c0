"""This room's part of the money desk."""

from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from donations.money_desk.tabs import Tab
from donations.provider.selectors import disputes_open, events_held


def _events(user: User) -> int:
    return events_held().count()


def _disputes(user: User) -> int:
    return disputes_open().count()


TABS = [
    Tab(_("待查支付事件"), "money_events", _events),
    Tab(_("付款争议"), "money_disputes", _disputes),
]
