"""When an agreement was proposed and decided, and why it was turned down."""

from django.db import migrations, models

import core.clock


class Migration(migrations.Migration):
    dependencies = [("matching", "0007_agreement_decider")]

    operations = [
        migrations.AddField(
            "pairingagreement", "proposed_at", models.DateTimeField(default=core.clock.now)
        ),
        migrations.AddField(
            "pairingagreement", "decided_at", models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddField(
            "pairingagreement", "refusal_reason", models.CharField(blank=True, max_length=200)
        ),
    ]
