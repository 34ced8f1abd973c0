"""What search knows of a need."""

import datetime

from django.db import migrations, models

import search.lookups


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="NeedText",
            fields=[
                ("need_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("version", models.PositiveBigIntegerField(default=0)),
                ("is_public", models.BooleanField(default=False)),
                ("visible_until", models.DateField(default=datetime.date(9999, 12, 31))),
                ("code", models.CharField(blank=True, max_length=12)),
                ("status", models.CharField(blank=True, max_length=20)),
                ("category", models.CharField(blank=True, max_length=12)),
                ("cause", models.CharField(blank=True, max_length=16)),
                ("kind", models.CharField(blank=True, max_length=8)),
                ("township_code", models.CharField(blank=True, db_index=True, max_length=12)),
                ("campaign_id", models.BigIntegerField(null=True)),
                ("title", models.CharField(blank=True, max_length=60)),
                ("title_en", models.CharField(blank=True, max_length=120)),
                ("title_tokens", models.TextField(blank=True)),
                ("tokens", search.lookups.TokensField(blank=True)),
                ("missing_minor", models.PositiveBigIntegerField(default=0)),
                ("nearness", models.SmallIntegerField(default=-1)),
                ("published_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_public", True)),
                        fields=["status", "-published_at", "-need_id"],
                        name="needtext_newest",
                    ),
                    models.Index(
                        condition=models.Q(("is_public", True)),
                        fields=["status", "-nearness"],
                        name="needtext_nearly",
                    ),
                    models.Index(
                        condition=models.Q(("is_public", True)),
                        fields=["status", "-missing_minor"],
                        name="needtext_missing",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_public", False),
                            ("status__in", ("published", "funded", "disbursed", "closed")),
                            _connector="OR",
                        ),
                        name="needtext_public_has_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_public", True),
                            models.Q(("title", ""), ("tokens", "")),
                            _connector="OR",
                        ),
                        name="needtext_hidden_is_empty",
                    ),
                ],
            },
        ),
    ]
