import uuid

import django.db.models.deletion
from django.db import migrations, models

from frontdoor.actors.operations import same_council, shut_wall, wall

SHUT = """
CREATE TRIGGER shut BEFORE INSERT OR UPDATE OF person_id, shut ON people_casedate
  FOR EACH ROW EXECUTE FUNCTION frontdoor_row_shut();
CREATE FUNCTION frontdoor_person_shuts_dates() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE people_casedate SET shut = NEW.shut WHERE authority_id = NEW.authority_id AND person_id = NEW.id;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION frontdoor_person_shuts_dates() FROM PUBLIC;
CREATE TRIGGER shuts_dates AFTER UPDATE ON people_person FOR EACH ROW WHEN (OLD.shut IS DISTINCT FROM NEW.shut)
  EXECUTE FUNCTION frontdoor_person_shuts_dates();
"""
UNSHUT = """
DROP TRIGGER shuts_dates ON people_person;
DROP FUNCTION frontdoor_person_shuts_dates();
DROP TRIGGER shut ON people_casedate;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0011_watched"), ("actors", "0001_guard")]

    operations = [
        migrations.CreateModel(
            name="CaseDate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("external", models.CharField(max_length=110)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("assessment_started", "Assessment started"),
                            ("assessment_authorised", "Assessment authorised"),
                            ("section47_started", "Section 47 enquiry started"),
                            ("section47_ended", "Section 47 enquiry ended"),
                            ("conference_held", "First child protection conference held"),
                            ("visited", "Visit"),
                        ],
                        max_length=24,
                    ),
                ),
                ("on", models.DateField()),
                ("seen", models.BooleanField(blank=True, null=True)),
                ("alone", models.BooleanField(blank=True, null=True)),
                ("gone", models.BooleanField(default=False)),
                ("as_at", models.DateTimeField()),
                ("shut", models.BooleanField(default=False)),
                (
                    "bringing",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="case_dates",
                        to="people.bringing",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="case_dates",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["authority_id", "person", "on"], name="case_date_person")],
                "constraints": [
                    models.UniqueConstraint(fields=("authority_id", "external", "kind"), name="case_date_once")
                ],
            },
        ),
        wall("people_casedate"),
        same_council("people_casedate", "person_id", "people_person"),
        same_council("people_casedate", "bringing_id", "people_bringing"),
        migrations.RunSQL(SHUT, UNSHUT),
        shut_wall("people_casedate", "person_id"),
    ]
