"""Every page asks which glass somebody has broken: by who it is, not by whose record."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0008_to_be_identified")]

    operations = [
        migrations.AddIndex("glass", models.Index(fields=["authority_id", "user_id", "until"], name="glass_user"))
    ]
