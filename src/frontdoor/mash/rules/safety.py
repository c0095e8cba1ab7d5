"""Is the child safe now, and how do you know: asked of every open enquiry, as often as its rating says."""

from dataclasses import dataclass
from datetime import datetime

from frontdoor.actors.rules import InvalidInput

ANSWERS = [("yes", "Yes"), ("no", "No"), ("unknown", "We do not know")]
WAYS = [
    ("saw", "Saw the child"),
    ("spoke", "Spoke to the child and did not see them"),
    ("other", "Heard from somebody else"),
]
_ASKS = {
    "who": "Write who saw or spoke to the child",
    "how": "Choose whether they saw the child",
    "where": "Write where the child was",
    "said": "Write what that person said",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """An answer as it was given.

    :param who: who saw or spoke to the child, with their post
    :param said: what that person said
    :param own_words: the child's own words, verbatim, where there are any
    :param action: what is done about it now, where the answer is not yes
    :param owner: who does it: `user:12`, `team:3`, or a name
    :param until: by when
    """

    answer: str
    how: str = ""
    who: str = ""
    seen_at: datetime | None = None
    where: str = ""
    said: str = ""
    own_words: str = ""
    action: str = ""
    owner: str = ""
    until: datetime | None = None


def check(given: Answered, *, at: datetime) -> None:
    """Take "yes" or "no" only with how anybody knows; take "no" and "we do not know" only with what is done about it.

    :raises InvalidInput: with the message by field
    """
    if given.answer not in dict(ANSWERS):
        raise InvalidInput(answer="Choose whether the child is safe now")
    wrong = {} if given.answer == "unknown" else _how_known(given, at)
    if given.answer != "yes":
        wrong |= _done_about_it(given, at)
    if wrong:
        raise InvalidInput(**wrong)


def _how_known(given: Answered, at: datetime) -> dict[str, str]:
    wrong = {name: words for name, words in _ASKS.items() if not getattr(given, name).strip()}
    if given.seen_at is None:
        wrong["seen_at"] = "Enter when that was"
    elif given.seen_at > at:
        wrong["seen_at"] = "This cannot be in the future"
    return wrong


def _done_about_it(given: Answered, at: datetime) -> dict[str, str]:
    wrong = {}
    if not given.action.strip():
        wrong["action"] = "Write what is done now so that somebody knows the child is safe"
    if not given.owner.strip():
        wrong["owner"] = "Write who does it"
    if given.until is None or given.until <= at:
        wrong["until"] = "Enter by when, later than now"
    return wrong


def tone(answer: str, *, late: bool) -> str:
    """How a list marks what is known: unanswered past its time, or no, is the loudest."""
    if late or answer == "no":
        return "danger"
    return {"yes": "ok", "unknown": "late"}.get(answer, "waiting")
