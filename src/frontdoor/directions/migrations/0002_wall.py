from django.db import migrations

from frontdoor.actors.operations import same_council, wall


class Migration(migrations.Migration):
    dependencies = [("directions", "0001_initial"), ("actors", "0001_guard")]
    operations = [
        wall("directions_direction"),
        wall("directions_turn", app="SELECT, INSERT"),
        same_council("directions_turn", "direction_id", "directions_direction"),
    ]
