"""Evidence files: never public, hashed, metadata stripped."""

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import TimeStampedModel


def evidence_storage():
    """Return the storage outside the public media folder."""
    return storages["evidence"]


class Evidence(TimeStampedModel):
    """A file that shows something about a need. Served only to its desk."""

    class Purpose(models.TextChoices):
        """What it shows."""

        NEED = "need", _("需求佐证")
        VISIT = "visit", _("入户核查")
        DELIVERY = "delivery", _("送达凭证")

    need = models.ForeignKey("matching.Need", on_delete=models.PROTECT, related_name="evidence")
    purpose = models.CharField(_("用途"), max_length=10, choices=Purpose, default=Purpose.NEED)
    file = models.FileField(storage=evidence_storage, upload_to="%Y/%m/")
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    caption = models.CharField(_("说明"), max_length=120, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("证据材料")
        verbose_name_plural = _("证据材料")
        constraints = [
            models.UniqueConstraint(
                name="evidence_once_per_need", fields=["need", "purpose", "sha256"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.need_id} {self.sha256[:12]}"
