"""The law of reading plain decisions again: which are drawn, who reads them, what an answer holds.

Agreeing by one key is quick, so a share of it is looked at again by somebody else. The draw is made of the decision's
random key, which exists only once it is signed, and of the fingerprint of what was known: nobody who decides can tell
beforehand, and whoever has the record can work it out again (docs/adr/0018).
"""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from frontdoor.actors.rules import InvalidInput, StepNotAllowed
from frontdoor.directions.rules import declare_subject

SUBJECT = declare_subject("contacts.decision", noun="decision that was read again", address="contacts:sampled").kind


class Answer(StrEnum):
    """What somebody says who has read a decision again."""

    AGREE = "agree"
    DISAGREE = "disagree"
    LEARN = "learn"


ANSWERS = [
    (Answer.AGREE.value, "I would have decided the same"),
    (Answer.DISAGREE.value, "I do not agree, because"),
    (Answer.LEARN.value, "I agree, and there is something to learn"),
]


def drawn(key: UUID, known: bytes) -> int:
    """The number that a decision draws, 0 to 99.

    :param key: of the decision, made at random as it is signed
    :param known: the hash of what was known, frozen with it
    """
    return int.from_bytes(hashlib.sha256(b"frontdoor.sample.1" + key.bytes + known).digest()[:8]) % 100


def falls(number: int, share: int) -> bool:
    """Whether a number falls into the share that is read again.

    :param share: 0 to 100
    """
    return number < share


def by_one_key(*, agreed: bool, risk_seen: str, direction: str) -> bool:
    """Whether a decision was agreed as recommended, with nothing written: the ones of which a share is read again."""
    return agreed and not risk_seen.strip() and not direction.strip()


def check_reader(reader: int | None, *signed: int | None) -> None:
    """Whoever signed a decision does not read it again.

    :raises StepNotAllowed: they recommended, decided or confirmed it
    """
    if reader is None or reader in signed:
        raise StepNotAllowed("You signed this yourself. Another manager reads it again.")


def check_answer(answer: str, words: str) -> None:
    """An answer that is more than agreement says what.

    :raises InvalidInput: with a message by field
    """
    problems = {}
    if answer not in set(Answer):
        problems["answer"] = "Say whether you would have decided the same"
    elif answer == Answer.DISAGREE and not words.strip():
        problems["words"] = "Write why you do not agree"
    elif answer == Answer.LEARN and not words.strip():
        problems["words"] = "Write what there is to learn"
    if len(words) > 5_000:
        problems["words"] = "Use 5,000 characters or fewer"
    if problems:
        raise InvalidInput(**problems)


@dataclass(frozen=True, slots=True)
class Draw:
    """One draw as whoever checks it needs it.

    :param share: with which it was drawn, and `due`: which the council's setting says for that day
    """

    key: UUID
    known: bytes
    share: int
    due: int
    sampled: bool

    @property
    def number(self) -> int:
        return drawn(self.key, self.known)

    @property
    def fault(self) -> str:
        """What does not fit; empty when the draw can be worked out again as it was made."""
        if self.share != self.due:
            return f"Drawn with a share of {self.share}%, and the council's was {self.due}%"
        if falls(self.number, self.share) != self.sampled:
            return "Drawn otherwise than its number says"
        return ""
