"""What our own people opened with nothing in hand: they are asked, heard, and somebody else says what was found."""

import uuid

from django.db import migrations, models

from frontdoor.actors.operations import wall


class Migration(migrations.Migration):
    dependencies = [("people", "0010_lifting"), ("actors", "0001_guard")]

    operations = [
        migrations.CreateModel(
            name="Watched",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("user_id", models.BigIntegerField()),
                ("day", models.DateField()),
                ("reasons", models.JSONField(default=list)),
                ("people", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("looked", "Looked into"),
                            ("explained", "Explained"),
                            ("upheld", "Upheld: there was no reason"),
                        ],
                        max_length=10,
                    ),
                ),
                ("found_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("words", models.CharField(blank=True, max_length=1000)),
                ("said_at", models.DateTimeField(blank=True, null=True)),
                ("looked_by", models.BigIntegerField(blank=True, null=True)),
                ("looked_at", models.DateTimeField(blank=True, null=True)),
                ("answered_by", models.BigIntegerField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("finding", models.CharField(blank=True, max_length=1000)),
                ("version", models.IntegerField(default=1)),
            ],
            options={
                "verbose_name_plural": "watched",
                "indexes": [
                    models.Index(fields=["authority_id", "user_id", "-day"], name="watched_user"),
                    models.Index(fields=["authority_id", "-found_at", "id"], name="watched_found"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("authority_id", "user_id", "day"), name="watched_once_a_day"),
                    models.CheckConstraint(
                        condition=(models.Q(looked_by=None) | ~models.Q(looked_by=models.F("user_id")))
                        & (models.Q(answered_by=None) | ~models.Q(answered_by=models.F("user_id"))),
                        name="watched_answered_by_another",
                    ),
                    models.CheckConstraint(
                        condition=~models.Q(state__in=["explained", "upheld"])
                        | (models.Q(answered_by__isnull=False, answered_at__isnull=False) & ~models.Q(finding="")),
                        name="watched_answered_in_words",
                    ),
                    models.CheckConstraint(
                        condition=~models.Q(state="upheld")
                        | models.Q(said_at__isnull=False)
                        | models.Q(answered_at__gt=models.F("until")),
                        name="watched_heard_before_upheld",
                    ),
                ],
            },
        ),
        wall("people_watched"),
    ]
