from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0004_section47_from_strategy")]
    operations = [
        migrations.AddField(
            model_name="referral", name="reopened_at", field=models.DateTimeField(blank=True, null=True)
        ),
        migrations.AlterField(
            model_name="turn",
            name="kind",
            field=models.CharField(
                choices=[
                    ("began", "Sent to the team"),
                    ("more", "More came about the same child"),
                    ("accepted", "Accepted by the team"),
                    ("back", "Back with whoever sent it"),
                    ("again", "Sent again"),
                    ("withdrawn", "Taken back"),
                    ("picked_up", "Picked up by a worker"),
                    ("given", "Given to another worker"),
                    ("passed", "Passed to another team"),
                    ("need", "Primary need"),
                    ("open_case", "The child's case was open already"),
                    ("known", "It was said who the child is"),
                    ("joined", "Goes on in another referral of the same child"),
                    ("struck", "Recorded by mistake"),
                    ("closed", "Closed"),
                    ("reopened", "Opened again"),
                    ("born", "The child was born"),
                    ("told", "Taken over from the case system"),
                ],
                max_length=12,
            ),
        ),
    ]
