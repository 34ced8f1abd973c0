"""Money going out to needs that were met, and what reached the household."""

from datetime import datetime, timedelta

from core import clock
from core.money import Money
from core.two_people.states import ProposalStatus
from demo.seed.evidence import upload
from demo.seed.needs import NeedWalk
from demo.seed.world import World
from demo.texts.records import DELIVERY_NOTES, PAYOUT_NOTES
from donations.models import Disbursement
from donations.payouts.services.deliveries import DeliveryFacts, delivery_confirm, delivery_tell
from donations.payouts.services.disbursements import (
    disbursement_approve,
    disbursement_propose,
    disbursement_refuse,
)
from donations.states import PayeeKind
from matching.states import NeedStatus

S = NeedStatus
# Of needs that are met and not paid out, by turn: nothing yet, waiting, refused.
WAITING, REFUSED = 1, 2


def payout_plan(world: World, walk: NeedWalk, met_at: datetime) -> None:
    """Let a met need's money go out, and its help arrive where the need is closed."""
    proposed = met_at + timedelta(days=world.between(1.5, 3))
    if walk.wish.status == S.FUNDED:
        _undecided(world, walk)
        return
    world.timeline.at(proposed, lambda: _propose(world, walk))
    world.timeline.at(proposed + timedelta(hours=21), lambda: _approve(world, walk))
    if walk.wish.status == S.CLOSED:
        delivered = proposed + timedelta(days=world.between(4, 12))
        world.timeline.at(delivered, lambda: _deliver(walk))


def _undecided(world: World, walk: NeedWalk) -> None:
    """Of those waiting today, one proposal stands and one was refused this morning."""
    turn = walk.wish.turn % 3
    if turn in {WAITING, REFUSED}:
        world.timeline.at(world.ago(0.12), lambda: _propose(world, walk))
    if turn == REFUSED:
        world.timeline.at(world.ago(0.05), lambda: _refuse(world, walk))


def _officers(world: World, walk: NeedWalk) -> tuple[str, str]:
    """Who proposes and who approves; today's proposals wait for the second login."""
    if walk.wish.status == S.FUNDED or walk.wish.number % 2:
        return "funds1", "funds2"
    return "funds3", "funds1"


def _propose(world: World, walk: NeedWalk) -> None:
    need = walk.need()
    if need.status != S.FUNDED:
        return
    disbursement_propose(
        actor=world.people[_officers(world, walk)[0]],
        need_id=need.pk,
        amount=Money(need.collected_minor, need.currency),
        payee_kind=PayeeKind.SUPPLIER if walk.wish.number % 2 else PayeeKind.HOUSEHOLD,
        payee=f"示例账户 0000 {walk.wish.number:08d}",
        note=PAYOUT_NOTES[walk.wish.number % len(PAYOUT_NOTES)][0],
        is_final=True,
    )


def _waiting(walk: NeedWalk) -> Disbursement | None:
    return Disbursement.objects.filter(need_id=walk.need_id, status=ProposalStatus.PROPOSED).first()


def _approve(world: World, walk: NeedWalk) -> None:
    payout = _waiting(walk)
    if payout:
        disbursement_approve(
            disbursement_id=payout.pk,
            actor=world.people[_officers(world, walk)[1]],
            bank_reference=f"示例流水{clock.today():%Y%m%d}{walk.wish.number:05d}",
        )


def _refuse(world: World, walk: NeedWalk) -> None:
    payout = _waiting(walk)
    if payout:
        disbursement_refuse(
            disbursement_id=payout.pk,
            actor=world.people[_officers(world, walk)[1]],
            reason="收款账户与合同不符，请核对后重新提出。",
        )


def _deliver(walk: NeedWalk) -> None:
    """The township's officer confirms with a picture; the givers are noted to be told."""
    need = walk.need()
    if need.status != S.DISBURSED:
        return
    wish = walk.wish
    note = DELIVERY_NOTES[wish.number % len(DELIVERY_NOTES)]
    delivery = delivery_confirm(
        need_id=need.pk,
        actor=wish.township.officer,
        upload=upload(wish.text.scene, wish.number + 1),
        facts=DeliveryFacts(
            delivered_on=clock.today(), note=note[0], note_en=note[1], household_confirmed=True
        ),
    )
    delivery_tell(delivery_id=delivery.pk)
