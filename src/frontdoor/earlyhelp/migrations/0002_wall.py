"""The walls of early help, and what the database holds by itself."""

from django.db import migrations

from frontdoor.actors.operations import ACTOR, CURRENT, same_council, wall

ONCE = "SELECT, INSERT"
EPISODE = ("episode_id", "earlyhelp_episode")
PARENTS = {
    "episode": (("contact_id", "contacts_contact"),),
    "member": (
        EPISODE, ("named_id", "contacts_named"), ("matter_id", "contacts_matter"),
        ("same_as_id", "earlyhelp_member"),
    ),
    "agreement": (EPISODE, ("member_id", "earlyhelp_member")),
    "attempt": (EPISODE,),
    "turn": (EPISODE,),
    "triage": (EPISODE,),
    "provider": (),
    "offer": (EPISODE, ("provider_id", "earlyhelp_provider")),
    "review": (EPISODE,),
    "look": (EPISODE,),
    "stepup": (EPISODE, ("contact_id", "contacts_contact")),
}  # fmt: skip
CHANGES = frozenset({"episode", "provider", "offer"})

# Asked as the owner, whom the second wall of people does not bind; what comes out is numbers alone. Whoever carries
# messages for the council sees every family: no clock stands still because a record is restricted.
KEPT = f"""
CREATE FUNCTION frontdoor_early_help_kept() RETURNS bigint[] LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT m.episode_id), '{{}}')
    FROM matching_link l
    JOIN contacts_named n ON n.authority_id = l.authority_id AND n.key = l.subject_key
    JOIN earlyhelp_member m ON m.authority_id = n.authority_id AND m.named_id = n.id
   WHERE l.authority_id = {CURRENT} AND l.subject_kind = 'contacts.named' AND l.state = 'confirmed'
     AND (l.person_id = ANY (frontdoor_barred()) OR (l.shut AND l.person_id <> ALL (frontdoor_opened())))
     AND {ACTOR} NOT LIKE 'system:%'
$$;
REVOKE ALL ON FUNCTION frontdoor_early_help_kept() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION frontdoor_early_help_kept() TO frontdoor_app;
CREATE POLICY named_only ON earlyhelp_episode AS RESTRICTIVE FOR SELECT TO frontdoor_app
  USING (id <> ALL ((SELECT frontdoor_early_help_kept())::bigint[]));
"""
SEEN = "DROP POLICY named_only ON earlyhelp_episode; DROP FUNCTION frontdoor_early_help_kept();"

# A family's refusal or silence ends nothing by itself: somebody has looked at it for risk since it stopped, and found no
# worry. An agency is told of a family only while somebody of it agrees that agencies are told. What was answered stays.
HELD = """
CREATE FUNCTION frontdoor_early_help_ends() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.ending IN ('declined', 'disengaged') AND OLD.ending = ''
     AND (OLD.state <> 'screening' OR NOT EXISTS (
       SELECT FROM earlyhelp_look look
        WHERE look.authority_id = NEW.authority_id AND look.episode_id = NEW.id AND look.finding = 'no_worry'
          AND look.stopping = OLD.stopping AND look.at = NEW.settled_at)) THEN
    RAISE EXCEPTION 'nobody has looked at this family for risk';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ends BEFORE UPDATE ON earlyhelp_episode FOR EACH ROW EXECUTE FUNCTION frontdoor_early_help_ends();

CREATE FUNCTION frontdoor_early_help_tells() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM earlyhelp_provider p
              WHERE p.authority_id = NEW.authority_id AND p.id = NEW.provider_id AND p.kind = 'agency')
     AND NOT EXISTS (
       SELECT FROM (
         SELECT DISTINCT ON (member_id) status, expires_on FROM earlyhelp_agreement
          WHERE authority_id = NEW.authority_id AND episode_id = NEW.episode_id AND purpose = 'sharing'
          ORDER BY member_id, id DESC) AS word
        WHERE word.status = 'given'
          AND (word.expires_on IS NULL OR word.expires_on >= (NEW.at AT TIME ZONE 'Europe/London')::date)) THEN
    RAISE EXCEPTION 'nobody of this family agrees that agencies are told';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER tells BEFORE INSERT ON earlyhelp_offer FOR EACH ROW EXECUTE FUNCTION frontdoor_early_help_tells();

CREATE FUNCTION frontdoor_early_help_answered() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.answer <> '' OR (NEW.episode_id, NEW.provider_id, NEW.words, NEW.by_user, NEW.at)
     IS DISTINCT FROM (OLD.episode_id, OLD.provider_id, OLD.words, OLD.by_user, OLD.at) THEN
    RAISE EXCEPTION 'an offer is answered once and never changed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER answered BEFORE UPDATE ON earlyhelp_offer FOR EACH ROW
  EXECUTE FUNCTION frontdoor_early_help_answered();
"""
FREE = """
DROP TRIGGER answered ON earlyhelp_offer;
DROP FUNCTION frontdoor_early_help_answered();
DROP TRIGGER tells ON earlyhelp_offer;
DROP FUNCTION frontdoor_early_help_tells();
DROP TRIGGER ends ON earlyhelp_episode;
DROP FUNCTION frontdoor_early_help_ends();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("earlyhelp", "0001_initial"), ("actors", "0001_guard"), ("people", "0004_shut"), ("matching", "0001_initial"),
    ]  # fmt: skip

    operations = [
        *[wall(f"earlyhelp_{name}") if name in CHANGES else wall(f"earlyhelp_{name}", app=ONCE) for name in PARENTS],
        *[
            same_council(f"earlyhelp_{name}", column, parent)
            for name, parents in PARENTS.items()
            for column, parent in parents
        ],
        migrations.RunSQL(KEPT, SEEN),
        migrations.RunSQL(HELD, FREE),
    ]
