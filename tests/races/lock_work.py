"""Paths of money that meet on the same rows. Imported by the forked children."""

import time
import uuid
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from django.db import OperationalError, transaction

from core import clock
from core.accounts.models import User
from core.money import Money
from donations.books.services.seals import ledger_seal
from donations.exceptions import EventHeldError, GiftRefusedError, PayoutRefusedError
from donations.giving.services.collection import donation_collect, donation_expire
from donations.giving.services.gifts import gift_start
from donations.models import Donation
from donations.payouts.services.disbursements import disbursement_approve, disbursement_propose
from donations.provider.services.refunds import refund_book
from donations.receipts.services.receipts import receipt_issue
from donations.states import DonationStatus, PayeeKind
from donations.tallies.services import tally_fold
from matching.exceptions import ConsentMissingError, NeedShortfallError, TransitionRefusedError
from matching.funds.services.funds import fund_reduce, fund_top_up
from matching.funds.services.slots import slot_credit
from matching.models import MatchFund, Need
from matching.needs.services.transitions import need_locked, need_move
from matching.registry.services.consents import consent_record, consent_withdraw
from matching.states import ConsentScope, NeedStatus
from tests.waiting import wait_until

# What a service may say to somebody who comes second.
REFUSED = (
    ConsentMissingError,
    EventHeldError,
    GiftRefusedError,
    NeedShortfallError,
    PayoutRefusedError,
    TransitionRefusedError,
)
GIFT = 1_000


def _start(index: int, turn: int) -> Donation:
    needs = list(Need.objects.order_by("pk"))
    return gift_start(
        client_token=uuid.uuid4(),
        amount=Money(GIFT),
        email=f"donor-{turn % 3}@example.org",
        need_code=needs[(index + turn) % len(needs)].code,
    )


def _collect(donation: Donation) -> None:
    donation_collect(
        donation_id=donation.pk, charge_id=f"ch_{donation.code}", method="card", fee_minor=20
    )


def give(index: int, turn: int) -> None:
    """Give, collect, issue the receipt."""
    donation = _start(index, turn)
    _collect(donation)
    receipt_issue(donation_id=donation.pk)


def refund(index: int, turn: int) -> None:
    """Send the newest collected gift back, half of it or whole."""
    rows = Donation.objects.filter(status=DonationStatus.COLLECTED).order_by("-pk")
    donation = rows.first()
    if donation is not None:
        refund_book(donation_id=donation.pk, refunded_minor=GIFT if turn % 2 else GIFT // 2)


def come_late(index: int, turn: int) -> None:
    """Let a gift expire, then take its money after all."""
    donation = _start(index, turn)
    donation_expire(donation_id=donation.pk)
    if turn % 2:
        _collect(donation)


def pay_out(index: int, turn: int) -> None:
    """Propose and approve a small sum for one of the needs."""
    first, second = User.objects.filter(username__startswith="fund").order_by("pk")[:2]
    need = Need.objects.order_by("pk")[turn % 2]
    payout = disbursement_propose(
        actor=first,
        amount=Money(10),
        need_id=need.pk,
        payee_kind=PayeeKind.SUPPLIER,
        payee="供货商 6222020000001234567",
        note="购买课桌",
    )
    disbursement_approve(disbursement_id=payout.pk, actor=second, bank_reference=payout.code)


def withdraw(index: int, turn: int) -> None:
    """End the household's consent, record it again and show its needs again."""
    household_id = Need.objects.values_list("household_id", flat=True).first()
    village = User.objects.get(username="village")
    scope = ConsentScope.PUBLISH_NEED
    consent_withdraw(household_id=household_id, scope=scope, actor=village)
    consent_record(
        actor=village,
        household_id=household_id,
        scope=scope,
        channel="纸质签字",
        given_on=clock.today(),
    )
    for need_id in Need.objects.order_by("-pk").values_list("pk", flat=True):
        with transaction.atomic():
            need = need_locked(need_id=need_id)
            if need.status == NeedStatus.PAUSED:
                need_move(need=need, to=NeedStatus.PUBLISHED, actor=None)


def look_after(index: int, turn: int) -> None:
    """Fold, seal, and move a fund's money up and down."""
    tally_fold()
    ledger_seal()
    for fund in MatchFund.objects.order_by("-pk"):
        fund_top_up(fund_id=fund.pk, amount=Money(100))
        fund_reduce(fund_id=fund.pk, amount=Money(100))


PATHS = (give, refund, come_late, pay_out, withdraw, look_after)


def meet(index: int, *, turns: int, bound: int) -> dict[str, int]:
    """Go one path until it was done so often; return how often it was done, refused, deadlocked.

    Who is refused tries again: the needs are hidden for moments, or have no money yet.
    """
    path = PATHS[index % len(PATHS)]
    told, end = Counter(), time.monotonic() + bound
    while told["done"] < turns and time.monotonic() < end:
        told[_outcome(path, index, told["done"])] += 1
    return dict(told)


def _outcome(path: Callable[[int, int], None], index: int, turn: int) -> str:
    try:
        path(index, turn)
    except REFUSED:
        time.sleep(0.05)
        return "refused"
    except OperationalError as error:
        if "deadlock" not in str(error):
            raise
        return "deadlocked"
    return "done"


def cross(index: int, *, need_id: int, fund_id: int, folder: str) -> str:
    """Lock a need and a slot, every other process in the opposite order.

    Nobody goes on before somebody holds what the others lock first.
    """
    mine, theirs = (Path(folder) / str((index + other) % 2) for other in (0, 1))
    steps = [
        lambda: need_locked(need_id=need_id),
        lambda: slot_credit(fund_id=fund_id, amount_minor=1),
    ]
    first, second = steps if index % 2 else reversed(steps)
    try:
        with transaction.atomic():
            first()
            mine.touch()
            wait_until(theirs.exists, "a lock in the opposite order")
            second()
    except OperationalError as error:
        return "deadlocked" if "deadlock" in str(error) else str(error)
    return "done"
