from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("handovers", "0003_restricted"),
    ]

    operations = [
        migrations.AlterField(
            model_name="turn",
            name="kind",
            field=models.CharField(
                choices=[
                    ("sent", "Sent"),
                    ("told", "Told"),
                    ("chased", "Chased"),
                    ("half_time", "Reminder: half of the time to accept has gone"),
                    ("late", "Reminder: not accepted in time"),
                    ("accepted", "Accepted"),
                    ("refused", "Refused"),
                    ("corrected", "Sent back to be put right"),
                    ("escalated", "Passed to the head of service"),
                    ("ruled", "Settled by the head of service"),
                    ("sent_again", "Sent again"),
                    ("withdrawn", "Withdrawn"),
                    ("crossed", "An answer arrived after this had moved on"),
                    ("taken_over", "Taken over for a giver who has gone"),
                ],
                max_length=12,
            ),
        ),
    ]
