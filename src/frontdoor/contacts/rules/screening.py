"""The law of the first look and of screening: what an answer must hold, who may end a call, when work is free."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from frontdoor.actors.rules import InvalidInput, StepNotAllowed
from frontdoor.codes import rules as codes
from frontdoor.contacts.rules.states import (
    ANSWERS,
    ATTEMPT_OUTCOMES,
    BASES,
    CHILD_KINDS,
    LINK_KINDS,
    PROTECTIONS,
    ContactState,
)

WAITING = frozenset({ContactState.RECEIVED, ContactState.LOOKED, ContactState.SCREENING, ContactState.WAITING})
"""The states in which a contact is screened: these stand in the queue, and a family's move together."""

QUESTION_PARTS = (
    "What exactly has happened or been said?",
    "How and why did it arise?",
    "Did you see or hear it yourself, or who did?",
    "What changed today?",
)
"""What is clarified with whoever told us (domain 1.4, 1.7)."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the rules need to know of a contact that somebody wants to end without a decision.

    :param kinds: of the people it names
    :param texts: everything that was written down
    """

    category: str
    kinds: tuple[str, ...]
    texts: tuple[str, ...]
    danger: str = "no"
    flagged: bool = False


ADULT = 18
"""Children Act 1989 s105: a child is a person under the age of eighteen."""

ENDED_BY_ANYBODY = frozenset({"wrong_number", "abandoned", "advice", "nothing"})

_CHILD_WORDS = re.compile(
    r"\b(?:child(?:ren)?(?:['’]?s)?|kids?|bab(?:y|ies)|infants?|toddlers?|newborns?|unborn|pregnan\w*|boys?|girls?"
    r"|(?:grand|step|foster)?(?:sons?|daughters?|child(?:ren)?)|nephews?|nieces?|siblings?|brothers?|sisters?|twins?"
    r"|teen\w*|youngsters?|pupils?|students?|minors?|lads?|lass(?:es)?|schoolboys?|schoolgirls?|under[- ]?1\d"
    r"|\d{1,2}[- ]?(?:years?|yrs?|months?|weeks?)[- ]?old|aged? \d{1,2}|year (?:\d|1[0-3])|yo)\b",
    re.IGNORECASE,
)


def words_of_a_child(text: str) -> str:
    """The first word that speaks of a child; empty where none does.

    It errs towards a qualified worker: a word too many costs a reading, a word too few a child.
    """
    found = _CHILD_WORDS.search(text)
    return found.group() if found else ""


def why_not_ended_at_all(told: Told) -> str:
    """Why nobody ends this call without a recommendation and a decision; empty when it is one that names no child."""
    if told.category not in ENDED_BY_ANYBODY:
        return "This is closed by a decision."
    if CHILD_KINDS & set(told.kinds):
        return "A child is named here, so this is closed by a decision."
    if told.flagged:
        return "There is a red flag that nobody has taken."
    return ""


def why_not_ended_here(told: Told) -> str:
    """Why somebody who is not qualified may not end this call; empty when they may.

    A contact officer closes nothing that names or describes a child, advice included: a qualified worker sees it the
    same day (domain 1.7, 10.2).
    """
    if told.category not in ENDED_BY_ANYBODY:
        return "A social worker sees this before it is closed."
    if CHILD_KINDS & set(told.kinds):
        return "A child is named here, so a social worker sees this before it is closed."
    if told.danger == "yes" or told.flagged:
        return "Somebody has raised danger here, so a social worker sees this before it is closed."
    for text in told.texts:
        if word := words_of_a_child(text):
            return f"“{word}” may speak of a child, so a social worker sees this before it is closed."
    return ""


def _line(text: str, *, most: int, missing: str) -> str:
    """What is wrong with one line of text; empty when nothing is."""
    if missing and not text.strip():
        return missing
    if len(text) > most:
        return f"Use {most} characters or fewer"
    return "Write one line" if any(character in text for character in "\r\n") else ""


