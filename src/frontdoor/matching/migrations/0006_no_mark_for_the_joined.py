from django.db import migrations

TRIGGER = """
CREATE TRIGGER not_joined AFTER INSERT ON people_mark REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION matching_not_joined('person_id');
"""


class Migration(migrations.Migration):
    dependencies = [("matching", "0005_shut"), ("people", "0006_marks")]

    operations = [migrations.RunSQL(TRIGGER, "DROP TRIGGER not_joined ON people_mark;")]
