"""Core application."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """The kernel."""

    name = "core"

    def ready(self) -> None:
        """Register the checks."""
        from core import checks  # noqa: F401, PLC0415 registers itself when imported
