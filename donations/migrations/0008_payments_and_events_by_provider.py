"""Payments and events say which provider they are of; the events' table keeps its name."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("donations", "0007_pending_gifts_index")]

    operations = [
        # The table first, so that the renaming finds nothing to do in the database.
        migrations.AlterModelTable(name="stripeevent", table="donations_stripeevent"),
        migrations.RenameModel(old_name="StripeEvent", new_name="ProviderEvent"),
        migrations.RenameIndex(
            model_name="providerevent",
            old_name="stripe_event_object",
            new_name="provider_event_object",
        ),
        migrations.AddField(
            model_name="providerevent",
            name="provider",
            field=models.CharField(max_length=20, default="stripe"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="payment",
            name="provider",
            field=models.CharField(max_length=20, default="stripe"),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="providerevent",
            constraint=models.CheckConstraint(
                condition=~models.Q(provider=""), name="event_has_provider"
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=~models.Q(provider=""), name="payment_has_provider"
            ),
        ),
    ]
