from django.db import migrations

from frontdoor.actors.operations import same_council, wall

ONCE = "SELECT, INSERT"
"""What is written once: each rating, each line of history, each answer to whether a child is safe."""

PARENTS = {
    "enquiry": (("contact_id", "contacts_contact"), ("joined_to_id", "mash_enquiry")),
    "subject": (
        ("enquiry_id", "mash_enquiry"), ("named_id", "contacts_named"), ("matter_id", "contacts_matter"),
        ("same_as_id", "mash_subject"),
    ),
    "rating": (("enquiry_id", "mash_enquiry"),),
    "turn": (("enquiry_id", "mash_enquiry"),),
    "safetycheck": (("subject_id", "mash_subject"),),
}  # fmt: skip
WRITTEN_ONCE = frozenset({"rating", "turn", "safetycheck"})


class Migration(migrations.Migration):
    dependencies = [("mash", "0001_initial"), ("actors", "0001_guard")]

    operations = [
        *[wall(f"mash_{name}", app=ONCE) if name in WRITTEN_ONCE else wall(f"mash_{name}") for name in PARENTS],
        *[
            same_council(f"mash_{name}", column, parent)
            for name, parents in PARENTS.items()
            for column, parent in parents
        ],
    ]
