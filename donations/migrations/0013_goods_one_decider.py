"""Goods are decided once, by one person: no column of its own for who refused them."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("donations", "0012_proposal_values")]

    operations = [
        migrations.RemoveField("goodsgift", "refused_by"),
        migrations.RemoveField("goodsgift", "refused_at"),
    ]
