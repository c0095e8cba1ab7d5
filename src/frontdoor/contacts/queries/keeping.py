"""What of a matter may not be told: where somebody lives who must not be found, by what they are found, who told us.

Part of the guard's look at words that somebody typed; it is used and dropped.
"""

from collections.abc import Iterator

from django.db.models import Q

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor
from frontdoor.contacts.models import Named, Referrer
from frontdoor.contacts.queries.safe import NAMED
from frontdoor.letters.rules import Subject
from frontdoor.letters.rules.hidden import Kept, Kind
from frontdoor.matching.queries.linked import people_of
from frontdoor.people.models import Fact, Residence
from frontdoor.people.rules.beyond import RESIDENCE

TELLER = "somebody who asked that nobody learns who told us"
_FOUND_BY = {"school": Kind.SCHOOL, "phone": Kind.PHONE, "email": Kind.EMAIL}


def kept_of(contacts: list[int], *, by: Actor) -> tuple[tuple[Kept, ...], tuple[Subject, ...]]:
    """What may not be told in these contacts, and the rows of those in them whose address is protected.

    Of somebody whose address is protected that is the school, the telephone and the e-mail too, by which they are
    found; of somebody who told us and asked to be kept out of it, name, telephone, e-mail and address.
    """
    people = list(within(by, Named.objects.filter(contact__in=contacts)).order_by("id"))
    numbers = people_of([each.key for each in people], by=by)
    places = Residence.objects.filter(person__in=set(numbers.values()), protected=True, struck_at=None, until=None)
    residences = list(within(by, places).values_list("person_id", "key"))
    hidden = {person for person, _ in residences}
    hidden |= {numbers[each.key] for each in people if each.address_protected and each.key in numbers}
    near: list[Subject] = [(RESIDENCE, key) for _, key in residences]
    near += [(NAMED, each.key) for each in people if each.address_protected]
    kept = [
        Kept(Kind.SCHOOL, each.school)
        for each in people
        if each.school and (each.address_protected or numbers.get(each.key) in hidden)
    ]
    kept += [*_facts(hidden, by=by), *_tellers(contacts, by=by)]
    return tuple(dict.fromkeys(kept)), tuple(dict.fromkeys(near))


def _facts(hidden: set[int], *, by: Actor) -> Iterator[Kept]:
    if not hidden:
        return
    standing = Fact.objects.filter(Q(until=None), person__in=hidden, kind__in=_FOUND_BY, struck_at=None)
    for kind, value in within(by, standing).order_by("id").values_list("kind", "value"):
        yield Kept(_FOUND_BY[kind], value)


def _tellers(contacts: list[int], *, by: Actor) -> Iterator[Kept]:
    for each in within(by, Referrer.objects.filter(contact__in=contacts, identity="withheld")).order_by("id"):
        told = (
            (Kind.NAME, each.name),
            (Kind.PHONE, each.phone),
            (Kind.EMAIL, each.email),
            (Kind.ADDRESS, each.address),
        )
        yield from (Kept(kind, words, TELLER) for kind, words in told if words.strip())
