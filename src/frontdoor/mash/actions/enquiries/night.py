"""At closing time the question whether a child is safe goes with the child to the out-of-hours team, and comes back."""

from datetime import datetime, timedelta

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.clocks import actions as clocks
from frontdoor.clocks import queries as clock_queries
from frontdoor.clocks.rules import add_working_time, is_open, moment_words
from frontdoor.handovers import actions as handovers
from frontdoor.handovers import rules as slips
from frontdoor.mash.actions.enquiries.rows import CHILD, KIND, children, reassign, turn
from frontdoor.mash.models import Enquiry, Subject
from frontdoor.mash.queries.enquiries.lists import name_of
from frontdoor.mash.rules import safety
from frontdoor.mash.rules.states import Line
from frontdoor.trail import actions as trail

NIGHT = "out_of_hours"
MORNING = "The front door is open again: the day team asks."


@transaction.atomic
def keep_watch(*, by: Actor, at: datetime) -> int:
    """Hand over what is asked about a child this night once the door is closed, and take it back when it opens.

    What is asked again before the door opens goes; so does every child who is not known to be safe. The slip has the
    clock of every slip, and the clock of the question goes to the out-of-hours team with it. Twice does it once.

    :returns: how many enquiries went or came back
    """
    require(by, Permission.MASH_WORK, authority=acting_council(by))
    calendar = clock_queries.terms((), by=by).calendar
    locked = Enquiry.objects.select_for_update(of=("self",), no_key=True, skip_locked=True).select_related("contact")
    rows = within(by, locked.filter(settled_at=None)).order_by("urgency", "due_at", "id")
    if is_open(at, calendar):
        found = list(rows.exclude(night_slip=None))
        for enquiry in found:
            _take_back(enquiry, by=by, at=at)
        return len(found)
    opens = add_working_time(at, timedelta(minutes=1), calendar)
    asked = {enquiry: _asked(enquiry, opens, by=by) for enquiry in rows.filter(night_slip=None)}
    return sum(_hand_over(enquiry, those, by=by, at=at) for enquiry, those in asked.items() if those)


def _asked(enquiry: Enquiry, opens: datetime, *, by: Actor) -> list[Subject]:
    """The children about whom somebody has to ask before the door opens."""
    return [
        child
        for child in children(enquiry, by=by)
        if child.safe_due_at is not None and (child.safe_due_at < opens or child.safe in ("no", "unknown"))
    ]


def _hand_over(enquiry: Enquiry, those: list[Subject], *, by: Actor, at: datetime) -> bool:
    """Send the slip of one enquiry, with the names of those who are asked about and until when."""
    try:
        slip = handovers.send(
            (KIND, enquiry.key), to=NIGHT, summary=f"Is the child safe tonight? {enquiry.reference}",
            why="An enquiry is open. Find out whether each child is safe, and answer on its page.",
            rating=enquiry.rating, received_at=enquiry.received_at, payload=_page(enquiry, those),
            from_team_id=enquiry.team_id, by=by, at=at,
        )  # fmt: skip
    except NotFound:
        # No out-of-hours team receives here: the clock of the question rings all the same, and nobody is skipped.
        return False
    for child in those:
        clocks.reassign(subject=(CHILD, child.key), team_id=slip.to_team_id, owner_id=None, by=by)
    enquiry.night_slip, enquiry.version = slip.key, enquiry.version + 1
    enquiry.save(update_fields=["night_slip", "version"])
    turn(enquiry, Line.NIGHT, by=by, at=at)
    trail.record("mash.hand_to_night", subject=enquiry, by=by, at=at, slip=slip.key)
    return True


def _page(enquiry: Enquiry, those: list[Subject]) -> slips.Page:
    """What the out-of-hours team reads: which child, what was answered last, by when it is asked again."""
    return slips.Page(
        family=tuple(slips.Person(name_of(child), "child") for child in those),
        must_happen=tuple(
            slips.Need(
                f"Find out whether {name_of(child)} is safe. Last answer: "
                f"{dict(safety.ANSWERS).get(child.safe, 'nobody has answered yet')}",
                moment_words(child.safe_due_at),
            )
            for child in those
            if child.safe_due_at is not None
        ),
        told=(slips.Sentence(enquiry.question),) if enquiry.question else (),
    )  # fmt: skip


def _take_back(enquiry: Enquiry, *, by: Actor, at: datetime) -> None:
    """The door opens: what nobody accepted is taken back, and the clocks are the day team's again."""
    handovers.withdraw_all((KIND, enquiry.key), reason=MORNING, by=by, at=at)
    enquiry.night_slip, enquiry.version = None, enquiry.version + 1
    enquiry.save(update_fields=["night_slip", "version"])
    reassign(enquiry, by=by)
    turn(enquiry, Line.NIGHT, by=by, at=at, text=MORNING)
    trail.record("mash.take_back_from_night", subject=enquiry, by=by, at=at)
