"""The contract of every search backend: what is asked, what comes back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from core.tokens import query_tokens
from matching.states import PUBLIC_STATUSES, NeedStatus
from search.lookups import cut

MAX_PAGE = 500
PAGE_SIZE = 24
MAX_PAGE_SIZE = 100
TEXT_LENGTH = 100

OPEN, MET, ALL = "open", "met", "all"
STATUSES: dict[str, tuple[str, ...]] = {
    OPEN: (NeedStatus.PUBLISHED.value,),
    MET: (NeedStatus.FUNDED.value, NeedStatus.DISBURSED.value, NeedStatus.CLOSED.value),
    ALL: tuple(status.value for status in PUBLIC_STATUSES),
}

RELEVANCE, NEWEST, NEARLY, MISSING, WAITING = (
    "relevance",
    "newest",
    "nearly_funded",
    "missing_most",
    "waiting_longest",
)
SORTS = (RELEVANCE, NEWEST, NEARLY, MISSING, WAITING)


class SearchUnavailableError(Exception):
    """The backend cannot answer now; another one may."""


@dataclass(frozen=True, slots=True)
class NeedQuery:
    """A search in plain values, checked by whoever made it.

    ``region`` is a 12-digit code, or empty for everywhere; ``children`` are the codes one
    level below it, counted in the region facet. ``chosen`` holds the values of each facet.
    Text without a letter or digit restricts nothing.
    """

    text: str = ""
    region: str = ""
    children: tuple[str, ...] = ()
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    status: str = OPEN
    sort: str = ""
    page: int = 1
    page_size: int = PAGE_SIZE

    @property
    def tokens(self) -> list[str]:
        """What a need must hold, all of it."""
        return list(dict.fromkeys(cut(query_tokens(self.text[:TEXT_LENGTH]))))

    @property
    def order(self) -> str:
        """The sort in force: relevance needs a text, and is the default with one."""
        if self.sort in SORTS and (self.sort != RELEVANCE or self.tokens):
            return self.sort
        return RELEVANCE if self.tokens else NEWEST

    @property
    def start(self) -> int:
        """Rows before this page."""
        return (self.page - 1) * self.page_size


@dataclass(frozen=True, slots=True)
class NeedHit:
    """A need that was found. What is shown of it is read from the database."""

    need_id: int
    code: str


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many needs a value would give, the facet's own choice left aside."""

    value: str
    count: int
    selected: bool = False


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of an answer. ``facets`` has those of ``search.facets`` and region."""

    hits: tuple[NeedHit, ...]
    total: int
    facets: Mapping[str, tuple[FacetCount, ...]]
    backend: str


class SearchBackend(Protocol):
    """Answers searches. Both implementations pass the tests/search/backends/test_contract_*.py."""

    name: str

    def search(self, query: NeedQuery) -> SearchPage:
        """Return one page.

        Raises:
            SearchUnavailableError: no answer, or not in time.
        """
        ...


def facet(counts: Mapping[str, int], chosen: Iterable[str]) -> tuple[FacetCount, ...]:
    """Return a facet's counts: what is there and what is chosen, by value."""
    selected = set(chosen)
    values = {value for value, count in counts.items() if count} | selected
    return tuple(
        FacetCount(value, counts.get(value, 0), value in selected) for value in sorted(values)
    )
