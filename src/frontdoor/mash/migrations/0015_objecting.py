"""What an agency says against a decision at its own desk, and the disagreement that begins with it."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0023_beside_wall"),
        ("mash", "0014_before_asking"),
    ]

    operations = [
        migrations.CreateModel(
            name="Position",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("agency", models.UUIDField()),
                ("text", models.TextField()),
                ("user_id", models.BigIntegerField()),
                ("name", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("agency", models.UUIDField()),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("threshold", "The level of need: whether the threshold is met"),
                            ("more_information", "More should be known before it is decided"),
                            ("section_47", "Whether a section 47 enquiry is needed"),
                            ("risk", "How great the risk to the child is"),
                            ("sharing", "What may be shared, and with whom"),
                            ("delay", "It is not done in the time that the child needs"),
                            ("assessment", "What an assessment found"),
                            ("other", "Something else"),
                        ],
                        max_length=20,
                    ),
                ),
                ("role", models.CharField(blank=True, max_length=200)),
                ("position", models.TextField()),
                ("wanted", models.TextField()),
                ("safety", models.TextField()),
                ("urgent", models.BooleanField(default=False)),
                ("user_id", models.BigIntegerField()),
                ("name", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "asked",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="mash.asked",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="mash.request"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="disagreement",
            name="objection",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="mash.objection",
            ),
        ),
        migrations.AddConstraint(
            model_name="disagreement",
            constraint=models.UniqueConstraint(
                fields=("authority_id", "objection"), name="disagreement_once_an_objection"
            ),
        ),
        migrations.AddField(
            model_name="position",
            name="objection",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="mash.objection"
            ),
        ),
        migrations.AddField(
            model_name="saying",
            name="told",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="mash.position",
            ),
        ),
        migrations.AddConstraint(
            model_name="saying",
            constraint=models.UniqueConstraint(fields=("authority_id", "told"), name="saying_once_a_position"),
        ),
        migrations.AddIndex(
            model_name="objection",
            index=models.Index(fields=["authority_id", "request", "at"], name="objection_of_request"),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("position", ""), _negated=True),
                    models.Q(("wanted", ""), _negated=True),
                    models.Q(("safety", ""), _negated=True),
                ),
                name="objection_says_everything",
            ),
        ),
        migrations.AddIndex(
            model_name="position",
            index=models.Index(fields=["authority_id", "objection", "at"], name="position_of_objection"),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="position_says_something"
            ),
        ),
    ]
