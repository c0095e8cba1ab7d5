import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisations", "0002_wall")]
    operations = [
        migrations.AddField("delegation", "key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
    ]
