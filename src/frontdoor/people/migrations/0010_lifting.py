"""A seal of an address is lifted by two people; the database lets none go without them."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from frontdoor.actors.operations import same_council, wall

BESIDE = """
CREATE POLICY beside ON people_lifting AS RESTRICTIVE TO frontdoor_app
  USING (EXISTS (SELECT FROM people_residence AS home
                 WHERE home.authority_id = people_lifting.authority_id AND home.id = people_lifting.residence_id));
CREATE FUNCTION frontdoor_lifted_by_two() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE people_lifting SET spent = true
    WHERE authority_id = NEW.authority_id AND residence_id = NEW.id AND state = 'lifted' AND NOT spent;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'a sealed address is lifted by two people' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION frontdoor_lifted_by_two() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION frontdoor_lifted_by_two() TO frontdoor_app;
CREATE TRIGGER lifted_by_two BEFORE UPDATE OF protected ON people_residence FOR EACH ROW
  WHEN (OLD.protected AND NOT NEW.protected) EXECUTE FUNCTION frontdoor_lifted_by_two();
"""
UNBESIDE = """
DROP TRIGGER lifted_by_two ON people_residence;
DROP FUNCTION frontdoor_lifted_by_two();
DROP POLICY beside ON people_lifting;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0009_glass_of_somebody"), ("actors", "0001_guard")]

    operations = [
        migrations.CreateModel(
            name="Lifting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Waits for a manager"),
                            ("lifted", "Lifted"),
                            ("refused", "Stays sealed"),
                            ("dropped", "Taken back"),
                        ],
                        max_length=10,
                    ),
                ),
                ("why", models.CharField(max_length=300)),
                ("asked_by", models.BigIntegerField()),
                ("asked_at", models.DateTimeField()),
                ("answered_by", models.BigIntegerField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("answered_why", models.CharField(blank=True, max_length=300)),
                ("spent", models.BooleanField(default=False)),
                ("version", models.IntegerField(default=1)),
                (
                    "residence",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="liftings",
                        to="people.residence",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["authority_id", "residence"], name="lifting_residence"),
                    models.Index(
                        condition=models.Q(("state", "asked")),
                        fields=["authority_id", "asked_at", "id"],
                        name="lifting_waits",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")),
                        fields=("authority_id", "residence"),
                        name="lifting_asked_once",
                    ),
                    models.CheckConstraint(
                        condition=~models.Q(state__in=["lifted", "refused"])
                        | (
                            models.Q(answered_by__isnull=False, answered_at__isnull=False)
                            & ~models.Q(answered_by=models.F("asked_by"))
                        ),
                        name="lifting_answered_by_another",
                    ),
                ],
            },
        ),
        wall("people_lifting"),
        same_council("people_lifting", "residence_id", "people_residence"),
        migrations.RunSQL(BESIDE, UNBESIDE),
    ]
