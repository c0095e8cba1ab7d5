from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0005_mistakes"),
    ]

    operations = [
        migrations.AlterField(
            model_name="contact",
            name="state",
            field=models.CharField(
                choices=[
                    ("received", "Nobody has looked yet"),
                    ("looked", "Waiting to be screened"),
                    ("screening", "Being screened"),
                    ("waiting", "Waiting for an answer"),
                    ("recommended", "Waiting for a manager"),
                    ("decided", "Decided"),
                    ("back", "Back with us: another team has not taken it on"),
                    ("closed", "Closed"),
                    ("duplicate", "Closed into another contact"),
                    ("voided", "Entered by mistake"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="matter",
            name="state",
            field=models.CharField(
                choices=[
                    ("open", "Open"),
                    ("recommended", "Waiting for a manager"),
                    ("decided", "Decided"),
                    ("actioned", "With another team"),
                    ("back", "Back with us: another team has not taken it on"),
                    ("closed", "Closed"),
                ],
                max_length=20,
            ),
        ),
    ]
