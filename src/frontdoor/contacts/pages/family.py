"""What the pages about telling a family, reaching people safely and calls from parents show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from frontdoor.actors.rules import Actor, Permission
from frontdoor.codes import rules as codes
from frontdoor.contacts.models import FamilyCall
from frontdoor.contacts.queries.calling import calls_about
from frontdoor.contacts.queries.family import Line, Opened, of_contact
from frontdoor.contacts.queries.record import Opened as OpenContact
from frontdoor.contacts.queries.safe import Review, standing_of
from frontdoor.contacts.rules import family as rules
from frontdoor.contacts.rules.calling import CHECKS
from frontdoor.contacts.rules.family import How, State, Step
from frontdoor.letters.queries import Rule
from frontdoor.shell.pages import Cell, Event, Item, Row, clock, link, tag, text, when
from frontdoor.shell.rules import day, moment

Pairs = tuple[tuple[str, str], ...]
COLUMNS = ("Who should hear", "About", "What", "Where it stands", "Time left")
NOT_TOLD_COLUMNS = ("Who is not told", "About", "Why", "By", "Looked at again")
PANEL_COLUMNS = ("Who", "About", "What", "Where it stands", "How and by whom")
RULE_COLUMNS = ("Whom", "Way", "Why", "Set down by", "Looked at again")
REVIEW_COLUMNS = ("Whom", "Way", "Why", "Set down by", "Look at it again", "Do it")
CALL_COLUMNS = ("Who rang", "When", "Who they are", "Ring back by")

_TONES = {
    State.TO_TELL: "waiting", State.CHOSEN: "waiting", State.RELEASED: "ok", State.TOLD: "done",
    State.NOT_TOLD: "late", State.CALLED_OFF: "plain",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Panel:
    """Of one contact: who was told what, how people may be reached, and calls from parents.

    :param acts: what its reader may do from here
    """

    told: list[Row]
    rules: list[Row]
    calls: list[Row]
    acts: tuple[Item, ...]
    columns: tuple[str, ...] = PANEL_COLUMNS
    rule_columns: tuple[str, ...] = RULE_COLUMNS
    call_columns: tuple[str, ...] = CALL_COLUMNS


def panel(opened: OpenContact, slug: str, *, by: Actor, at: datetime) -> Panel:
    """The part of a contact's page about its family; the opening of the contact is its entry."""
    contact = opened.contact
    acts = [
        ("Somebody of the family should hear", "telling-add", Permission.FAMILY_TELL),
        ("How people may be reached safely", "safe", Permission.SAFE_CONTACT_KEEP),
    ]
    calls = calls_about(contact, by=by) if by.may(Permission.FAMILY_TELL) else []
    return Panel(
        told=panel_rows(of_contact(contact, by=by), slug),
        rules=rule_rows(
            standing_of(contact, opened.people, by=by, at=at), slug, ends=by.may(Permission.SAFE_CONTACT_KEEP)
        ),
        calls=call_rows(calls, slug, at=at),
        acts=tuple(
            Item(words, reverse(f"contacts:{name}", args=[slug, contact.key]))
            for words, name, permission in acts
            if by.may(permission) and contact.state != "voided"
        ),
    )


def _state(line: Line) -> str:
    return line.telling.get_state_display()


def rows(lines: Iterable[Line], slug: str, *, at: datetime) -> list[Row]:
    """Everybody who is still to be told, the most urgent first."""
    return [
        Row(
            (
                link(line.person, _href(line, slug), hidden=f"about {line.child}"),
                text(line.child, below=line.contact.receipt), text(line.telling.get_told_display()),
                tag(_state(line), _TONES[State(line.telling.state)]), _left(line, at=at),
            ),
            tone="late" if line.telling.state in rules.OPEN and line.telling.due_at <= at else "",
            key=str(line.telling.key),
        )
        for line in lines
    ]  # fmt: skip


