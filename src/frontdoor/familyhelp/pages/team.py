"""The page of a family as its team opens it, and the list of somebody's own families."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from frontdoor.actors.rules import Actor, Permission
from frontdoor.earlyhelp.models import Episode
from frontdoor.earlyhelp.pages.episode import Part
from frontdoor.earlyhelp.queries import finding
from frontdoor.earlyhelp.queries.finding import label_of
from frontdoor.earlyhelp.rules import beyond
from frontdoor.earlyhelp.rules.agreeing import Purpose
from frontdoor.earlyhelp.rules.states import State
from frontdoor.familyhelp.models import Practitioner
from frontdoor.familyhelp.queries.families import Family, Mine, unled
from frontdoor.familyhelp.queries.team import team
from frontdoor.familyhelp.rules.team import NOBODY_AGREES, OF_THE_COUNCIL, is_told
from frontdoor.shell.pages import Cell, Item, Row, clock, link, reference, tag, text
from frontdoor.shell.rules import day, moment

SHOWN_COLUMNS = ("Who", "Team or agency", "To reach them", "Since")
TEAM_COLUMNS = (*SHOWN_COLUMNS, "To do")
LEFT_COLUMNS = ("Who", "Team or agency", "From", "Until", "Why")
MINE_COLUMNS = ("Family", "Children", "Leads", "Stands", "Due first", "Time left")


@dataclass(frozen=True, slots=True)
class FamilyPage:
    """A family as its page shows it."""

    key: UUID
    reference: str
    heading: str
    facts: tuple[str, ...]
    tags: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    sent: tuple[str, ...]
    people: tuple[Row, ...]
    team: tuple[Row, ...]
    left: tuple[Row, ...]
    parts: tuple[Part, ...]
    steps: tuple[Item, ...]


OWN_PART = "familyhelp/team_part.html"


def part(episode: Episode, slug: str, *, by: Actor, at: datetime) -> tuple[str, object] | None:
    """The team, on the page of the family's early help; None where nobody is in it, or the reader may not see it."""
    rows = team(episode, by=by) if by.may(Permission.FAMILY_HELP_READ) else []
    shares = finding.agrees(episode, Purpose.SHARING, by=by, at=at)
    return (OWN_PART, [_shown(each, shares=shares) for each in rows if each.until is None]) if rows else None


def ways(episode: Episode, slug: str, *, by: Actor, at: datetime) -> Iterator[tuple[str, str]]:
    """The way from there to the family with its team."""
    if by.may(Permission.FAMILY_HELP_READ) and team(episode, by=by):
        if unled(only=[episode.pk], by=by, at=at) and by.may(Permission.FAMILY_HELP_WORK):
            yield OF_THE_COUNCIL, reverse("familyhelp:lead", args=[slug, episode.key])
        yield "The family and its team", reverse("familyhelp:family", args=[slug, episode.key])


def works(family: Family, *, by: Actor) -> bool:
    """Whether the reader may write on this family now."""
    open_still = not State(family.episode.state).settled
    hub = by.may(Permission.EARLY_HELP_KEEP) or by.user_id in {each.user for each in family.told}
    return by.may(Permission.FAMILY_HELP_WORK) and hub and open_still


def family_page(family: Family, slug: str, *, by: Actor) -> FamilyPage:
    """The page, as far as its reader may act on it; parts and ways are those that rooms give to early help too."""
    row, state, acts = family.episode, State(family.episode.state), works(family, by=by)
    lead = family.lead
    return FamilyPage(
        key=row.key, reference=row.reference, heading=family.label,
        facts=(row.reference, f"led by {lead.name}" if lead else "led by nobody yet"),
        tags=((state.words, "ok" if state is State.ALLOCATED else "plain"),),
        sent=tuple(f"{moment(each.at)}: contact {each.contact.receipt}" for each in family.step_ups),
        warnings=tuple(_warnings(family, state)),
        people=tuple(
            Row((text(label_of(each.named)), text("Child" if each.is_child else _relation(each.named))))
            for each in family.members
        ),
        team=tuple(_practitioner(each, family, slug, acts=acts) for each in family.standing),
        left=tuple(_gone(each) for each in family.team if each.until is not None),
        parts=tuple(_parts(family, slug, by=by)), steps=tuple(_steps(family, slug, by=by, acts=acts)),
    )  # fmt: skip


def _parts(family: Family, slug: str, *, by: Actor) -> Iterator[Part]:
    given = (gives(family.episode, slug, by=by, at=family.at) for gives in beyond.PARTS if gives is not part)
    yield from (Part(*each) for each in given if each)


