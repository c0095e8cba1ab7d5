"""What changed from one contact about a child to the next: what somebody who reads them side by side asks first."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from frontdoor.codes import rules as codes
from frontdoor.shell.rules import short_day


@dataclass(frozen=True, slots=True)
class Told:
    """One contact about one child, as far as it is compared with the one before.

    :param about: sub-type of the contact
    :param level: threshold level decided, or nothing
    :param known: key of whoever decided, so that the same eyes are seen
    """

    on: date
    about: str
    source: str
    outcome: str
    level: str


def changes(before: Told | None, after: Told) -> tuple[str, ...]:
    """What is different from the contact before, in sentences; the first contact has none to differ from.

    Printed, and read by a person: no number is made of it (inspection, line 8).
    """
    if before is None:
        return ("The first that we know of.",)
    days = (after.on - before.on).days
    said = [f"{days} days later." if days != 1 else "The next day."] if days else ["On the same day."]
    if after.about == before.about:
        said.append("About the same again.")
    else:
        said.append(f"Before, it was about: {kind_in_words(before.about).lower()}.")
    if after.source and before.source and after.source != before.source:
        said.append(f"Told by another source: before, {before.source[:1].lower()}{before.source[1:]}.")
    if before.outcome == "nfa":
        said.append("After the one before, nothing was done.")
    if level_words := _levels(before.level, after.level):
        said.append(level_words)
    return tuple(said)


def _levels(before: str, after: str) -> str:
    if not before or not after or before == after:
        return ""
    order = [row.code for row in codes.LEVELS]
    way = "up" if order.index(after) > order.index(before) else "down"
    return f"The level of need went {way}, from {before} to {after}."


def kind_in_words(sub_type: str) -> str:
    """What a contact was about, in words; a sub-type that we do not know is shown as it is."""
    row = codes.CONTACT_KINDS.get(sub_type)
    return row.label if row else sub_type


MONTHS = (1, 3, 6)
"""After how many months somebody is shown what became of a child: long enough to be seen, short enough to be learnt."""


@dataclass(frozen=True, slots=True)
class Later:
    """What came about a child after a decision: on which day, about what, and what was decided on it then."""

    on: date
    about: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Became:
    """What was known of a child so many months after a decision; no words while the day has not come."""

    months: int
    words: tuple[str, ...]


def became(
    decided_on: date, later: Sequence[Later], *, done: Sequence[tuple[date, str]] = (), today: date
) -> tuple[Became, ...]:
    """What became of a child one, three and six months after a decision, in words, for whoever made it.

    For learning: it counts nothing, weighs nothing, and compares nobody (domain 7.9).

    :param done: what was done for the child and on which day, in words
    """
    found = []
    for months in MONTHS:
        until = months_after(decided_on, months)
        if today < until:
            found.append(Became(months, ()))
            continue
        came = sorted((each for each in later if decided_on <= each.on <= until), key=lambda each: each.on)
        words = [f"Came back on {short_day(each.on)}: {kind_in_words(each.about).lower()}." for each in came]
        words += dict.fromkeys(_WHAT[each.outcome] for each in came if each.outcome in _WHAT)
        words += [words_of for on, words_of in done if decided_on <= on <= until]
        found.append(Became(months, tuple(words) or ("Nothing more has come.",)))
    return tuple(found)


_WHAT = {
    "referral_assessment": "Went on to be assessed.",
    "early_help": "Went on to early help.",
    "passed_to_allocated_worker": "Had a worker by then.",
    "mash_enquiry": "Agencies were asked what they know.",
    "strategy_discussion_s47": "Had to be protected: a strategy discussion.",
    "immediate_protection": "Had to be protected at once.",
}


def months_after(day: date, months: int) -> date:
    """The same day so many months on; the last day of a month that has no such day."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
