"""Donations application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from donations import chart


class DonationsConfig(AppConfig):
    """Money and goods."""

    name = "donations"
    verbose_name = _("捐赠与资金")
    # What `sql/invariants.sql` calls by name.
    sql_names = chart.NAMES
