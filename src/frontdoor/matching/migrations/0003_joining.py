import uuid

import django.db.models.deletion
from django.db import migrations, models

from frontdoor.actors.operations import same_council, wall


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0002_wall"),
        ("people", "0002_wall"),
        ("actors", "0001_guard"),
    ]

    operations = [
        migrations.CreateModel(
            name="Told",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("user_id", models.BigIntegerField()),
                ("acts", models.JSONField(default=dict)),
                ("last_at", models.DateTimeField()),
                ("told_at", models.DateTimeField()),
                ("looked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "finding",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("nothing", "Nothing that I did needs to be put right"),
                            ("corrected", "I have put right what I did"),
                            ("help", "Something must be put right, and I need help with it"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=500)),
                ("version", models.IntegerField(default=1)),
            ],
            options={
                "verbose_name_plural": "told",
            },
        ),
        migrations.AddField(
            model_name="move",
            name="digest",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddIndex(
            model_name="move",
            index=models.Index(fields=["authority_id", "table", "row"], name="move_row"),
        ),
        migrations.AddConstraint(
            model_name="join",
            constraint=models.CheckConstraint(
                condition=models.Q(("kept", models.F("gone")), _negated=True), name="join_of_two_people"
            ),
        ),
        migrations.AddConstraint(
            model_name="join",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answered_by", None),
                    models.Q(("answered_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="join_answered_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="join",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_by", None), ("state", "proposed")),
                    models.Q(
                        models.Q(("state", "proposed"), _negated=True),
                        ("answered_at__isnull", False),
                        ("answered_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="join_answered_unless_proposed",
            ),
        ),
        migrations.AddConstraint(
            model_name="join",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["undone", "divided"]), _negated=True),
                    models.Q(
                        ("undone_at__isnull", False),
                        ("undone_by__isnull", False),
                        models.Q(("undone_why", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="join_undone_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="join",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["proposed", "made"])),
                fields=("authority_id", "gone"),
                name="join_gone_once",
            ),
        ),
        migrations.AddField(
            model_name="told",
            name="join",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="told", to="matching.join"
            ),
        ),
        migrations.AddIndex(
            model_name="told",
            index=models.Index(fields=["authority_id", "join", "id"], name="told_join"),
        ),
        migrations.AddIndex(
            model_name="told",
            index=models.Index(fields=["authority_id", "user_id", "told_at", "id"], name="told_user"),
        ),
        migrations.AddConstraint(
            model_name="told",
            constraint=models.UniqueConstraint(fields=("authority_id", "join", "user_id"), name="told_once"),
        ),
        migrations.AddConstraint(
            model_name="told",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finding", ""), ("looked_at", None)),
                    models.Q(("looked_at__isnull", False), models.Q(("finding", ""), _negated=True)),
                    _connector="OR",
                ),
                name="told_looked_with_a_finding",
            ),
        ),
        wall("matching_told"),
        same_council("matching_told", "join_id", "matching_join"),
    ]
