"""Demo application: in the settings `demo` and `test`, never in production."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The demonstration."""

    name = "demo"
