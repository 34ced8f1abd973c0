"""What a transparency report says, as data: built from the sealed ledger alone, or from
records the ledger has no part in (how many people gave, what partners promised).

The same ledger gives the same data, byte for byte: nothing here tells the time.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, Sum

from core import clock
from donations import chart
from donations.books.selectors import figures
from donations.books.selectors.ledger import month_bounds
from donations.models import Delivery, Donation
from donations.reports import sums
from donations.reports.sums import Span
from donations.states import DonationStatus, ReportKind
from matching.models import Campaign, MatchFund, PairingAgreement, Region

FORMAT = "aixin-report/1"
# Before any entry.
BEGINNING = date(2000, 1, 1)
END = date(2200, 1, 1)

Figures = dict[str, object]


@dataclass(frozen=True, slots=True)
class ReportData:
    """A report's figures in minor units of ``currency``.

    Cash, match and goods are never added to each other; neither are what partners
    promised, what arrived and what was spent.
    """

    kind: str
    subject: str
    title: dict[str, str]
    period: dict[str, str]
    currency: str
    headline: Figures
    money_in: list[Figures]
    match: list[Figures]
    goods_minor: int
    pairings: Figures
    by_township: list[Figures]
    by_category: list[Figures]
    balances: list[Figures]
    ledger: Figures
    format: str = FORMAT

    def as_json(self) -> dict[str, object]:
        """Return plain data for storing."""
        return asdict(self)


def digest(data: dict[str, object]) -> str:
    """Return the SHA-256 of a report's data in canonical JSON (as in ``ledger.chain``)."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def monthly_report(month: str, currency: str = "CNY") -> ReportData:
    """Return what happened in a month (``2026-10``) over all campaigns and needs."""
    first, following = month_bounds(month)
    span = Span(first, following, currency=currency)
    return _report(
        span,
        kind=ReportKind.MONTHLY,
        subject=month,
        title={
            "zh-hans": f"{first.year} 年 {first.month} 月",
            "en": f"{first:%B %Y}",
        },
        period={"from": first.isoformat(), "to": (following - timedelta(days=1)).isoformat()},
    )


def campaign_report(campaign: Campaign) -> ReportData:
    """Return what a campaign brought and where it went, from its beginning on."""
    return _report(
        Span(BEGINNING, END, campaign, campaign.currency),
        kind=ReportKind.CAMPAIGN,
        subject=campaign.slug,
        title={"zh-hans": campaign.name, "en": campaign.name_en or campaign.name},
        period={
            "from": clock.day_of(campaign.starts_at).isoformat(),
            "to": clock.day_of(campaign.ends_at).isoformat(),
        },
    )


def _report(
    span: Span, *, kind: ReportKind, subject: str, title: dict[str, str], period: dict[str, str]
) -> ReportData:
    return ReportData(
        kind=kind.value,
        subject=subject,
        title=title,
        period=period,
        currency=span.currency,
        headline=_headline(span),
        money_in=sums.by_kind(span),
        match=_match(span),
        goods_minor=sums.goods(span),
        pairings=_pairings(span),
        by_township=_townships(span),
        by_category=sums.by_category(span),
        balances=sums.balances(span),
        ledger=sums.seal_range(span),
    )


def _headline(span: Span) -> Figures:
    legs = sums.fund_legs(span)
    fees = span.legs().filter(account__code=chart.FEES).aggregate(sum=Sum("amount_minor"))
    givers = Donation.objects.filter(_collected_in(span))
    paid = legs.filter(counted__in=figures.PAID_OUT)
    deliveries = Delivery.objects.filter(
        delivered_on__gte=span.first, delivered_on__lt=span.following
    )
    if span.campaign:
        deliveries = deliveries.filter(need__campaign=span.campaign)
    return {
        "cash_minor": sums.sum_of(legs, figures.DONATED),
        "matched_minor": sums.sum_of(legs, figures.MATCHED),
        "instalments_minor": sums.sum_of(legs, figures.PAIRED),
        "paid_out_minor": -sums.sum_of(legs, figures.PAID_OUT),
        "fees_minor": fees["sum"] or 0,
        "gifts": givers.count(),
        "donors": givers.values("donor").distinct().count(),
        "needs_paid_out": paid.filter(entry__need__isnull=False)
        .values("entry__need")
        .distinct()
        .count(),
        "deliveries": deliveries.count(),
    }


def _collected_in(span: Span) -> Q:
    zone = clock.PROGRAMME_ZONE
    found = Q(
        status__in=[DonationStatus.COLLECTED, DonationStatus.REFUNDED],
        currency=span.currency,
        collected_at__gte=datetime.combine(span.first, time.min, zone),
        collected_at__lt=datetime.combine(span.following, time.min, zone),
    )
    return found & Q(campaign=span.campaign) if span.campaign else found


def _match(span: Span) -> list[Figures]:
    found = sums.match_by_fund(span)
    funds = MatchFund.objects.select_related("sponsor").in_bulk(list(found), field_name="code")
    return [
        {
            "fund": code,
            "name": _names(funds.get(code)),
            "sponsor": _names(funds[code].sponsor if code in funds else None),
            **found[code],
        }
        for code in sorted(found)
    ]


def _townships(span: Span) -> list[Figures]:
    rows = sums.by_place(span)
    regions = Region.objects.in_bulk([row["township"] for row in rows], field_name="code")
    return [{**row, "name": _names(regions.get(row["township"]))} for row in rows]


def _names(thing: MatchFund | Region | object | None) -> dict[str, str]:
    name = getattr(thing, "name", "")
    return {"zh-hans": name, "en": getattr(thing, "name_en", "") or name}


def _pairings(span: Span) -> Figures:
    """Return promised, arrived and spent of partners; nothing in a campaign's report."""
    if span.campaign:
        return {"agreements": 0, "promised_minor": 0, "arrived_minor": 0, "spent_minor": 0}
    signed = PairingAgreement.objects.filter(
        signed_on__lt=span.following, ends_on__gte=span.first, currency=span.currency
    )
    legs = sums.fund_legs(span).filter(account__code__startswith=chart.PAIRING_FUNDS)
    return {
        "agreements": signed.count(),
        "promised_minor": signed.aggregate(sum=Sum("promised_minor"))["sum"] or 0,
        "arrived_minor": sums.sum_of(legs, figures.PAIRED),
        "spent_minor": -sums.sum_of(legs, figures.PAID_OUT),
    }
