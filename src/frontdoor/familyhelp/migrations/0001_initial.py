"""The team around a family."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("earlyhelp", "0004_signposting_wall"),
    ]

    operations = [
        migrations.CreateModel(
            name="Practitioner",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("user", models.BigIntegerField(blank=True, null=True)),
                ("name", models.CharField(max_length=200)),
                ("agency", models.CharField(max_length=200)),
                ("job", models.CharField(blank=True, max_length=120)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("email", models.CharField(blank=True, max_length=254)),
                ("leads", models.BooleanField()),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(blank=True, null=True)),
                ("why_until", models.CharField(blank=True, max_length=1000)),
                ("by_user", models.BigIntegerField(blank=True, null=True)),
                ("by_name", models.CharField(max_length=200)),
                (
                    "episode",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="practitioners",
                        to="earlyhelp.episode",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["authority_id", "episode", "id"], name="practitioner_of_episode"),
                    models.Index(
                        condition=models.Q(("until__isnull", True)),
                        fields=["authority_id", "user", "id"],
                        name="practitioner_by_user",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("leads", True), ("until__isnull", True)),
                        fields=("authority_id", "episode"),
                        name="practitioner_one_leads",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("authority_id", "episode", "user"),
                        name="practitioner_once_an_account",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), models.Q(("why_until", ""), _negated=True), _connector="OR"
                        ),
                        name="practitioner_left_says_why",
                    ),
                ],
            },
        ),
    ]
