"""The walls of a family's way up and down and of its outcomes, and what the database holds by itself."""

from django.db import migrations

from frontdoor.actors.operations import same_council, wall

ONCE = "SELECT, INSERT"
EPISODE = ("episode_id", "earlyhelp_episode")
PARENTS = {
    "stepdown": (EPISODE, ("referral_id", "referrals_referral")),
    "standing": (EPISODE, ("referral_id", "referrals_referral")),
    "check": (EPISODE,),
    "asking": (("check_of_id", "familyhelp_check"),),
    "outcome": (EPISODE,),
    "evidence": (("outcome_id", "familyhelp_outcome"),),
}
CHANGES = frozenset({"stepdown", "check"})
OF_FAMILY = ("stepdown", "standing", "check", "outcome")

# What is counted is counted from these rows: of a family that is hidden from somebody they are hidden too.
KEPT = " ".join(
    f"CREATE POLICY named_only ON familyhelp_{name} AS RESTRICTIVE FOR SELECT TO frontdoor_app"
    " USING (episode_id IS NULL OR episode_id <> ALL ((SELECT frontdoor_early_help_kept())::bigint[]));"
    for name in OF_FAMILY
)
SEEN = " ".join(f"DROP POLICY named_only ON familyhelp_{name};" for name in OF_FAMILY)

# What was agreed at the meeting stays as the family heard it; what has been answered is not answered again.
HELD = """
CREATE FUNCTION frontdoor_step_down_stands() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.settled_at IS NOT NULL
     OR (NEW.referral_id, NEW.came_from, NEW.held_on, NEW.there, NEW.family_there, NEW.family_why, NEW.plan, NEW.heard,
         NEW.unheard, NEW.lead_name, NEW.lead_agency, NEW.by_user, NEW.at)
     IS DISTINCT FROM
        (OLD.referral_id, OLD.came_from, OLD.held_on, OLD.there, OLD.family_there, OLD.family_why, OLD.plan, OLD.heard,
         OLD.unheard, OLD.lead_name, OLD.lead_agency, OLD.by_user, OLD.at) THEN
    RAISE EXCEPTION 'what was agreed at a step-down is never changed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stands BEFORE UPDATE ON familyhelp_stepdown FOR EACH ROW
  EXECUTE FUNCTION frontdoor_step_down_stands();
"""
FREE = "DROP TRIGGER stands ON familyhelp_stepdown; DROP FUNCTION frontdoor_step_down_stands();"


class Migration(migrations.Migration):
    dependencies = [
        ("familyhelp", "0005_standing"), ("referrals", "0006_named_only"), ("earlyhelp", "0002_wall"),
    ]  # fmt: skip

    operations = [
        *[wall(f"familyhelp_{name}") if name in CHANGES else wall(f"familyhelp_{name}", app=ONCE) for name in PARENTS],
        *[
            same_council(f"familyhelp_{name}", column, parent)
            for name, parents in PARENTS.items()
            for column, parent in parents
        ],
        migrations.RunSQL(KEPT, SEEN),
        migrations.RunSQL(HELD, FREE),
    ]
