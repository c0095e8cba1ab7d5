from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("contacts", "0012_family_told")]
    operations = []
