from django.db import migrations

from frontdoor.actors.operations import same_council, wall


class Migration(migrations.Migration):
    dependencies = [("complaints", "0001_initial"), ("actors", "0001_guard")]

    operations = [
        wall("complaints_complaint"),
        wall("complaints_entry", app="SELECT, INSERT"),  # written once
        same_council("complaints_complaint", "contact_id", "contacts_contact"),
        same_council("complaints_complaint", "about_contact_id", "contacts_contact"),
        same_council("complaints_entry", "complaint_id", "complaints_complaint"),
        same_council("complaints_entry", "contact_id", "contacts_contact"),
    ]
