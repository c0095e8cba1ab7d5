from django.db import migrations, models

# Those that are there already are numbered in the order in which they were taken in. The owner passes the wall for it.
NUMBER = """
ALTER TABLE complaints_complaint NO FORCE ROW LEVEL SECURITY;
ALTER TABLE complaints_complaint DISABLE TRIGGER guard;
UPDATE complaints_complaint complaint SET number = counted.number
  FROM (SELECT id, row_number() OVER (PARTITION BY authority_id ORDER BY id) AS number FROM complaints_complaint) counted
 WHERE counted.id = complaint.id;
ALTER TABLE complaints_complaint ENABLE TRIGGER guard;
ALTER TABLE complaints_complaint FORCE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("complaints", "0002_wall")]

    operations = [
        migrations.AddField("complaint", "number", models.IntegerField(default=0), preserve_default=False),
        migrations.RunSQL(NUMBER, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "complaint", models.UniqueConstraint(fields=("authority_id", "number"), name="complaint_once_a_number")
        ),
    ]
