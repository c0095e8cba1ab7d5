from django.db import migrations

from frontdoor.actors.operations import same_council, wall

# What was sent is kept as it was: the words of an answer are never changed, and after sending nothing of it is.
STAYS = """
CREATE FUNCTION frontdoor_answer_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.sent_at IS NOT NULL OR NEW.text <> OLD.text OR NEW.digest <> OLD.digest THEN
    RAISE EXCEPTION 'the words of an answer are never changed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stays BEFORE UPDATE ON disclosures_answer FOR EACH ROW EXECUTE FUNCTION frontdoor_answer_stays();
"""
MAY_CHANGE = "DROP TRIGGER stays ON disclosures_answer; DROP FUNCTION frontdoor_answer_stays();"

ONCE = "SELECT, INSERT"
"""What is written once: the ledger, the searches, what was told of which contact."""

PARENTS = {
    "request": (("contact_id", "contacts_contact"),),
    "about": (("request_id", "disclosures_request"), ("named_id", "contacts_named")),
    "search": (("request_id", "disclosures_request"), ("about_id", "disclosures_about")),
    "answer": (("request_id", "disclosures_request"), ("corrects_id", "disclosures_answer")),
    "disclosure": (
        ("request_id", "disclosures_request"), ("answer_id", "disclosures_answer"), ("about_id", "disclosures_about"),
    ),
    "told": (("disclosure_id", "disclosures_disclosure"), ("contact_id", "contacts_contact")),
    "risk": (("request_id", "disclosures_request"), ("contact_id", "contacts_contact")),
}  # fmt: skip
WRITTEN_ONCE = frozenset({"search", "disclosure", "told", "risk"})


class Migration(migrations.Migration):
    dependencies = [("disclosures", "0001_initial"), ("actors", "0001_guard")]

    operations = [
        *[
            wall(f"disclosures_{name}", app=ONCE) if name in WRITTEN_ONCE else wall(f"disclosures_{name}")
            for name in PARENTS
        ],
        *[
            same_council(f"disclosures_{name}", column, parent)
            for name, parents in PARENTS.items()
            for column, parent in parents
        ],
        migrations.RunSQL(STAYS, MAY_CHANGE),
    ]
