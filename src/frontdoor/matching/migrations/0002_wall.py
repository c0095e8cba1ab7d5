from django.db import migrations

from frontdoor.actors.operations import same_council, wall

ROWS = ("link", "notsame", "join", "division", "search", "suspicion")

PEOPLE = (
    ("link", "person_id"), ("notsame", "first_id"), ("notsame", "second_id"), ("join", "kept_id"), ("join", "gone_id"),
    ("division", "to_id"), ("suspicion", "person_id"), ("suspicion", "other_id"),
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("matching", "0001_initial"), ("people", "0002_wall"), ("actors", "0001_guard")]

    operations = [
        *[wall(f"matching_{name}") for name in ROWS],
        wall("matching_move", app="SELECT, INSERT"),  # the journal of a join is written once
        *[same_council(f"matching_{table}", column, "people_person") for table, column in PEOPLE],
        same_council("matching_move", "join_id", "matching_join"),
        same_council("matching_division", "join_id", "matching_join"),
        same_council("matching_suspicion", "search_id", "matching_search"),
    ]
