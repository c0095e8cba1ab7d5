import uuid

import django.db.models.deletion
from django.db import migrations, models

from frontdoor.actors.operations import same_council, wall


class Migration(migrations.Migration):
    dependencies = [("contacts", "0003_calls_and_flags"), ("actors", "0001_guard")]

    operations = [
        migrations.CreateModel(
            name="SafetyCall",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("call", models.UUIDField()),
                ("rings", models.CharField(choices=[("us", "We ring them"), ("them", "They ring us")], max_length=10)),
                ("whom", models.CharField(blank=True, max_length=300)),
                ("where_now", models.CharField(blank=True, max_length=300)),
                ("with_whom", models.CharField(blank=True, max_length=300)),
                ("until_when", models.CharField(blank=True, max_length=300)),
                ("started_by", models.BigIntegerField()),
                ("started_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("done_by", models.BigIntegerField(blank=True, null=True)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("outcome", models.CharField(blank=True, max_length=300)),
                ("version", models.IntegerField(default=1)),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="safety_calls",
                        to="contacts.contact",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at__isnull", True)),
                        fields=["authority_id", "due_at"],
                        name="safety_call_open",
                    ),
                    models.Index(fields=["authority_id", "call"], name="safety_call_call"),
                    models.Index(
                        condition=models.Q(("contact__isnull", False)),
                        fields=["authority_id", "contact"],
                        name="safety_call_contact",
                    ),
                ],
            },
        ),
        wall("contacts_safetycall"),
        same_council("contacts_safetycall", "contact_id", "contacts_contact"),
    ]
