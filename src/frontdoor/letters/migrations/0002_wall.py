from django.db import migrations

from frontdoor.actors.operations import wall


class Migration(migrations.Migration):
    dependencies = [("letters", "0001_initial"), ("actors", "0001_guard")]
    operations = [
        # The portal has no part in it: what goes out, and whether it did, is never seen from outside.
        wall("letters_letter"),
    ]
