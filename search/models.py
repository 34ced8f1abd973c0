"""What search knows of a need: a derived copy of its public side."""

from datetime import date

from django.db import models

from core import clock
from matching.states import PUBLIC_STATUSES
from search.lookups import TokensField

FOREVER = date(9999, 12, 31)


class NeedTextQuerySet(models.QuerySet["NeedText"]):
    """Filters on the derived rows."""

    def visible(self) -> "NeedTextQuerySet":
        """Rows a stranger may find today."""
        return self.filter(is_public=True, visible_until__gte=clock.today())


class NeedText(models.Model):
    """One need as search sees it; written by ``search.index.sync`` alone, may be rebuilt any time.

    A need that is no longer public keeps an emptied row, so that ``version`` never goes
    back: Elasticsearch takes a document only if its version is not older. Nothing finer
    than the township stands here: a public card must fit at least five households.
    """

    # No foreign key: the row outlives its need, and a rebuild may come in any order.
    need_id = models.BigIntegerField(primary_key=True)
    version = models.PositiveBigIntegerField(default=0)
    is_public = models.BooleanField(default=False)
    visible_until = models.DateField(default=FOREVER)
    code = models.CharField(max_length=12, blank=True)
    status = models.CharField(max_length=20, blank=True)
    category = models.CharField(max_length=12, blank=True)
    cause = models.CharField(max_length=16, blank=True)
    kind = models.CharField(max_length=8, blank=True)
    # 12-digit code of the township, or of what stands in its place.
    township_code = models.CharField(max_length=12, blank=True, db_index=True)
    campaign_id = models.BigIntegerField(null=True)
    title = models.CharField(max_length=60, blank=True)
    title_en = models.CharField(max_length=120, blank=True)
    title_tokens = models.TextField(blank=True)
    tokens = TokensField(blank=True)
    missing_minor = models.PositiveBigIntegerField(default=0)
    # Promised share in 1/10,000; -1 once nothing is missing: such a need is not "nearly" there.
    nearness = models.SmallIntegerField(default=-1)
    published_at = models.DateTimeField(null=True)

    objects = NeedTextQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="needtext_public_has_status",
                condition=models.Q(is_public=False) | models.Q(status__in=PUBLIC_STATUSES),
            ),
            models.CheckConstraint(
                name="needtext_hidden_is_empty",
                condition=models.Q(is_public=True) | models.Q(tokens="", title=""),
            ),
        ]
        indexes = [
            models.Index(
                name="needtext_newest",
                fields=["status", "-published_at", "-need_id"],
                condition=models.Q(is_public=True),
            ),
            models.Index(
                name="needtext_nearly",
                fields=["status", "-nearness"],
                condition=models.Q(is_public=True),
            ),
            models.Index(
                name="needtext_missing",
                fields=["status", "-missing_minor"],
                condition=models.Q(is_public=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code or self.need_id} v{self.version}"
