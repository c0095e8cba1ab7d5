import uuid

import django.db.models.deletion
from django.db import migrations, models

from frontdoor.actors.operations import same_council, wall


class Migration(migrations.Migration):
    dependencies = [
        ("clocks", "0002_wall"),
        ("actors", "0001_guard"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClockNotice",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("authority_id", models.SmallIntegerField()),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("soon", "Due soon: half of the time has gone"),
                            ("passed", "The time has passed"),
                            ("stays", "Late, and still not done"),
                            ("still", "Paused for long"),
                        ],
                        max_length=10,
                    ),
                ),
                ("turn", models.SmallIntegerField(default=0)),
                ("user_id", models.BigIntegerField(null=True)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("owner", "Owner"),
                            ("team_manager", "Team manager"),
                            ("manager_of_the_day", "Manager of the day"),
                            ("head_of_service", "Head of service"),
                        ],
                        max_length=20,
                    ),
                ),
                ("danger", models.BooleanField(default=False)),
                ("told_at", models.DateTimeField()),
                ("overtaken_at", models.DateTimeField(null=True)),
                ("wants_message", models.BooleanField(default=False)),
                ("message", models.UUIDField(null=True)),
                ("seen_at", models.DateTimeField(null=True)),
                ("seen_by", models.BigIntegerField(null=True)),
                ("version", models.IntegerField(default=1)),
            ],
        ),
        migrations.AddField(
            model_name="pause",
            name="note",
            field=models.CharField(default="", max_length=500),
        ),
        migrations.AddField(
            model_name="pause",
            name="paused_by",
            field=models.CharField(default="", max_length=80),
        ),
        migrations.AlterField(
            model_name="clock",
            name="ended",
            field=models.CharField(
                choices=[
                    ("done", "Done"),
                    ("replaced", "Replaced by a shorter one"),
                    ("not_needed", "No longer needed"),
                    ("mistake", "Its matter was entered by mistake"),
                ],
                default="",
                max_length=12,
            ),
        ),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                condition=models.Q(("late_reason", ""), _negated=True),
                fields=["authority_id", "-explained_at", "id"],
                name="clock_explained",
            ),
        ),
        migrations.AddField(
            model_name="clocknotice",
            name="clock",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="clocks.clock"
            ),
        ),
        migrations.AddIndex(
            model_name="clocknotice",
            index=models.Index(
                condition=models.Q(("overtaken_at__isnull", True), ("seen_at__isnull", True)),
                fields=["authority_id", "user_id", "-told_at", "-id"],
                name="notice_unseen",
            ),
        ),
        migrations.AddIndex(
            model_name="clocknotice",
            index=models.Index(
                condition=models.Q(("seen_at__isnull", False)),
                fields=["authority_id", "seen_by", "-seen_at"],
                name="notice_seen",
            ),
        ),
        migrations.AddIndex(
            model_name="clocknotice",
            index=models.Index(
                condition=models.Q(("message__isnull", True), ("wants_message", True)),
                fields=["authority_id", "user_id"],
                name="notice_to_message",
            ),
        ),
        migrations.AddIndex(
            model_name="clocknotice",
            index=models.Index(
                condition=models.Q(("message__isnull", False)),
                fields=["authority_id", "message"],
                name="notice_of_message",
            ),
        ),
        migrations.AddConstraint(
            model_name="clocknotice",
            constraint=models.UniqueConstraint(
                fields=("authority_id", "clock", "step", "turn", "user_id"), name="notice_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="clocknotice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("seen_at__isnull", True), ("seen_by__isnull", True)),
                    models.Q(("seen_at__isnull", False), ("seen_by__isnull", False)),
                    _connector="OR",
                ),
                name="notice_seen_by_somebody",
            ),
        ),
        # What somebody was told stays; only that it was seen, overtaken or sent may be added.
        wall(
            "clocks_clocknotice",
            app="SELECT, INSERT, UPDATE (overtaken_at, message, seen_at, seen_by, version)",
        ),
        same_council("clocks_clocknotice", "clock_id", "clocks_clock"),
    ]
