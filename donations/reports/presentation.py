"""A published report as a person reads it: words, tables and charts in one language."""

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.money import Money
from donations.books.selectors.ledger import account_words
from donations.models import PublishedReport
from donations.states import EntryKind, ReportKind
from matching.states import Category

Figures = dict[str, Any]
Columns = list[dict[str, Any]]


def named(names: dict[str, str]) -> str:
    """Return the name in the language being read."""
    return names["en" if (get_language() or "").startswith("en") else "zh-hans"]


def report_title(report: PublishedReport) -> str:
    """Return the report's heading."""
    name = named(report.data["title"])
    if report.kind == ReportKind.MONTHLY:
        return _("月度报告：%(month)s") % {"month": name}
    return _("活动报告：%(campaign)s") % {"campaign": name}


def headline_figures(report: PublishedReport) -> list[tuple[str, str]]:
    """Return a report in one line: what arrived, was matched and was paid out, each apart."""
    head, currency = report.data["headline"], report.data["currency"]
    return [
        (label, Money(head[name], currency).format())
        for label, name in (
            (_("捐款到账"), "cash_minor"),
            (_("配捐到账"), "matched_minor"),
            (_("已拨付"), "paid_out_minor"),
        )
    ]


def report_context(report: PublishedReport) -> Figures:
    """Return what the page and the PDF show."""
    data, currency = report.data, report.data["currency"]

    def money(minor: int) -> str:
        return Money(minor, currency).format()

    return {
        "report": report,
        "title": report_title(report),
        "name": named(data["title"]),
        "period": data["period"],
        "note": _(report.note) if report.note else "",
        "stats": _headline(data, money),
        "people": _people(data["headline"]),
        "pairings": _pairings(data["pairings"], money),
        "tables": [
            table
            for table in (
                _money_in(data, money),
                _match(data, money),
                _places(data, money),
                _categories(data, money),
                _balances(data, money),
            )
            if table["rows"]
        ],
        "ledger": data["ledger"],
        "ledger_url": f"{reverse('ledger')}?{_ledger_query(report)}",
    }


def _ledger_query(report: PublishedReport) -> str:
    name = "month" if report.kind == ReportKind.MONTHLY else "campaign"
    return f"{name}={report.subject}"


def _headline(data: Figures, money: Any) -> list[Figures]:
    """Return the sums of money; goods come last and are marked as apart."""
    head = data["headline"]
    return [
        {"label": _("捐款到账"), "figure": money(head["cash_minor"]), "tone": "arrived",
         "note": _("已减去退款")},
        {"label": _("配捐到账"), "figure": money(head["matched_minor"]), "tone": "matched",
         "note": _("已减去冲回")},
        {"label": _("已拨付"), "figure": money(head["paid_out_minor"])},
        {"label": _("支付手续费"), "figure": money(head["fees_minor"])},
        {"label": _("物资（估值）"), "figure": money(data["goods_minor"]),
         "note": _("按估值另计，不与现金相加")},
    ]  # fmt: skip


def _people(head: Figures) -> list[Figures]:
    return [
        {"term": _("捐赠笔数"), "value": f"{head['gifts']:,}"},
        {"term": _("捐赠人数"), "value": f"{head['donors']:,}"},
        {"term": _("得到拨付的需求"), "value": f"{head['needs_paid_out']:,}"},
        {"term": _("已确认送达"), "value": f"{head['deliveries']:,}"},
    ]


def _pairings(pairings: Figures, money: Any) -> list[Figures]:
    """Return promised, arrived and spent as three figures; nothing where there is no pairing."""
    if not pairings["agreements"]:
        return []
    return [
        {"label": _("承诺"), "figure": money(pairings["promised_minor"]), "tone": "promised",
         "note": _("期内有效的 %(count)s 份协议") % {"count": pairings["agreements"]}},
        {"label": _("到账"), "figure": money(pairings["arrived_minor"]), "tone": "arrived"},
        {"label": _("支出"), "figure": money(pairings["spent_minor"])},
    ]  # fmt: skip


def _numeric(*labels: str) -> Columns:
    return [{"label": label, "numeric": True} for label in labels]


def _money_in(data: Figures, money: Any) -> Figures:
    return {
        "title": _("收支分类"),
        "columns": [{"label": _("事项")}, *_numeric(_("笔数"), _("金额"))],
        "rows": [
            [str(EntryKind(row["kind"]).label), f"{row['entries']:,}", money(row["amount_minor"])]
            for row in data["money_in"]
        ],
    }


def _match(data: Figures, money: Any) -> Figures:
    return {
        "title": _("各配捐基金"),
        "columns": [
            {"label": _("基金")},
            {"label": _("出资单位")},
            *_numeric(_("配捐"), _("冲回")),
        ],
        "rows": [
            [
                named(row["name"]) or row["fund"],
                named(row["sponsor"]),
                money(row["matched_minor"]),
                money(row["reversed_minor"]),
            ]
            for row in data["match"]
        ],
    }


def _places(data: Figures, money: Any) -> Figures:
    rows = [(_place_name(row), row) for row in data["by_township"]]
    return {
        "title": _("各乡镇"),
        "columns": [
            {"label": _("乡镇")},
            *_numeric(_("捐款"), _("配捐"), _("物资（估值）"), _("已拨付")),
        ],
        "rows": [
            [
                name,
                money(row["cash_minor"]),
                money(row["matched_minor"]),
                money(row["goods_minor"]),
                money(row["paid_out_minor"]),
            ]
            for name, row in rows
        ],
        "chart": _chart(_("各乡镇捐款"), _("乡镇"), rows, money),
    }


def _place_name(row: Figures) -> str:
    return named(row["name"]) or row["township"] or _("不限乡镇")


def _categories(data: Figures, money: Any) -> Figures:
    rows = [
        (str(Category(row["category"]).label) if row["category"] else _("未指定需求"), row)
        for row in data["by_category"]
    ]
    return {
        "title": _("各类需求"),
        "columns": [{"label": _("类别")}, *_numeric(_("捐款"), _("配捐"), _("已拨付"))],
        "rows": [
            [
                name,
                money(row["cash_minor"]),
                money(row["matched_minor"]),
                money(row["paid_out_minor"]),
            ]
            for name, row in rows
        ],
        "chart": _chart(_("各类需求捐款"), _("类别"), rows, money),
    }


def _chart(caption: str, head: str, rows: list[tuple[str, Figures]], money: Any) -> Figures:
    bars = [
        {"label": name, "value": row["cash_minor"], "text": money(row["cash_minor"])}
        for name, row in rows
        if row["cash_minor"] > 0
    ]
    bars.sort(key=lambda bar: -bar["value"])
    return {"caption": caption, "label_head": head, "value_head": _("捐款"), "rows": bars}


def _balances(data: Figures, money: Any) -> Figures:
    return {
        "title": _("资金余额"),
        "columns": [
            {"label": _("科目")},
            *_numeric(_("期初"), _("增加"), _("减少"), _("期末")),
        ],
        "rows": [
            [
                account_words(row["account"]),
                money(row["opening_minor"]),
                money(row["in_minor"]),
                money(row["out_minor"]),
                money(row["closing_minor"]),
            ]
            for row in data["balances"]
        ],
    }  # fmt: skip
