"""What was sent to each council's assessment team: picked up, visited, with a date after.

`planting` takes it in at its end.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.separation.planting import Ground, _contact, plants


def begun(ground: Ground, number: int) -> Any:
    """A child's matter on its way to the team, accepted there: the referral that follows."""
    from frontdoor.actors.rules import COURIER
    from frontdoor.contacts.models import Matter
    from frontdoor.handovers import actions as handovers
    from frontdoor.referrals import actions

    at, contact = ground.at, _contact(ground, number, call_back=None)
    with ground.acting("team_manager") as by:
        matter = Matter.objects.filter(contact=contact).order_by("id")[0]
        slip = handovers.send(matter, to="assessment", summary="One neutral line", why=ground.said(), by=by, at=at)
    with ground.acting("assessment_manager", of=ground.council) as by:
        handovers.accept(slip.key, seen=slip.version, by=by, at=at)
    with ground.world.system(COURIER, council=ground.council) as by:
        made = actions.follow(slip.key, by=by, at=at)
    assert made is not None
    return made


@plants("referral")
def referral(ground: Ground) -> Any:
    """A child's matter on its way to the team, accepted, picked up, visited and enquired into."""
    from frontdoor.referrals import actions
    from frontdoor.referrals.rules.recording import Visited
    from frontdoor.shell.rules import london

    at, made = ground.at, begun(ground, 71)
    visit = Visited(
        made_at=at + timedelta(minutes=1), place="home", where=ground.said(), seen_by=ground.said(), seen=True,
        alone=True, voice=ground.said(), voice_missing=ground.said(),
    )  # fmt: skip
    with ground.acting("assessment_worker", of=ground.council) as by:
        held = actions.pick_up(made.key, seen=made.version, by=by, at=at)
        row = actions.record_visit(made.key, seen=held.version, visit=visit, by=by, at=at + timedelta(minutes=2))
        actions.record_date(
            made.key, seen=held.version + 1, kind="section47_started", on=london(at).date(), why=ground.said(), by=by,
            at=at + timedelta(minutes=2),
        )  # fmt: skip
    ground.keys["visit"] = str(row.key)
    return UUID(str(made.key))
