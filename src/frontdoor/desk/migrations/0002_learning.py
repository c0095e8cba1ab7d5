"""What somebody keeps of their own decisions for supervision: theirs alone, in the database too."""

import uuid

from django.db import migrations, models

from frontdoor.actors.operations import ACTOR, wall

OWN = f"{ACTOR} = 'user:' || user_id"


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0001_down"),
        ("actors", "0001_guard"),
    ]

    operations = [
        migrations.CreateModel(
            name="Learning",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("decision", models.UUIDField()),
                ("user_id", models.BigIntegerField()),
                ("words", models.CharField(max_length=500)),
                ("kept_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name_plural": "learning",
                "indexes": [models.Index(fields=["authority_id", "user_id"], name="learning_user")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("authority_id", "decision", "user_id"),
                        name="learning_once",
                    )
                ],
            },
        ),
        wall("desk_learning"),
        migrations.RunSQL(
            f"CREATE POLICY own ON desk_learning AS RESTRICTIVE TO frontdoor_app USING ({OWN}) WITH CHECK ({OWN});",
            "DROP POLICY own ON desk_learning;",
        ),
    ]
