"""The walls of a family's team."""

from django.db import migrations

from frontdoor.actors.operations import same_council, wall


class Migration(migrations.Migration):
    dependencies = [
        ("familyhelp", "0001_initial"),
    ]

    operations = [
        wall("familyhelp_practitioner"),
        same_council("familyhelp_practitioner", "episode_id", "earlyhelp_episode"),
    ]
