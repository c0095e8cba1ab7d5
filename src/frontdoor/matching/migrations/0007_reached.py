"""A search for doubles that was stopped goes on where it was."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("matching", "0006_no_mark_for_the_joined")]

    operations = [migrations.AddField("search", "reached", models.BigIntegerField(default=0))]
