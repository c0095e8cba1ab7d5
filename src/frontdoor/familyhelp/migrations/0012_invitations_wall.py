"""The walls of invitations: no agency is asked that may not be told, and what has gone out stays as it was."""

from django.db import migrations

from frontdoor.actors.operations import same_council, wall

KEPT = """
CREATE TRIGGER told BEFORE INSERT ON familyhelp_invited FOR EACH ROW EXECUTE FUNCTION frontdoor_agency_told();

CREATE FUNCTION frontdoor_invitation_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.state IN ('sent', 'dropped') OR (NEW.invited_id, NEW.sequence, NEW.method, NEW.email)
     IS DISTINCT FROM (OLD.invited_id, OLD.sequence, OLD.method, OLD.email) THEN
    RAISE EXCEPTION 'an invitation that has gone out stays as it was';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stays BEFORE UPDATE ON familyhelp_invitation FOR EACH ROW
  EXECUTE FUNCTION frontdoor_invitation_stays();
"""
FREE = """
DROP TRIGGER stays ON familyhelp_invitation;
DROP FUNCTION frontdoor_invitation_stays();
DROP TRIGGER told ON familyhelp_invited;
"""


class Migration(migrations.Migration):
    dependencies = [("familyhelp", "0011_invitations")]

    operations = [
        wall("familyhelp_invitation"),
        same_council("familyhelp_invitation", "invited_id", "familyhelp_invited"),
        migrations.RunSQL(KEPT, FREE),
    ]
