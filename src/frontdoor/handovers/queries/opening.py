"""One slip or one copy, whole: its opening is an entry of the trail."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from frontdoor.access.queries import colleagues, names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, NotPermitted, Permission
from frontdoor.handovers import rules
from frontdoor.handovers.models import Copy, Handover, Turn
from frontdoor.handovers.queries.lists import council_name, last_words, receiver_of
from frontdoor.organisations.queries import teams
from frontdoor.trail import actions as trail


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a slip's history, with names as they stand today."""

    kind: rules.Turn
    text: str
    wrong: str
    manager: str
    talked_at: datetime | None
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Slip:
    """The facts of a slip without what was passed: what the room of its subject may ask for when it is told.

    :param said: why it came back or was taken back, in the words of whoever did so last
    """

    key: UUID
    authority_id: int
    subject_kind: str
    subject_key: UUID
    destination: str
    route: str
    to_team_id: int | None
    to_authority_id: int
    state: rules.State
    urgent: bool
    refusals: int
    from_user: int | None
    received_at: datetime
    first_sent_at: datetime
    answered_by: int | None
    answered_name: str
    answered_at: datetime | None
    settled_at: datetime | None
    version: int
    said: str = ""
    section47: bool = False
    restricted: bool = False


@dataclass(frozen=True, slots=True)
class OpenHandover:
    """Everything of one slip, and which acts are open to whoever asked.

    :param page: the page that travels; None where none was passed
    :param receives: the actor answers for the receiving side
    :param gives: the actor acts for the giver
    :param nobodys: the giver no longer reaches the council: somebody has to stand in their place
    """

    slip: Slip
    summary: str
    why: str
    rating: str
    section47: bool
    restricted: bool
    page: rules.Page | None
    giver: str
    giver_team: str
    receiver: str
    worker: str
    manager: str
    outside: bool
    received_at: datetime
    first_sent_at: datetime
    sent_at: datetime
    due_at: datetime
    chased: int
    history: tuple[Line, ...]
    receives: bool
    gives: bool
    settles: bool
    nobodys: bool


@dataclass(frozen=True, slots=True)
class OpenCopy:
    """Everything that another council passed, and how it was answered.

    :param payload: what was passed, where it is no page: its own room reads it
    """

    key: UUID
    authority_id: int
    slip: UUID
    giver: str
    sent_by: str
    subject_kind: str
    function: str
    summary: str
    why: str
    rating: str
    section47: bool
    urgent: bool
    page: rules.Page | None
    payload: dict[str, Any]
    received_at: datetime
    sent_at: datetime
    due_at: datetime
    state: rules.State
    answer: str
    answered_by: str
    answered_at: datetime | None
    manager: str
    recalled_at: datetime | None
    recalled_by: str
    recalled_why: str
    receives: bool
    version: int


def slip(key: UUID | str, *, by: Actor) -> Slip:
    """The facts of one slip, for the job of a room that was told of it.

    :raises NotFound: absent, another council's, or restricted to others
    """
    return _facts(_visible(key, by=by))


def _visible(key: UUID | str, *, by: Actor) -> Handover:
    found = within(by, Handover.objects.filter(key=key)).first()
    if found is None or rules.sight(by, found) is not rules.Sight.WHOLE:
        raise NotFound
    return found


def _facts(row: Handover, said: str = "") -> Slip:
    return Slip(
        row.key, row.authority_id, row.subject_kind, row.subject_key, row.destination, row.route, row.to_team_id,
        row.to_authority_id, rules.State(row.state), row.urgent, row.refusals, row.from_user, row.received_at,
        row.first_sent_at, row.answered_by, row.answered_name, row.answered_at, row.settled_at, row.version,
        said=said, section47=row.section47, restricted=row.restricted,
    )  # fmt: skip


def slips_of(subject_kind: str, keys: Collection[UUID], *, by: Actor) -> dict[UUID, list[Slip]]:
    """Every slip of several things, in the order of their sending, for the room whose things they are: two statements.

    :raises NotPermitted: `by` is no system: people see slips as lists or one by one
    """
    if not by.is_system:
        raise NotPermitted(Permission.HANDOVER_ANSWER)
    found = Handover.objects.filter(subject_kind=subject_kind, subject_key__in=keys).defer("payload", "why")
    rows = list(within(by, found).order_by("id"))
    said = last_words(rows, by=by)
    slips: dict[UUID, list[Slip]] = {}
    for row in rows:
        slips.setdefault(row.subject_key, []).append(_facts(row, said.get(row.pk, "")))
    return slips


def payload(key: UUID | str, *, by: Actor) -> dict[str, Any]:
    """What a slip passes on, for the job of a room that takes it back in.

    :raises NotFound: absent, another council's, or restricted to others
    :raises NotPermitted: `by` is no system
    """
    if not by.is_system:
        raise NotPermitted(Permission.HANDOVER_ANSWER)
    return dict(_visible(key, by=by).payload)


