"""This room's part of the money desk."""

from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from donations.money_desk.tabs import Tab
from donations.offline.selectors import (
    agreements_with_account,
    goods_waiting,
    instalments_waiting,
)


def _agreements(user: User) -> int:
    return agreements_with_account().count()


def _instalments(user: User) -> int:
    return instalments_waiting().of_others(user).count()


def _goods(user: User) -> int:
    return goods_waiting().of_others(user).count()


TABS = [
    Tab(_("结对资金"), "money_pairings", _agreements),
    Tab(_("结对到账"), "money_instalments", _instalments),
    Tab(_("物资"), "money_goods", _goods),
]
