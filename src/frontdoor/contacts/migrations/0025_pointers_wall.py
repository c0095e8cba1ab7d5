"""The wall of what somebody was told of: written once."""

from django.db import migrations

from frontdoor.actors.operations import same_council, wall


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0024_pointers"),
    ]

    operations = [
        wall("contacts_pointer", app="SELECT, INSERT"),
        same_council("contacts_pointer", "contact_id", "contacts_contact"),
    ]
