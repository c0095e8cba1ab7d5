"""Enquiries about an incident with children of two councils: each tells the other that it stands, and where."""

from datetime import datetime

from frontdoor.actors.rules import Actor, Permission, acting_council, require
from frontdoor.contacts.actions import beside
from frontdoor.contacts.rules.beside import ENQUIRY
from frontdoor.mash.queries.beside import shared_enquiries
from frontdoor.mash.rules.beside import word


def tell_all(*, by: Actor, at: datetime) -> int:
    """Tell every other council where enquiries about an incident of both stand now, once a minute.

    :returns: how many words were told
    """
    require(by, Permission.MASH_WORK, authority=acting_council(by))
    told = 0
    for shared, enquiry in shared_enquiries(by=by):
        number = enquiry.reference
        told += beside.tell(shared, ENQUIRY, enquiry.key, number=number, word=word(enquiry.state), by=by, at=at)
    return told
