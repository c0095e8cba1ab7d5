import uuid

import django.db.models.deletion
from django.db import migrations, models

from frontdoor.actors.operations import same_council, wall


class Migration(migrations.Migration):
    dependencies = [("contacts", "0017_doors_tried")]
    operations = [
        migrations.CreateModel(
            name="Sorting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "made",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits to be put into the form"),
                            ("sorted", "Put into the form"),
                            ("nothing", "Nothing about a child"),
                        ],
                        max_length=10,
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=300)),
                ("done_by", models.BigIntegerField()),
                ("done_at", models.DateTimeField()),
                ("reopened_by", models.BigIntegerField(blank=True, null=True)),
                ("reopened_at", models.DateTimeField(blank=True, null=True)),
                ("reopened_why", models.CharField(blank=True, max_length=300)),
                (
                    "correspondence",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sortings",
                        to="contacts.correspondence",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["authority_id", "correspondence", "done_at"], name="sorting_of")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("reopened_at__isnull", True)),
                        fields=("authority_id", "correspondence"),
                        name="sorting_once_at_a_time",
                    )
                ],
            },
        ),
        wall("contacts_sorting"),
        same_council("contacts_sorting", "correspondence_id", "contacts_correspondence"),
    ]
