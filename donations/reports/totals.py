"""What the whole ledger has moved, at a cost that does not grow with the ledger."""

from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Q, Subquery, Sum

from core.money import Money
from donations.books.selectors.figures import COUNTED, DONATED, MATCHED, PAID_OUT, PAIRED
from donations.models import EntrySeal, Posting
from donations.states import AccountKind

# Until then the figures are not asked for anew.
FRESH_SECONDS = 30
Sums = tuple[int, int, int, int]
# How far the chain was summed, the hash of that seal, the sums: a hash stands for all before.
NOTHING = (0, "", (0, 0, 0, 0))


@dataclass(frozen=True, slots=True)
class LedgerTotals:
    """Sums of everything sealed so far: figures apart, never added. Refunds are taken off."""

    donated: Money
    matched: Money
    paired: Money
    paid_out: Money


def ledger_totals_of(currency: str) -> LedgerTotals:
    """Return the sums of the sealed ledger, at most half a minute old.

    The cache keeps how far the chain was summed; only the seals after that are read. A
    seal never changes, so the sum equals that of the whole, with the cache or without.
    """
    summed = cache.get(_key(currency, "fresh"))
    if summed is None:
        summed = _brought_forward(currency)
        cache.set(_key(currency, "fresh"), summed, FRESH_SECONDS)
    return LedgerTotals(*(Money(minor, currency) for minor in summed))


def _brought_forward(currency: str) -> Sums:
    reached, seal, before = cache.get(_key(currency, "kept")) or NOTHING
    last = EntrySeal.objects.order_by("-sequence").values("sequence")[:1]
    chain = EntrySeal.objects.filter(Q(sequence=reached) | Q(sequence=Subquery(last)))
    hashes = dict(chain.order_by().values_list("sequence", "hash"))
    if hashes.get(reached, "") != seal:  # another ledger's: the database was replaced
        reached, seal, before = NOTHING
    until = max(hashes, default=0)
    added = _sums(currency, reached, until) if until > reached else (0, 0, 0, 0)
    summed = tuple(old + new for old, new in zip(before, added, strict=True))
    cache.set(_key(currency, "kept"), (until, hashes.get(until, ""), summed), None)
    return summed


def _sums(currency: str, after: int, until: int) -> Sums:
    legs = Posting.objects.filter(
        currency=currency,
        account__kind=AccountKind.FUND,
        entry__seal__sequence__gt=after,
        entry__seal__sequence__lte=until,
    ).annotate(counted=COUNTED)
    found = legs.aggregate(
        donated=Sum("amount_minor", filter=Q(counted__in=DONATED)),
        matched=Sum("amount_minor", filter=Q(counted__in=MATCHED)),
        paired=Sum("amount_minor", filter=Q(counted__in=PAIRED)),
        paid=Sum("amount_minor", filter=Q(counted__in=PAID_OUT)),
    )
    # Funds grow by credit, which is negative.
    donated, matched, paired, paid = (found[name] or 0 for name in found)
    return -donated, -matched, -paired, paid


def _key(currency: str, what: str) -> str:
    return f"ledger-chain:{what}:{currency}"
