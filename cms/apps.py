"""CMS application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core import desks


class CmsConfig(AppConfig):
    """Editorial content."""

    name = "cms"
    verbose_name = _("内容")

    def ready(self) -> None:
        """Register the editors' desk."""
        from cms.editors.desks import DESKS  # noqa: PLC0415 models are not loaded before

        desks.register(DESKS)
