"""Base models, the outbox and the audit trail."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import clock


class TimeStampedModel(models.Model):
    """A row that knows when it came and when it last changed (UTC)."""

    created_at = models.DateTimeField(_("创建时间"), default=clock.now, editable=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True, editable=False)

    class Meta:
        abstract = True


class AppendOnlyModel(models.Model):
    """A fact. Triggers refuse UPDATE and DELETE on both databases."""

    at = models.DateTimeField(_("时间"), default=clock.now, editable=False)

    class Meta:
        abstract = True


class Outbox(models.Model):
    """Work promised by a committed transaction, done at least once.

    The row is the promise; the queue only hurries it. A row that keeps failing is marked
    dead after its last attempt and stays for a person to look at.
    """

    task = models.CharField(max_length=120)
    kwargs = models.JSONField(default=dict)
    # Equal pending work is queued once.
    key = models.CharField(max_length=200, null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField(default=clock.now)
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    dead_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                name="outbox_due",
                fields=["due_at"],
                condition=models.Q(done_at__isnull=True, dead_at__isnull=True),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                name="outbox_pending_key_once",
                fields=["key"],
                condition=models.Q(
                    done_at__isnull=True, dead_at__isnull=True, leased_until__isnull=True
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.kwargs}"


class JobRun(models.Model):
    """When a periodic job last began and ended; the lease that keeps it single."""

    name = models.CharField(max_length=120, primary_key=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class AuditEvent(AppendOnlyModel):
    """Who did what to which object, without its personal data. Append-only."""

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    action = models.CharField(max_length=80)
    object_label = models.CharField(max_length=80)
    object_ref = models.CharField(max_length=80)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(name="audit_object", fields=["object_label", "object_ref"])]

    def __str__(self) -> str:
        return f"{self.action} {self.object_label} {self.object_ref}"
