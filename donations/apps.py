"""Donations application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core import desks
from donations import chart
from donations.money_desk import tabs


class DonationsConfig(AppConfig):
    """Money and goods."""

    name = "donations"
    verbose_name = _("捐赠与资金")
    # What `sql/invariants.sql` calls by name.
    sql_names = chart.NAMES

    def ready(self) -> None:
        """Register the rooms' desks and their tabs of the money desk, as pages show them."""
        # Models are not loaded before.
        from donations.books import desks as books  # noqa: PLC0415
        from donations.complaints import desks as complaints  # noqa: PLC0415
        from donations.offline import desks as offline  # noqa: PLC0415
        from donations.pairings import desks as pairings  # noqa: PLC0415
        from donations.payouts import desks as payouts  # noqa: PLC0415
        from donations.provider import desks as provider  # noqa: PLC0415

        desks.register([*payouts.DESKS, *pairings.DESKS, *complaints.DESKS, *books.DESKS])
        tabs.register([*payouts.TABS, *offline.TABS, *provider.TABS])
