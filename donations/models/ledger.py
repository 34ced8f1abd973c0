"""The double-entry ledger: append-only entries, signed postings, and their seals.

Debit is positive. Every entry sums to zero per currency; triggers refuse UPDATE and
DELETE on both databases; a mistake is corrected by a reversal. The hash chain stands in
``EntrySeal`` so that writing an entry never waits for the one before it: a task seals
entries in order of their id, moments later.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.models import AppendOnlyModel
from donations.states import AccountKind, EntryKind


class Account(models.Model):
    """A place where money stands, by a speaking code such as ``funds:need:N7K2M9QXA``."""

    code = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=12, choices=AccountKind)

    class Meta:
        verbose_name = _("科目")
        verbose_name_plural = _("科目")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class Entry(AppendOnlyModel):
    """A balanced fact. ``key`` names it: ``<provider>:<charge>:collected`` is booked once.

    Carries codes only; nothing here tells who gave or who received.
    """

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=16, choices=EntryKind)
    memo = models.CharField(max_length=200)
    booked_on = models.DateField(default=clock.today)
    campaign = models.ForeignKey(
        "matching.Campaign", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    need = models.ForeignKey(
        "matching.Need", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    agreement = models.ForeignKey(
        "matching.PairingAgreement",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    # 12-digit code of the township the money is for; empty where it is for the whole campaign.
    township_code = models.CharField(max_length=12, blank=True)
    reverses = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversed_by"
    )

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(name="entry_campaign_kind", fields=["campaign", "kind"]),
            models.Index(name="entry_booked_on", fields=["booked_on", "kind"]),
            models.Index(name="entry_need", fields=["need"]),
        ]

    def __str__(self) -> str:
        return self.key


class Posting(AppendOnlyModel):
    """One leg of an entry: signed minor units on an account, debit positive."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="postings")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="postings")
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="posting_not_zero", condition=~Q(amount_minor=0)),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.amount_minor}"


class EntrySeal(AppendOnlyModel):
    """An entry's place in the hash chain: H(previous hash ‖ canonical JSON of the entry)."""

    sequence = models.PositiveBigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="seal")
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["sequence"]

    def __str__(self) -> str:
        return f"{self.sequence} {self.hash[:12]}"
