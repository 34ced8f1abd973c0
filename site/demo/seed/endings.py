"""Needs that ended early, and objections to those in publicity."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from demo.texts.records import OBJECTIONS
from matching.models import Objection, PublicityNotice
from matching.needs.services.publicity import objection_file, objection_resolve
from matching.registry.services.consents import consent_withdraw
from matching.states import ConsentScope, NeedStatus, NoticeStatus, ObjectionStatus

if TYPE_CHECKING:
    from demo.seed.needs import NeedWalk

S = NeedStatus
DAY = timedelta(days=1)


def ending_plan(walk: "NeedWalk", drafted: datetime) -> None:
    """Let a filed need end: by its turn, at another step and for another reason."""
    turn = walk.wish.turn
    if walk.wish.status == S.WITHDRAWN:
        if turn % 2:
            _to_publicity(walk, drafted)
            walk.at(drafted + 8 * DAY, lambda: _consent_ends(walk))
        else:
            walk.at(drafted + 1.2 * DAY, walk.withdraw)
        return
    village, township = drafted + 1.4 * DAY, drafted + 3.5 * DAY
    match turn % 4:
        case 0:
            walk.at(village, lambda: walk.reject(walk.village))
        case 1:
            walk.at(village, lambda: walk.approve(walk.village))
            walk.at(township, lambda: walk.reject(walk.township))
        case 2:
            walk.at(village, lambda: walk.approve(walk.village))
            walk.at(township, lambda: walk.approve(walk.township))
            walk.at(township + DAY, lambda: walk.reject(walk.county))
        case _:
            _to_publicity(walk, drafted)
            walk.at(drafted + 7 * DAY, lambda: _object(walk, 0))
            walk.at(drafted + 8 * DAY, lambda: _resolve(walk, 0))


def objection_plan(walk: "NeedWalk", approved: datetime) -> None:
    """Of three needs in publicity, one has an open objection and one a dismissed one."""
    which = walk.wish.turn % 3
    if which:
        walk.at(approved + timedelta(hours=3), lambda: _object(walk, which))
    if which == 2:
        walk.at(approved + timedelta(hours=7), lambda: _resolve(walk, which))


def _to_publicity(walk: "NeedWalk", drafted: datetime) -> None:
    walk.at(drafted + 1.4 * DAY, lambda: walk.approve(walk.village))
    walk.at(drafted + 3.5 * DAY, lambda: walk.approve(walk.township))
    walk.at(drafted + 6 * DAY, lambda: walk.approve(walk.county))


def _consent_ends(walk: "NeedWalk") -> None:
    """The family no longer wishes to be shown: the notice comes down the same minute."""
    household_id = walk.need().household_id
    consent_withdraw(household_id=household_id, scope=ConsentScope.PUBLISH_NEED, actor=walk.officer)


def _object(walk: "NeedWalk", which: int) -> None:
    notice = PublicityNotice.objects.get(need_id=walk.need_id, status=NoticeStatus.OPEN)
    objection_file(
        notice_id=notice.pk, body=OBJECTIONS[which].body[0], contact="villager@example.org"
    )


def _resolve(walk: "NeedWalk", which: int) -> None:
    """Settled by somebody who took no step in this need."""
    text = OBJECTIONS[which]
    objection = Objection.objects.get(notice__need_id=walk.need_id, status=ObjectionStatus.OPEN)
    world = walk.world
    resolver = world.people["county" if walk.county != world.people["county"] else "county2"]
    objection_resolve(
        objection_id=objection.pk,
        actor=resolver,
        status=ObjectionStatus.UPHELD if text.upheld else ObjectionStatus.DISMISSED,
        resolution=text.resolution[0],
        outcome=S.REJECTED if text.upheld else None,
    )
