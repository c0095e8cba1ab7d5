"""Between hands: what becomes of a child's matter while the slips of its decision are on their way."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from frontdoor.contacts.rules.states import MatterState, Step
from frontdoor.handovers.rules import Page, Sentence, State


@dataclass(frozen=True, slots=True)
class Passed:
    """One slip of a decision.

    :param main: it carries the outcome itself; the others run beside it
    """

    state: State
    main: bool = True


def next_step(matter: str, slips: Sequence[Passed]) -> Step | None:
    """The step by which a matter that was passed on follows its slips as they stand now; None where it stands right.

    It asks only how the slips stand, never what happened last: news may come late, twice or in another order. A main
    slip that the giver took back leaves nothing of the decision to carry out, so it is void (domain 1.13: reopened).
    """
    if matter not in (MatterState.ACTIONED, MatterState.BACK) or not slips:
        return None
    if any(slip.main and slip.state is State.WITHDRAWN for slip in slips):
        return Step.VOID
    if any(slip.state.back for slip in slips):
        return Step.COME_BACK if matter == MatterState.ACTIONED else None
    if any(slip.state is State.SENT for slip in slips):
        return Step.GO_AGAIN if matter == MatterState.BACK else None
    return Step.CLOSE


@dataclass(frozen=True, slots=True)
class Teller:
    """What would tell who told us, if a sentence held it.

    :param name: empty where none was given, or where the family knows them as one of its own
    """

    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""


DIGITS = 6
"""So many digits of a telephone number are its own; fewer may be anybody's."""


def tells_who(words: str, teller: Teller) -> bool:
    """Whether a sentence holds the name, number, e-mail or address of the person who told us."""
    said, digits = _folded(words), re.sub(r"\D", "", words)
    phone = re.sub(r"\D", "", teller.phone)
    named = any(f" {_folded(part)} " in f" {said} " for part in (teller.name, teller.address) if _folded(part))
    rung = len(phone) >= DIGITS and phone in digits
    return named or rung or bool(teller.email and teller.email.casefold() in words.casefold())


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def without_tellers(page: Page, tellers: Iterable[Teller]) -> Page:
    """The page without the sentences that tell who told us; each is counted among those that stand in the record."""
    those = tuple(tellers)

    def may_travel(sentence: Sentence) -> bool:
        return not any(tells_who(sentence.words, teller) for teller in those)

    kept: dict[str, Any] = {
        name: tuple(filter(may_travel, getattr(page, name))) for name in ("worries", "own_words", "told")
    }
    gone = sum(len(getattr(page, name)) - len(sentences) for name, sentences in kept.items())
    return replace(page, left_out=page.left_out + gone, **kept)
