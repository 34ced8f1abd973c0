"""Pages from templates; every value is escaped here, so templates hold no logic."""

from html import escape
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import urlsplit

from .. import checkout
from ..answers import Answer
from ..settings import money
from ..state import Store
from .qr import qr_svg
from .texts import text

TEMPLATES = Path(__file__).parent / "templates"
TEST_CARDS = (
    ("4242 4242 4242 4242", "card_ok"),
    ("4000 0000 0000 0002", "card_declined_row"),
    ("4000 0000 0000 9995", "card_poor"),
    ("4000 0025 0000 3155", "card_3ds"),
    ("4000 0027 6000 3184", "card_3ds"),
)
KEPT = {"email": "", "card-number": "4242 4242 4242 4242", "card-expiry": "12 / 34",
        "card-cvc": "123"}  # fmt: skip


def fill(template: str, **values: str) -> str:
    source = (TEMPLATES / template).read_text(encoding="utf-8")
    return Template(source).substitute({name: escape(value) for name, value in values.items()})


def page(
    title: str, content: str, lang: str, *, status: int = 200, path: str = "", origins: str = ""
) -> Answer:
    """A whole page; ``origins`` are those the browser may be sent on to after a form."""
    other = "en" if lang == "zh" else "zh"
    source = (TEMPLATES / "layout.html").read_text(encoding="utf-8")
    words = {name: escape(text(lang, name)) for name in ("banner", "banner_more", "other_lang")}
    html = Template(source).substitute(
        words,
        lang="zh-Hans" if lang == "zh" else "en",
        other="zh-Hans" if other == "zh" else "en",
        title=escape(f"{title} · {text(lang, 'title')}"),
        other_url=escape(f"{path}?lang={other}"),
        content=content,
    )
    policy = (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
        f"frame-ancestors 'none'; form-action 'self' {origins}"
    )
    headers = {
        "Content-Security-Policy": policy.strip(),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
    }
    return Answer(status, html.encode(), "text/html; charset=utf-8", headers)


def stylesheet() -> Answer:
    return Answer(200, (TEMPLATES / "pay.css").read_bytes(), "text/css; charset=utf-8")


def session(
    store: Store,
    wanted: dict[str, Any],
    lang: str,
    *,
    form: dict[str, str] | None = None,
    problem: str | None = None,
    status: int = 200,
) -> Answer:
    kinds = wanted["payment_method_types"]
    typed = {name: (form or {}).get(name, default) for name, default in KEPT.items()}
    amount = amount_of(wanted)
    title = text(lang, _title(wanted), amount=amount)
    content = "".join((
        fill("problem.html", title=text(lang, "problem"), problem=problem) if problem else "",
        fill("heading.html", title=title),
        _items(store, wanted, lang),
        fill("form_start.html", action=f"/pay/{wanted['id']}", lang=lang),
        _contact(wanted, typed, lang),
        _card(amount, typed, lang) if "card" in kinds else "",
        _wallets(kinds, lang),
        _delayed(store, lang),
        "</form>",
        _back(wanted, lang),
    ))  # fmt: skip
    return page(
        title, content, lang, status=status, path=f"/pay/{wanted['id']}", origins=_origins(wanted)
    )


def authorize(
    store: Store, intent: dict[str, Any], wanted: dict[str, Any] | None, lang: str
) -> Answer:
    kind = store.private(intent["id"])["instrument"]["kind"]
    words = {"card": "card_auth", "alipay": "alipay", "wechat_pay": "wechat"}[kind]
    title = text(lang, f"{words}_title")
    picture = ""
    if kind == "wechat_pay":
        picture = (
            '<div class="qr">' + qr_svg(intent["id"], escape(text(lang, "qr_label"))) + "</div>"
        )
        picture += fill("paragraph.html", text=text(lang, "wechat_note"))
    content = (
        fill("heading.html", title=title)
        + fill("paragraph.html", text=text(lang, f"{words}_lead", amount=amount_of(intent)))
        + picture
        + fill(
            "authorize.html",
            action=f"/pay/authorize/{intent['id']}",
            lang=lang,
            yes=text(lang, f"{words}_yes"),
            no=text(lang, f"{words}_no"),
        )
    )
    back = store.private(intent["id"]).get("return_url")
    origins = _origins(wanted) if wanted else _origin(back)
    return page(title, content, lang, path=f"/pay/authorize/{intent['id']}", origins=origins)


