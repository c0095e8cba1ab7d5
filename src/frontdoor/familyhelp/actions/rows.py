"""What every act on a family does alike: it takes the family's row, and asks whether somebody still agrees."""

from datetime import datetime
from uuid import UUID

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, StepNotAllowed, unchanged
from frontdoor.earlyhelp.models import Episode
from frontdoor.earlyhelp.queries import finding
from frontdoor.earlyhelp.rules.agreeing import Purpose
from frontdoor.earlyhelp.rules.states import State
from frontdoor.familyhelp.models import Meeting
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


def held_meeting(
    key: Key, meeting: Key, *, seen: int, agreed: bool = True, by: Actor, at: datetime
) -> tuple[Episode, Meeting]:
    """One of a family's meetings, locked with the family, as `by` saw it.

    :raises NotFound: as above, or no meeting of this family
    :raises Conflict: it has changed since `by` saw it
    """
    episode = held(key, by=by, at=at, agreed=agreed)
    rows = Meeting.objects.select_for_update(of=("self",), no_key=True).filter(key=meeting, episode=episode)
    row = within(by, rows).first()
    if row is None:
        raise NotFound
    unchanged(seen, row.version)
    return episode, row
