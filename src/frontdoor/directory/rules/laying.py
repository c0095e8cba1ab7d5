"""A correction lies over what a feed says: it does not change it, survives the next reading, and can be taken away."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID, uuid5

from frontdoor.directory.rules.facets import phone_of
from frontdoor.directory.rules.profile import OBJECTS
from frontdoor.directory.rules.reading import MINTED, Kind, read_object

PHONE: Final = "phone"
"""Not a field of a service itself: the number of its first contact."""

FIELDS: Final = MappingProxyType(
    {
        "name": "Name", "description": "Description", PHONE: "Telephone", "email": "E-mail", "url": "Web page",
        "status": "Status", "alert": "Alert", "fees": "Charges", "minimum_age": "From age", "maximum_age": "To age",
    }
)  # fmt: skip
"""What may be corrected here, and its name on pages. Everything else is for whoever makes the feed to mend."""


class NotAValue(ValueError):
    """What was typed cannot stand in this field."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A correction under which the feed has changed.

    :param was: what the feed said when it was corrected
    :param now: what it says
    """

    field: str
    was: Any
    now: Any


def said_of(said: Mapping[str, Any], field: str) -> Any:
    """What the feed says in one field that may be corrected; None where it says nothing."""
    return phone_of(said) or None if field == PHONE else said.get(field)


def typed(field: str, text: str) -> Any:
    """What was typed into a correction, as the profile keeps it.

    :raises NotAValue: it cannot stand there
    """
    text = text.strip()
    if field == PHONE:
        if sum(each.isdigit() for each in text) < 3 or len(text) > 40:
            raise NotAValue("Enter a telephone number, like 01632 960001")
        return text
    if OBJECTS["service"][field].type == "number":
        if not text.isascii() or not text.isdigit():
            raise NotAValue("Enter an age in whole years, like 11")
        return _checked(field, int(text))
    return _checked(field, text)


def _checked(field: str, value: Any) -> Any:
    """A value as the reading of a feed would take it.

    :raises NotAValue: it would not
    """
    service = {"id": str(MINTED), "name": "A service", "status": "active", field: value}
    read = read_object("service", service)
    wrong = [
        each for each in read.findings if each.path == field and each.kind in (Kind.VALUE, Kind.TYPE, Kind.MISSING)
    ]
    if read.said is None or wrong:
        why = wrong[0].why if wrong else "must be there"
        raise NotAValue(f"This cannot stand there: {why}")
    if field not in read.said:
        raise NotAValue("Write what is right")
    return read.said[field]


def laid_over(said: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """A service as it is shown: what the feed says, with what was corrected here over it."""
    shown = dict(said)
    for field, value in over.items():
        if field == PHONE:
            shown["contacts"] = _with_phone(said, value)
        else:
            shown[field] = value
    return shown


def _with_phone(said: Mapping[str, Any], number: str) -> list[dict[str, Any]]:
    contacts = [dict(each) for each in said.get("contacts", ())]
    for contact in contacts:
        if contact.get("phones"):
            first, *others = contact["phones"]
            contact["phones"] = [{**first, "number": number}, *others]
            return contacts
    made = {"id": _minted(said, "phone"), "number": number}
    if contacts:
        contacts[0]["phones"] = [made]
        return contacts
    return [{"id": _minted(said, "contact"), "service_id": said["id"], "phones": [made]}]


def _minted(said: Mapping[str, Any], what: str) -> str:
    return str(uuid5(MINTED, f"{UUID(said['id'])}/corrected/{what}"))


def changed(said: Mapping[str, Any], corrected: Iterable[tuple[str, Any]]) -> list[Changed]:
    """The corrections under which the feed now says something else than when they were made.

    :param corrected: each field with what the feed said then, or last
    """
    found = ((field, was, said_of(said, field)) for field, was in corrected)
    return [Changed(field, was, now) for field, was, now in found if was != now]
