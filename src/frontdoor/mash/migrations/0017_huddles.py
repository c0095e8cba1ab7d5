"""A huddle: who sat in it, which children were taken, what was decided there and then."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("mash", "0016_objecting_wall"),
    ]

    operations = [
        migrations.CreateModel(
            name="Huddle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("began_by", models.BigIntegerField()),
                ("began_at", models.DateTimeField()),
                ("ended_by", models.BigIntegerField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["authority_id", "-began_at", "-id"], name="huddle_newest")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("authority_id",),
                        name="huddle_one_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Present",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("who", models.CharField(max_length=200)),
                ("by_user", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "desk",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="mash.desk"
                    ),
                ),
                (
                    "huddle",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="mash.huddle"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "present",
                "indexes": [models.Index(fields=["authority_id", "huddle", "id"], name="present_of_huddle")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("who", ""), _negated=True), name="present_is_somebody")
                ],
            },
        ),
        migrations.CreateModel(
            name="Taken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("safe", models.CharField(blank=True, max_length=10)),
                ("line", models.CharField(blank=True, max_length=500)),
                ("by_user", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "huddle",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="mash.huddle"
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="mash.subject"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "taken",
                "constraints": [
                    models.UniqueConstraint(fields=("authority_id", "huddle", "subject"), name="taken_once_a_huddle")
                ],
            },
        ),
    ]
