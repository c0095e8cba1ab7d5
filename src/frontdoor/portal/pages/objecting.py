"""What the pages of a partner show of a disagreement that their agency raised."""

from collections.abc import Iterable

from frontdoor.mash.models import Objection
from frontdoor.mash.queries.objecting import Course, Line
from frontdoor.mash.rules.disagreements import OUTCOMES, STAGES, TURNS, State
from frontdoor.shell.pages import Event
from frontdoor.shell.rules import words


def stands(row: Objection, course: Course | None) -> list[tuple[str, str]]:
    """Where it stands, as key and value."""
    rows = [
        ("About", row.get_about_display()),
        ("Raised", f"{row.name}, {words.moment(row.at)}"),
        ("What we say", row.position),
        ("What should happen", row.wanted),
        ("What keeps the child safe meanwhile", row.safety),
    ]
    if course is None:
        return [*rows, ("Where it stands", "On its way to the council")]
    rows.append(("Where it stands", _where(course)))
    if course.resolved_at is None:
        return [*rows, ("Settled or taken on by", words.moment(course.due_at))]
    agreed = "Yes" if course.agreed else "No"
    return [*rows, ("What came of it", dict(OUTCOMES).get(course.outcome, "")), ("Both sides agree", agreed)]


def _where(course: Course) -> str:
    if course.resolved_at is not None:
        return f"{State(course.state).words}, {words.moment(course.resolved_at)}"
    return dict(STAGES)[course.stage]


def short(course: Course | None) -> str:
    """Where it stands, in a few words."""
    return _where(course) if course else "on its way to the council"


def lines(found: Iterable[Line]) -> list[Event]:
    """Every line of it, the newest first."""
    kinds = dict(TURNS)
    return [
        Event(f"{kinds.get(each.kind, each.kind)}, stage {each.stage}", each.at, by=each.side or "The council",
              text=each.text)
        for each in found
    ]  # fmt: skip
