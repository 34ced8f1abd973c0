"""The public ledger as read by people: filtered, paged by cursor, summed by kind."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date

from django.core.cache import cache
from django.db.models import Count, Max, Min, QuerySet, Sum
from django.utils.translation import gettext as _

from core.money import Money
from donations import chart
from donations.models import Entry, Posting
from donations.provider.gateways import registered
from donations.states import EntryKind
from matching.models import Campaign

PAGE = 25
TOTALS_SECONDS = 60


@dataclass(frozen=True, slots=True)
class LedgerFilter:
    """What to show; '' leaves a field open. ``month`` is ``2026-10``."""

    kind: str = ""
    campaign: str = ""
    month: str = ""
    need: str = ""

    def entries(self) -> QuerySet[Entry]:
        """Return the entries asked for, newest first."""
        rows = Entry.objects.order_by("-pk")
        if self.kind:
            rows = rows.filter(kind=self.kind)
        if self.campaign:
            rows = rows.filter(campaign__slug=self.campaign)
        if self.need:
            rows = rows.filter(need__code=self.need)
        if self.month:
            first, following = month_bounds(self.month)
            rows = rows.filter(booked_on__gte=first, booked_on__lt=following)
        return rows

    def parameters(self) -> dict[str, str]:
        """Return the fields that are set, for an address."""
        return {name: value for name, value in asdict(self).items() if value}


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """Some entries and the cursors that lead on; None where nothing is there."""

    entries: list[Entry]
    newer: int | None
    older: int | None


@dataclass(frozen=True, slots=True)
class KindTotal:
    """What one kind of entry sums to in one currency."""

    kind: str
    entries: int
    amount: Money


def month_bounds(month: str) -> tuple[date, date]:
    """Return the first day of ``2026-10`` and the first day after it."""
    first = date.fromisoformat(f"{month}-01")
    following = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
    return first, following


def ledger_page(
    chosen: LedgerFilter, *, before: int | None = None, after: int | None = None
) -> LedgerPage:
    """Return up to ``PAGE`` entries older than ``before`` or newer than ``after``."""
    rows = chosen.entries().select_related("campaign", "need", "agreement", "seal", "reverses")
    rows = rows.prefetch_related("postings__account")
    if after is not None:
        found = list(rows.filter(pk__gt=after).order_by("pk")[: PAGE + 1])
        more, entries = len(found) > PAGE, found[:PAGE][::-1]
        older = entries[-1].pk if entries else None
        return LedgerPage(entries, entries[0].pk if more else None, older)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: PAGE + 1])
    entries = found[:PAGE]
    newer = entries[0].pk if entries and before is not None else None
    return LedgerPage(entries, newer, entries[-1].pk if len(found) > PAGE else None)


def legs_of(entry: Entry) -> list[Posting]:
    """Return an entry's legs; read already where it was found on a page."""
    return list(entry.postings.all())


def ledger_totals(chosen: LedgerFilter) -> list[KindTotal]:
    """Return what each kind sums to over all that was asked for, at most a minute old.

    An entry's amount is the sum of its debits; kinds are told apart, never added.
    """
    key = "ledger-totals:" + ":".join(asdict(chosen).values())
    held = cache.get(key)
    if held is None:
        rows = (
            Posting.objects.filter(entry__in=chosen.entries().order_by(), amount_minor__gt=0)
            .values("entry__kind", "currency")
            .annotate(entries=Count("entry", distinct=True), minor=Sum("amount_minor"))
            .order_by("entry__kind", "currency")
        )
        held = [(row["entry__kind"], row["entries"], row["minor"], row["currency"]) for row in rows]
        cache.set(key, held, TOTALS_SECONDS)
    order = list(EntryKind.values)
    totals = [KindTotal(kind, count, Money(minor, code)) for kind, count, minor, code in held]
    return sorted(totals, key=lambda total: order.index(total.kind))


def campaign_choices() -> list[tuple[str, str]]:
    """Return every campaign's slug and name, for a select."""
    return [(campaign.slug, campaign.label) for campaign in Campaign.objects.all()]


def booked_months() -> list[str]:
    """Return every month from the first entry's to the last one's, newest first."""
    span = Entry.objects.aggregate(first=Min("booked_on"), last=Max("booked_on"))
    if span["first"] is None:
        return []
    months, month = [], span["first"].replace(day=1)
    while month <= span["last"]:
        months.append(f"{month:%Y-%m}")
        month = month_bounds(f"{month:%Y-%m}")[1]
    return months[::-1]


def account_words(code: str) -> str:
    """Return what an account code means, in the language being read."""
    single = {
        chart.BANK: _("银行账户"),
        chart.FEES: _("支付手续费"),
        chart.LOSSES: _("付款争议损失"),
        chart.RETURNED: _("被退回的退款"),
        chart.GOODS_HELD: _("在库物资"),
        chart.ALL_NEEDS: _("全部需求专款"),
    } | _provider_words()
    series = {
        chart.MATCH_FUNDS: _("配捐基金 %s"),
        chart.NEED_FUNDS: _("需求专款 %s"),
        chart.CAMPAIGN_FUNDS: _("活动专款 %s"),
        chart.PAIRING_FUNDS: _("结对专款 %s"),
        chart.CAMPAIGN_GOODS: _("活动物资 %s"),
    }
    prefix, of = chart.series_of(code)
    return series[prefix] % of if prefix else single.get(code, code)


def _provider_words() -> dict[str, str]:
    """Return what the providers' accounts mean, by code; the only one needs no name."""
    gateways = registered()
    if len(gateways) == 1:
        return {chart.provider_balance(name): _("在线支付账户") for name in gateways}
    return {
        chart.provider_balance(name): _("在线支付账户（%s）") % gateway.label
        for name, gateway in gateways.items()
    }


def postings_for_file(chosen: LedgerFilter) -> Iterator[tuple]:
    """Return one row per leg in order of booking, for a table file, read as it is written."""
    legs = Posting.objects.filter(entry__in=chosen.entries().order_by())
    return (
        legs.order_by("entry_id", "pk")
        .values_list(
            "entry__seal__sequence",
            "entry__booked_on",
            "entry__kind",
            "entry__campaign__slug",
            "entry__need__code",
            "entry__agreement__code",
            "entry__township_code",
            "account__code",
            "amount_minor",
            "currency",
            "entry__memo",
            "entry__seal__hash",
        )
        .iterator(chunk_size=2000)
    )
