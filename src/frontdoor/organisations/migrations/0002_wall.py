from django.db import migrations

from frontdoor.actors.operations import open_table


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial"), ("actors", "0001_guard")]
    operations = [
        open_table("organisations_agency", portal="SELECT (id, key, name)"),
        open_table("organisations_team", portal="SELECT"),
        open_table("organisations_delegation", portal="SELECT"),
    ]
