"""The walls of disagreements: what was said is written once."""

from django.db import migrations

from frontdoor.actors.operations import same_council, wall


class Migration(migrations.Migration):
    dependencies = [("mash", "0005_disagreements")]

    operations = [
        wall("mash_disagreement"),
        wall("mash_saying", app="SELECT, INSERT"),
        same_council("mash_disagreement", "contact_id", "contacts_contact"),
        same_council("mash_disagreement", "matter_id", "contacts_matter"),
        same_council("mash_saying", "disagreement_id", "mash_disagreement"),
    ]
