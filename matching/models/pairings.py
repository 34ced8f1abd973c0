"""Pairing (结对帮扶): an organisation and a village under an agreement with milestones."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import codes
from core.models import AppendOnlyModel, TimeStampedModel
from core.money import Money
from core.two_people.models import Proposal, two_people
from core.two_people.states import ProposalStatus
from matching.models.places import in_language
from matching.purpose import Purpose, PurposeKind
from matching.states import AgreementStatus, MilestoneStatus


class PairingAgreement(Proposal):
    """What an organisation promised a village. Arrived and spent stand in the ledger.

    Proposed by the partner, decided by the county; its own side may take it back before.
    """

    DECIDED_AS = {
        ProposalStatus.CONFIRMED: AgreementStatus.ACTIVE,
        ProposalStatus.REFUSED: AgreementStatus.ENDED,
    }

    code = models.CharField(max_length=12, unique=True, default=codes.agreement_code)
    organisation = models.ForeignKey(
        "matching.Organisation", on_delete=models.PROTECT, related_name="agreements"
    )
    village = models.ForeignKey(
        "matching.Village", on_delete=models.PROTECT, related_name="agreements"
    )
    title = models.CharField(_("协议名称"), max_length=80)
    title_en = models.CharField(_("英文名称"), max_length=120, blank=True)
    currency = models.CharField(max_length=3, default="CNY")
    promised_minor = models.PositiveBigIntegerField(_("承诺金额（分）"))
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"))
    status = models.CharField(
        max_length=10, choices=AgreementStatus, default=AgreementStatus.PROPOSED
    )
    signed_on = models.DateField(null=True, blank=True)
    # Set when it is completed, ended early, or not accepted.
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    closed_on = models.DateField(_("终结日期"), null=True, blank=True)
    closing_note = models.CharField(_("终结说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("结对协议")
        verbose_name_plural = _("结对协议")
        ordering = ["-pk"]
        constraints = [
            # Its own side may take a proposal back.
            *two_people("agreement", over_undecided=Q(status="ended")),
            models.CheckConstraint(name="agreement_dates", condition=Q(ends_on__gt=F("starts_on"))),
            models.CheckConstraint(
                name="agreement_promise_positive", condition=Q(promised_minor__gt=0)
            ),
            models.CheckConstraint(
                name="agreement_active_is_signed",
                condition=~Q(status__in=["active", "completed"]) | Q(signed_on__isnull=False),
            ),
            models.UniqueConstraint(
                name="agreement_one_live_per_pair",
                fields=["organisation", "village"],
                condition=Q(status__in=["proposed", "active"]),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def label(self) -> str:
        """The title in the language being read."""
        return in_language(self.title, self.title_en)

    @property
    def purpose(self) -> Purpose:
        """The agreement as what money is for."""
        return Purpose(
            kind=PurposeKind.PAIRING,
            id=self.pk,
            code=self.code,
            currency=self.currency,
            township_code=self.village.township_code,
        )

    @property
    def promised(self) -> Money:
        """The whole promise."""
        return Money(self.promised_minor, self.currency)


class Milestone(TimeStampedModel):
    """A step of an agreement with its instalment."""

    agreement = models.ForeignKey(
        PairingAgreement, on_delete=models.CASCADE, related_name="milestones"
    )
    title = models.CharField(_("里程碑"), max_length=80)
    title_en = models.CharField(_("英文名称"), max_length=120, blank=True)
    due_on = models.DateField(_("到期日"))
    amount_minor = models.PositiveBigIntegerField(_("金额（分）"))
    status = models.CharField(
        max_length=10, choices=MilestoneStatus, default=MilestoneStatus.PLANNED
    )

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="milestone_amount_positive", condition=Q(amount_minor__gt=0)
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def label(self) -> str:
        """The title in the language being read."""
        return in_language(self.title, self.title_en)

    @property
    def amount(self) -> Money:
        """Its instalment."""
        return Money(self.amount_minor, self.agreement.currency)


class MilestoneEvent(AppendOnlyModel):
    """One move of a milestone. Append-only."""

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="events")
    old_status = models.CharField(max_length=10, choices=MilestoneStatus)
    new_status = models.CharField(max_length=10, choices=MilestoneStatus)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    # Counts on when a report is sent back; within a round nobody acts twice.
    round = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="milestone_event_one_act_per_round", fields=["milestone", "actor", "round"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.milestone_id}: {self.new_status}"
