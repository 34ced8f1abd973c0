"""The desks of this room, and its part of the money desk."""

from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.desks import Desk
from donations.money_desk.tabs import Tab
from donations.payouts.selectors.disbursements import disbursements_waiting, needs_to_pay


def _to_pay(user: User) -> int:
    return needs_to_pay().count()


def _to_check(user: User) -> int:
    return disbursements_waiting().of_others(user).count()


DESKS = [
    Desk(_("资金台"), "money_desk"),
    Desk(_("送达确认"), "deliveries_desk"),
]
TABS = [
    Tab(_("待拨付"), "money_desk", _to_pay),
    Tab(_("待复核"), "money_payouts", _to_check),
]
