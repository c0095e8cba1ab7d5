"""What stands about a family that few may open is hidden with the family's own row, whoever asks and by whatever way."""

from django.db import migrations

TABLES = ("practitioner", "plan", "meeting", "assessment")
KEPT = " ".join(
    f"CREATE POLICY named_only ON familyhelp_{name} AS RESTRICTIVE FOR SELECT TO frontdoor_app"
    " USING (episode_id <> ALL ((SELECT frontdoor_early_help_kept())::bigint[]));"
    for name in TABLES
)
SEEN = " ".join(f"DROP POLICY named_only ON familyhelp_{name};" for name in TABLES)


class Migration(migrations.Migration):
    dependencies = [
        ("familyhelp", "0008_assessment_wall"),
        ("earlyhelp", "0002_wall"),
    ]

    operations = [
        migrations.RunSQL(KEPT, SEEN),
    ]
