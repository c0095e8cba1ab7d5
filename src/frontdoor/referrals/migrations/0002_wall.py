from django.db import migrations

from frontdoor.actors.operations import same_council, wall

# What was recorded stays as it was: a mistake is struck through, and what is struck stays so. Who began the referral,
# and when, is never written anew: no clock is won by sending again.
STAYS = """
CREATE FUNCTION frontdoor_recorded_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.struck_at IS NOT NULL
     OR (to_jsonb(NEW) - ARRAY['struck_by', 'struck_at', 'struck_why'])
        <> (to_jsonb(OLD) - ARRAY['struck_by', 'struck_at', 'struck_why']) THEN
    RAISE EXCEPTION 'what was recorded is struck through, never changed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stays BEFORE UPDATE ON referrals_visit FOR EACH ROW EXECUTE FUNCTION frontdoor_recorded_stays();
CREATE TRIGGER stays BEFORE UPDATE ON referrals_milestone FOR EACH ROW EXECUTE FUNCTION frontdoor_recorded_stays();
CREATE FUNCTION frontdoor_referral_began() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (NEW.began_at, NEW.began_on, NEW.received_at) IS DISTINCT FROM (OLD.began_at, OLD.began_on, OLD.received_at) THEN
    RAISE EXCEPTION 'when a referral began is never changed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER began BEFORE UPDATE ON referrals_referral FOR EACH ROW EXECUTE FUNCTION frontdoor_referral_began();
"""
MAY_CHANGE = """
DROP TRIGGER began ON referrals_referral;
DROP FUNCTION frontdoor_referral_began();
DROP TRIGGER stays ON referrals_milestone;
DROP TRIGGER stays ON referrals_visit;
DROP FUNCTION frontdoor_recorded_stays();
"""

ONCE = "SELECT, INSERT"
REFERRAL = ("referral_id", "referrals_referral")
PARENTS = {
    "referral": (
        ("contact_id", "contacts_contact"), ("matter_id", "contacts_matter"), ("named_id", "contacts_named"),
        ("person_id", "people_person"), ("same_as_id", "referrals_referral"),
    ),
    "arrival": (REFERRAL, ("contact_id", "contacts_contact"), ("named_id", "contacts_named")),
    "turn": (REFERRAL,),
    "visit": (REFERRAL,),
    "milestone": (REFERRAL,),
}  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_initial"), ("actors", "0001_guard")]

    operations = [
        *[wall(f"referrals_{name}", app=ONCE) if name == "turn" else wall(f"referrals_{name}") for name in PARENTS],
        *[
            same_council(f"referrals_{name}", column, parent)
            for name, parents in PARENTS.items()
            for column, parent in parents
        ],
        migrations.RunSQL(STAYS, MAY_CHANGE),
    ]
