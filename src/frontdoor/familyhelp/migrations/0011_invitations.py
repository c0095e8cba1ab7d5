"""Who is asked to a meeting, since when and until when; and the e-mails that asked them."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

ASKED = models.Q(("off_at__isnull", True))
# Since when somebody was asked was not kept: since the meeting was planned, as far as anybody knows.
SINCE = """
ALTER TABLE familyhelp_invited NO FORCE ROW LEVEL SECURITY;
ALTER TABLE familyhelp_meeting NO FORCE ROW LEVEL SECURITY;
ALTER TABLE familyhelp_invited DISABLE TRIGGER guard;
UPDATE familyhelp_invited i SET at = m.at FROM familyhelp_meeting m
 WHERE m.authority_id = i.authority_id AND m.id = i.meeting_id;
ALTER TABLE familyhelp_invited ENABLE TRIGGER guard;
ALTER TABLE familyhelp_meeting FORCE ROW LEVEL SECURITY;
ALTER TABLE familyhelp_invited FORCE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("familyhelp", "0010_own")]

    operations = [
        migrations.AddField(
            "invited", "at", models.DateTimeField(default=django.utils.timezone.now), preserve_default=False
        ),
        migrations.AddField("invited", "off_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "invited", "off_why", models.CharField(blank=True, default="", max_length=1000), preserve_default=False
        ),
        migrations.AddField("invited", "off_sequence", models.SmallIntegerField(blank=True, null=True)),
        migrations.AddField("invited", "off_from", models.DateTimeField(blank=True, null=True)),
        migrations.RunSQL(SINCE, migrations.RunSQL.noop),
        migrations.RemoveConstraint("invited", "invited_member_once"),
        migrations.RemoveConstraint("invited", "invited_colleague_once"),
        migrations.AddConstraint(
            "invited",
            models.UniqueConstraint(
                condition=ASKED, fields=("authority_id", "meeting", "member"), name="invited_member_once"
            ),
        ),
        migrations.AddConstraint(
            "invited",
            models.UniqueConstraint(
                condition=ASKED, fields=("authority_id", "meeting", "practitioner"), name="invited_colleague_once"
            ),
        ),
        migrations.AddConstraint(
            "invited",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("off_at__isnull", True), ("off_from__isnull", True), ("off_sequence__isnull", True)),
                    models.Q(
                        models.Q(
                            ("off_at__isnull", False), ("off_from__isnull", False), ("off_sequence__isnull", False)
                        ),
                        models.Q(("off_why", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="invited_off_says_why",
            ),
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("sequence", models.SmallIntegerField()),
                (
                    "method",
                    models.CharField(
                        choices=[("request", "Asked"), ("cancel", "Told that it is cancelled")], max_length=8
                    ),
                ),
                ("email", models.CharField(max_length=254)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "On its way"),
                            ("sent", "Sent"),
                            ("failed", "Not delivered"),
                            ("dropped", "Not sent: it holds no more"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "invited",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="familyhelp.invited",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority_id", "invited", "sequence", "email"), name="invitation_once_a_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("email", ""), _negated=True), name="invitation_has_an_address"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at__isnull", True), ("state", "waiting")),
                            models.Q(models.Q(("state", "waiting"), _negated=True), ("settled_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="invitation_settled_when_it_is",
                    ),
                ],
            },
        ),
    ]
