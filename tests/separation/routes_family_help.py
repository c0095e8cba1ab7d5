"""The lines of the reviewed table (`routes.py`) for what is done with a family that was taken on.

The family that is planted (`helped-family`) has the lead practitioner of its council in its team.
"""

from frontdoor.actors.rules import Permission as P  # noqa: N817 (a table)
from tests.separation.routing import Route, council, merged

OPENS = "familyhelp.open"


def _step(permission: P = P.FAMILY_HELP_WORK, **more: str) -> Route:
    return council(permission, key="helped-family", entry=OPENS, some=True, more=more)


def _assessment(permission: P = P.FAMILY_HELP_WORK, *, key: str = "assessed-family", **more: str) -> Route:
    return council(permission, key=key, entry="familyhelp.open_assessment", some=True, more=more)


FAMILY_HELP: dict[str, Route] = {
    "desk:my-families": merged(P.FAMILY_HELP_WORK),
    "familyhelp:family": _step(P.FAMILY_HELP_READ),
    "familyhelp:join": _step(),
    "familyhelp:lead": _step(),
    "familyhelp:leave": _step(practitioner="practitioner"),
    "familyhelp:plan": _step(P.FAMILY_HELP_READ),
    "familyhelp:edition": _step(P.FAMILY_HELP_READ, number="plan-edition"),
    "familyhelp:change-goal": _step(goal="plan-goal"),
    "familyhelp:change-doing": _step(action="plan-action"),
    "familyhelp:outcome": _step(action="plan-action"),
    "familyhelp:say": _step(member="plan-member"),
    **{f"familyhelp:{name}": _step() for name in ("goal", "doing", "agree", "review", "plan-meeting", "worry")},
    "familyhelp:print-for": _step(number="plan-edition"),
    "familyhelp:print": _step(P.FAMILY_HELP_READ, row="plan-print"),
    "familyhelp:meeting": _step(P.FAMILY_HELP_READ, meeting="team-meeting"),
    "familyhelp:invitation": _step(P.FAMILY_HELP_READ, meeting="team-meeting", invited="team-invited"),
    "familyhelp:uninvite": _step(meeting="team-meeting", invited="team-asked"),
    "familyhelp:send-invitation": _step(meeting="team-meeting", invited="team-asked"),
    **{
        f"familyhelp:{name}": _step(meeting="team-meeting")
        for name in ("change-meeting", "cancel-meeting", "hold-meeting", "meeting-doing")
    },
    "desk:family-help": merged(P.FIGURES_READ),
    "familyhelp:step-down": council(P.REFERRAL_KEEP, key="referral", entry="referrals.open"),
    "familyhelp:standing": council(
        P.FAMILY_HELP_READ, key="helped-family", entry="familyhelp.open_standing", some=True
    ),
    "familyhelp:status": _step(P.FAMILY_HELP_STATUS),
    "familyhelp:check": council(P.FAMILY_HELP_WORK, key="check", entry=OPENS, some=True),
    "familyhelp:outcomes": council(
        P.FAMILY_HELP_READ, key="helped-family", entry="familyhelp.open_outcomes", some=True
    ),
    "familyhelp:mark-outcome": _step(),
    "familyhelp:evidence": _step(outcome="outcome"),
    "familyhelp:assessment": _assessment(P.FAMILY_HELP_READ),
    "familyhelp:assessment-begin": _assessment(key="helped-family"),
    "familyhelp:assessment-write": _assessment(part="thinking"),
    "familyhelp:assessment-keep": council(
        P.FAMILY_HELP_WORK, key="assessed-family", get=405, some=True, more={"part": "thinking"}
    ),
    "familyhelp:assessment-share": _assessment(),
    "familyhelp:assessment-compare": _assessment(P.FAMILY_HELP_READ),
    "familyhelp:assessment-earlier": _assessment(P.FAMILY_HELP_READ, part="thinking", field="going_on"),
}