def _left(line: Line, *, at: datetime) -> Cell:
    if line.telling.state == State.NOT_TOLD:
        return text("To be looked at again today")
    return clock(line.telling.due_at, at)


def not_told_rows(lines: Iterable[Line], slug: str) -> list[Row]:
    """Those who are not told for now."""
    return [
        Row(
            (
                link(line.person, _href(line, slug), hidden=f"about {line.child}"),
                text(line.child, below=line.contact.receipt), text(line.telling.get_why_not_display()),
                text(line.name(line.telling.refused_by)),
                text(day(line.telling.again_on) if line.telling.again_on else ""),
            ),
            key=str(line.telling.key),
        )
        for line in lines
    ]  # fmt: skip


def panel_rows(lines: Iterable[Line], slug: str) -> list[Row]:
    """Who of the family was told what, on the record."""
    return [
        Row(
            (
                link(line.person, _href(line, slug), hidden=f"about {line.child}"), text(line.child),
                text(line.telling.get_told_display()), tag(_state(line), _TONES[State(line.telling.state)]),
                text(_how(line)),
            ),
            key=str(line.telling.key),
        )
        for line in lines
    ]  # fmt: skip


def _how(line: Line) -> str:
    """Told by whom, when and how; or to be told; or not, because, until."""
    telling = line.telling
    if telling.state == State.TOLD and telling.told_at:
        who = line.name(telling.told_by) or line.name(telling.teller)
        return ", ".join(filter(None, (telling.get_how_display(), who, moment(telling.told_at))))
    if telling.state == State.NOT_TOLD:
        until = f"; looked at again on {day(telling.again_on)}" if telling.again_on else ""
        return f"Because: {telling.get_why_not_display().lower()}{until}"
    if telling.state in (State.CHOSEN, State.RELEASED) and telling.tell_at:
        return f"{telling.get_how_display()}, by {line.name(telling.teller)}, {moment(telling.tell_at)}"
    return ""


def _href(line: Line, slug: str) -> str:
    return reverse("contacts:telling", args=[slug, line.telling.key])


def facts(opened: Opened) -> Pairs:
    """What is known of one telling."""
    line, telling = opened.line, opened.line.telling
    found = [
        ("Who should hear", f"{line.person}, {telling.get_part_display().lower()}"),
        ("About", f"{line.child}, {line.contact.receipt}"),
        ("What", telling.get_told_display()),
        ("Decided", codes.OUTCOMES[opened.outcome].label if opened.outcome else ""),
        ("Parental responsibility", _standing(opened)),
        ("How", telling.get_how_display() if telling.how else ""),
        ("Who tells them", line.name(telling.teller)),
        ("When", moment(telling.tell_at) if telling.tell_at else ""),
        ("Address", "Address is protected" if opened.protected else ""),
        ("Not told because", _because(opened)),
        ("What they answered", telling.answer),
    ]
    return tuple((name, said) for name, said in found if said)


def _standing(opened: Opened) -> str:
    telling = opened.line.telling
    if not telling.responsibility:
        return ""
    return "\n".join(filter(None, (telling.get_responsibility_display(), telling.known_from)))


def _because(opened: Opened) -> str:
    telling = opened.line.telling
    if telling.state != State.NOT_TOLD:
        return ""
    until = f"Looked at again on {day(telling.again_on)}" if telling.again_on else ""
    return "\n".join(filter(None, (telling.get_why_not_display(), telling.why_words, until)))


def events(opened: Opened) -> list[Event]:
    """What happened to one telling, the newest first."""
    line, telling = opened.line, opened.line.telling
    found = [
        ("Words chosen", telling.chosen_at, telling.chosen_by), ("Words released", telling.released_at,
         telling.released_by), ("Not told", telling.refused_at, telling.refused_by), ("Told", telling.told_at,
         telling.told_by),
    ]  # fmt: skip
    known = [Event(name, at, by=line.name(who)) for name, at, who in found if at]
    return sorted(known, key=lambda event: event.at, reverse=True)


