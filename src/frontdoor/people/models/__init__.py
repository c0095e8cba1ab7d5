"""What is kept of people; tables stand in parts, this package is their one door."""

from frontdoor.people.models.families import Change, Household, Membership, Relationship
from frontdoor.people.models.feeding import Bringing, CaseDate, Involvement, RefusedRow
from frontdoor.people.models.index import Birth, Caution, Fact, Identifier, Name, Person, Recorded, Residence
from frontdoor.people.models.lifting import Lifting
from frontdoor.people.models.marks import Mark
from frontdoor.people.models.probing import Probe
from frontdoor.people.models.restricting import Barred, Declared, Glass, NamedAccess, Restriction, Review
from frontdoor.people.models.watching import Watched

__all__ = [
    "Barred",
    "Birth",
    "Bringing",
    "CaseDate",
    "Caution",
    "Change",
    "Declared",
    "Fact",
    "Glass",
    "Household",
    "Identifier",
    "Involvement",
    "Lifting",
    "Mark",
    "Membership",
    "Name",
    "NamedAccess",
    "Person",
    "Probe",
    "Recorded",
    "RefusedRow",
    "Relationship",
    "Residence",
    "Restriction",
    "Review",
    "Watched",
]
