import uuid

import django.db.models.deletion
from django.db import migrations, models

from frontdoor.actors.operations import same_council, wall


class Migration(migrations.Migration):
    dependencies = [("contacts", "0012_family_told"), ("actors", "0001_guard")]

    operations = [
        migrations.CreateModel(
            name="Doubt",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("authority_id", models.SmallIntegerField()),
                ("marks", models.CharField(max_length=80)),
                ("marked_at", models.DateTimeField()),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("genuine", "Genuine: it goes on"), ("not_genuine", "Not genuine")],
                        max_length=12,
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=300)),
                ("answered_by", models.BigIntegerField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.IntegerField(default=1)),
                (
                    "submission",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="doubts",
                        to="contacts.submission",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("answer", "genuine"), _negated=True),
                        fields=["authority_id", "marked_at", "id"],
                        name="doubt_open",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("authority_id", "submission"), name="doubt_once_a_submission")
                ],
            },
        ),
        # The public pages' role marks what it takes in, and reads no mark.
        wall("contacts_doubt", portal_insert=True),
        same_council("contacts_doubt", "submission_id", "contacts_submission"),
    ]
