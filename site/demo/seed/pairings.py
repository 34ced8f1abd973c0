"""Enterprises and villages under agreements: promised, arrived and spent over two years."""

from datetime import date, timedelta

from core import clock
from core.accounts.models import User
from core.money import Money
from demo.seed.world import World
from demo.texts.pairings import AGREEMENTS
from demo.texts.shapes import AgreementText
from donations.offline.services.instalments import instalment_confirm, instalment_record
from donations.payouts.services.disbursements import disbursement_approve, disbursement_propose
from donations.states import PayeeKind
from matching.models import Milestone, Organisation, PairingAgreement, Village
from matching.pairings.services import (
    AgreementTerms,
    MilestoneTerms,
    agreement_accept,
    agreement_complete,
    agreement_propose,
    milestone_approve,
    milestone_report,
)

DAY = timedelta(days=1)
BEGUN_DAYS_AGO = 138
PROMISES = (860_000, 320_000, 540_000, 180_000, 950_000, 260_000, 480_000, 300_000)
# Agreements that are still proposals, by number; the last is fulfilled.
PROPOSED = (6,)
SPENT_PERCENT = (85, 60, 100, 40)


class Pairing:
    """One agreement's way to today."""

    def __init__(self, world: World, number: int) -> None:
        self.world = world
        self.number = number
        self.text: AgreementText = AGREEMENTS[number % len(AGREEMENTS)]
        self.organisation: Organisation = world.enterprises[number % len(world.enterprises)]
        township = world.townships[number * 5 % len(world.townships)]
        self.village: Village = township.villages[number % len(township.villages)]
        self.officer = township.officer
        self.partner = world.people[f"partner-{self.organisation.slug}"]
        self.county: User = world.people[("county2", "county3")[number % 2]]
        self.agreement_id = 0
        self.lines = 0

    def schedule(self) -> None:
        """Put what happened on the timeline: each later agreement got less far."""
        last = self.number == self.world.plan.pairings - 1
        begun = BEGUN_DAYS_AGO - 9 * self.number if not last else BEGUN_DAYS_AGO
        self._at(begun, self.propose)
        if self.number in PROPOSED and not last:
            return
        self._at(begun - 6, self.accept)
        steps = len(self.text.milestones)
        reached = steps if last else max(1, steps - 1 - self.number % 3)
        for step in range(reached):
            done = begun - 12 - step * (begun - 20) / steps
            self._step(step, done, approved=last or step < reached - self.number % 2)
        if last:
            self._at(8, self.complete)

    def _step(self, step: int, days: float, *, approved: bool) -> None:
        """Money comes for a step, some of it is spent, the step is reported and confirmed."""
        self._at(days, lambda: self.arrive(step, confirm=approved))
        if not approved:
            return
        self._at(days - 2, lambda: self.spend(step))
        self._at(days - 4, lambda: self.report(step))
        self._at(days - 6, lambda: self.confirm(step))

    def _at(self, days: float, act) -> None:
        self.world.timeline.at(self.world.at_work(days), act)

    # --- the acts

    def propose(self) -> None:
        """The partner promises a sum in steps over two years."""
        today = clock.today()
        shares = Money(PROMISES[self.number % len(PROMISES)] * 100).split(
            [step.share for step in self.text.milestones]
        )
        steps = [
            MilestoneTerms(
                title=step.title[0],
                title_en=step.title[1],
                due_on=today + (step_number + 1) * 75 * DAY,
                amount_minor=share.minor,
            )
            for step_number, (step, share) in enumerate(
                zip(self.text.milestones, shares, strict=True)
            )
        ]
        agreement = agreement_propose(
            actor=self.partner,
            terms=AgreementTerms(
                organisation_id=self.organisation.pk,
                village_id=self.village.pk,
                title=self.text.title[0],
                title_en=self.text.title[1],
                starts_on=today,
                ends_on=date(today.year + 2, today.month, 1),
                milestones=steps,
            ),
        )
        self.agreement_id = agreement.pk

    def accept(self) -> None:
        """The county signs."""
        agreement_accept(agreement_id=self.agreement_id, actor=self.county)

    def arrive(self, step: int, *, confirm: bool) -> None:
        """A bank line is recorded, and confirmed by another person."""
        milestone = self._milestone(step)
        self.lines += 1
        instalment = instalment_record(
            actor=self.world.people["funds1"],
            milestone_id=milestone.pk,
            amount=Money(milestone.amount_minor),
            bank_reference=f"示例回单{self.number:03d}{self.lines:03d}",
            received_on=clock.today(),
        )
        if confirm:
            instalment_confirm(instalment_id=instalment.pk, actor=self.world.people["funds2"])

    def spend(self, step: int) -> None:
        """Part of it is paid out to the village or a supplier."""
        percent = SPENT_PERCENT[(self.number + step) % len(SPENT_PERCENT)]
        amount = self._milestone(step).amount_minor * percent // 10_000 * 100
        payout = disbursement_propose(
            actor=self.world.people["funds2"],
            agreement_id=self.agreement_id,
            amount=Money(amount),
            payee_kind=PayeeKind.VILLAGE if step % 2 else PayeeKind.SUPPLIER,
            payee=f"示例账户 9000 {self.number:04d}",
            note=f"{self._milestone(step).title}：按合同支付。",
        )
        disbursement_approve(
            disbursement_id=payout.pk,
            actor=self.world.people["funds1"],
            bank_reference=f"示例付款{self.number:03d}{step:03d}",
        )

    def report(self, step: int) -> None:
        """The partner or the village's officer says that a step is done."""
        milestone_report(
            milestone_id=self._milestone(step).pk,
            actor=self.partner if step % 2 else self.officer,
            note="已按计划完成，材料已存档。",
        )

    def confirm(self, step: int) -> None:
        """The county looked and agrees."""
        milestone_approve(
            milestone_id=self._milestone(step).pk, actor=self.county, note="现场核对，情况属实。"
        )

    def complete(self) -> None:
        """Everything promised was done."""
        agreement_complete(agreement_id=self.agreement_id, actor=self.county)

    def _milestone(self, step: int) -> Milestone:
        agreement = PairingAgreement.objects.get(pk=self.agreement_id)
        return agreement.milestones.order_by("due_on", "pk")[step]


def pairings_plan(world: World) -> None:
    """Put every agreement on the timeline."""
    for number in range(world.plan.pairings):
        Pairing(world, number).schedule()
