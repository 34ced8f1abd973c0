"""Whoever accepts an agreement decides it: one word for it everywhere."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("matching", "0006_email_domain_and_milestone_rounds")]

    operations = [
        # They name the old column; 0010 says them again.
        migrations.RemoveConstraint("pairingagreement", "agreement_two_people"),
        migrations.RemoveConstraint("pairingagreement", "agreement_active_is_accepted"),
        migrations.RenameField("pairingagreement", "accepted_by", "decided_by"),
    ]
