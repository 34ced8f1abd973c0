"""The desks of the house: pages where people of some roles work.

Each room says which desks it has (its ``desks.py``), its app registers them when it is ready.
Who may open one is read from its page's own guard, so that list and guard cannot part.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.core.exceptions import ImproperlyConfigured
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.functional import Promise

if TYPE_CHECKING:
    # Apps import this module before their models are loaded.
    from django.contrib.auth.models import AnonymousUser

    from core.accounts.models import User

RolesReader = Callable[["User | AnonymousUser"], Collection[str]]


@dataclass(frozen=True, slots=True)
class Desk:
    """A page that people of some roles find in the header of every page.

    ``roles`` stays empty where the page's guard names its ``required_roles``. It is given,
    with the reason in ``why``, only where the page is not guarded by role.
    """

    label: str | Promise
    url_name: str
    roles: frozenset[str] = frozenset()
    why: str = ""

    @property
    def url(self) -> str:
        """The address, in the language being read.

        Raises:
            NoReverseMatch: no page has this name.
        """
        return reverse(self.url_name)

    def admits(self) -> frozenset[str]:
        """Return the roles that find the desk in their header.

        Raises:
            ImproperlyConfigured: neither the page's guard nor the desk says who may open
                it, or both do, or a given list lacks its reason.
        """
        guarded = _guard_of(self.url_name)
        if bool(guarded) == bool(self.roles) or bool(self.roles) != bool(self.why):
            raise ImproperlyConfigured(
                f"desk {self.url_name}: its roles come from its page's guard alone, "
                "or are given together with the reason"
            )
        return guarded or self.roles


@dataclass(frozen=True, slots=True)
class DeskLink:
    """A desk as a page shows it."""

    label: str
    url: str


_desks: dict[str, Desk] = {}
_readers: list[RolesReader] = []


def register(desks: Iterable[Desk]) -> None:
    """Add desks to the end of the list; the same desk again changes nothing.

    Raises:
        ImproperlyConfigured: another desk has this address.
    """
    for desk in desks:
        if _desks.setdefault(desk.url_name, desk) != desk:
            raise ImproperlyConfigured(f"two desks are called {desk.url_name}")


def read_roles_with(reader: RolesReader) -> None:
    """Name the function that returns the roles a person holds now."""
    _readers[:] = [reader]


def all_desks() -> tuple[Desk, ...]:
    """Return every desk of the house, in the order in which pages show them."""
    return tuple(_desks.values())


def desks_of(user: "User | AnonymousUser") -> list[DeskLink]:
    """Return the desks of a person's roles, in order; none for a stranger."""
    held = {role for reader in _readers for role in reader(user)}
    return [
        DeskLink(str(desk.label), desk.url)
        for desk in all_desks()
        if not held.isdisjoint(desk.admits())
    ]


def faults() -> list[str]:
    """Return what is wrong with the list: a missing address, a desk that nobody may open."""
    found = []
    for desk in all_desks():
        try:
            desk.admits()
        except NoReverseMatch:
            found.append(f"desk {desk.url_name}: no page has this name")
        except ImproperlyConfigured as error:
            found.append(str(error))
    return found


@cache
def _guard_of(url_name: str) -> frozenset[str]:
    """Return the roles that the guard of a page names; nobody where it names none."""
    view = resolve(reverse(url_name)).func
    return frozenset(getattr(view, "required_roles", ()))
