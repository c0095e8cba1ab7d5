"""What those who send may read back, a sender that fell silent, and test messages on their way.

Nothing here opens a contact to the portal's role: it reads what its own agency sent, word for word, the steps that were
written down for it, and its receipts through a function of the owner.
"""

import uuid

from django.db import migrations, models

from frontdoor.actors.operations import CURRENT, same_council, wall

AGENCY = "nullif(current_setting('frontdoor.agency', true), '')::uuid"


def readable(table):
    """The portal's role reads the rows of the agency that is set, and nobody's where none is."""
    return migrations.RunSQL(
        f"CREATE POLICY sent ON {table} FOR SELECT TO frontdoor_portal"
        f" USING (authority_id = {CURRENT} AND agency = {AGENCY}); GRANT SELECT ON {table} TO frontdoor_portal;",
        f"REVOKE SELECT ON {table} FROM frontdoor_portal; DROP POLICY sent ON {table};",
    )


# Nobody writes something down as sent by an agency for which they do not act.
OWN_AGENCY = migrations.RunSQL(
    "CREATE POLICY own_agency ON contacts_submission AS RESTRICTIVE FOR INSERT TO frontdoor_portal"
    f" WITH CHECK (agency IS NOT DISTINCT FROM {AGENCY});",
    "DROP POLICY own_agency ON contacts_submission;",
)

RECEIPTS = f"""
CREATE FUNCTION frontdoor_receipts_sent(since timestamptz, until timestamptz)
RETURNS TABLE (submission uuid, channel text, number bigint, digest bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT s.id, r.channel::text, r.number, r.digest FROM contacts_submission s
    JOIN contacts_receipt r ON r.authority_id = s.authority_id AND r.submission_id = s.id
   WHERE s.authority_id = {CURRENT} AND s.agency = {AGENCY} AND s.received_at >= since AND s.received_at < until
$$;
REVOKE ALL ON FUNCTION frontdoor_receipts_sent(timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION frontdoor_receipts_sent(timestamptz, timestamptz) TO frontdoor_app, frontdoor_portal;
"""


class Migration(migrations.Migration):
    dependencies = [("contacts", "0013_doors"), ("actors", "0001_guard")]
    operations = [
        migrations.AddField("submission", "agency", models.UUIDField(blank=True, null=True)),
        migrations.AddIndex(
            "submission",
            models.Index(
                fields=["authority_id", "agency", "-received_at", "id"],
                name="submission_of_agency",
                condition=models.Q(("agency__isnull", False)),
            ),
        ),
        migrations.CreateModel(
            name="Progress",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("authority_id", models.SmallIntegerField()),
                ("agency", models.UUIDField()),
                ("submission_id", models.UUIDField()),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("looked", "A social worker has looked at it"),
                            ("accepted", "A team has taken it on"),
                            ("answered", "Answered"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority_id", "submission_id", "step", "words"), name="progress_once_a_step"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Silence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("sender", models.CharField(max_length=120)),
                ("name", models.CharField(max_length=200)),
                ("day", models.DateField()),
                ("began_at", models.DateTimeField()),
                ("usual", models.SmallIntegerField()),
                ("seen", models.SmallIntegerField()),
                ("days", models.SmallIntegerField()),
                ("again_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_by", models.BigIntegerField(blank=True, null=True)),
                (
                    "found",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("nothing", "They had nothing to send"),
                            ("fault_here", "A fault with us"),
                            ("fault_there", "A fault with them"),
                            ("not_reached", "They could not be reached: others were told"),
                            ("sent_again", "They have sent again, before anybody rang"),
                        ],
                        max_length=12,
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=500)),
                ("version", models.IntegerField(default=1)),
            ],
            options={
                "indexes": [models.Index(fields=["authority_id", "-began_at", "id"], name="silence_began")],
                "constraints": [
                    models.UniqueConstraint(fields=("authority_id", "sender", "day"), name="silence_once_a_day"),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("authority_id", "sender"),
                        name="silence_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("found", "")),
                            models.Q(("ended_at__isnull", False), models.Q(("found", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="silence_ended_with_what_was_found",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Trial",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("authority_id", models.SmallIntegerField()),
                ("agency", models.UUIDField(blank=True, null=True)),
                (
                    "door",
                    models.CharField(
                        choices=[
                            ("web", "The public form"),
                            ("system", "The interface for systems"),
                            ("account", "A sender's account"),
                        ],
                        max_length=12,
                    ),
                ),
                ("asked_by", models.CharField(max_length=120)),
                ("asked_at", models.DateTimeField()),
                ("submission_id", models.UUIDField(blank=True, null=True)),
                ("number", models.CharField(blank=True, max_length=24)),
                ("received_at", models.DateTimeField(blank=True, null=True)),
                ("worked_at", models.DateTimeField(blank=True, null=True)),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                ("failed_at", models.DateTimeField(blank=True, null=True)),
                ("why", models.CharField(blank=True, max_length=200)),
            ],
            options={"indexes": [models.Index(fields=["authority_id", "-asked_at", "id"], name="trial_asked")]},
        ),
        wall("contacts_progress", app="SELECT, INSERT"),
        wall("contacts_silence"),
        wall("contacts_trial"),
        same_council("contacts_progress", "submission_id", "contacts_submission"),
        same_council("contacts_trial", "submission_id", "contacts_submission"),
        readable("contacts_submission"),
        readable("contacts_progress"),
        readable("contacts_trial"),
        OWN_AGENCY,
        migrations.RunSQL(RECEIPTS, "DROP FUNCTION frontdoor_receipts_sent(timestamptz, timestamptz);"),
    ]
