"""The assessment of a family: its rounds, their texts, who has a page open."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("familyhelp", "0006_standing_wall"),
    ]

    operations = [
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.SmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("writing", "Being written"),
                            ("shared", "Shared with the family"),
                            ("reviewing", "Open for review"),
                        ],
                        max_length=12,
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=1000)),
                ("begun_at", models.DateTimeField()),
                ("begun_by", models.BigIntegerField()),
                ("begun_name", models.CharField(max_length=200)),
                ("shared_at", models.DateTimeField(blank=True, null=True)),
                ("shared_by", models.BigIntegerField(blank=True, null=True)),
                ("shared_name", models.CharField(blank=True, max_length=200)),
                (
                    "agrees",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "Yes, the family agrees with what it says"),
                            ("partly", "In part: see what the family says"),
                            ("no", "No: see what the family says"),
                        ],
                        max_length=8,
                    ),
                ),
                ("comments", models.TextField(blank=True)),
                (
                    "how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("together", "Read through together"),
                            ("paper", "Given on paper"),
                            ("post", "Sent by post"),
                            ("other", "Another way that the family asked for"),
                        ],
                        max_length=10,
                    ),
                ),
                ("who", models.CharField(blank=True, max_length=300)),
                ("copy", models.TextField(blank=True)),
                (
                    "episode",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="earlyhelp.episode",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Passage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("field", models.CharField(max_length=40)),
                ("text", models.TextField(blank=True)),
                ("version", models.IntegerField()),
                ("carried", models.BooleanField(default=False)),
                ("since", models.DateTimeField()),
                ("at", models.DateTimeField()),
                ("by_user", models.BigIntegerField()),
                ("by_name", models.CharField(max_length=200)),
                (
                    "assessment",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="passages",
                        to="familyhelp.assessment",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="passages",
                        to="earlyhelp.member",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("user", models.BigIntegerField()),
                ("name", models.CharField(max_length=200)),
                ("part", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                (
                    "assessment",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="present",
                        to="familyhelp.assessment",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.UniqueConstraint(
                fields=("authority_id", "episode", "number"), name="assessment_once_a_round"
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("shared_at__isnull", True)),
                fields=("authority_id", "episode"),
                name="assessment_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("shared_at__isnull", False), ("state", "shared")),
                    models.Q(models.Q(("state", "shared"), _negated=True), ("shared_at__isnull", True)),
                    _connector="OR",
                ),
                name="assessment_shared_when_its_state_is",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("shared_at__isnull", True),
                    models.Q(
                        models.Q(("agrees", ""), _negated=True),
                        models.Q(("how", ""), _negated=True),
                        models.Q(("who", ""), _negated=True),
                        models.Q(("copy", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="assessment_shared_says_how",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(("number", 1), models.Q(("why", ""), _negated=True), _connector="OR"),
                name="assessment_review_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="passage",
            constraint=models.UniqueConstraint(
                fields=("authority_id", "assessment", "member", "field", "version"),
                name="passage_once_a_version",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="passage",
            constraint=models.CheckConstraint(condition=models.Q(("version__gt", 0)), name="passage_has_a_version"),
        ),
        migrations.AddConstraint(
            model_name="presence",
            constraint=models.UniqueConstraint(
                fields=("authority_id", "assessment", "user"), name="presence_once_a_person"
            ),
        ),
    ]
