"""The walls of huddles: who sat there and which child was taken is written once."""

from django.db import migrations

from frontdoor.actors.operations import same_council, wall

ONCE = "SELECT, INSERT"


class Migration(migrations.Migration):
    dependencies = [("mash", "0017_huddles")]

    operations = [
        wall("mash_huddle", app="SELECT, INSERT, UPDATE"),
        wall("mash_present", app=ONCE),
        wall("mash_taken", app=ONCE),
        same_council("mash_present", "huddle_id", "mash_huddle"),
        same_council("mash_present", "desk_id", "mash_desk"),
        same_council("mash_taken", "huddle_id", "mash_huddle"),
        same_council("mash_taken", "subject_id", "mash_subject"),
    ]
