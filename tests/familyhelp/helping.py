"""Families that were taken on as they stand in tests, and the people around them."""

from typing import TYPE_CHECKING, Any

from frontdoor.familyhelp.rules.team import Comer
from tests.earlyhelp import helping
from tests.earlyhelp.helping import AT
from tests.worlds import PETERBOROUGH, World

if TYPE_CHECKING:
    from datetime import datetime

    from frontdoor.earlyhelp.models import Episode
    from frontdoor.familyhelp.models import Practitioner

LEAD = "lead_practitioner"


def taken_on(world: World, *, kind: str = "own", account: bool = False, at: "datetime" = AT) -> "Episode":
    """A family that somebody has taken on: by name, or with the lead practitioner's account."""
    from frontdoor.earlyhelp import actions

    episode = helping.offered(world, kind=kind, at=at)
    user = world.user(LEAD, council=PETERBOROUGH).pk if account else None
    with helping.acting(world, at=at) as by:
        actions.answer(
            episode.key, seen=episode.version, accepted=True, answered_with="Their duty line", worker="Ada Fenn",
            account=user, by=by, at=at,
        )  # fmt: skip
        return helping.again(episode)


def seen(world: World, episode: "Episode") -> int:
    from frontdoor.familyhelp.queries.team import seen_of, team

    with helping.acting(world) as by:
        return seen_of(team(episode, by=by))


def standing(world: World, episode: "Episode") -> list["Practitioner"]:
    """Who is in the team now, in the order in which they came."""
    from frontdoor.familyhelp.queries.team import team

    with helping.acting(world) as by:
        return [each for each in team(episode, by=by) if each.until is None]


def joined(world: World, episode: "Episode", *, role: str = "", at: "datetime" = AT, **more: Any) -> "Practitioner":
    """Somebody who comes into the team: an account of a role, or a health visitor by name."""
    from frontdoor.familyhelp.actions.team import join

    user = world.user(role, council=PETERBOROUGH).pk if role else None
    given = {"name": "Bea Marsh", "agency": "Health visiting", "phone": "01632 960444", "own": True, **more}
    with helping.acting(world, at=at) as by:
        return join(episode.key, seen=seen_now(episode, by=by), comer=Comer(account=user, **given), by=by, at=at)


def seen_now(episode: "Episode", *, by: Any) -> int:
    from frontdoor.familyhelp.queries.team import seen_of, team

    return seen_of(team(episode, by=by))


def says(world: World, episode: "Episode", *, at: "datetime" = AT, **more: Any) -> None:
    """Somebody of the family says what they agree to."""
    with helping.acting(world, at=at):
        episode.refresh_from_db()
    helping.agreed(world, episode, at=at, **more)


def closed(world: World, episode: "Episode", *, at: "datetime" = AT, ending: str = "outcomes_met") -> None:
    """Help for a family has ended."""
    from frontdoor.earlyhelp import actions

    with helping.acting(world, at=at) as by:
        row = helping.again(episode)
        actions.close(row.key, seen=row.version, ending=ending, why="Well.", by=by, at=at)
