"""Of somebody whose name nobody knows: by when somebody finds it out."""

from django.db import migrations, models

KINDS = [
    ("sex", "Sex"),
    ("gender", "Gender"),
    ("ethnicity", "Ethnicity"),
    ("nationality", "Nationality"),
    ("religion", "Religion or belief"),
    ("language", "First language"),
    ("interpreter", "Interpreter"),
    ("communication", "How to communicate"),
    ("disability", "Disability"),
    ("school", "School or nursery"),
    ("gp", "GP"),
    ("phone", "Telephone"),
    ("email", "E-mail"),
    ("safe_contact", "How to reach them safely"),
    ("immigration", "Immigration status"),
    ("died", "Died on"),
    ("upn_unknown", "Why there is no pupil number"),
    ("identify", "To be identified by"),
]


class Migration(migrations.Migration):
    dependencies = [("people", "0007_waiting_changes")]

    operations = [migrations.AlterField("fact", "kind", models.CharField(choices=KINDS, max_length=16))]
