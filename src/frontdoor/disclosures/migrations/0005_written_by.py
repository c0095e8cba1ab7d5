"""Who changed the words of a copy last: they do not release it, though another began it and another asked."""

from django.db import migrations, models

NAME = "copy_is_released_by_another_who_says_why"


class Migration(migrations.Migration):
    dependencies = [("disclosures", "0004_copy")]

    operations = [
        migrations.AddField("copy", "written_by", models.BigIntegerField(blank=True, null=True)),
        migrations.RemoveConstraint("copy", NAME),
        migrations.AddConstraint(
            "copy",
            models.CheckConstraint(
                condition=models.Q(
                    ("released_by__isnull", True),
                    models.Q(
                        models.Q(("released_by", models.F("asked_by")), _negated=True),
                        models.Q(("released_by", models.F("made_by")), _negated=True),
                        models.Q(("released_by", models.F("written_by")), _negated=True),
                        models.Q(("released_why", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name=NAME,
            ),
        ),
    ]
