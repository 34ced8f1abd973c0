"""Facts are never changed: triggers refuse UPDATE and DELETE."""

from core.append_only import append_only
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("matching", "0001_initial")]

    operations = [append_only("matching_needevent", "matching_milestoneevent")]
