"""Each council's family that was taken on, and whoever leads its team.

`planting` takes it in at its end.
"""

from typing import Any
from uuid import UUID

from tests.separation import planted_help
from tests.separation.planting import Ground, plants

LEAD = "lead_practitioner"


def led(ground: Ground, number: int) -> Any:
    """Help for a family of its own that was taken on, led by the council's lead practitioner; who took it on stays."""
    from frontdoor.familyhelp.actions.team import change_lead
    from frontdoor.familyhelp.queries.team import seen_of, team
    from frontdoor.familyhelp.rules.team import Comer

    made = planted_help.taken_on(ground, number)
    with ground.acting(planted_help.OFFICER, of=ground.council) as by:
        user = ground.world.user(LEAD, council=ground.council)
        comer = Comer(account=user.pk, own=False, agency=ground.said(), job=ground.said(), email="lead@example.org")
        change_lead(
            made.key, seen=seen_of(team(made, by=by)), comer=comer, why=ground.said(), stays=True, by=by, at=ground.at
        )
    return made


@plants("helped-family")
def helped_family(ground: Ground) -> Any:
    """A family that somebody leads, with somebody else in its team."""
    from frontdoor.familyhelp.models import Practitioner

    made = led(ground, 90)
    with ground.acting(planted_help.OFFICER, of=ground.council):
        ground.keys["practitioner"] = str(Practitioner.objects.get(episode=made, until=None, leads=False).key)
    return UUID(str(made.key))
