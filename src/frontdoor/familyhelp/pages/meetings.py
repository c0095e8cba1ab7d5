"""The page of a meeting, and the meetings of a family as a table."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from frontdoor.actors.rules import Actor
from frontdoor.familyhelp.models import Invitation, Invited, Meeting
from frontdoor.familyhelp.pages.team import works
from frontdoor.familyhelp.queries.families import Family
from frontdoor.familyhelp.queries.meetings import Met, name_of
from frontdoor.familyhelp.queries.plan import owner_of
from frontdoor.familyhelp.rules.inviting import REQUEST
from frontdoor.familyhelp.rules.inviting import State as Mail
from frontdoor.familyhelp.rules.meetings import State, Step, why_not
from frontdoor.familyhelp.rules.team import NOT_TO_AGENCIES
from frontdoor.shell.pages import Cell, Item, Row, link, tag, text, when
from frontdoor.shell.rules import moment

MEETING_COLUMNS = ("When", "Where", "Stands")
ASKED_COLUMNS = {
    State.PLANNED: ("Who", "By e-mail", "For their calendar", "Send", "To do"),
    State.CANCELLED: ("Who", "By e-mail", "For their calendar", "Stands"),
    State.HELD: ("Who", "Came"),
}
DOING_COLUMNS = ("What", "Who", "By")
GIVE = "Give the word for their calendar to whoever was not told by e-mail."
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
    columns: tuple[str, ...]
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
    row, state, acts = met.meeting, State(met.meeting.state), works(met.family, by=by)
    about = [("Where", f"{row.place} ({row.get_way_display().lower()})"), ("How long", f"{row.minutes} minutes")]
    about += [("What is talked about", row.agenda)] if row.agenda else []
    about += [("What was agreed", row.agreed)] if row.agreed else []
    return MeetingPage(
        key=met.family.episode.key, heading=f"Meeting on {moment(row.starts_at)}",
        facts=(met.family.episode.reference, met.family.label), tags=((state.words, TONES[state]),),
        note=f"Cancelled: {row.why}. {GIVE}" if row.why else "",
        about=tuple(about), columns=ASKED_COLUMNS[state],
        asked=tuple(_asked(each, met, slug, acts=acts) for each in met.invited),
        actions=tuple(
            Row((text(each.what, below=each.get_outcome_display() if each.outcome else ""), text(owner_of(each)),
                 when(each.due_on)))
            for each in met.actions
        ),
        steps=tuple(_steps(met, slug, by=by)),
    )  # fmt: skip


def _asked(each: Invited, met: Met, slug: str, *, acts: bool) -> Row:
    whose, state = each.practitioner, State(met.meeting.state)
    who = text(name_of(each), below=whose.agency if whose else "Of the family")
    gone = text("Not asked any more", below=f"{moment(each.off_at)}. {each.off_why}") if each.off_at else None
    if state is State.HELD:
        return Row((who, gone or text(each.get_came_display() or None)))
    args = [slug, met.family.episode.key, met.meeting.key, each.key]
    over = gone is not None or state is State.CANCELLED
    words = "Take the word that it is cancelled" if over else "Take the invitation"
    file = link(words, reverse("familyhelp:invitation", args=args), hidden=f"for {name_of(each)}")
    mail = met.mails.get(each.pk)
    cells = (who, _mailed(each, mail), file if met.tells(each) else text(NOT_TO_AGENCIES))
    tone = "late" if mail is not None and mail.state == Mail.FAILED else ""
    if state is State.CANCELLED:
        return Row((*cells, gone or text("Asked")), tone=tone)
    off, send = text(None), text(None)
    if acts and gone is None:
        off = link("Take them off", reverse("familyhelp:uninvite", args=args), hidden=name_of(each))
    if acts and gone is None and whose is not None and met.tells(each):
        again = "Send it by e-mail" if mail is None else "Send it to another address"
        send = link(again, reverse("familyhelp:send-invitation", args=args), hidden=f"for {name_of(each)}")
    return Row((*cells, send, gone or off), tone=tone)


def _mailed(each: Invited, mail: Invitation | None) -> Cell:
    """What became of the newest e-mail to somebody, and when a file has to be handed over instead."""
    if mail is None:
        none = "No e-mail address is kept" if each.practitioner else "Nobody of the family is written to"
        return text("Take the file and hand it over", below=none)
    if mail.state == Mail.SENT and mail.settled_at is not None:
        said = "Invited" if mail.method == REQUEST else "Told that it is cancelled"
        return text(said, below=f"{moment(mail.settled_at)}, to {mail.email}")
    if mail.state == Mail.FAILED:
        return text("Not delivered", below=f"{mail.email} was not taken. Send it to another, or hand the file over")
    if mail.state == Mail.DROPPED:
        return text(mail.get_state_display(), below=mail.email)
    what = "The invitation" if mail.method == REQUEST else "That it is cancelled"
    return text(f"{what} is on its way", below=f"since {moment(mail.at)}, to {mail.email}")


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