def _refuse(**problems: str) -> None:
    """Raise for whatever is wrong.

    :raises InvalidInput: a problem is not empty
    """
    if wrong := {name: problem for name, problem in problems.items() if problem}:
        raise InvalidInput(**wrong)


def _text(text: str, *, most: int, missing: str) -> str:
    if missing and not text.strip():
        return missing
    return f"Use {most:,} characters or fewer" if len(text) > most else ""


def _among(value: str, pairs: Iterable[tuple[str, str]], missing: str) -> str:
    return "" if value in dict(pairs) else missing


def check_look(danger: str, open_to: str, line: str) -> None:
    """A first look says whether there is immediate danger, and one line why.

    :raises InvalidInput: with a message by field
    """
    _refuse(
        danger=_among(danger, ANSWERS, "Answer yes, no or cannot tell"),
        open_to=_line(open_to, most=200, missing=""),
        line=_line(line, most=300, missing="Write one line: why"),
    )


def check_flag(why: str) -> None:
    """A red flag says why, in one line.

    :raises InvalidInput: it does not
    """
    _refuse(why=_line(why, most=300, missing="Write one line: what worries you"))


def both_reasons(standing: str, added: str) -> str:
    """What a second flag adds to one that nobody has taken: both are read, the first is never lost."""
    return f"{standing}; {added}"[:300] if standing else added


def check_question(asked_of: str, text: str) -> None:
    """A question names whom it is asked of.

    :raises InvalidInput: with a message by field
    """
    _refuse(
        asked_of=_line(asked_of, most=200, missing="Say whom you ask"),
        text=_text(text, most=20_000, missing="Write the question"),
    )


def check_answer(answer: str, seen_or_heard: str, changed_today: str) -> None:
    """An answer holds words.

    :raises InvalidInput: with a message by field
    """
    _refuse(
        answer=_text(answer, most=20_000, missing="Write the answer"),
        seen_or_heard=_text(seen_or_heard, most=300, missing=""),
        changed_today=_text(changed_today, most=500, missing=""),
    )


def check_attempt(whom: str, outcome: str, note: str) -> None:
    """An attempt says whom, and what came of it.

    :raises InvalidInput: with a message by field
    """
    _refuse(
        whom=_line(whom, most=200, missing="Say whom you tried to reach"),
        outcome=_among(outcome, ATTEMPT_OUTCOMES, "Say what came of it"),
        note=_text(note, most=500, missing=""),
    )


def check_call_back(outcome: str) -> None:
    """A call made says what came of it.

    :raises InvalidInput: it does not
    """
    _refuse(outcome=_line(outcome, most=300, missing="Write in one line what came of it"))


def check_consultation(asker: str, question: str, *, named: bool) -> None:
    """A request for advice says what is asked, and by whom unless it is asked without names.

    :raises InvalidInput: with a message by field
    """
    _refuse(
        asker=_line(asker, most=200, missing="Say who asks" if named else ""),
        question=_text(question, most=20_000, missing="Write what is asked"),
    )


def check_advice(advice: str, referral_advised: bool | None) -> None:
    """Advice is written down, and says whether a referral was advised (domain 1.11).

    :raises InvalidInput: with a message by field
    """
    _refuse(
        advice=_text(advice, most=20_000, missing="Write the advice that you gave"),
        referral_advised="Say whether you advised a referral" if referral_advised is None else "",
    )


def check_link(kind: str, why: str) -> None:
    """A link says of which kind it is, and why.

    :raises InvalidInput: with a message by field
    """
    _refuse(
        kind=_among(kind, LINK_KINDS, "Say how the two belong together"),
        why=_line(why, most=300, missing="Write one line: why they belong together"),
    )


def check_undo(why: str) -> None:
    """Undoing says why, in one line.

    :raises InvalidInput: it does not
    """
    _refuse(why=_line(why, most=300, missing="Write one line: why this is undone"))


