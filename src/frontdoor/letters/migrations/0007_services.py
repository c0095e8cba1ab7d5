"""A letter that names services."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("letters", "0006_given"),
    ]

    operations = [
        migrations.AlterField(
            model_name="letter",
            name="kind",
            field=models.CharField(
                choices=[
                    ("acknowledgement", "That it arrived"),
                    ("outcome_professional", "What was decided, to a professional"),
                    ("outcome_public", "That it was decided, to a member of the public"),
                    ("outcome_child", "What happens next, to a child"),
                    ("call_back_promise", "When somebody rings back"),
                    ("family_arrived", "That something arrived, to the family"),
                    ("family_decided", "What was decided, to the family"),
                    ("services", "Services that may help"),
                ],
                max_length=30,
            ),
        ),
    ]
