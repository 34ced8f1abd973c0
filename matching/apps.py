"""Matching application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MatchingConfig(AppConfig):
    """Registry, needs, match funds and pairing."""

    name = "matching"
    verbose_name = _("需求与帮扶")
