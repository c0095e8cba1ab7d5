from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0006_marks")]

    operations = [
        migrations.AddIndex(
            model_name="change",
            index=models.Index(
                condition=models.Q(("state", "asked")),
                fields=["authority_id", "-asked_at", "key"],
                name="change_waiting",
            ),
        ),
    ]
