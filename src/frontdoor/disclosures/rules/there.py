"""What is written down of a request that somebody else answers: who took it; when, what and by whom it was answered."""

from datetime import date

from frontdoor.actors.rules import InvalidInput, StepNotAllowed
from frontdoor.disclosures.rules.states import State


def check_taken(*, to: str, taken_by: str) -> None:
    """Nothing is passed by hand without saying to whom, and who took it.

    :raises InvalidInput: with a message by field
    """
    problems = {}
    if not to.strip():
        problems["to"] = "Enter who answers it"
    if not taken_by.strip():
        problems["taken_by"] = "Enter who took it on there"
    if problems:
        raise InvalidInput(**problems)


def check_answered(*, on: date | None, what: str, who: str, since: date, today: date) -> None:
    """An answer given elsewhere has a day, words and somebody who gave it.

    :param since: the day on which the request reached us
    :raises InvalidInput: with a message by field
    """
    problems = {}
    if on is None:
        problems["on"] = "Enter the day on which they answered"
    elif not since <= on <= today:
        problems["on"] = "Enter a day between the one on which it reached us and today"
    if not what.strip():
        problems["what"] = "Write what they answered"
    if not who.strip():
        problems["who"] = "Enter who answered"
    if problems:
        raise InvalidInput(**problems)


def check_theirs(state: str) -> None:
    """What is still on its way comes back by its slip: whoever gave it takes the slip back.

    :raises StepNotAllowed: nobody elsewhere has accepted it
    """
    if state == State.PASSED:
        raise StepNotAllowed("It has not been accepted there. Take its slip back, and it is here again.")
