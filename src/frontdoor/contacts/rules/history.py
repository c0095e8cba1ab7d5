"""What changed from one contact about a child to the next: what somebody who reads them side by side asks first."""

from dataclasses import dataclass
from datetime import date

from frontdoor.codes import rules as codes


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
