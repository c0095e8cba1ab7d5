"""Rows that were taken without one of their columns are told apart from those that were not taken."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0004_shut")]

    operations = [migrations.AddField("refusedrow", "taken", models.BooleanField(default=False))]
