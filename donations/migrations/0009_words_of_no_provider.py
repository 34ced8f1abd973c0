"""What was named after the first provider is named after what it is."""

from django.db import migrations, models

SOURCE = "UPDATE donations_donation SET source = '{new}' WHERE source = '{old}'"
# Work promised under a task's old name is still to be done.
TASK = "UPDATE core_outbox SET task = 'donations.{new}' WHERE task = 'donations.{old}'"


def renamed(statement: str, old: str, new: str) -> migrations.RunSQL:
    """Return the operation that renames, and back."""
    return migrations.RunSQL(statement.format(old=old, new=new), statement.format(old=new, new=old))


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_audit_trail_append_only"),
        ("donations", "0008_payments_and_events_by_provider"),
    ]

    operations = [
        renamed(SOURCE, "stripe", "online"),
        renamed(TASK, "stripe_event_process", "provider_event_process"),
        migrations.AlterField(
            model_name="donation",
            name="source",
            field=models.CharField(
                choices=[("online", "在线支付"), ("bank", "银行转账")],
                default="online",
                max_length=8,
            ),
        ),
    ]
