"""The tabs of the money desk, as the rooms that work there register them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse
from django.utils.functional import Promise

if TYPE_CHECKING:
    # The app imports this module before its models are loaded.
    from core.accounts.models import User


@dataclass(frozen=True, slots=True)
class Tab:
    """A list on the money desk, and how much waits on it for a person.

    Proposals and records of one's own wait for somebody else.
    """

    label: str | Promise
    url_name: str
    waiting: Callable[["User"], int]

    @property
    def url(self) -> str:
        """The address, in the language being read."""
        return reverse(self.url_name)


_tabs: dict[str, Tab] = {}


def register(tabs: Iterable[Tab]) -> None:
    """Add tabs to the end of the desk; the same tab again changes nothing.

    Raises:
        ImproperlyConfigured: another tab has this address.
    """
    for tab in tabs:
        if _tabs.setdefault(tab.url_name, tab) != tab:
            raise ImproperlyConfigured(f"two tabs of the money desk are called {tab.url_name}")


def all_tabs() -> tuple[Tab, ...]:
    """Return every tab, in the order in which the desk shows them."""
    return tuple(_tabs.values())
