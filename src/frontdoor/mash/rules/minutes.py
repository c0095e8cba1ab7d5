"""What an agency gets of the minutes of a strategy discussion: its own words, and what others do not keep back.

An agency on the other side works with whoever may pose the risk (domain 3.2): it gets no line that tells where somebody
is, no plan for anybody's safety, no issue or action but its own, and of the other agencies none by name. An agency is
known by its key; a name that was typed is known by the name alone.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from uuid import UUID

from frontdoor.mash.rules.asking.replies import may_go
from frontdoor.mash.rules.strategy import LINES

Body = dict[str, Any]
Telling = Callable[[str], bool]
"""Whether words tell where somebody is or touch a victim's safety."""

INSIDE = ("legal", "lado")
"""Parts of the record that leave us with nobody: legal advice, and what concerns somebody who works with children."""

OURS = frozenset({"care_worker", "care_manager"})
"""Lines of the attendance that are the council's own."""

_OURS_IN_WORDS = {words for line, words in LINES if line in OURS}

PART = "part"
"""Says of a copy that it was written for the other side; the database asks for it (migration 0020)."""

_PLANS = ("contingency", "other_council")
_PLANS_OF_CHILD = ("safety", "medical", "sees", "sees_at", "sees_with")
_WORDS = ("why", "shared", "others", "dissent", "parents_why", "lacking_why", "chair")


def seen_by(body: Body, agency: UUID | None, name: str) -> Body:
    """The minutes as one agency gets them.

    :param agency: its key; None for one whose name was only typed
    """
    kept = {part: value for part, value in body.items() if part not in INSIDE}
    return kept | {"attending": [_there(each, own=_own(each, agency, name)) for each in body["attending"]]}


def seen_by_other_side(body: Body, agency: UUID | None, name: str, *, tells: Telling) -> Body:
    """The minutes as an agency on the other side gets them."""
    kept = seen_by(body, agency, name)
    return kept | {
        PART: "other_side",
        **{part: "" for part in _PLANS if part in kept},
        **{part: _said(kept[part], tells) for part in _WORDS if part in kept},
        "attending": [
            each if _own(each, agency, name) else _unnamed(each, tells) for each in kept["attending"]
        ],
        "issues": [each for each in kept["issues"] if _names(each["by"], name) and not any(map(tells, each.values()))],
        "children": [
            each | dict.fromkeys(_PLANS_OF_CHILD, "") | {"reason": _said(each["reason"], tells)}
            for each in kept["children"]
        ],
        "actions": [each for each in kept["actions"] if _names(each["owner"], name) and not tells(each["what"])],
    }  # fmt: skip


def _names(words: str, name: str) -> bool:
    """Whether an issue or an action is the agency's own: the others' answers and actions are the plan of safety."""
    return name.casefold() in words.casefold()


def words_of(body: Body) -> Iterator[str]:
    """Every word of a copy, one text at a time."""
    for value in body.values():
        for each in value if isinstance(value, list) else [value]:
            yield from (words for words in _flat(each) if words)


def _flat(value: object) -> Iterable[str]:
    if isinstance(value, dict):
        return (words for words in value.values() if isinstance(words, str))
    return (value,) if isinstance(value, str) else ()


def _own(each: dict[str, str], agency: UUID | None, name: str) -> bool:
    if agency is None:
        return not each["agency"] and each["name"] == name
    return each["agency"] == str(agency)


def _there(each: dict[str, str], *, own: bool) -> dict[str, str]:
    if may_go(each["mark"] or "professionals", to="partner", own=own):
        return each
    return each | {"contribution": "", "mark": "", "withheld": "yes"}


def _unnamed(each: dict[str, str], tells: Telling) -> dict[str, str]:
    """Somebody else who was asked: one of ours by name, another agency by none; a refuge is known by its own."""
    if tells(each["contribution"]):
        each = each | {"contribution": "", "mark": "", "withheld": "yes"}
    if each["line"] in _OURS_IN_WORDS:
        return each
    return each | {"line": "", "agency": "", "name": "Another agency", "who": "", "role": ""}


def _said(words: str, tells: Telling) -> str:
    return "" if tells(words) else words
