from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contacts", "0019_duties")]
    operations = [
        # Every record looks for the same words: without it all that came within a day of it is read.
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(fields=["authority_id", "digest"], name="submission_words"),
        ),
    ]
