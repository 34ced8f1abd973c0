from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("donations", "0006_disputes_and_settlements")]

    operations = [
        migrations.AddIndex(
            model_name="donation",
            index=models.Index(
                condition=models.Q(("status", "pending")),
                fields=["updated_at"],
                name="donation_pending",
            ),
        ),
    ]
