"""Needs on their way: filed, decided on by different people, publicised, published."""

from collections.abc import Callable
from datetime import datetime, timedelta

from core.accounts.models import User
from demo.seed import endings
from demo.seed.evidence import upload
from demo.seed.wishes import NOTICE_DAYS, Wish
from demo.seed.world import World
from demo.texts.records import REJECT_REASONS, SEND_BACK_REASONS
from demo.texts.shapes import ItemText
from matching.models import Need
from matching.needs.services.evidence import evidence_add
from matching.needs.services.needs import (
    ItemLine,
    NeedTerms,
    need_decide,
    need_draft,
    need_file,
    need_withdraw,
)
from matching.needs.services.publicity import publicity_close_due
from matching.needs.services.publishing import need_pause, need_publish
from matching.states import Decision, NeedStatus

S = NeedStatus
AT_ONCE = timedelta(minutes=35)


class NeedWalk:
    """One need's way to where it stands today. Each act reads what the acts before left."""

    def __init__(self, world: World, wish: Wish) -> None:
        self.world = world
        self.wish = wish
        self.need_id = 0
        team = wish.township
        # The published logins file and decide too, though never two steps of one need.
        self.officer = self._either("officer", team.officer, 3)
        self.village = self._either("village", team.village_reviewer, 4)
        self.township = self._either("township", team.township_reviewer, 5)
        self.county = world.people[("county2", "county", "county3")[wish.number % 3]]
        self.editor = world.people[("editor", "chief")[wish.number % 2]]

    def _either(self, login: str, local: User, every: int) -> User:
        return self.world.people[login] if self.wish.number % every == 1 else local

    def schedule(self) -> None:
        """Put every step on the timeline."""
        wish, world = self.wish, self.world
        drafted = world.at_work(wish.drafted_days)
        self.at(drafted, self.draft)
        if wish.status == S.DRAFT:
            return
        self.at(drafted + AT_ONCE, self.file)
        if wish.status == S.FILED:
            return
        if wish.status in {S.REJECTED, S.WITHDRAWN}:
            endings.ending_plan(self, drafted)
            return
        self._review(drafted)
        if wish.approved_days:
            self.at(world.at_work(wish.approved_days), lambda: self.approve(self.county))
        if wish.status == S.IN_PUBLICITY:
            endings.objection_plan(self, world.at_work(wish.approved_days))
        if wish.published_days:
            self.at(world.at_work(wish.published_days), self.publish)
        if wish.status == S.PAUSED:
            self.at(world.at_work(1.5 + wish.turn % 5), self.pause)

    def _review(self, drafted: datetime) -> None:
        """Schedule the village's and the township's step."""
        village = drafted + timedelta(days=1.4)
        township = village + timedelta(days=2.1)
        self.at(village, lambda: self.approve(self.village))
        if self.wish.sent_back:
            self.at(township, lambda: self.send_back(self.township))
            again = township + timedelta(days=1)
            self.at(again, self.file)
            self.at(again + AT_ONCE, lambda: self.approve(self.village))
            township = again + timedelta(days=1)
        if self.wish.status != S.VILLAGE_APPROVED:
            self.at(township, lambda: self.approve(self.township))

    def at(self, instant: datetime, act: Callable[[], object]) -> None:
        """Put an act on the timeline."""
        self.world.timeline.at(instant, act)

    def need(self) -> Need:
        """Read the need as it stands."""
        return Need.objects.get(pk=self.need_id)

    # --- the acts

    def draft(self) -> None:
        """Begin the need for the township's next household, with a picture as evidence."""
        wish, world = self.wish, self.world
        waiting = world.households[wish.township.region.code]
        household = waiting.pop(0)
        waiting.append(household)
        text = wish.text
        need = need_draft(
            actor=self.officer,
            household_id=household.pk,
            terms=NeedTerms(
                project_id=world.project_id,
                campaign_id=world.campaign_id if wish.in_campaign else None,
                category=text.category,
                cause=text.cause,
                title=text.title[0],
                title_en=text.title[1],
                summary=text.summary[0],
                summary_en=text.summary[1],
            ),
            items=[self._line(item) for item in text.items],
        )
        self.need_id = need.pk
        evidence_add(
            need_id=need.pk,
            actor=self.officer,
            upload=upload(text.scene, wish.number),
            caption="入户拍摄（示例图）",
        )

    def _line(self, item: ItemText) -> ItemLine:
        rng = self.world.rng
        low, high = item.unit_price_minor
        return ItemLine(
            name=item.name[0],
            name_en=item.name[1],
            unit=item.unit[0],
            quantity=rng.randint(*item.quantity),
            # Prices are asked in whole yuan.
            unit_price_minor=max(100, rng.randint(low, high) // 100 * 100),
        )

    def file(self) -> None:
        """Submit it."""
        need_file(need_id=self.need_id, actor=self.officer)

    def approve(self, actor: User) -> None:
        """Say yes at the step where it stands."""
        need_decide(need_id=self.need_id, actor=actor, decision=Decision.APPROVE)

    def send_back(self, actor: User) -> None:
        """Ask for a correction."""
        reason = SEND_BACK_REASONS[self.wish.number % len(SEND_BACK_REASONS)][0]
        need_decide(need_id=self.need_id, actor=actor, decision=Decision.SEND_BACK, reason=reason)

    def reject(self, actor: User) -> None:
        """Say no."""
        reason = REJECT_REASONS[self.wish.turn % len(REJECT_REASONS)][0]
        need_decide(need_id=self.need_id, actor=actor, decision=Decision.REJECT, reason=reason)

    def withdraw(self) -> None:
        """The family no longer needs it."""
        need_withdraw(
            need_id=self.need_id, actor=self.officer, reason="农户已通过其他渠道解决，申请撤回。"
        )

    def publish(self) -> None:
        """Show it to strangers."""
        need = need_publish(need_id=self.need_id, actor=self.editor)
        if self.wish.in_campaign and self.wish.status in {S.PUBLISHED, S.PAUSED}:
            self.world.stay_open.append((need.pk, need.code, need.target_minor))

    def pause(self) -> None:
        """Take it from view while a question is answered."""
        need_pause(need_id=self.need_id, actor=self.editor, reason="单价有变动，核对报价后继续。")


def needs_plan(world: World, walks: list[NeedWalk]) -> None:
    """Put every need on the timeline, and beat's daily closing of notices."""
    for walk in walks:
        walk.schedule()
    first = max((walk.wish.drafted_days for walk in walks), default=NOTICE_DAYS)
    world.timeline.every(timedelta(days=1), publicity_close_due, since=world.ago(first))
