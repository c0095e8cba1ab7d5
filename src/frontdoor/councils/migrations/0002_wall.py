from django.db import migrations

from frontdoor.actors.operations import open_table

DETAILS = (
    "address, phone_professionals, phone_public, phone_out_of_hours, social_worker_phone, social_worker_hours,"
    " dpo_email, brand_colour, version"
)


class Migration(migrations.Migration):
    dependencies = [("councils", "0001_initial"), ("actors", "0001_guard")]
    operations = [
        open_table("councils_council", app=f"SELECT, UPDATE ({DETAILS})", portal="SELECT"),
        # Versions are only ever added: what was decided by an old value must stay readable.
        open_table("councils_setting", app="SELECT, INSERT", portal="SELECT"),
        open_table("councils_place", app="SELECT", portal="SELECT"),
    ]
