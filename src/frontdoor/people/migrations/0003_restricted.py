import datetime
import uuid

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

from frontdoor.actors.operations import same_council, wall


class Migration(migrations.Migration):
    dependencies = [("people", "0002_wall")]

    operations = [
        migrations.CreateModel(
            name="Declared",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("user_id", models.BigIntegerField()),
                (
                    "ground",
                    models.CharField(
                        choices=[("self", "Their own record"), ("relative", "A relative, as they declared")],
                        max_length=12,
                    ),
                ),
                ("given_name", models.CharField(max_length=110)),
                ("family_name", models.CharField(max_length=110)),
                ("born_on", models.DateField()),
                ("made_at", models.DateTimeField()),
                ("looked_at", models.DateTimeField(blank=True, null=True)),
                ("answered_by", models.BigIntegerField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.IntegerField(default=1)),
            ],
            options={"verbose_name_plural": "declared"},
        ),
        migrations.AddField("barred", "confirmed_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("barred", "confirmed_by", models.BigIntegerField(blank=True, null=True)),
        migrations.AddConstraint(
            "glass",
            models.CheckConstraint(
                condition=models.Q(
                    (
                        "until__lte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("at"), "+", models.Value(datetime.timedelta(seconds=14400))
                        ),
                    )
                ),
                name="glass_ends_soon",
            ),
        ),
        migrations.AddConstraint(
            "glass",
            models.CheckConstraint(
                condition=models.Q(
                    ("reviewed_by", None),
                    models.Q(("reviewed_by", models.F("user_id")), _negated=True),
                    _connector="OR",
                ),
                name="glass_looked_at_by_another",
            ),
        ),
        migrations.AddIndex("declared", models.Index(fields=["authority_id", "user_id"], name="declared_user")),
        migrations.AddIndex(
            "declared",
            models.Index(
                condition=models.Q(("ended_at", None)), fields=["authority_id", "made_at", "id"], name="declared_open"
            ),
        ),
        migrations.AddField(
            "barred",
            "declared",
            models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="barred",
                to="people.declared",
            ),
        ),
        migrations.AddIndex(
            "barred",
            models.Index(
                condition=models.Q(("declared__isnull", False)),
                fields=["authority_id", "declared"],
                name="barred_declared",
            ),
        ),
        wall("people_declared"),
        same_council("people_barred", "declared_id", "people_declared"),
    ]