def travelling(key: UUID | str, *, by: Actor) -> tuple[rules.Page | None, str]:
    """The page that a slip carries, and why it was given, for a page of a higher room, whose opening is the entry.

    :raises NotFound: absent, another council's, or restricted to others
    """
    found = _visible(key, by=by)
    return (rules.unpack(found.payload) if found.payload else None), found.why


def open_handover(key: UUID | str, *, by: Actor, at: datetime, why: str = "", printed: bool = False) -> OpenHandover:
    """Open one slip with its page and history; the opening is recorded.

    :param printed: it is opened to be printed, which is an entry of another name
    :param why: the reason given for looking, where one is asked
    :raises NotFound: absent, another council's, or restricted to others
    :raises NotPermitted: `by` neither hands over nor answers here
    """
    row = _visible(key, by=by)
    if not (by.may(Permission.HANDOVER_ANSWER) or by.may(Permission.HANDOVER_SEND)):
        raise NotPermitted(Permission.HANDOVER_ANSWER)
    history = list(within(by, Turn.objects.filter(handover=row)).order_by("at", "id"))
    people = names(_people(row, history), by=by)
    known = {team.pk: team.name for team in teams(by=by, at=at)}
    opened = OpenHandover(
        slip=_facts(row),
        summary=row.summary,
        why=row.why,
        rating=row.rating,
        section47=row.section47,
        restricted=row.restricted,
        page=rules.unpack(row.payload) if row.payload else None,
        giver=people.get(row.from_user or 0, ""),
        giver_team=known.get(row.from_team_id, ""),
        receiver=receiver_of(row, known),
        worker=people.get(row.to_user or 0, ""),
        manager=people.get(row.to_manager or 0, ""),
        outside=bool(row.to_outside),
        received_at=row.received_at,
        first_sent_at=row.first_sent_at,
        sent_at=row.sent_at,
        due_at=row.due_at,
        chased=row.chased,
        history=tuple(_line(turn, people) for turn in history),
        receives=row.to_team_id is not None and rules.receives(by, row) and by.may(Permission.HANDOVER_ANSWER),
        gives=rules.gives(by, row) or by.may(Permission.DIRECTION_GIVE),
        settles=by.may(Permission.HANDOVER_OVERRULE),
        nobodys=row.from_user not in {colleague.id for colleague in colleagues(by=by, at=at)},
    )
    trail.record("handovers.print" if printed else "handovers.open", subject=row, by=by, at=at, why=why)
    return opened


def _people(row: Handover, history: Iterable[Turn]) -> set[int]:
    named = {row.from_user, row.to_user, row.to_manager, *(turn.manager_id for turn in history)}
    return {person for person in named if person is not None}


def _line(turn: Turn, people: dict[int, str]) -> Line:
    manager = turn.manager or people.get(turn.manager_id or 0, "")
    return Line(rules.Turn(turn.kind), turn.text, turn.wrong, manager, turn.talked_at, turn.by_name, turn.at)


def copy(key: UUID | str, *, by: Actor) -> Copy:
    """What another council passed, for the job of a room that makes its own work of it.

    :raises NotFound: absent or another council's
    :raises NotPermitted: `by` is no system actor that takes in
    """
    found = within(by, Copy.objects.filter(pk=key)).first()
    if found is None:
        raise NotFound
    if not by.is_system or not by.may(Permission.CONTACT_TAKE):
        raise NotPermitted(Permission.CONTACT_TAKE)
    return found


def open_copy(key: UUID | str, *, by: Actor, at: datetime, why: str = "") -> OpenCopy:
    """Open what another council passed; the opening is recorded.

    :raises NotFound: absent, another council's, or for a restricted inbox of others
    :raises NotPermitted: `by` does not answer handovers here
    """
    row = within(by, Copy.objects.filter(pk=key)).first()
    if row is None:
        raise NotFound
    if not by.may(Permission.HANDOVER_ANSWER):
        raise NotPermitted(Permission.HANDOVER_ANSWER)
    mine = {team.function for team in teams(by=by, at=at) if team.pk in rules.teams(by)}
    if row.function in rules.RESTRICTED and row.function not in mine:
        raise NotFound
    page = rules.unpack(row.payload)
    opened = OpenCopy(
        key=row.pk,
        authority_id=row.authority_id,
        slip=row.slip,
        giver=council_name(row.from_authority_id),
        sent_by=row.sent_by,
        subject_kind=row.subject_kind,
        function=row.function,
        summary=row.summary,
        why=row.why,
        rating=row.rating,
        section47=row.section47,
        urgent=row.urgent,
        page=page,
        payload={} if page else row.payload,
        received_at=row.received_at,
        sent_at=row.sent_at,
        due_at=row.due_at,
        state=rules.State(row.state),
        answer=row.answer,
        answered_by="".join(names({row.answered_by}, by=by).values()) if row.answered_by is not None else "",
        answered_at=row.answered_at,
        manager=row.manager,
        recalled_at=row.recalled_at,
        recalled_by=row.recalled_by,
        recalled_why=row.recalled_why,
        receives=row.function in mine,
        version=row.version,
    )
    trail.record("handovers.open_copy", subject=row, by=by, at=at, why=why)
    return opened
