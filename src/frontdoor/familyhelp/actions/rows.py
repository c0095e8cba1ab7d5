"""What every act on a family does alike: it takes the family's row, and asks whether somebody still agrees."""

from datetime import datetime
from uuid import UUID

from frontdoor.actors.rules import Actor, Permission, StepNotAllowed
from frontdoor.earlyhelp.models import Episode
from frontdoor.earlyhelp.queries import finding
from frontdoor.earlyhelp.rules.agreeing import Purpose
from frontdoor.earlyhelp.rules.states import State
from frontdoor.familyhelp.queries.team import reached
from frontdoor.familyhelp.rules.team import ENDED, why_not

Key = UUID | str
WORK = Permission.FAMILY_HELP_WORK


def held(key: Key, *, by: Actor, at: datetime, agreed: bool = True) -> Episode:
    """A family's help, locked, for whoever is about to write.

    :param agreed: go on only while somebody's agreement to help holds; what takes somebody out of a team needs none
    :raises NotFound: absent, another council's, or not a family of theirs
    :raises NotPermitted: `by` does not work on plans
    :raises StepNotAllowed: it has ended, nobody has taken the family on, or nobody agrees any more
    """
    episode = reached(key, WORK, by=by, at=at, lock=True)
    agrees = not agreed or finding.agrees(episode, Purpose.HELP, by=by, at=at)
    over = why_not(State(episode.state), agrees=agrees)
    if over and (agreed or over == ENDED):
        raise StepNotAllowed(over, when=episode.settled_at)
    return episode
