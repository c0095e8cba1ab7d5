"""An account has a keeper and falls asleep unused; a client's secret can be changed over with both working for a while."""

from datetime import UTC, datetime

from django.db import migrations, models

BEGINNING = datetime(2019, 1, 1, tzinfo=UTC)


class Migration(migrations.Migration):
    dependencies = [("access", "0002_wall")]
    operations = [
        migrations.AddField("user", "authority_id", models.SmallIntegerField(default=0), preserve_default=False),
        migrations.AddField("user", "awake_since", models.DateTimeField(default=BEGINNING), preserve_default=False),
        migrations.AddField("user", "ended_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("apiclient", "previous_hash", models.BinaryField(blank=True, max_length=32, null=True)),
        migrations.AddField("apiclient", "previous_until", models.DateTimeField(blank=True, null=True)),
        migrations.AddIndex("user", models.Index(fields=["authority_id", "name"], name="access_user_authori_name_idx")),
        migrations.AddIndex(
            "apiclient", models.Index(fields=["authority_id", "name"], name="access_apiclient_name_idx")
        ),
        migrations.AddConstraint(
            "user",
            models.CheckConstraint(
                condition=models.Q(("ended_at", None), ("is_active", True))
                | models.Q(("ended_at__isnull", False), ("is_active", False)),
                name="account_ended_is_inactive",
            ),
        ),
    ]
