"""The in-memory payment provider, for the settlements."""

from tests.donations.conftest import fake

__all__ = ["fake"]
