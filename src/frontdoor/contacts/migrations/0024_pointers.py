"""Services that somebody was told of while a contact was looked at."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0023_beside_wall"),
    ]

    operations = [
        migrations.CreateModel(
            name="Pointer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("telling", models.UUIDField()),
                ("service", models.UUIDField()),
                ("name", models.CharField(max_length=300)),
                ("how", models.CharField(blank=True, max_length=500)),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("said", "I told them just now, by telephone or in person"),
                            ("sent", "Send it in the way they asked to be answered"),
                        ],
                        max_length=8,
                    ),
                ),
                ("whom", models.CharField(blank=True, max_length=200)),
                ("letter", models.UUIDField(blank=True, null=True)),
                ("by_user", models.BigIntegerField()),
                ("by_name", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "contact",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pointers",
                        to="contacts.contact",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["authority_id", "contact", "id"], name="pointer_of_contact")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority_id", "telling", "service"), name="pointer_once_a_telling"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("letter__isnull", False), ("way", "sent")),
                            models.Q(models.Q(("way", "sent"), _negated=True), ("letter", None)),
                            _connector="OR",
                        ),
                        name="pointer_sent_by_a_letter",
                    ),
                ],
            },
        ),
    ]
