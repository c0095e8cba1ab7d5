"""The walls of what a family was told of: written once."""

from django.db import migrations

from frontdoor.actors.operations import same_council, wall

ONCE = "SELECT, INSERT"


class Migration(migrations.Migration):
    dependencies = [("earlyhelp", "0003_signposting")]

    operations = [
        wall("earlyhelp_signpost", app=ONCE),
        wall("earlyhelp_uptake", app=ONCE),
        same_council("earlyhelp_signpost", "episode_id", "earlyhelp_episode"),
        same_council("earlyhelp_uptake", "signpost_id", "earlyhelp_signpost"),
    ]
