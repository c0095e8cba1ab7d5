"""Lists of open data about services: the fields of Open Referral UK 3.0, and the services of family hubs.

The fields are those of the profile's schema (HSDS-UK 3.0), by object; the categories those that the Department for
Education asks of family hubs.
"""

from dataclasses import dataclass

from frontdoor.codes.rules.lists import Code, read


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenReferralField(Code):
    """One field of one object.

    :param type: string, number, array or object
    :param format: uuid, uri, email or date-time, where the profile says one
    :param enum: the values that it may have, where there are only these
    :param refers_to: the object of which it holds one, or a list
    """

    object: str
    property: str
    type: str
    format: str
    required: bool
    enum: tuple[str, ...]
    refers_to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCategory(Code):
    """What a family hub offers, under its heading."""

    group: str


OPEN_REFERRAL = read("fields of Open Referral UK", "open_referral_fields", OpenReferralField)
SERVICE_CATEGORIES = read("categories of services", "service_categories", ServiceCategory)
