"""Sums over the sealed part of the ledger, for reports. Debit is positive in the ledger;
what these return is positive where money came in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, F, Max, Min, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from donations import chart
from donations.books.selectors.figures import COUNTED, DONATED, IN_KIND, MATCHED, PAID_OUT
from donations.models import EntrySeal, Posting
from donations.states import AccountKind, EntryKind
from matching.models import Campaign

# Legs of postings with the annotation ``counted``.
Legs = QuerySet[Any, Any]


@dataclass(frozen=True, slots=True)
class Span:
    """What a report covers: days from ``first`` up to and without ``following``.

    A campaign's report covers the campaign alone, from its first entry on.
    """

    first: date
    following: date
    campaign: Campaign | None = None
    currency: str = "CNY"

    def legs(self) -> Legs:
        """Return the sealed legs within the span, each with the kind it counts as."""
        return self._sealed().filter(entry__booked_on__gte=self.first)

    def legs_before(self) -> Legs:
        """Return the sealed legs before the span."""
        return self._sealed().filter(entry__booked_on__lt=self.first)

    def _sealed(self) -> Legs:
        legs: Legs = Posting.objects.filter(
            currency=self.currency,
            entry__seal__isnull=False,
            entry__booked_on__lt=self.following,
        )
        if self.campaign:
            legs = legs.filter(entry__campaign=self.campaign)
        return legs.annotate(counted=COUNTED)


def fund_legs(span: Span) -> Legs:
    """Return the legs of a span on accounts of money held for a purpose."""
    return span.legs().filter(account__kind=AccountKind.FUND)


def by_kind(span: Span) -> list[dict[str, object]]:
    """Return entries and amount of each kind, as the purposes' accounts saw them.

    Gifts, matches and instalments are positive; refunds, reversals of match, pay-outs and
    fees negative. Goods stand apart: see ``goods``.
    """
    legs = span.legs().filter(account__kind__in=[AccountKind.FUND, AccountKind.EXPENSE])
    rows = (
        legs.exclude(counted=EntryKind.ALLOCATION)
        .values("counted")
        .annotate(entries=Count("entry", distinct=True), minor=-Sum("amount_minor"))
        .order_by("counted")
    )
    found = {row["counted"]: (row["entries"], row["minor"]) for row in rows}
    return [
        {"kind": kind, "entries": found[kind][0], "amount_minor": found[kind][1]}
        for kind in EntryKind.values
        if kind in found
    ]


def sum_of(legs: Legs, kinds: Iterable[str]) -> int:
    """Return what the kinds brought to the accounts of these legs."""
    total = legs.filter(counted__in=kinds).aggregate(minor=Sum("amount_minor"))["minor"]
    return -(total or 0)


def match_by_fund(span: Span) -> dict[str, dict[str, int]]:
    """Return what each match fund, by its code, added and took back."""
    legs = span.legs().filter(account__code__startswith=chart.MATCH_FUNDS, counted__in=MATCHED)
    rows = legs.values("account__code").annotate(
        added=Coalesce(Sum("amount_minor", filter=Q(amount_minor__gt=0)), 0),
        taken_back=Coalesce(-Sum("amount_minor", filter=Q(amount_minor__lt=0)), 0),
    )
    return {
        row["account__code"].removeprefix(chart.MATCH_FUNDS): {
            "matched_minor": row["added"],
            "reversed_minor": row["taken_back"],
        }
        for row in rows
    }


def goods(span: Span) -> int:
    """Return the value of goods booked."""
    legs = span.legs().filter(account__kind=AccountKind.GOODS_FUND)
    return sum_of(legs, IN_KIND)


def by_place(span: Span) -> list[dict[str, object]]:
    """Return cash, match, goods and pay-outs of each township, each a figure of its own."""
    return _apart(
        span.legs().filter(account__kind__in=[AccountKind.FUND, AccountKind.GOODS_FUND]),
        "entry__township_code",
        "township",
    )


def by_category(span: Span) -> list[dict[str, object]]:
    """Return cash, match and pay-outs of each category of need; '' is money without a need."""
    return _apart(fund_legs(span), "entry__need__category", "category")


def _apart(legs: Legs, field: str, name: str) -> list[dict[str, object]]:
    def part(*kinds: str) -> Coalesce:
        return Coalesce(-Sum("amount_minor", filter=Q(counted__in=kinds)), 0)

    rows = legs.values(field).annotate(
        cash=part(*DONATED),
        matched=part(*MATCHED),
        goods=part(*IN_KIND),
        paid=part(*PAID_OUT),
    )
    found = [
        {
            name: row[field] or "",
            "cash_minor": row["cash"],
            "matched_minor": row["matched"],
            "goods_minor": row["goods"],
            "paid_out_minor": -row["paid"],
        }
        for row in rows.order_by(field)
    ]
    merged = _merge_blank(found, name)
    return [row for row in merged if any(row[figure] for figure in row if figure != name)]


def _merge_blank(rows: list[dict[str, object]], name: str) -> list[dict[str, object]]:
    """Add NULL and '' together: both are «none»."""
    merged: dict[object, dict[str, object]] = {}
    for row in rows:
        into = merged.setdefault(row[name], {name: row[name]})
        for figure, value in row.items():
            if figure != name:
                into[figure] = into.get(figure, 0) + value  # type: ignore[operator]
    return list(merged.values())


def balances(span: Span) -> list[dict[str, object]]:
    """Return opening, in, out and closing of every account; the needs' as one line.

    In the ledger's own sign turned for funds: money held for a purpose is positive, and so
    is money in an asset account. Always: opening + in − out = closing.
    """
    group = Case(
        When(account__code__startswith=chart.NEED_FUNDS, then=Value(chart.ALL_NEEDS)),
        default=F("account__code"),
        output_field=CharField(),
    )
    moved = {
        row["group"]: row
        for row in span.legs()
        .annotate(group=group)
        .values("group", "account__kind")
        .annotate(
            debits=Coalesce(Sum("amount_minor", filter=Q(amount_minor__gt=0)), 0),
            credits=Coalesce(-Sum("amount_minor", filter=Q(amount_minor__lt=0)), 0),
        )
    }
    before = {
        row["group"]: row
        for row in span.legs_before()
        .annotate(group=group)
        .values("group", "account__kind")
        .annotate(sum=Sum("amount_minor"))
    }
    return [
        _balance(account, moved.get(account), before.get(account))
        for account in sorted({*moved, *before})
    ]


def _balance(account: str, moved: Any, before: Any) -> dict[str, object]:
    kind = (moved or before or {})["account__kind"]
    owed = kind in {AccountKind.FUND, AccountKind.GOODS_FUND}
    came, went = (moved["debits"], moved["credits"]) if moved else (0, 0)
    opening = before["sum"] if before else 0
    if owed:
        came, went, opening = went, came, -opening
    return {
        "account": account,
        "opening_minor": opening,
        "in_minor": came,
        "out_minor": went,
        "closing_minor": opening + came - went,
    }


def seal_range(span: Span) -> dict[str, object]:
    """Return the first and last sealed entry of the span and the last one's hash."""
    seals = EntrySeal.objects.filter(
        entry__booked_on__gte=span.first, entry__booked_on__lt=span.following
    )
    if span.campaign:
        seals = seals.filter(entry__campaign=span.campaign)
    ends = seals.aggregate(first=Min("sequence"), last=Max("sequence"), entries=Count("sequence"))
    last = EntrySeal.objects.filter(sequence=ends["last"]).first() if ends["last"] else None
    return {
        "entries": ends["entries"],
        "first_sequence": ends["first"] or 0,
        "last_sequence": ends["last"] or 0,
        "last_hash": last.hash if last else "",
    }
