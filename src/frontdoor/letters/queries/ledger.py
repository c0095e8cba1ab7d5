"""What this room has for the ledger: letters that reached somebody or did not, and what was written down as given."""

from collections.abc import Iterator
from datetime import datetime

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor
from frontdoor.letters import rules
from frontdoor.letters.models import Given, Letter
from frontdoor.letters.rules import Audience, Found, Kind, Route, State
from frontdoor.letters.rules.ledger import Line, Scope, Went

_WHOM = {
    Audience.PROFESSIONAL: "The professional who told us", Audience.PUBLIC: "The person who told us",
    Audience.PARENT: "A parent or carer", Audience.CHILD: "The child",
}  # fmt: skip
"""Whom a letter is for, as the ledger says it: who told us stays in a compartment of its own."""


def of_letters(scope: Scope, *, by: Actor, at: datetime) -> Iterator[Line]:
    """Letters about these contacts: what went, what was held back and why, whom nobody could tell."""
    found = within(by, Letter.objects.filter(subject_key__in=scope.subjects)).order_by("id")
    for letter in found:
        if line := _of_letter(letter):
            yield line


def _of_letter(letter: Letter) -> Line | None:
    whom = _WHOM.get(Audience(letter.audience), "The person who told us")
    what, how = dict(rules.KINDS)[Kind(letter.kind).value], dict(rules.ROUTES)[Route(letter.route).value]
    state = State(letter.state)
    if state in (State.SENT, State.DONE_BY_PHONE):
        when, who = letter.sent_at or letter.settled_at, letter.settled_by or letter.made_by
        how = "Telephone" if state is State.DONE_BY_PHONE else how
        why = f"Let go by a second person: {letter.released_why}" if letter.released_why else "They are told of it"
        return Line(at=when or letter.made_at, went=Went.GIVEN, what=what, to_whom=whom, why=why, how=how, by=who)
    if state in (State.NOT_POSSIBLE, State.CANCELLED) and letter.settled_why:
        when = letter.settled_at or letter.made_at
        return Line(
            at=when, went=Went.NOT_GIVEN, what=what, to_whom=whom, why=letter.settled_why, how=how, by=letter.settled_by
        )
    if state is State.HELD:
        codes = [Found(each.partition(":")[0]) for each in letter.findings]
        reasons = " ".join(dict.fromkeys(rules.why(code) for code in codes if code is not Found.BY_HAND))
        why = letter.held_why or f"The guard holds it back. {reasons}".strip()
        return Line(
            at=letter.held_at or letter.made_at, went=Went.NOT_GIVEN, what=what, to_whom=whom, why=why, how=how,
            by=letter.held_by, by_name="" if letter.held_by else "the guard",
        )  # fmt: skip
    return None


def of_given(scope: Scope, *, by: Actor, at: datetime) -> Iterator[Line]:
    """What was written down as given, or not, about these children or about everybody in their contacts."""
    for row in within(by, Given.objects.filter(subject_key__in=scope.subjects)).order_by("id"):
        if row.child is None or row.child in scope.named:
            yield Line(
                at=row.at, went=Went(row.went), what=row.what, to_whom=row.to_whom, agency=row.agency, why=row.why,
                about=scope.named[row.child] if row.child else "", basis=row.basis, how=row.how, by=row.made_by,
            )  # fmt: skip
