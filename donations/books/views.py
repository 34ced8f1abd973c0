"""The public ledger: a page to read, a table to open, and the sealed lines to verify."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.money import Money
from core.pages import attachment, columns, options
from core.tables import csv_lines
from core.templatetags.i18n_links import local_path
from donations.books.forms import LedgerFilterForm
from donations.books.selectors.ledger import (
    LedgerFilter,
    account_words,
    booked_months,
    campaign_choices,
    ledger_page,
    ledger_totals,
    legs_of,
    postings_for_file,
)
from donations.books.selectors.records import export_lines
from donations.models import Entry
from donations.states import EntryKind
from matching.states import PUBLIC_STATUSES

CSV_HEAD = (
    "sequence", "booked_on", "kind", "campaign", "need", "agreement", "township",
    "account", "amount", "currency", "memo", "hash",
)  # fmt: skip


@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """Show the ledger, newest first. A field that cannot be read is told and left open."""
    form = LedgerFilterForm(request.GET, auto_id="ledger-%s")
    valid = form.is_valid()
    chosen = form.chosen()
    page = ledger_page(
        chosen, before=form.cleaned_data.get("before"), after=form.cleaned_data.get("after")
    )
    query = urlencode(chosen.parameters())
    context = {
        "form": form,
        "selects": _selects(chosen),
        "need": request.GET.get("need", "")[:12],
        "columns": columns(
            _("序号"),
            _("日期"),
            _("事项"),
            _("用途"),
            _("借方"),
            _("贷方"),
            _("金额"),
            _("封存"),
            numeric=(6,),
        ),
        "rows": [_row(entry) for entry in page.entries],
        "totals": _totals(chosen),
        "totals_columns": columns(_("事项"), _("笔数"), _("金额"), numeric=(1, 2)),
        "totals_caption": _("分类合计"),
        "newer_url": _page_url(chosen, after=page.newer) if page.newer is not None else "",
        "older_url": _page_url(chosen, before=page.older) if page.older is not None else "",
        "is_filtered": bool(chosen.parameters()),
        "csv_url": f"{reverse('ledger_csv')}{f'?{query}' if query else ''}",
    }
    return render(request, "donations/books/ledger.html", context, status=200 if valid else 400)


@require_safe
def ledger_csv(request: HttpRequest) -> HttpResponseBase:
    """Give what the page's filter chose as a table, one row a leg, streamed."""
    form = LedgerFilterForm(request.GET)
    if not form.is_valid():
        return HttpResponse(form.errors.as_text(), status=400, content_type="text/plain")
    rows = (_csv_row(row) for row in postings_for_file(form.chosen()))
    return _download(csv_lines(CSV_HEAD, rows), "text/csv", "aixin-ledger.csv")


@require_safe
def ledger_export(request: HttpRequest) -> HttpResponseBase:
    """Give the sealed entries as JSON lines; ``donations/books/chain.py`` checks them."""
    return _download(export_lines(), "application/x-ndjson", "aixin-ledger.jsonl")


def _download(lines, content_type: str, name: str) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        lines,
        content_type=f"{content_type}; charset=utf-8",
        headers=attachment(name),
    )


def _csv_row(row: tuple) -> tuple:
    *start, minor, currency, memo, digest = row
    return (*start, Money(minor, currency).decimal_text(), currency, memo, digest)


def _page_url(chosen: LedgerFilter, **cursor: int) -> str:
    return f"{reverse('ledger')}?{urlencode({**chosen.parameters(), **cursor})}"


def _selects(chosen: LedgerFilter) -> list[dict]:
    everything = ("", _("全部"))
    months = [(month, month) for month in booked_months()]
    return [
        {"name": name, "label": label, "options": options([everything, *pairs], picked)}
        for name, label, pairs, picked in (
            ("kind", _("事项"), EntryKind.choices, chosen.kind),
            ("campaign", _("活动"), campaign_choices(), chosen.campaign),
            ("month", _("月份"), months, chosen.month),
        )
    ]


def _row(entry: Entry) -> list:
    legs = legs_of(entry)
    seal = getattr(entry, "seal", None)
    debits = [leg for leg in legs if leg.amount_minor > 0]
    return [
        str(seal.sequence) if seal else "—",
        entry.booked_on.isoformat(),
        entry.get_kind_display(),
        _purpose(entry),
        "，".join(account_words(leg.account.code) for leg in debits),
        "，".join(account_words(leg.account.code) for leg in legs if leg.amount_minor < 0),
        _amount(debits),
        seal.hash[:12] if seal else _("待封存"),
    ]


def _amount(debits: list) -> str:
    sums: dict[str, int] = {}
    for leg in debits:
        sums[leg.currency] = sums.get(leg.currency, 0) + leg.amount_minor
    return "，".join(Money(minor, currency).format() for currency, minor in sums.items())


def _purpose(entry: Entry) -> str | dict[str, str]:
    """Return what the money is for, with its page where the public may see one."""
    if entry.need:
        if entry.need.status in PUBLIC_STATUSES:
            return {"text": entry.need.code, "url": entry.need.get_absolute_url()}
        return entry.need.code
    if entry.campaign:
        return {
            "text": entry.campaign.label,
            "url": local_path(f"/campaigns/{entry.campaign.slug}/"),
        }
    if entry.agreement:
        return {
            "text": entry.agreement.code,
            "url": local_path(f"/pairings/{entry.agreement.code}/"),
        }
    return "—"


def _totals(chosen: LedgerFilter) -> list[list[str]]:
    return [
        [str(EntryKind(total.kind).label), f"{total.entries:,}", total.amount.format()]
        for total in ledger_totals(chosen)
    ]
