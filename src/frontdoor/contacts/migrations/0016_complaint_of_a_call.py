from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contacts", "0015_notices_sent")]

    operations = [
        migrations.AddField(
            "familycall",
            "complaint_number",
            models.CharField(blank=True, max_length=24, default=""),
            preserve_default=False,
        ),
    ]
