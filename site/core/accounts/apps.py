"""Accounts application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People who sign in."""

    name = "core.accounts"
    label = "accounts"
    verbose_name = _("账户")
