import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0021_counted_closely"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reference",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("authority_id", models.SmallIntegerField()),
                ("from_authority_id", models.SmallIntegerField()),
                ("mirror", models.UUIDField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("contact", "Contact"), ("enquiry", "Enquiry of several agencies")], max_length=10
                    ),
                ),
                ("record", models.UUIDField()),
                ("number", models.CharField(max_length=40)),
                (
                    "word",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("decided", "Decided"),
                            ("closed", "Closed"),
                            ("stood_down", "Stood down"),
                            ("joined", "Goes on in another record there"),
                            ("mistake", "Entered by mistake there"),
                            ("withdrawn", "Taken back"),
                        ],
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["authority_id", "mirror", "-at"], name="reference_mirror")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("authority_id", models.F("from_authority_id")), _negated=True),
                        name="reference_between_two_councils",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__regex", "^(M-)?[0-9]{3}-[A-Z]{1,3}-[0-9]{6,}(/[0-9]+)?$")),
                        name="reference_is_a_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("word__in", ["open", "decided", "closed", "stood_down", "joined", "mistake", "withdrawn"])
                        ),
                        name="reference_is_a_word",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["contact", "enquiry"])), name="reference_is_a_kind"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Shared",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("mirror", models.UUIDField()),
                ("council", models.SmallIntegerField()),
                ("slip", models.UUIDField()),
                ("ours", models.BooleanField()),
                ("at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "contact",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shared",
                        to="contacts.contact",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "shared",
            },
        ),
        migrations.CreateModel(
            name="ReferenceSent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("contact", "Contact"), ("enquiry", "Enquiry of several agencies")], max_length=10
                    ),
                ),
                ("record", models.UUIDField()),
                ("number", models.CharField(max_length=40)),
                (
                    "word",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("decided", "Decided"),
                            ("closed", "Closed"),
                            ("stood_down", "Stood down"),
                            ("joined", "Goes on in another record there"),
                            ("mistake", "Entered by mistake there"),
                            ("withdrawn", "Taken back"),
                        ],
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "shared",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sent",
                        to="contacts.shared",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "references sent",
            },
        ),
        migrations.CreateModel(
            name="SharedChild",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("slip", models.UUIDField()),
                ("why", models.CharField(max_length=300)),
                ("by_user", models.BigIntegerField(blank=True, null=True)),
                ("at", models.DateTimeField()),
                (
                    "named",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contacts.named",
                    ),
                ),
                (
                    "shared",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="contacts.shared",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "shared children",
            },
        ),
        migrations.AddConstraint(
            model_name="shared",
            constraint=models.UniqueConstraint(
                fields=("authority_id", "contact", "council"), name="shared_once_a_council"
            ),
        ),
        migrations.AddConstraint(
            model_name="shared",
            constraint=models.CheckConstraint(
                condition=models.Q(("authority_id", models.F("council")), _negated=True),
                name="shared_between_two_councils",
            ),
        ),
        migrations.AddIndex(
            model_name="referencesent",
            index=models.Index(fields=["authority_id", "shared", "kind", "record", "-id"], name="referencesent_latest"),
        ),
        migrations.AddIndex(
            model_name="sharedchild",
            index=models.Index(fields=["authority_id", "named"], name="sharedchild_named"),
        ),
        migrations.AddConstraint(
            model_name="sharedchild",
            constraint=models.UniqueConstraint(
                fields=("authority_id", "slip", "named"), name="sharedchild_once_a_slip"
            ),
        ),
        migrations.AddConstraint(
            model_name="sharedchild",
            constraint=models.CheckConstraint(
                condition=models.Q(("why", ""), _negated=True), name="sharedchild_says_why"
            ),
        ),
    ]
