"""Somebody is told at once of a clock that another's act gave them."""

from django.db import migrations, models

STEPS = [
    ("begun", "New: it waits for you"),
    ("soon", "Due soon: half of the time has gone"),
    ("passed", "The time has passed"),
    ("stays", "Late, and still not done"),
    ("still", "Paused for long"),
]


class Migration(migrations.Migration):
    dependencies = [("clocks", "0003_notices")]

    operations = [migrations.AlterField("clocknotice", "step", models.CharField(choices=STEPS, max_length=10))]
