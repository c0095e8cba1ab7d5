import uuid

import django.db.models.deletion
from django.db import migrations, models

from frontdoor.actors.operations import same_council, wall

# What was printed is kept as it was: a copy that was taken or dropped never changes.
STAYS = """
CREATE FUNCTION frontdoor_copy_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.taken_at IS NOT NULL OR OLD.dropped_at IS NOT NULL THEN
    RAISE EXCEPTION 'a copy that went, or did not, is never changed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stays BEFORE UPDATE ON disclosures_copy FOR EACH ROW EXECUTE FUNCTION frontdoor_copy_stays();
"""
MAY_CHANGE = "DROP TRIGGER stays ON disclosures_copy; DROP FUNCTION frontdoor_copy_stays();"


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0021_counted_closely"),
        ("disclosures", "0003_answered_by_another_team"),
    ]

    operations = [
        migrations.CreateModel(
            name="Copy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("own", models.BooleanField(default=False)),
                ("to_name", models.CharField(max_length=200)),
                ("relation", models.CharField(max_length=200)),
                ("agency", models.CharField(blank=True, max_length=200)),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("post", "By post"),
                            ("hand", "Given by hand"),
                            ("email", "By e-mail, as a file"),
                            ("own", "My own paper copy"),
                        ],
                        max_length=10,
                    ),
                ),
                ("why", models.CharField(max_length=500)),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("public_task", "Public task: Children Act 1989 and 2004 (UK GDPR article 6(1)(e))"),
                            ("legal_obligation", "Legal obligation, such as a court's order (article 6(1)(c))"),
                            ("vital_interests", "To protect somebody's life (article 6(1)(d))"),
                            ("consent", "Consent of the person whom it is about (article 6(1)(a)); rarely right"),
                        ],
                        max_length=20,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("text", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Being written"),
                            ("waiting", "Waits for a second person"),
                            ("released", "Released by a second person"),
                            ("taken", "Printed"),
                            ("dropped", "Not given"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("clear", models.BooleanField(default=False)),
                ("made_by", models.BigIntegerField()),
                ("made_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("asked_by", models.BigIntegerField(blank=True, null=True)),
                ("asked_at", models.DateTimeField(blank=True, null=True)),
                ("asked_why", models.CharField(blank=True, max_length=500)),
                ("released_by", models.BigIntegerField(blank=True, null=True)),
                ("released_at", models.DateTimeField(blank=True, null=True)),
                ("released_why", models.CharField(blank=True, max_length=500)),
                ("released_digest", models.CharField(blank=True, max_length=64)),
                ("refused_by", models.BigIntegerField(blank=True, null=True)),
                ("refused_at", models.DateTimeField(blank=True, null=True)),
                ("refused_why", models.CharField(blank=True, max_length=500)),
                ("taken_by", models.BigIntegerField(blank=True, null=True)),
                ("taken_at", models.DateTimeField(blank=True, null=True)),
                ("dropped_by", models.BigIntegerField(blank=True, null=True)),
                ("dropped_at", models.DateTimeField(blank=True, null=True)),
                ("dropped_why", models.CharField(blank=True, max_length=500)),
                ("version", models.IntegerField(default=1)),
                (
                    "contact",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contacts.contact",
                    ),
                ),
                (
                    "named",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contacts.named",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "copies",
                "indexes": [models.Index(fields=["authority_id", "contact", "made_at"], name="copy_of_contact")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("released_by__isnull", True),
                            models.Q(
                                models.Q(("released_by", models.F("asked_by")), _negated=True),
                                models.Q(("released_by", models.F("made_by")), _negated=True),
                                models.Q(("released_why", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="copy_is_released_by_another_who_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("taken_at__isnull", True),
                            ("clear", True),
                            models.Q(("released_by__isnull", False), ("released_digest", models.F("digest"))),
                            _connector="OR",
                        ),
                        name="copy_is_clear_or_released_before_it_goes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("to_name", ""), _negated=True),
                            models.Q(("relation", ""), _negated=True),
                            models.Q(("why", ""), _negated=True),
                        ),
                        name="copy_says_whom_and_why",
                    ),
                ],
            },
        ),
        wall("disclosures_copy"),
        same_council("disclosures_copy", "contact_id", "contacts_contact"),
        same_council("disclosures_copy", "named_id", "contacts_named"),
        migrations.RunSQL(STAYS, MAY_CHANGE),
    ]
