"""The campaign board's numbers: changes to fold in, and the folded counters."""

from django.db import models
from django.db.models import Q

from core import clock


class TallyDelta(models.Model):
    """One change of a campaign's numbers, written with its ledger entry, folded in once."""

    entry = models.OneToOneField(
        "donations.Entry", on_delete=models.PROTECT, related_name="tally_delta"
    )
    campaign = models.ForeignKey("matching.Campaign", on_delete=models.PROTECT, related_name="+")
    township_code = models.CharField(max_length=12, blank=True)
    cash_minor = models.BigIntegerField(default=0)
    matched_minor = models.BigIntegerField(default=0)
    goods_minor = models.BigIntegerField(default=0)
    gifts = models.IntegerField(default=0)
    donor = models.ForeignKey(
        "donations.Donor", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=clock.now)
    folded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(name="tally_unfolded", fields=["id"], condition=Q(folded_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.cash_minor}"


class TallyCounter(models.Model):
    """A campaign's numbers for one township; '' gathers what is for the whole campaign."""

    campaign = models.ForeignKey(
        "matching.Campaign", on_delete=models.PROTECT, related_name="tally_counters"
    )
    township_code = models.CharField(max_length=12, blank=True)
    currency = models.CharField(max_length=3, default="CNY")
    cash_minor = models.BigIntegerField(default=0)
    matched_minor = models.BigIntegerField(default=0)
    goods_minor = models.BigIntegerField(default=0)
    gifts = models.BigIntegerField(default=0)
    # People who gave for this township; in the row of '' people who gave to the campaign at all.
    donors = models.BigIntegerField(default=0)
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="tally_counter_once", fields=["campaign", "township_code"])
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id}/{self.township_code}"


class CampaignDonor(models.Model):
    """A donor counted once for a campaign and township ('' = the campaign as a whole)."""

    campaign = models.ForeignKey("matching.Campaign", on_delete=models.PROTECT, related_name="+")
    township_code = models.CharField(max_length=12, blank=True)
    donor = models.ForeignKey("donations.Donor", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="campaign_donor_once", fields=["campaign", "township_code", "donor"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.donor_id}"
