"""Who may be in the team around a family, and how they come and leave."""

from dataclasses import dataclass

from frontdoor.earlyhelp.rules.states import State

NOBODY_AGREES = (
    "Nobody’s agreement to early help holds any more, so nothing more is written. What was written stays. "
    "Ask the family again first."
)
NOT_TO_AGENCIES = "The family has not agreed that agencies are told. Ask them first."
OF_THE_COUNCIL = "Somebody of this council has to lead: the family does not agree that the lead’s agency is told"
ENDED = "Help for this family has ended."
NOT_YET = "Nobody has taken this family on yet."


def why_not(state: State, *, agrees: bool) -> str:
    """Why nothing may be written with a family now; empty where it may.

    :param agrees: whether anybody's agreement to help holds
    """
    if state.settled:
        return ENDED
    if state is State.SCREENING:
        return NOBODY_AGREES
    if state is not State.ALLOCATED:
        return NOT_YET
    return "" if agrees else NOBODY_AGREES


def is_told(*, own: bool, shares: bool) -> bool:
    """Whether somebody of a team may be told anything of its family now, and opens it where they have an account.

    :param own: whether they work for this council
    :param shares: whether anybody of the family agrees that agencies are told
    """
    return own or shares


@dataclass(frozen=True, slots=True, kw_only=True)
class Comer:
    """Somebody who comes into the team.

    :param account: number of their account; None for whoever has none, who is told and writes nothing
    :param own: whether they work for this council; of anybody else the family agrees that they are told
    """

    name: str = ""
    agency: str = ""
    own: bool = False
    account: int | None = None
    job: str = ""
    phone: str = ""
    email: str = ""


def wrong_with(comer: Comer) -> dict[str, str]:
    """What is missing of somebody who comes, by field."""
    wrong = {}
    if comer.account is None and not comer.name.strip():
        wrong["name"] = "Choose or write who it is"
    if not comer.agency.strip():
        wrong["agency"] = "Write their team or agency"
    if comer.account is None and not (comer.phone.strip() or comer.email.strip()):
        wrong["phone"] = "Write a telephone number or an e-mail address: they have no account"
    return wrong
