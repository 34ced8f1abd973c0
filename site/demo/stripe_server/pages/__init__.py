"""The hosted pay page, as a payer sees it. Plain forms, no JavaScript."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from .. import checkout, paying, payments
from ..answers import Answer, redirect
from ..errors import StripeError
from ..state import Store
from ..sweep import sweep
from . import render
from .qr import qr_svg
from .texts import refusal_text, text

BUTTONS = {"pay-card": "card", "pay-alipay": "alipay", "pay-wechat": "wechat_pay"}


class PayPages:
    def __init__(self, store: Store) -> None:
        self.store = store

    def handle(self, method: str, target: str, body: bytes) -> Answer:
        sweep(self.store)
        parts = urlsplit(target)
        form = _fields(body.decode(errors="replace"))
        lang = form.get("lang") or _fields(parts.query).get("lang", "")
        for pattern, view in self._views():
            found = re.fullmatch(pattern, parts.path)
            if found and method in {"GET", "HEAD", "POST"}:
                with self.store.transaction():
                    return view(method, found, form, lang, _fields(parts.query))
        return self._missing(lang)

    def _views(self) -> list[tuple[str, Any]]:
        return [
            (r"/", self._about),
            (r"/favicon\.ico", lambda *_: Answer(204)),
            (r"/pay/pay\.css", lambda *_: render.stylesheet()),
            (r"/pay/authorize/(pi_\w+)/qr\.svg", self._qr),
            (r"/pay/authorize/(pi_\w+)", self._authorize),
            (r"/pay/receipt/(\w+)", self._receipt),
            (r"/pay/(cs_test_\w+)", self._session),
        ]

    def _session(self, method: str, found: Any, form: Any, lang: str, query: Any) -> Answer:
        session = self.store.get("checkout.session", found[1])
        if not session:
            return self._missing(lang)
        lang = _language(lang, session)
        if session["status"] != "open":
            return render.closed(session, lang)
        if method != "POST":
            notice = text(lang, "authentication_failed") if "failed" in query else None
            known = self._known(session)
            return render.session(self.store, session, lang, form=known, problem=notice)
        return self._try(session, form, lang)

    def _known(self, session: dict[str, Any]) -> dict[str, str]:
        """What the payer typed before an attempt that led away from this page."""
        last = self.store.private(session["payment_intent"] or "").get("instrument", {})
        return {"email": last.get("email") or ""}

    def _try(self, session: dict[str, Any], form: dict[str, str], lang: str) -> Answer:
        email = form.get("email", "").strip()
        problem = _email_problem(session, email, lang)
        if problem:
            return self._again(session, form, lang, problem)
        kind = next((BUTTONS[name] for name in BUTTONS if name in form), None)
        later = None
        if "pay-delayed" in form:
            kind, later = session["payment_method_types"][0], form.get("delayed-outcome", "succeed")
        if kind is None or later not in {None, "succeed", "fail"}:
            return self._again(session, form, lang, text(lang, "choose"))
        number = form.get("card-number", "") if kind == "card" and not later else "4242424242424242"
        try:
            if kind == "card" and not later:
                _check_card_fields(form)
            intent = paying.start(
                self.store, session, method=kind, number=number, later=later, email=email or None
            )
        except StripeError as refused:
            return self._again(session, form, lang, refusal_text(lang, refused.details), 200)
        if intent["status"] == "requires_action":
            return redirect(f"/pay/authorize/{intent['id']}?lang={lang}")
        return redirect(checkout.success_url(session))

    def _again(
        self,
        session: dict[str, Any],
        form: dict[str, str],
        lang: str,
        problem: str,
        status: int = 422,
    ) -> Answer:
        return render.session(self.store, session, lang, form=form, problem=problem, status=status)

    def _authorize(self, method: str, found: Any, form: Any, lang: str, _query: Any) -> Answer:
        intent = self.store.get("payment_intent", found[1])
        if not intent:
            return self._missing(lang)
        session = checkout.session_of(self.store, intent)
        lang = _language(lang, session or {})
        if intent["status"] != "requires_action":
            if session:
                return render.closed(session, lang) if session["status"] != "open" else redirect(
                    f"/pay/{session['id']}?lang={lang}"
                )  # fmt: skip
            return render.message(text(lang, "nothing_to_do"), lang)
        if method != "POST" or not {"authorize", "fail"} & form.keys():
            return render.authorize(self.store, intent, session, lang)
        return self._answered(intent, session, lang, agreed="authorize" in form)

    def _answered(
        self, intent: dict[str, Any], session: dict[str, Any] | None, lang: str, *, agreed: bool
    ) -> Answer:
        try:
            payments.authorize(self.store, intent, agreed=agreed)
        except StripeError as refused:
            if session:
                problem = refusal_text(lang, refused.details)
                return render.session(self.store, session, lang, problem=problem)
        if session:
            paid = session["status"] == "complete"
            return redirect(
                checkout.success_url(session)
                if paid
                else f"/pay/{session['id']}?lang={lang}&failed=1"
            )
        back = self.store.private(intent["id"]).get("return_url")
        if not back:
            return render.message(text(lang, "answer_taken"), lang)
        status = "succeeded" if intent["status"] == "succeeded" else "failed"
        joint = "&" if urlsplit(back).query else "?"
        return redirect(
            f"{back}{joint}payment_intent={intent['id']}"
            f"&payment_intent_client_secret={intent['client_secret']}&redirect_status={status}"
        )

    def _qr(self, _method: str, found: Any, *_rest: Any) -> Answer:
        return Answer(200, qr_svg(found[1]).encode(), "image/svg+xml")

    def _receipt(self, _method: str, found: Any, _form: Any, lang: str, _query: Any) -> Answer:
        charge = self.store.get("charge", found[1])
        if not charge or charge["status"] != "succeeded":
            return self._missing(lang)
        return render.message(
            text(lang, "receipt", amount=render.amount_of(charge)), _language(lang, {})
        )

    def _about(self, _method: str, _found: Any, _form: Any, lang: str, _query: Any) -> Answer:
        lang = _language(lang, {})
        return render.message(text(lang, "about"), lang)

    def _missing(self, lang: str) -> Answer:
        lang = _language(lang, {})
        return render.message(text(lang, "not_found"), lang, 404)


def _fields(encoded: str) -> dict[str, str]:
    return {name: values[-1] for name, values in parse_qs(encoded, keep_blank_values=True).items()}


def _language(asked: str, session: dict[str, Any]) -> str:
    if asked in {"zh", "en"}:
        return asked
    return "en" if (session.get("locale") or "").startswith("en") else "zh"


def _email_problem(session: dict[str, Any], email: str, lang: str) -> str | None:
    if session["customer_email"]:
        return None
    if not re.fullmatch(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+", email):
        return text(lang, "email_wrong")
    return None


def _check_card_fields(form: dict[str, str]) -> None:
    expiry = re.fullmatch(r"\s*(\d{1,2})\s*/\s*(?:20)?(\d{2})\s*", form.get("card-expiry", ""))
    if not expiry or not 1 <= int(expiry[1]) <= 12 or int(expiry[2]) < 26:
        raise StripeError("Your card's expiry date is wrong.", status=402, code="invalid_expiry")
    if not re.fullmatch(r"\s*\d{3,4}\s*", form.get("card-cvc", "")):
        raise StripeError("Your card's security code is wrong.", status=402, code="invalid_cvc")
