from django.db import migrations, models

STATES = [
    ("waiting", "Nobody has taken it yet"),
    ("in_work", "Being worked on"),
    ("proposed", "Waiting for a second person"),
    ("approved", "Approved, not sent yet"),
    ("answered", "Answered"),
    ("refused", "Refused"),
    ("passed", "On its way to another team"),
    ("redirected", "With another team, which answers it"),
    ("there", "Answered by another team"),
    ("ended", "No longer wanted"),
]
LEDGER = [
    ("told", "Told"),
    ("not_known", "“Not known to us”"),
    ("refused", "Refused"),
    ("redirected", "Passed on, not answered here"),
    ("there", "Answered by another team"),
]
# What was passed on and called settled stands open again, with whoever has it: nobody wrote down that it was answered.
OPEN_AGAIN = """
ALTER TABLE disclosures_request NO FORCE ROW LEVEL SECURITY;
ALTER TABLE disclosures_request DISABLE TRIGGER guard;
UPDATE disclosures_request SET settled_at = NULL, settled_by = NULL WHERE state = 'redirected';
ALTER TABLE disclosures_request ENABLE TRIGGER guard;
ALTER TABLE disclosures_request FORCE ROW LEVEL SECURITY;
"""
SETTLED = ["answered", "ended", "refused", "there"]


class Migration(migrations.Migration):
    dependencies = [("disclosures", "0002_wall")]

    operations = [
        migrations.RemoveConstraint("request", "request_settled_when_its_state_is"),
        migrations.AddField("request", "there_on", models.DateField(blank=True, null=True)),
        migrations.AddField("request", "there_what", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.AddField(
            "request", "there_by", models.CharField(blank=True, default="", max_length=200), preserve_default=False
        ),
        migrations.AlterField("request", "state", models.CharField(choices=STATES, default="waiting", max_length=12)),
        migrations.AlterField("disclosure", "kind", models.CharField(choices=LEDGER, max_length=12)),
        migrations.RunSQL(OPEN_AGAIN, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "request",
            models.CheckConstraint(
                condition=models.Q(state__in=SETTLED, settled_at__isnull=False)
                | models.Q(~models.Q(state__in=SETTLED), settled_at__isnull=True),
                name="request_settled_when_its_state_is",
            ),
        ),
    ]
