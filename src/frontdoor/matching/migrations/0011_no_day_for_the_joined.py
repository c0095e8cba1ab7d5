from django.db import migrations

TRIGGER = """
CREATE TRIGGER not_joined AFTER INSERT ON people_casedate REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION matching_not_joined('person_id');
"""


class Migration(migrations.Migration):
    dependencies = [("matching", "0010_told_of_a_match"), ("people", "0012_case_dates")]

    operations = [migrations.RunSQL(TRIGGER, "DROP TRIGGER not_joined ON people_casedate;")]
