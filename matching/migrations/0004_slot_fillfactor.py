"""Slots and counters are updated all the time: leave room so that updates stay in the page."""

from django.db import migrations

from core.append_only import vendor_sql

TABLES = ("matching_matchfundslot", "matching_donordayuse")


class Migration(migrations.Migration):
    dependencies = [("matching", "0003_reservation_need_and_reversal")]

    operations = [
        vendor_sql(
            postgresql=(
                "".join(f"ALTER TABLE {table} SET (fillfactor = 20);" for table in TABLES),
                "".join(f"ALTER TABLE {table} RESET (fillfactor);" for table in TABLES),
            ),
            sqlite=("", ""),
        )
    ]