def check_duplicate(received_at: datetime, lead_received_at: datetime, *, looked: bool, lead_open: bool) -> None:
    """A duplicate is closed into the contact that came first, so that the age of neither is hidden (domain 1.6).

    :raises StepNotAllowed: nobody qualified has read it, it came first itself, or the lead is closed
    """
    if not looked:
        raise StepNotAllowed("Nobody qualified has looked at this yet. Look first, then close it into the other.")
    if not lead_open:
        raise StepNotAllowed("The other contact is closed, so nothing would follow from this one.")
    if received_at < lead_received_at:
        raise StepNotAllowed("This one came first. Close the other one into this.")


def check_agreement(purpose: str, status: str, given_by: str, reason: str) -> None:
    """Agreement says whose and to what; where it was not sought, why (domain 1.5).

    :raises InvalidInput: with a message by field
    """
    row = codes.AGREEMENTS.get(status)
    needs_reason = row is not None and row.needs_reason
    _refuse(
        purpose=_line(purpose, most=60, missing="Say what the agreement is to"),
        status="" if row else "Say whether there is agreement",
        given_by=_line(given_by, most=200, missing=""),
        reason_not_sought=_line(reason, most=300, missing="Say why" if needs_reason else ""),
    )


def check_basis(purpose: str, basis: str, necessity: str, proportionality: str) -> None:
    """A lawful basis says what for, which, why it is necessary and why it is not too much (domain 1.5, 9.1).

    :raises InvalidInput: with a message by field
    """
    _refuse(
        purpose=_line(purpose, most=200, missing="Say what the information is used or shared for"),
        basis=_among(basis, BASES, "Choose the basis"),
        necessity=_text(necessity, most=500, missing="Say why it is necessary"),
        proportionality=_text(proportionality, most=500, missing="Say why it is no more than needed"),
    )


def check_protection(kind: str, reason: str, with_whom: str) -> None:
    """Acting now asks a kind, a reason and a name, and nothing else whatever.

    :raises InvalidInput: with a message by field
    """
    _refuse(
        kind=_among(kind, PROTECTIONS, "Choose what you start"),
        reason=_text(reason, most=500, missing="Write the reason in a few words"),
        with_whom=_line(with_whom, most=200, missing="Name whom you have told or act with"),
    )


def written_after(standing: str, text: str, *, when: str, label: str) -> str:
    """What is filled in later, marked as recorded after with its time and writer; what stood is never replaced.

    :raises InvalidInput: nothing was written
    """
    _refuse(text=_text(text, most=20_000, missing="Write what happened"))
    return "\n\n".join(filter(None, [standing, f"Recorded after, {when}, {label}:\n{text.strip()}"]))


def check_oversight(text: str, *, started_by: int, by: int | None) -> None:
    """Oversight is another person's, and in words.

    :raises StepNotAllowed: whoever started it would oversee themselves
    :raises InvalidInput: nothing was written
    """
    if started_by == by:
        raise StepNotAllowed("You started this yourself. Another manager oversees it.")
    _refuse(text=_text(text, most=20_000, missing="Write what you have seen and what you direct"))


def goes_back_at(touched_at: datetime, minutes: int) -> datetime:
    """When work that was taken counts as nobody's again, unless it is touched."""
    return touched_at + timedelta(minutes=minutes)


@dataclass(frozen=True, slots=True)
class Number:
    """A receipt's number in its parts; several channels never share a letter."""

    authority: int
    channel: str
    number: int


_RECEIPT = re.compile(r"\s*([0-9]{3})[\s-]*([A-Za-z])[\s-]*([0-9]{1,12})\s*", re.ASCII)


def receipt_given(text: str) -> Number | None:
    """The number that somebody typed, with or without its hyphens and noughts; None where it is none."""
    found = _RECEIPT.fullmatch(text)
    if found is None:
        return None
    marked = {row.mark: row.code for row in codes.CHANNELS}
    channel = marked.get(found[2].upper())
    return Number(int(found[1]), channel, int(found[3])) if channel else None
