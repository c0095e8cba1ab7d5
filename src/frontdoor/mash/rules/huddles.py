"""The law of a huddle: somebody is present, and nobody hears of a family about whom their agency was not asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from frontdoor.actors.rules import InvalidInput, StepNotAllowed


@dataclass(frozen=True, slots=True)
class Sits:
    """An agency that is present: its key, what it is called, and who came."""

    agency: UUID
    name: str
    who: str


def check_present(who: Mapping[UUID, str]) -> dict[UUID, str]:
    """Whoever is present, by the key of their desk.

    :raises InvalidInput: nobody is
    """
    found = {key: name.strip()[:200] for key, name in who.items() if name.strip()}
    if not found:
        raise InvalidInput(present="Write who is present for at least one agency")
    return found


def check_open(*, ended: bool) -> None:
    """A huddle takes children until it ends.

    :raises StepNotAllowed: it has ended
    """
    if ended:
        raise StepNotAllowed("This huddle has ended. Its record stays as it is.")


def leaves(present: Iterable[Sits], *, asked: Iterable[UUID], other_side: Iterable[UUID]) -> list[str]:
    """Who is asked to leave before a child is spoken of, and why (domain 3.1, 3.2).

    :param asked: agencies with a request in this child's enquiry
    :param other_side: those of them that work with whoever may pose the risk
    """
    takes_part, apart = set(asked), set(other_side)
    found = []
    for each in present:
        if each.agency not in takes_part:
            found.append(f"{each.who}, {each.name}, was not asked about this family: ask them first, or to step out.")
        elif each.agency in apart:
            found.append(
                f"{each.who}, {each.name}, works with somebody who may pose the risk: where the others are and a "
                "victim’s safety are not spoken of while they sit here."
            )
    return found
