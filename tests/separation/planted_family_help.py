"""Each council's family that was taken on, and whoever leads its team.

`planting` takes it in at its end.
"""

from typing import Any
from uuid import UUID

from tests.separation import planted_help
from tests.separation.planting import Ground, plants

LEAD = "lead_practitioner"


def led(ground: Ground, number: int) -> Any:
    """Help for a family of its own that was taken on, led by the council's lead practitioner."""
    from frontdoor.familyhelp.models import Practitioner

    made = planted_help.taken_on(ground, number)
    with ground.acting(LEAD, of=ground.council) as by:
        Practitioner.objects.create(
            authority_id=made.authority_id, episode=made, user=by.user_id, name=ground.said(), agency=ground.said(),
            job=ground.said(), leads=True, since=ground.at, by_user=by.user_id, by_name=ground.said(),
        )  # fmt: skip
    return made


@plants("helped-family")
def helped_family(ground: Ground) -> Any:
    """A family that somebody leads."""
    return UUID(str(led(ground, 90).key))
