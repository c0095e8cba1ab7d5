"""What the door keeps beside accounts: the shared cache that counts attempts, and the list of one's own sessions."""

from django.db import migrations

from frontdoor.actors.operations import foreign_table

CACHE = """
CREATE TABLE django_cache (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX django_cache_expires ON django_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0003_keepers"), ("usersessions", "0001_initial")]
    operations = [
        migrations.RunSQL(CACHE, "DROP TABLE django_cache;"),
        foreign_table("django_cache", "usersessions_usersession"),
    ]
