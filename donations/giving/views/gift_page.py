"""What a gift's page says in each state."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.money import Money
from donations.giving.selectors.gifts import (
    GiveTarget,
    lost_match,
    target_of_gift,
    was_returned,
)
from donations.models import Donation, Payment
from donations.states import DonationStatus, PaymentStatus
from matching.funds.selectors.explanations import explanation_sentences
from matching.states import NeedStatus

WAITING = "waiting"
PROCESSING = "processing"
PAID_OUT = {NeedStatus.DISBURSED, NeedStatus.CLOSED}


def gift_url(donation: Donation) -> str:
    """Return the address of a gift's own page."""
    return reverse("gift", args=[donation.given_for.code, donation.code])


def state_of(donation: Donation, payment: Payment | None) -> str:
    """Return the gift's status, with money on its way told apart from waiting."""
    if donation.status != DonationStatus.PENDING:
        return donation.status
    on_its_way = payment is not None and payment.status == PaymentStatus.PROCESSING
    return PROCESSING if on_its_way else WAITING


def gift_page(donation: Donation, payment: Payment | None, *, came_back: bool) -> dict:
    """Return the page's context."""
    state = state_of(donation, payment)
    target = target_of_gift(donation)
    receipt = getattr(donation, "receipt", None)
    heading, notice, kind = _told(donation, state, came_back=came_back)
    collected = state == DonationStatus.COLLECTED
    context = {
        "target": target,
        "donation": donation,
        "state": state,
        "came_back": came_back,
        "heading": heading,
        "notice": notice,
        "notice_kind": kind,
        "facts": _facts(donation, payment, state),
        "sentences": explanation_sentences(donation.match_explanation)
        if collected or state in {WAITING, PROCESSING}
        else [],
        "lost_match": lost_match(donation) if collected else None,
        "receipt": receipt,
        "steps": _steps(donation) if collected else [],
        "polls": state == PROCESSING
        or (state == WAITING and not came_back)
        or (collected and receipt is None),
    }
    return context | _links(donation, target, receipt, state)


def _told(donation: Donation, state: str, *, came_back: bool) -> tuple[str, str, str]:
    """Return heading, notice and the notice's kind."""
    if state == WAITING and came_back:
        return (
            _("还没有付款"),
            _("没有扣款。您可以继续付款，也可以取消；取消后为您保留的配捐会还给基金。"),
            "info",
        )
    if donation.status == DonationStatus.REFUNDED and was_returned(donation):
        return (
            _("捐款已原路退回"),
            _("您付款时，这项需求的款项已由其他捐赠人凑足，您的捐款已全数原路退回。谢谢您的心意。"),
            "info",
        )
    return {
        WAITING: (_("正在确认付款…"), _("通常只要几秒钟。确认后本页会自动更新。"), "info"),
        PROCESSING: (
            _("付款正在处理中"),
            _("银行正在转账，可能需要几天。配捐会一直为您保留，到账后收据会寄到您的邮箱。"),
            "info",
        ),
        DonationStatus.COLLECTED: (_("谢谢，您的捐赠已到账"), "", ""),
        DonationStatus.EXPIRED: (
            _("这笔捐赠没有完成"),
            _("没有扣款。付款页已经关闭，为您保留的配捐已还给基金。"),
            "warning",
        ),
        DonationStatus.FAILED: (
            _("付款没有成功"),
            _("没有扣款。您可以再试一次，或换一种付款方式。"),
            "error",
        ),
        DonationStatus.REFUNDED: (
            _("这笔捐赠已退款"),
            _("捐款已全数退回您的付款账户，到账时间以银行为准。"),
            "info",
        ),
    }[state]


def _facts(donation: Donation, payment: Payment | None, state: str) -> list[dict]:
    facts = [{"term": pgettext("amount given", "捐赠"), "value": donation.amount.format()}]
    if state == DonationStatus.COLLECTED:
        facts += [
            {"term": _("配捐"), "value": donation.matched.format()},
            {"term": _("共计到账"), "value": (donation.amount + donation.matched).format()},
        ]
    elif state in {WAITING, PROCESSING}:
        held = Money(donation.promised_match_minor, donation.currency)
        facts.append({"term": _("为您保留的配捐"), "value": held.format()})
    refunded = payment.gone_minor if payment else 0
    if 0 < refunded < donation.amount_minor:
        back = Money(refunded, donation.currency).format()
        facts.append({"term": _("其中已退款"), "value": back})
    facts.append(
        {"term": _("捐赠编号"), "value": donation.code, "note": _("联系我们时请说这个编号。")}
    )
    return facts


def _steps(donation: Donation) -> list[dict]:
    """Return what has happened to the money and what is still to come."""
    arrived = {"title": _("捐赠到账"), "at": donation.collected_at, "state": "done"}
    if donation.need is None:
        return [
            arrived,
            {"title": _("由资金专员分配到已核实的需求"), "state": "current"},
            {"title": _("拨付并送达，凭据公开"), "state": "todo"},
        ]
    status = NeedStatus(donation.need.status)
    full = status == NeedStatus.FUNDED or status in PAID_OUT
    paid, closed = status in PAID_OUT, status == NeedStatus.CLOSED
    marks = [full, paid, closed]
    titles = [_("款项筹足"), _("两人复核后拨付"), _("送达并由受助户确认")]
    steps = [arrived]
    for title, done in zip(titles, marks, strict=True):
        current = not done and steps[-1]["state"] == "done"
        steps.append(
            {"title": title, "state": "done" if done else "current" if current else "todo"}
        )
    steps[-1] |= {"url": reverse("need", args=[donation.need.code]), "url_text": _("查看这项需求")}
    return steps


def _links(donation: Donation, target: GiveTarget, receipt, state: str) -> dict:
    links = {}
    if receipt is not None:
        token = f"?t={receipt.verification_code}"
        links["receipt_url"] = reverse("receipt", args=[receipt.number]) + token
        links["receipt_pdf_url"] = reverse("receipt_pdf", args=[receipt.number]) + token
    if state in {DonationStatus.EXPIRED, DonationStatus.FAILED}:
        page = reverse("give", args=[target.code])
        links |= {
            "again_url": f"{page}?amount={donation.amount_minor}",
            "again_text": _("重新捐赠"),
            "again_kind": "give",
        }
    elif state == DonationStatus.COLLECTED and target.is_open:
        links |= {
            "again_url": reverse("give", args=[target.code]),
            "again_text": _("再捐一笔"),
            "again_kind": "quiet",
        }
    return links
