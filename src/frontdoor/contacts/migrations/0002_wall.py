from django.db import migrations

from frontdoor.actors.operations import CURRENT, same_council, wall

# The portal's role may insert submissions and read nothing: it takes a receipt, or is given the earlier one for the
# same key and body, through functions of the owner. The counter's row is locked by the taking, so it is taken last.
RECEIPTS = f"""
CREATE FUNCTION frontdoor_take_receipt(channel_ text, submission_ uuid, digest_ bytea) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE n bigint; h bytea;
BEGIN
  INSERT INTO contacts_receiptcounter AS counter (authority_id, channel, last, hash)
  VALUES ({CURRENT}, channel_, 1, sha256(int8send(1) || uuid_send(submission_) || digest_))
  ON CONFLICT (authority_id, channel) DO UPDATE
    SET last = counter.last + 1,
        hash = sha256(counter.hash || int8send(counter.last + 1) || uuid_send(submission_) || digest_)
  RETURNING counter.last, counter.hash INTO n, h;
  INSERT INTO contacts_receipt (authority_id, channel, number, submission_id, digest, hash)
  VALUES ({CURRENT}, channel_, n, submission_, digest_, h);
  RETURN n;
END $$;
CREATE FUNCTION frontdoor_receipt_again(sender_ text, idem_ text, digest_ bytea)
RETURNS TABLE (submission uuid, channel text, number bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT s.id, r.channel::text, r.number FROM contacts_submission s
    JOIN contacts_receipt r ON r.authority_id = s.authority_id AND r.submission_id = s.id
   WHERE s.authority_id = {CURRENT} AND s.sender = sender_ AND s.idem = idem_ AND s.digest = digest_
$$;
REVOKE ALL ON FUNCTION frontdoor_take_receipt(text, uuid, bytea) FROM PUBLIC;
REVOKE ALL ON FUNCTION frontdoor_receipt_again(text, text, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION frontdoor_take_receipt(text, uuid, bytea) TO frontdoor_app, frontdoor_portal;
GRANT EXECUTE ON FUNCTION frontdoor_receipt_again(text, text, bytea) TO frontdoor_app, frontdoor_portal;
"""
NO_RECEIPTS = """
DROP FUNCTION frontdoor_take_receipt(text, uuid, bytea);
DROP FUNCTION frontdoor_receipt_again(text, text, bytea);
"""

ROWS = (
    "event", "contact", "named", "referrer", "statement", "matter", "draft", "firstlook", "question", "attempt",
    "consultation", "link", "shift", "agreement", "lawfulbasis", "recommendation", "decision", "protection", "pattern",
)  # fmt: skip

PARENTS = {
    "contact": (("submission_id", "submission"), ("event_id", "event")),
    "named": (("contact_id", "contact"),),
    "referrer": (("contact_id", "contact"),),
    "statement": (("contact_id", "contact"), ("named_id", "named")),
    "matter": (("contact_id", "contact"), ("child_id", "named")),
    "callback": (("contact_id", "contact"), ("submission_id", "submission")),
    "firstlook": (("contact_id", "contact"),),
    "question": (("contact_id", "contact"),),
    "attempt": (("contact_id", "contact"), ("question_id", "question")),
    "consultation": (("contact_id", "contact"),),
    "link": (("contact_id", "contact"), ("other_id", "contact")),
    "agreement": (("contact_id", "contact"), ("named_id", "named")),
    "lawfulbasis": (("contact_id", "contact"),),
    "recommendation": (("matter_id", "matter"),),
    "snapshot": (("contact_id", "contact"),),
    "decision": (
        ("matter_id", "matter"),
        ("recommendation_id", "recommendation"),
        ("snapshot_id", "snapshot"),
    ),
    "protection": (("contact_id", "contact"),),
    "pattern": (("contact_id", "contact"),),
    "receipt": (("submission_id", "submission"),),
}


class Migration(migrations.Migration):
    dependencies = [("contacts", "0001_initial"), ("actors", "0001_guard")]
    operations = [
        # What was sent, its receipt and what was known are written once.
        wall("contacts_submission", app="SELECT, INSERT", portal_insert=True),
        wall("contacts_receiptcounter", app="SELECT"),
        wall("contacts_receipt", app="SELECT"),
        wall("contacts_snapshot", app="SELECT, INSERT"),
        wall("contacts_callback", portal_insert=True),
        *[wall(f"contacts_{row}") for row in ROWS],
        *[
            same_council(f"contacts_{child}", column, f"contacts_{parent}")
            for child, parents in PARENTS.items()
            for column, parent in parents
        ],
        migrations.RunSQL(RECEIPTS, NO_RECEIPTS),
    ]
