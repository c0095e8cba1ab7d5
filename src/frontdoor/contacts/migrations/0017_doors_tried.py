from django.db import migrations, models

DOORS = [
    ("web", "The public form"),
    ("system", "The interface for systems"),
    ("account", "A sender's account"),
    ("notices", "A file of police notices"),
    ("mailbox", "The mailbox"),
]


class Migration(migrations.Migration):
    dependencies = [("contacts", "0016_complaint_of_a_call")]
    operations = [migrations.AlterField("trial", "door", models.CharField(choices=DOORS, max_length=12))]
