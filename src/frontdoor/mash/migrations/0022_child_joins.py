"""The history of a strategy discussion says that a child joined it."""

from django.db import migrations, models

TURNS = [
    ("begun", "Asked for"),
    ("held", "Held"),
    ("adjourned", "Adjourned"),
    ("called_off", "Called off"),
    ("reopened", "Opened again after it was called off"),
    ("attendance", "Attendance"),
    ("issue", "Issue raised"),
    ("answered", "Issue answered"),
    ("left_open", "Issue left open, with an action"),
    ("joined", "A child joined it"),
    ("child", "Decided for a child"),
    ("section47", "Section 47 enquiry begun"),
    ("record", "Record written"),
    ("action", "Action given"),
    ("signed", "Signed"),
    ("sent", "Minutes sent"),
    ("correcting", "Opened again to be corrected"),
]


class Migration(migrations.Migration):
    dependencies = [("mash", "0021_unnamed_to_the_other_side")]

    operations = [
        migrations.AlterField("discussionturn", "kind", models.CharField(choices=TURNS, max_length=12)),
    ]
