from django.db import migrations, models

# Of a million contacts a few thousand wait, and those are nearly all that are not closed. Taken apart, state and closing
# look as if hardly any were both, and the whole queue is read and sorted; taken together, its index is walked in order.
OPEN = "CREATE STATISTICS contact_open (mcv) ON authority_id, state, closed_at FROM contacts_contact;"


class Migration(migrations.Migration):
    dependencies = [("contacts", "0007_read_again")]

    operations = [
        migrations.RunSQL(OPEN, "DROP STATISTICS contact_open;"),
        # The newest of a name and of a place is the last entry of the index, however many there are.
        migrations.RemoveIndex("named", "named_name"),
        migrations.RemoveIndex("named", "named_place"),
        migrations.AddIndex("named", models.Index(fields=["authority_id", "match_name", "id"], name="named_name")),
        migrations.AddIndex("named", models.Index(fields=["authority_id", "match_place", "id"], name="named_place")),
    ]
