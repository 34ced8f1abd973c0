"""Agreements that were there: proposed when made, decided when the audit trail says so."""

from datetime import datetime, time

from django.db import migrations
from django.db.models import F
from django.utils.timezone import get_default_timezone


def fill(apps, schema_editor) -> None:
    """Set both times; without a line in the trail the day of signing stands."""
    agreements = apps.get_model("matching", "PairingAgreement").objects
    trail = apps.get_model("core", "AuditEvent").objects.filter(
        object_label="matching.agreement", action="agreement.accepted"
    )
    agreements.update(proposed_at=F("created_at"))
    for agreement in agreements.filter(decided_by__isnull=False).iterator():
        told = trail.filter(object_ref=agreement.code).order_by("at").first()
        signed_on = agreement.signed_on or agreement.created_at.date()
        day = datetime.combine(signed_on, time.min, tzinfo=get_default_timezone())
        agreements.filter(pk=agreement.pk).update(decided_at=told.at if told else day)


def take_back(apps, schema_editor) -> None:
    """Keep as accepted what is signed; who turned a proposal down stands as its closer too."""
    agreements = apps.get_model("matching", "PairingAgreement").objects
    agreements.filter(signed_on__isnull=True).update(decided_by=None)


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0001_initial"),
        ("matching", "0008_agreement_decision_fields"),
    ]

    operations = [migrations.RunPython(fill, take_back)]