def acts(opened: Opened, slug: str, *, by: Actor) -> tuple[Item, ...]:
    """What its reader may do next, as links to forms."""
    telling = opened.line.telling
    may = [
        ("Choose the words", "telling-choose", Step.CHOOSE, Permission.FAMILY_TELL, True),
        ("Write down that they were told", "telling-tell", Step.TELL, Permission.FAMILY_TELL,
         telling.how != How.LETTER),
        ("Decide that they are not told for now", "telling-not", Step.NOT_TELL, Permission.FAMILY_RELEASE, True),
    ]  # fmt: skip
    return tuple(
        Item(words, reverse(f"contacts:{name}", args=[slug, telling.key]))
        for words, name, step, permission, sensible in may
        if sensible and rules.may(telling.state, step) and by.may(permission)
    )


def presses(opened: Opened, *, by: Actor) -> list[dict[str, str]]:
    """What its reader may do at once, as buttons."""
    telling, found = opened.line.telling, []
    if by.may(Permission.FAMILY_RELEASE) and rules.may(telling.state, Step.RELEASE) and telling.chosen_by != by.user_id:
        found.append({"text": "Release these words", "name": "do", "value": "release", "key": "r"})
    if by.may(Permission.FAMILY_RELEASE) and rules.may(telling.state, Step.RECONSIDER):
        found.append({"text": "They may be told after all", "name": "do", "value": "reconsider", "key": "a"})
    back = telling.state == State.CHOSEN or (telling.state == State.RELEASED and telling.how != How.LETTER)
    if by.may(Permission.FAMILY_TELL) and back:
        words = {"text": "Take these words back", "name": "do", "value": "take-back", "style": "secondary"}
        found.append(words)
    return found


def rule_rows(standing: Iterable[tuple[str, Rule]], slug: str, *, ends: bool) -> list[Row]:
    """What is set down about reaching people of a contact."""
    return [
        Row(
            (
                text(whom), _rule(rule, slug, ends=ends), text(rule.why),
                text(rule.set_by, below=moment(rule.set_at)),
                tag("Look at it again", "late") if rule.again else text(day(rule.review_on) if rule.review_on else ""),
            ),
            key=str(rule.key),
        )
        for whom, rule in standing
    ]  # fmt: skip


def review_rows(found: Iterable[Review], slug: str) -> list[Row]:
    """Rules that somebody should look at again, each with where that is done."""
    return [
        Row(
            (
                text(each.whom, below=each.receipt),
                text(each.rule.words),
                text(each.rule.why),
                text(each.rule.set_by or "Somebody who has left", below=moment(each.rule.set_at)),
                tag(f"Was due {day(each.rule.review_on)}", "late")
                if each.rule.again and each.rule.review_on
                else text(day(each.rule.review_on) if each.rule.review_on else ""),
                link(
                    "Look at it",
                    reverse("contacts:safe-review", args=[slug, each.rule.key]),
                    hidden=f": {each.whom}, {each.rule.way}",
                ),
            ),
            key=str(each.rule.key),
            tone="late" if each.rule.again else "",
        )
        for each in found
    ]


def _rule(rule: Rule, slug: str, *, ends: bool) -> Cell:
    word = f"Word: {rule.code_word}" if rule.code_word else ""
    if not ends:
        return text(rule.words, below=word)
    return link(rule.words, reverse("contacts:safe-end", args=[slug, rule.key]), below=word, hidden="take it back")


def call_rows(calls: Iterable[FamilyCall], slug: str, *, at: datetime) -> list[Row]:
    """Calls from parents."""
    return [
        Row(
            (
                link(call.caller, reverse("contacts:family-call", args=[slug, call.key])), when(call.began_at),
                text(dict(CHECKS).get(call.check_made, "Not checked yet")),
                clock(call.ring_by, at) if call.ring_by and call.rang_at is None else text(""),
            ),
            key=str(call.key),
        )
        for call in calls
    ]  # fmt: skip
