"""The page of a meeting, and the meetings of a family as a table."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from frontdoor.actors.rules import Actor
from frontdoor.familyhelp.models import Invited, Meeting
from frontdoor.familyhelp.pages.team import works
from frontdoor.familyhelp.queries.families import Family
from frontdoor.familyhelp.queries.meetings import Met, name_of
from frontdoor.familyhelp.queries.plan import owner_of
from frontdoor.familyhelp.rules.meetings import State, Step, why_not
from frontdoor.familyhelp.rules.team import NOT_TO_AGENCIES
from frontdoor.shell.pages import Item, Row, link, tag, text, when
from frontdoor.shell.rules import moment

MEETING_COLUMNS = ("When", "Where", "Stands")
ASKED_COLUMNS = ("Who", "Came", "For their calendar")
DOING_COLUMNS = ("What", "Who", "By")
TONES = {State.PLANNED: "waiting", State.HELD: "ok", State.CANCELLED: "done"}


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """A meeting as its page shows it."""

    key: UUID
    heading: str
    facts: tuple[str, ...]
    tags: tuple[tuple[str, str], ...]
    note: str
    about: tuple[tuple[str, str], ...]
    asked: tuple[Row, ...]
    actions: tuple[Row, ...]
    steps: tuple[Item, ...]


def meeting_rows(meetings: tuple[Meeting, ...], family: Family, slug: str) -> tuple[Row, ...]:
    """The meetings of a family, the last first."""
    return tuple(
        Row(
            (
                link(moment(each.starts_at), reverse("familyhelp:meeting", args=[slug, family.episode.key, each.key])),
                text(each.place, below=each.get_way_display()), tag(each.get_state_display(), TONES[State(each.state)]),
            )
        )
        for each in meetings
    )  # fmt: skip


def meeting_page(met: Met, slug: str, *, by: Actor) -> MeetingPage:
    """The page, as far as its reader may act on it."""
    row, state = met.meeting, State(met.meeting.state)
    about = [("Where", f"{row.place} ({row.get_way_display().lower()})"), ("How long", f"{row.minutes} minutes")]
    about += [("What is talked about", row.agenda)] if row.agenda else []
    about += [("What was agreed", row.agreed)] if row.agreed else []
    return MeetingPage(
        key=met.family.episode.key, heading=f"Meeting on {moment(row.starts_at)}",
        facts=(met.family.episode.reference, met.family.label), tags=((state.words, TONES[state]),),
        note=f"Cancelled: {row.why}. Give each person the word for their calendar." if row.why else "",
        about=tuple(about), asked=tuple(_asked(each, met, slug) for each in met.invited),
        actions=tuple(
            Row((text(each.what, below=each.get_outcome_display() if each.outcome else ""), text(owner_of(each)),
                 when(each.due_on)))
            for each in met.actions
        ),
        steps=tuple(_steps(met, slug, by=by)),
    )  # fmt: skip


def _asked(each: Invited, met: Met, slug: str) -> Row:
    href = reverse("familyhelp:invitation", args=[slug, met.family.episode.key, met.meeting.key, each.key])
    cancelled = met.meeting.state == State.CANCELLED
    words = "Take the word that it is cancelled" if cancelled else "Take the invitation"
    ics = text(None) if met.meeting.state == State.HELD else link(words, href, hidden=f"for {name_of(each)}")
    ics = ics if met.tells(each) else text(NOT_TO_AGENCIES)
    below = each.practitioner.agency if each.practitioner else "Of the family"
    return Row((text(name_of(each), below=below), text(each.get_came_display() or None), ics))


def _steps(met: Met, slug: str, *, by: Actor) -> Iterator[Item]:
    family, row = met.family, met.meeting
    acts = works(family, by=by)
    agreed, begun = acts and family.agrees(), row.starts_at <= family.at
    wanted = [
        ("Write down who came and what was agreed", "hold-meeting", agreed and begun, Step.HOLD),
        ("Change it", "change-meeting", agreed, Step.CHANGE),
        ("Cancel it", "cancel-meeting", acts, Step.CANCEL),
    ]
    args = [slug, family.episode.key, row.key]
    for words, name, sensible, step in wanted:
        if sensible and not why_not(row.state, step):
            yield Item(words, reverse(f"familyhelp:{name}", args=args))
    if agreed and begun and row.state != State.CANCELLED:
        yield Item("Write who does what by when", reverse("familyhelp:meeting-doing", args=args))
    yield Item("The plan", reverse("familyhelp:plan", args=args[:2]))
