from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("contacts", "0020_same_words")]
    operations = [
        # Of a million contacts a few hundred wait in each state: a sample of thirty thousand finds them or not, by luck.
        migrations.RunSQL(
            "ALTER STATISTICS contact_open SET STATISTICS 500;", "ALTER STATISTICS contact_open SET STATISTICS -1;"
        ),
    ]
