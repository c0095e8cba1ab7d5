"""What the pages of a partner show of the shared analysis, of who agrees, and of what is decided."""

from collections.abc import Iterable
from uuid import UUID

from frontdoor.codes import rules as codes
from frontdoor.mash.queries.partners import Opened
from frontdoor.mash.queries.shared import Agreed, Decided, Together
from frontdoor.mash.rules.deciding import HOW
from frontdoor.shell.rules import words

Pairs = list[tuple[str, str]]


def analysis(found: Together) -> Pairs:
    """The version that stands, as key and value."""
    return [
        ("Version", f"{found.number}, {words.moment(found.at)}"),
        ("What is known", found.known),
        ("What went before", found.history),
        ("What is strong in the family", found.strengths),
        ("What is not known", found.not_known),
        ("What would change this view", found.change_mind),
    ]


def meanings(found: Opened) -> list[tuple[str, str, str, str]]:
    """For each child: name, what it means day by day, the child's own words, and when they were said or why none."""
    labels = _labels(found)
    return [
        (
            labels.get(each.asked, "A child"), each.means, each.voice,
            words.day(each.voice_on) if each.voice_on else f"Not heard yet: {each.unheard}",
        )
        for each in found.beside.meanings
    ]  # fmt: skip


def views(found: Opened) -> list[tuple[str, str, str]]:
    """What each agency said, its newest word to each version: agency and stand, words, when; void ones say so."""
    number = found.beside.analysis.number if found.beside.analysis else 0
    return [(_stand(each, number), each.words, _when(each)) for each in _newest(found.beside.views)]


def _newest(rows: Iterable[Agreed]) -> list[Agreed]:
    kept: dict[tuple[str, int], Agreed] = {}
    for row in rows:  # the newest of a version comes first
        kept.setdefault((row.agency, row.number), row)
    return list(kept.values())


def _stand(each: Agreed, number: int) -> str:
    said = f"{each.agency}: {'agrees' if each.agrees else 'sees it otherwise'}"
    return said if each.number == number else f"{said} (void: said to version {each.number})"


def _when(each: Agreed) -> str:
    how = dict(HOW).get(each.how, "") if each.how != "desk" else ""
    return ", ".join(part for part in (each.said_by, words.moment(each.at), how.lower()) if part)


def decisions(found: Opened) -> list[tuple[str, str, Pairs]]:
    """What was decided for each child: name, a warning where it was taken back, key and value."""
    labels = _labels(found)
    return [(labels.get(each.asked, "A child"), _void(each), _decided(each)) for each in found.beside.decisions]


def _void(each: Decided) -> str:
    return f"Taken back, {words.moment(each.voided_at)}. It no longer holds." if each.voided_at else ""


def _decided(each: Decided) -> Pairs:
    also = ", ".join(_outcome(code) for code in each.secondary)
    rows = [
        ("Decided", words.moment(each.at)),
        ("Outcome", _outcome(each.outcome) if each.outcome else "Told to those whom it concerns"),
        ("Also", also),
        ("What is to be done", each.direction),
        ("If the risk remains", each.contingency),
    ]
    return [(key, value) for key, value in rows if value]


def _outcome(code: str) -> str:
    return codes.OUTCOMES[code].label if code in codes.OUTCOMES else code


def _labels(found: Opened) -> dict[UUID, str]:
    return {person.asked: person.label for person in found.people}