def _relation(named: object) -> str:
    return getattr(named, "relationship", "") or "Adult"


def _warnings(family: Family, state: State) -> Iterator[str]:
    if state.settled:
        return
    if not family.agrees():
        yield NOBODY_AGREES
    elif not family.agrees(Purpose.SHARING):
        yield (
            "The family does not agree that agencies are told. Whoever works for another agency opens nothing of it, "
            "is asked to no meeting, and cannot come into the team."
        )
    if state is State.SCREENING:
        yield "The family does not want it, or does not answer: a social worker looks at it for risk first."


def stops(episode: Episode, *, by: Actor, at: datetime) -> Iterator[str]:
    """Who of the team is told no more when nobody agrees any more that agencies are told, and who goes on."""
    there = [each for each in team(episode, by=by) if each.until is None] if by.may(Permission.FAMILY_HELP_READ) else []
    agencies = [each for each in there if not each.own]
    ours = ", ".join(each.name for each in there if each.own)
    if agencies:
        named = "; ".join(f"{each.name}, {each.agency}" for each in agencies)
        yield f"If nobody agrees any more that agencies are told, these open nothing of the family: {named}."
        yield "They are taken off its meetings. If the family agrees again, they open it again; nothing is lost."
    if agencies and ours:
        yield f"Help by this council goes on: {ours}."
    yield from ("Somebody of this council then has to lead: you are shown where." for each in agencies if each.leads)


def _shown(each: Practitioner, *more: Cell, shares: bool) -> Row:
    reach = ", ".join(filter(None, (each.phone, each.email)))
    opens = "Opens this family here" if each.user else "Has no account"
    if not is_told(own=each.own, shares=shares):
        opens = "Is told nothing now: the family does not agree that agencies are told"
    return Row(
        (
            text(each.name, below="Leads" if each.leads else each.job),
            text(each.agency, below=". ".join(filter(None, (each.job if each.leads else "", _whose(each))))),
            text(reach or None, below=opens),
            text(day(each.since)), *more,
        )
    )  # fmt: skip


def _whose(each: Practitioner) -> str:
    return "Of this council" if each.own else "Of another agency"


def _practitioner(each: Practitioner, family: Family, slug: str, *, acts: bool) -> Row:
    href = reverse("familyhelp:leave", args=[slug, family.episode.key, each.key])
    may = link("They leave", href, hidden=each.name) if acts and not each.leads else text(None)
    return _shown(each, may, shares=family.agrees(Purpose.SHARING))


def _gone(each: Practitioner) -> Row:
    until = f"{day(each.until)}" if each.until else ""
    name = text(each.name, below="Led" if each.leads else each.job)
    return Row((name, text(each.agency), text(day(each.since)), text(until), text(each.why_until)))


def _steps(family: Family, slug: str, *, by: Actor, acts: bool) -> Iterator[Item]:
    key = family.episode.key
    leads = acts and State(family.episode.state) is State.ALLOCATED
    if leads and family.unled and family.agrees():
        yield Item(OF_THE_COUNCIL, reverse("familyhelp:lead", args=[slug, key]))
    for gives in beyond.WAYS:
        if gives is not ways:
            yield from (Item(*way) for way in gives(family.episode, slug, by=by, at=family.at))
    yield Item("The plan", reverse("familyhelp:plan", args=[slug, key]))
    if acts:
        if leads:
            yield Item("Somebody comes into the team", reverse("familyhelp:join", args=[slug, key]))
            yield Item("Somebody else leads", reverse("familyhelp:lead", args=[slug, key]))
        href = reverse("familyhelp:worry", args=[slug, key])
        yield Item("Send it back to the front door: a child may be at risk", href)
    if by.may(Permission.EARLY_HELP_READ):
        yield Item("Early help for this family", reverse("earlyhelp:episode", args=[slug, key]))


def mine_rows(found: Iterable[Mine], slugs: Mapping[int, tuple[str, str]], *, at: datetime) -> list[Row]:
    """Somebody's families as a table.

    :param slugs: slug and name of each council by its number
    """
    return [_mine(each, *slugs[each.authority], at=at) for each in found]


def _mine(each: Mine, slug: str, council: str, *, at: datetime) -> Row:
    late = each.due_at is not None and each.due_at < at
    return Row(
        (
            reference(each.reference, reverse("familyhelp:family", args=[slug, each.key]), below=council),
            text(", ".join(each.children) or "No child named"),
            tag("You lead", "ok") if each.leads else text(each.lead or "Nobody"), text(each.state.words),
            text(each.next or None), clock(each.due_at, at) if each.due_at else text(None),
        ),
        tone="late" if late else "",
    )  # fmt: skip
