"""What Open Referral UK 3.0 says of a service and of its parts: which fields, of what kind, and which must be there."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from frontdoor.codes.rules import OPEN_REFERRAL

VERSION: Final = "HSDS-UK-3.0"
PROFILE: Final = "https://docs.openreferraluk.org"
OPENAPI: Final = "https://raw.githubusercontent.com/openreferral/uk-profile/main/schema/openapi.json"

STATUSES: Final = ("active", "inactive", "defunct", "temporarily closed")
OPEN: Final = "active"
"""The status of services that the public is shown."""

DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAY_NAMES: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an object.

    :param type: string, number, array or object
    :param of: the object of which it holds one, or a list
    :param least: the smallest number that makes sense, and `most` the largest
    """

    type: str
    format: str = ""
    required: bool = False
    enum: tuple[str, ...] = ()
    of: str = ""
    least: float | None = None
    most: float | None = None


_DATES = frozenset({"assured_date", "valid_from", "valid_to", "dtstart"})
_TIMES = frozenset({"opens_at", "closes_at"})
_RANGES = {
    "latitude": (-90.0, 90.0), "longitude": (-180.0, 180.0), "minimum_age": (0.0, 130.0), "maximum_age": (0.0, 130.0),
    "amount": (0.0, 1_000_000.0), "interval": (1.0, 100.0),
}  # fmt: skip

_ALSO = {
    ("contact", "phones"): Field("array", of="phone"),
    ("language", "name"): Field("string"),
    ("language", "code"): Field("string"),
}
"""What the underlying HSDS 3.0 has and the list of the profile leaves unsaid: a phone names the contact that it is of,
and a language without its name says nothing."""


def _field(row: object) -> Field:
    name, kind = row.property, row.format  # type: ignore[attr-defined]  # a row of the list
    if row.type == "string":  # type: ignore[attr-defined]
        kind = "date" if name in _DATES else "time" if name in _TIMES else kind
    least, most = _RANGES.get(name, (None, None))
    return Field(row.type, kind, row.required, row.enum, row.refers_to, least, most)  # type: ignore[attr-defined]


def _objects() -> dict[str, dict[str, Field]]:
    found: dict[str, dict[str, Field]] = {}
    for row in OPEN_REFERRAL:
        found.setdefault(row.object, {})[row.property] = _field(row)
    for (name, field), said in _ALSO.items():
        found[name][field] = said
    return found


OBJECTS: Final = MappingProxyType(_objects())
"""Every object of the profile with its fields."""

NEEDED: Final = MappingProxyType(
    {
        "service": ("id", "name", "status"), "organization": ("name",), "phone": ("number",), "taxonomy": ("name",),
        "taxonomy_term": ("name",), "organization_identifier": ("identifier",),
    }
)  # fmt: skip
"""Without these an object is nothing and is left out; whatever else must be there and is not is reported."""
