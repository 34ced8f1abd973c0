"""Matching application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core import desks


class MatchingConfig(AppConfig):
    """Registry, needs, match funds and pairing."""

    name = "matching"
    verbose_name = _("需求与帮扶")

    def ready(self) -> None:
        """Register the rooms' desks, and who holds which role."""
        from matching.needs.desks import DESKS as NEEDS  # noqa: PLC0415 models are not loaded before
        from matching.registry.desks import DESKS as REGISTRY  # noqa: PLC0415
        from matching.registry.policies import roles_of  # noqa: PLC0415

        desks.read_roles_with(roles_of)
        desks.register([*NEEDS, *REGISTRY])
