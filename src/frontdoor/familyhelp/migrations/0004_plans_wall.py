"""The walls of plans and meetings: what was agreed, said, reviewed and printed is written once."""

from django.db import migrations

from frontdoor.actors.operations import same_council, wall

ONCE = "SELECT, INSERT"
PLAN = ("plan_id", "familyhelp_plan")
MEMBER = ("member_id", "earlyhelp_member")
PRACTITIONER = ("practitioner_id", "familyhelp_practitioner")
EDITION = ("edition_id", "familyhelp_planedition")
PARENTS = {
    "plan": (("episode_id", "earlyhelp_episode"),),
    "goal": (PLAN, MEMBER),
    "meeting": (("episode_id", "earlyhelp_episode"),),
    "planaction": (
        PLAN, ("goal_id", "familyhelp_goal"), ("meeting_id", "familyhelp_meeting"), MEMBER, PRACTITIONER,
    ),
    "planline": (PLAN,),
    "planedition": (PLAN,),
    "planword": (EDITION, MEMBER),
    "planreview": (PLAN,),
    "reviewvoice": (("review_id", "familyhelp_planreview"), MEMBER),
    "planprint": (EDITION, MEMBER, PRACTITIONER),
    "invited": (("meeting_id", "familyhelp_meeting"), MEMBER, PRACTITIONER),
}  # fmt: skip
CHANGES = frozenset({"plan", "goal", "meeting", "planaction", "invited"})


class Migration(migrations.Migration):
    dependencies = [("familyhelp", "0003_plans")]

    operations = [
        *[wall(f"familyhelp_{name}") if name in CHANGES else wall(f"familyhelp_{name}", app=ONCE) for name in PARENTS],
        *[
            same_council(f"familyhelp_{name}", column, parent)
            for name, parents in PARENTS.items()
            for column, parent in parents
        ],
    ]
