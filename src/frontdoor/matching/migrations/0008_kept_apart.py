"""A secret pair ends only where whoever said so asked for it and another person says so too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("matching", "0007_reached")]

    operations = [
        migrations.AddField("notsame", "asked_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("notsame", "asked_why", models.CharField(blank=True, max_length=300)),
        migrations.AddField("notsame", "ended_why", models.CharField(blank=True, max_length=300)),
        migrations.AddConstraint(
            "notsame",
            models.CheckConstraint(
                condition=models.Q(hidden=False)
                | models.Q(ended_by=None)
                | (models.Q(asked_at__isnull=False) & ~models.Q(ended_by=models.F("said_by"))),
                name="not_same_hidden_ended_by_two",
            ),
        ),
    ]
