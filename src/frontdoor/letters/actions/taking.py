"""What every act on a letter begins and ends with: the locked row, and the clock that it stops."""

from datetime import datetime
from uuid import UUID

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound
from frontdoor.clocks import actions as clocks
from frontdoor.clocks.models import Ended
from frontdoor.clocks.rules import kind_named
from frontdoor.letters import rules
from frontdoor.letters.models import Letter
from frontdoor.letters.rules import State


def take(key: UUID | str, *, by: Actor) -> Letter:
    """One letter, locked.

    :raises NotFound: the council has none with that key
    """
    found = within(by, Letter.objects.select_for_update(of=("self",)).filter(key=key)).first()
    if found is None:
        raise NotFound
    return found


def settle(letter: Letter, *, by: Actor, at: datetime, stopped_at: datetime | None = None) -> list[str]:
    """Nothing is left to do for this letter: close it and stop its clock. Returns the fields that were set."""
    letter.settled_at, letter.settled_by = at, by.user_id
    stop_clock(letter, by=by, at=stopped_at or at)
    if heard := rules.hearer(letter.subject_kind):
        heard(letter, by=by, at=stopped_at or at)
    return ["settled_at", "settled_by"]


def stop_clock(letter: Letter, *, by: Actor, at: datetime) -> None:
    """Stop the letter's clock: the person was told, or nobody waits for it any more."""
    if not letter.clock_kind:
        return
    told = State(letter.state) in (State.SENT, State.DONE_BY_PHONE)
    subject = (letter.clock_subject_kind, letter.clock_subject_key)
    ended = Ended.DONE if told else Ended.NOT_NEEDED
    clocks.stop(kind_named(letter.clock_kind), subject=subject, by=by, at=at, ended=ended)
