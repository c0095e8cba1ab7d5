from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("contacts", "0009_drafts_of_steps")]
    operations = []
