"""What a message becomes: its report, its key, whose number it names, whether it is answered; and dates of letters."""

import hashlib
import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from frontdoor.actors.rules import InvalidInput
from frontdoor.clocks.rules import london_date
from frontdoor.clocks.rules.london import edge
from frontdoor.contacts.rules.correspondence.messages import Message
from frontdoor.contacts.rules.intake import LONGEST_STORY, Marked, PersonGiven, ReferrerGiven, Report
from frontdoor.contacts.rules.telephone.marks import Mark
from frontdoor.contacts.rules.telephone.ways import whose

MOST_AT_ONCE = 5
"""Acknowledgements that one address gets within the hour; what comes beyond is looked at first, lest machines talk."""

LONG_AGO = timedelta(days=5 * 365)
_CUT = "\n\n[It goes on. The whole message is kept.]"


def report_of(message: Message) -> Report:
    """An e-mail as every door hands a report in: its words, and who wrote it. Nobody has sorted it yet."""
    address = message.from_address if _is_address(message.from_address) else ""
    answer = bool(address) and not message.machine
    return Report(
        story=story_of(message),
        sub_type="",
        referrer=ReferrerGiven(
            identity="given" if message.from_name or address else "not_given",
            name=message.from_name,
            email=address,
            route="email" if answer else "none_possible",
        ),
    )


def story_of(message: Message) -> str:
    """What stands as the story: the text as it came, cut only where it is longer than a story may be."""
    text = message.text
    if not text:
        what = message.unread or "It has no text of its own: see what came with it."
        text = f"{message.subject}\n\n[{what} The original is kept.]".strip()
    return text if len(text) <= LONGEST_STORY else text[: LONGEST_STORY - len(_CUT)] + _CUT


def typed_story(typed: str, about: str = "", *, original: str = "") -> str:
    """The story of what somebody typed of a paper: its words below what stood before, each under what it is.

    :param original: the words of an e-mail as they came, which nobody changes
    :param about: in a few words what it is about, where nobody has typed it yet
    """
    parts = [original.strip()] if original.strip() else []
    if typed.strip():
        parts.append(f"[Typed from what came with it]\n{typed.strip()}" if parts else typed.strip())
    elif not parts:
        parts.append(f"[{about.strip() or 'Nothing of it has been typed yet'}. The scan is kept.]")
    return "\n\n".join(parts)[:LONGEST_STORY]


def own_words(typed: str, story: str, people: Sequence[PersonGiven]) -> tuple[Marked, ...]:
    """A child's own words that stand in a letter, a line each, as marks at their places in the story.

    They belong to the child whom they name, or to the only one.
    """
    lines = [line.strip().strip("“”\"'").strip() for line in typed.splitlines()]
    found = []
    for number, words in enumerate(filter(None, lines)):
        place = story.find(words)
        starts, ends = (place, place + len(words)) if place >= 0 else (None, None)
        child = whose(Mark(number, "own_words", 0, 0, words), people)
        found.append(Marked("own_words", words, starts, ends, child))
    return tuple(found)


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def key_of(message: Message, digest: bytes, *, whole: bool = True) -> str:
    """The key under which a message is taken in once, in however many copies it was delivered.

    Its Message-ID with what came with it; where it has none, or only its beginning is here, the digest of its bytes.
    """
    if not message.message_id or not whole:
        return bytes_key(digest)
    said = hashlib.sha256(message.message_id.encode())
    for each in message.attachments:
        said.update(hashlib.sha256(each.content).digest())
    return f"mail:{said.hexdigest()}"


def bytes_key(digest: bytes) -> str:
    """The key of a message by its bytes alone."""
    return f"mail-bytes:{digest.hex()}"


def sender_key(address: str) -> str:
    """By what several messages of one sender are known; the address itself lies with whoever told us."""
    return hashlib.sha256(f"sender:{address.lower()}".encode()).hexdigest()[:32] if address else ""


def answered_at_once(message: Message, *, domains: str, lately: int) -> bool:
    """Whether it may be acknowledged before anybody has read it.

    :param domains: those of professionals, with spaces between them
    :param lately: how many of the same sender came within the hour before
    """
    domain = message.from_address.rpartition("@")[2]
    known = (each.strip(".").lower() for each in domains.split())
    return (
        not message.machine
        and lately < MOST_AT_ONCE
        and any(domain == each or domain.endswith(f".{each}") for each in known if each)
    )


_NUMBER = re.compile(r"\b(\d{3})-([A-Z])-(\d{6,})\b")


def numbers_in(text: str) -> tuple[str, ...]:
    """The receipt numbers that a text names, each once, in its order."""
    return tuple(dict.fromkeys(found.group() for found in _NUMBER.finditer(text.upper())))


def reached_at(day: date, clock: time | None, *, at: datetime) -> datetime:
    """The instant from which the clocks of a letter run: where nobody noted the hour, nine o'clock of that day.

    A letter that reached us today before nine counts from now.
    """
    noted = clock or time(9)
    said = edge(day, noted.hour * 60 + noted.minute) + timedelta(seconds=noted.second)
    return at if clock is None and day == london_date(at) and said > at else said


def check_dates(*, reached: datetime, written_on: date | None, sure: bool, at: datetime) -> None:
    """Refuse what cannot be, ask about what is unusual.

    :param sure: whoever types has said that unusual dates are right
    :raises InvalidInput: it reached us in the future; or dates that are unusual, and nobody said that they are right
    """
    if reached > at:
        raise InvalidInput(reached="The day it reached us must be today or in the past")
    day = london_date(reached)
    if sure:
        return
    if at - reached > LONG_AGO:
        raise InvalidInput(
            reached=f"This says that it reached us in {day.year}. Correct it, or say below that it is right"
        )
    if written_on is not None and written_on > day:
        raise InvalidInput(written_on="It is dated after it reached us. Correct it, or say below that it is right")
    if written_on is not None and day - written_on > LONG_AGO:
        raise InvalidInput(written_on=f"It is dated {written_on.year}. Correct it, or say below that it is right")
