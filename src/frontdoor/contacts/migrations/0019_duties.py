import uuid

import django.db.models.deletion
from django.db import migrations, models

from frontdoor.actors.operations import same_council, wall


class Migration(migrations.Migration):
    dependencies = [("contacts", "0018_sorting"), ("actors", "0001_guard")]

    operations = [
        migrations.CreateModel(
            name="Settled",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("duty", models.CharField(max_length=40)),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("declined_child", "Offered; the child said no"),
                            ("declined_parent", "Offered; a parent said no"),
                            ("done", "It was held or done"),
                            ("not_required", "It is not owed: a manager says why"),
                        ],
                        max_length=20,
                    ),
                ),
                ("settled_on", models.DateTimeField()),
                ("words", models.CharField(max_length=300)),
                ("by_user", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "contact",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duties",
                        to="contacts.contact",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "settled",
                "constraints": [
                    models.UniqueConstraint(fields=["authority_id", "contact", "duty"], name="duty_settled_once")
                ],
            },
        ),
        wall("contacts_settled", app="SELECT, INSERT"),  # written once
        same_council("contacts_settled", "contact_id", "contacts_contact"),
    ]