def closed(wanted: dict[str, Any], lang: str) -> Answer:
    amount = amount_of(wanted)
    complete = wanted["status"] == "complete"
    lead = "expired_lead"
    if complete:
        lead = "complete_lead" if wanted["payment_status"] == "paid" else "pending_lead"
    title = text(lang, "complete_title" if complete else "expired_title")
    url = checkout.success_url(wanted) if complete else wanted["cancel_url"]
    link = fill("link.html", id="to-site", url=url, text=text(lang, "to_site")) if url else ""
    content = (
        fill("heading.html", title=title)
        + fill("paragraph.html", text=text(lang, lead, amount=amount))
        + link
    )
    return page(title, content, lang, status=200 if complete else 410, path=f"/pay/{wanted['id']}")


def message(sentence: str, lang: str, status: int = 200) -> Answer:
    title = text(lang, "title")
    content = fill("heading.html", title=title) + fill("paragraph.html", text=sentence)
    return page(title, content, lang, status=status)


def amount_of(item: dict[str, Any]) -> str:
    return money(item.get("amount_total", item.get("amount", 0)), item["currency"])


def _title(wanted: dict[str, Any]) -> str:
    return "donate_amount" if wanted["submit_type"] == "donate" else "pay_amount"


def _items(store: Store, wanted: dict[str, Any], lang: str) -> str:
    rows = "".join(
        fill(
            "item.html",
            name=row["description"],
            details=row["details"] or "",
            quantity=text(lang, "quantity", quantity=row["quantity"])
            if row["quantity"] > 1
            else "",
            amount=money(row["amount_total"], row["currency"]),
        )
        for row in store.private(wanted["id"])["line_items"]
    )
    return f'<ul class="items" aria-label="{escape(text(lang, "items"))}">{rows}</ul>'


def _contact(wanted: dict[str, Any], typed: dict[str, str], lang: str) -> str:
    if wanted["customer_email"]:
        words = f"{text(lang, 'email_fixed')} {wanted['customer_email']}"
        return fill("paragraph.html", text=words)
    return fill("contact.html", legend=text(lang, "contact"), label=text(lang, "email"),
                value=typed["email"])  # fmt: skip


def _card(amount: str, typed: dict[str, str], lang: str) -> str:
    rows = "".join(
        fill("test_card.html", number=number, meaning=text(lang, meaning))
        for number, meaning in TEST_CARDS
    )
    names = ("card", "card_number", "card_expiry", "card_cvc", "test_cards")
    words = {name: text(lang, name) for name in names}
    values = {name.replace("-", "_") + "_value": typed[name] for name in KEPT if name != "email"}
    html = fill("card.html", **words, **values, button=text(lang, "pay_card", amount=amount),
                rows="@@rows@@")  # fmt: skip
    return html.replace("@@rows@@", rows)


def _wallets(kinds: list[str], lang: str) -> str:
    buttons = "".join(
        fill("button.html", name=name, text=text(lang, name.replace("-", "_")), kind=kind)
        for name, kind in (("pay-alipay", "alipay"), ("pay-wechat", "wechat_pay"))
        if kind in kinds
    )
    if not buttons:
        return ""
    return f"<fieldset><legend>{escape(text(lang, 'wallets'))}</legend>{buttons}</fieldset>"


def _delayed(store: Store, lang: str) -> str:
    seconds = f"{store.settings.settlement_delay:g}"
    return fill(
        "delayed.html",
        legend=text(lang, "delayed"),
        help=text(lang, "delayed_help", seconds=seconds),
        succeed=text(lang, "delayed_succeed"),
        fail=text(lang, "delayed_fail"),
        button=text(lang, "pay_delayed"),
    )


def _back(wanted: dict[str, Any], lang: str) -> str:
    if not wanted["cancel_url"]:
        return ""
    return fill("link.html", id="back-to-site", url=wanted["cancel_url"], text=text(lang, "back"))


def _origins(wanted: dict[str, Any]) -> str:
    return " ".join(dict.fromkeys((_origin(wanted["success_url"]), _origin(wanted["cancel_url"]))))


def _origin(url: str | None) -> str:
    parts = urlsplit(url or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
