"""One of the names of a person may be chosen to lead when two records are joined."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0012_case_dates")]

    operations = [migrations.AddField("name", "led_at", models.DateTimeField(blank=True, null=True))]
