"""Search application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Search."""

    name = "search"
    verbose_name = _("搜索")

    def ready(self) -> None:
        """Listen for changed rows."""
        from search.index import signals  # noqa: PLC0415 models are not loaded before

        signals.connect()
