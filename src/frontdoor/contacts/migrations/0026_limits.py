"""Whom or what a family does not want told, as it said itself when it asked for help."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contacts", "0025_pointers_wall")]
    operations = [
        migrations.AddField(
            model_name="agreement",
            name="limits",
            field=models.CharField(blank=True, default="", max_length=1_000),
            preserve_default=False,
        ),
    ]
