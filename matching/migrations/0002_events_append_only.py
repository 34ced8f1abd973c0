"""Facts are never changed: triggers refuse UPDATE and DELETE."""

from django.db import migrations

from core.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("matching", "0001_initial")]

    operations = [append_only("matching_needevent", "matching_milestoneevent")]
