import uuid

import django.db.models.deletion
from django.db import migrations, models

from frontdoor.actors.operations import same_council, wall

GRADES = [("standard", "Standard"), ("medium", "Medium"), ("high", "High"), ("", "Not graded")]
KEYS = [
    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
    ("authority_id", models.SmallIntegerField()),
    ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
]


class Migration(migrations.Migration):
    dependencies = [("contacts", "0009_drafts_of_steps"), ("actors", "0001_guard")]

    operations = [
        migrations.AddField("named", "present", models.BooleanField(blank=True, null=True)),
        migrations.AddField("contact", "answered_with", models.UUIDField(blank=True, null=True)),
        migrations.AddField("event", "reference", models.CharField(blank=True, default="", max_length=140), False),
        migrations.AddConstraint(
            "event",
            models.UniqueConstraint(
                condition=models.Q(("reference", ""), _negated=True),
                fields=("authority_id", "reference"),
                name="event_once_a_reference",
            ),
        ),
        migrations.CreateModel(
            name="Batch",
            fields=[
                *KEYS,
                ("sender", models.CharField(max_length=80)),
                ("idem", models.CharField(max_length=120)),
                ("digest", models.BinaryField(max_length=32)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("given_by", models.BigIntegerField(blank=True, null=True)),
                ("given_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("checked", "Checked, not taken in"),
                            ("taken", "Taken in"),
                            ("dropped", "Thrown away"),
                        ],
                        max_length=10,
                    ),
                ),
                ("taken_at", models.DateTimeField(blank=True, null=True)),
                ("rows", models.JSONField(default=list)),
                ("answers", models.JSONField(default=list)),
                ("version", models.IntegerField(default=1)),
            ],
            options={
                "indexes": [models.Index(fields=["authority_id", "-given_at"], name="batch_given")],
                "constraints": [
                    models.UniqueConstraint(fields=("authority_id", "sender", "idem"), name="batch_once_a_key")
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                *KEYS,
                ("force_key", models.CharField(max_length=50)),
                ("reference", models.CharField(max_length=60)),
                ("force", models.CharField(max_length=120)),
                ("incident", models.CharField(blank=True, max_length=60)),
                ("desk", models.CharField(blank=True, max_length=120)),
                ("officer", models.CharField(blank=True, max_length=120)),
                ("grade", models.CharField(blank=True, choices=GRADES, max_length=10)),
                ("happened_at", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("received_at", models.DateTimeField()),
                ("place", models.CharField(blank=True, max_length=120)),
                ("told", models.CharField(max_length=10)),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="contacts.batch",
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="contacts.submission",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["authority_id", "received_at", "id"], name="notice_received"),
                    models.Index(fields=["authority_id", "place", "happened_at"], name="notice_place"),
                    models.Index(fields=["authority_id", "batch"], name="notice_batch"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority_id", "force_key", "reference"), name="notice_once_a_reference"
                    ),
                    models.UniqueConstraint(fields=("authority_id", "submission"), name="notice_once_a_submission"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                *KEYS,
                ("user_id", models.BigIntegerField()),
                ("claimed_at", models.DateTimeField()),
                (
                    "contact",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="contacts.contact",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("authority_id", "contact"), name="claim_once_a_contact")
                ],
            },
        ),
        migrations.CreateModel(
            name="Storm",
            fields=[
                *KEYS,
                ("began_at", models.DateTimeField()),
                ("counted", models.IntegerField()),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("settled_by", models.BigIntegerField(blank=True, null=True)),
                ("line", models.CharField(blank=True, max_length=300)),
                ("version", models.IntegerField(default=1)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("settled_at__isnull", True)),
                        fields=("authority_id",),
                        name="storm_one_at_a_time",
                    )
                ],
            },
        ),
        wall("contacts_batch"),
        wall("contacts_notice"),
        wall("contacts_claim"),
        wall("contacts_storm"),
        same_council("contacts_notice", "submission_id", "contacts_submission"),
        same_council("contacts_notice", "batch_id", "contacts_batch"),
        same_council("contacts_claim", "contact_id", "contacts_contact"),
    ]
