"""No request leaves before the family agreed, or a manager dispensed with it after what the family said last."""

from django.db import migrations

from frontdoor.actors.operations import ACTOR

# AB v Haringey [2013] EWHC 416 (Admin): checks were made without asking, and nobody had decided that. The newest word
# of the family counts; a decision made before it does not cover what they say now.
MAY_LEAVE = """
(SELECT CASE WHEN said.position = 'given' THEN true
             ELSE EXISTS (SELECT FROM mash_dispensing decided
                           WHERE decided.authority_id = said.authority_id AND decided.enquiry_id = said.enquiry_id
                             AND decided.at >= said.at) END
   FROM mash_agreement said
  WHERE said.authority_id = mash_request.authority_id AND said.enquiry_id = mash_request.enquiry_id
  ORDER BY said.at DESC, said.id DESC LIMIT 1)
"""
MANAGERS = ("head_of_service", "team_manager")
BY_A_MANAGER = f"""
{ACTOR} = 'user:' || decided_by
AND EXISTS (SELECT FROM access_post post WHERE post.user_id = mash_dispensing.decided_by
             AND post.role IN ({", ".join(f"'{role}'" for role in MANAGERS)}))
"""


def only(table, name, rule):
    """A row is added only where the rule holds, beside the wall of its council."""
    return migrations.RunSQL(
        f"CREATE POLICY {name} ON {table} AS RESTRICTIVE FOR INSERT TO frontdoor_app WITH CHECK ({rule});",
        f"DROP POLICY {name} ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [("mash", "0013_other_side"), ("access", "__first__")]
    operations = [
        only("mash_request", "agreed_or_dispensed", MAY_LEAVE),
        only("mash_dispensing", "by_a_manager", BY_A_MANAGER),
    ]
