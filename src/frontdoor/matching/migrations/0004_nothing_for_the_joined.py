from django.db import migrations

TABLES = {
    "people_name": ("person_id",),
    "people_birth": ("person_id",),
    "people_residence": ("person_id",),
    "people_identifier": ("person_id",),
    "people_fact": ("person_id",),
    "people_caution": ("person_id",),
    "people_relationship": ("person_id", "other_id"),
    "people_membership": ("person_id",),
    "people_restriction": ("person_id",),
    "people_namedaccess": ("person_id",),
    "people_glass": ("person_id",),
    "people_barred": ("person_id",),
    "people_involvement": ("person_id",),
    "matching_link": ("person_id",),
    "matching_notsame": ("first_id", "second_id"),
    "matching_suspicion": ("person_id", "other_id"),
}

# A record that was joined into another has no rows of its own. Whoever adds one waits for a join that is being made, and
# is refused once it is: else a row that was being written meanwhile would stay behind, and nobody would look for it there.
# Once a statement, whatever its size; a key share lock, as the foreign key itself takes at the end of the transaction.
FUNCTION = """
CREATE FUNCTION matching_not_joined() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  named text;
  joined boolean;
BEGIN
  FOREACH named IN ARRAY TG_ARGV LOOP
    EXECUTE format(
      'SELECT bool_or(held.joined_into_id IS NOT NULL) FROM ('
      ' SELECT person.joined_into_id FROM people_person person'
      '  WHERE person.id IN (SELECT %I FROM written) ORDER BY person.id FOR KEY SHARE) held', named) INTO joined;
    IF joined THEN
      RAISE EXCEPTION 'this record was joined into another: % takes no row of it', TG_TABLE_NAME
        USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
  END LOOP;
  RETURN NULL;
END $$;
"""

TRIGGER = """
CREATE TRIGGER not_joined AFTER INSERT ON {table} REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION matching_not_joined({columns});
"""


class Migration(migrations.Migration):
    dependencies = [("matching", "0003_joining"), ("people", "0002_wall")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION matching_not_joined();"),
        *[
            migrations.RunSQL(
                TRIGGER.format(table=table, columns=", ".join(f"'{column}'" for column in columns)),
                f"DROP TRIGGER not_joined ON {table};",
            )
            for table, columns in TABLES.items()
        ],
    ]
