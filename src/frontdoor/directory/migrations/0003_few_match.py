from django.db import migrations

# Of a directory few services hold all the words that somebody types. Without this PostgreSQL expects a thousand, and
# goes through every service to find them.
FEW = """
SET LOCAL ROLE frontdoor_search;
ALTER FUNCTION frontdoor_services_matching(text) ROWS 100;
RESET ROLE;
"""
MANY = """
SET LOCAL ROLE frontdoor_search;
ALTER FUNCTION frontdoor_services_matching(text) ROWS 1000;
RESET ROLE;
"""


class Migration(migrations.Migration):
    dependencies = [("directory", "0002_wall")]

    operations = [migrations.RunSQL(FEW, MANY)]
