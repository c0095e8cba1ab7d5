from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("organisations", "0003_delegation_key")]
    operations = []
