"""What counts as a referral and what as a re-referral (domain 1.1, 1.12); which primary need; whose case is open."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from frontdoor.actors.rules import InvalidInput
from frontdoor.codes import rules as codes
from frontdoor.contacts.rules.history import months_after

NOT_A_CASE = frozenset({"early_help"})
"""What may be open to somebody while a referral still begins: early help is no case of children's social care."""


class Counts(StrEnum):
    """What arriving work is in the statistics."""

    REFERRAL = "referral"
    RE_REFERRAL = "re_referral"
    OPEN_CASE = "open_case"

    @property
    def words(self) -> str:
        return {
            Counts.REFERRAL: "Referral",
            Counts.RE_REFERRAL: "Re-referral",
            Counts.OPEN_CASE: "No referral: the case was open already",
        }[self]


COUNTS = [(each.value, each.words) for each in Counts]


def referred_before(on: date, earlier: Iterable[date], *, months: int) -> date | None:
    """The latest earlier referral within so many months, by the days of the referrals alone; None where there is none.

    What became of the earlier one does not matter: one that led to nothing is a previous referral too (domain 1.12).
    """
    within = [day for day in earlier if day <= on <= months_after(day, months)]
    return max(within, default=None)


def counts(*, case_open: bool, before: date | None) -> Counts:
    """What the work is: a case that is open gets no referral (domain 1.1)."""
    if case_open:
        return Counts.OPEN_CASE
    return Counts.RE_REFERRAL if before else Counts.REFERRAL


def primary_need(first: str, second: str = "") -> str:
    """The primary need to record; of two between which somebody is torn, the higher in the list (domain 1.8).

    :raises InvalidInput: no need of a child that is referred
    """
    for name, code in (("first", first), ("second", second)):
        if code not in NEEDS and (code or name == "first"):
            raise InvalidInput(**{name: "Choose the child's main need"})
    return codes.higher_need(first, second).code if second else first


NEEDS = {f"N{number}": codes.PRIMARY_NEEDS[f"N{number}"].label for number in range(1, 9)}
"""N1 to N8: the others are no need of a child who is referred."""
