"""Why a family did not go to a service, as it is counted: a code beside its own words."""

from django.db import migrations, models

REASONS = [
    ("far", "Too far, or no way to get there"),
    ("cost", "It costs too much"),
    ("times", "The days or times do not fit"),
    ("full", "No place, or too long to wait"),
    ("no_answer", "Nobody there answered"),
    ("not_right", "It was not right for them"),
    ("language", "Language or access"),
    ("not_wanted", "They did not want it, or not now"),
    ("other", "Something else"),
]


class Migration(migrations.Migration):
    dependencies = [("earlyhelp", "0004_signposting_wall")]

    operations = [
        migrations.AddField(
            "uptake",
            "reason",
            models.CharField(blank=True, choices=REASONS, default="", max_length=12),
            preserve_default=False,
        ),
    ]
