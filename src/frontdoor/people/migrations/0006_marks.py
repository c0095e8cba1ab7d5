"""What a worker marks in somebody's chronology; of a record that few may open, behind the same wall."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from frontdoor.actors.operations import same_council, shut_wall, wall

SHUT = """
CREATE TRIGGER shut BEFORE INSERT OR UPDATE OF person_id, shut ON people_mark
  FOR EACH ROW EXECUTE FUNCTION frontdoor_row_shut();
CREATE FUNCTION frontdoor_person_shuts_marks() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE people_mark SET shut = NEW.shut WHERE authority_id = NEW.authority_id AND person_id = NEW.id;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION frontdoor_person_shuts_marks() FROM PUBLIC;
CREATE TRIGGER shuts_marks AFTER UPDATE ON people_person FOR EACH ROW WHEN (OLD.shut IS DISTINCT FROM NEW.shut)
  EXECUTE FUNCTION frontdoor_person_shuts_marks();
"""
UNSHUT = """
DROP TRIGGER shuts_marks ON people_person;
DROP FUNCTION frontdoor_person_shuts_marks();
DROP TRIGGER shut ON people_mark;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0005_taken_all_the_same"), ("actors", "0001_guard")]

    operations = [
        migrations.CreateModel(
            name="Mark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("event_kind", models.CharField(max_length=60)),
                ("event_key", models.UUIDField()),
                ("words", models.CharField(max_length=500)),
                ("said_by", models.BigIntegerField()),
                ("said_at", models.DateTimeField()),
                ("ended_by", models.BigIntegerField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("shut", models.BooleanField(default=False)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marks",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["authority_id", "person"], name="mark_person")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("authority_id", "person", "event_key", "said_by"),
                        name="mark_once_by_each",
                    )
                ],
            },
        ),
        wall("people_mark"),
        same_council("people_mark", "person_id", "people_person"),
        migrations.RunSQL(SHUT, UNSHUT),
        shut_wall("people_mark", "person_id"),
    ]
