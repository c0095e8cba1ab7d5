"""Who among people named before is the same as somebody named now: for rooms that gather the people of a family."""

from collections.abc import Sequence

from frontdoor.actors.rules import Actor
from frontdoor.contacts.models import Named
from frontdoor.matching.queries.linked import people_of


def same_person(person: Named, known: Sequence[Named], *, by: Actor) -> Named | None:
    """Whoever is there already: confirmed to be one person, or named alike and born alike.

    Where one of the two has no birth date, the same name within one family is taken for the same person.
    """
    linked = people_of([person.key, *(each.key for each in known)], by=by)
    for each in known:
        if each.pk == person.pk or (person.key in linked and linked.get(each.key) == linked[person.key]):
            return each
        alike = bool(person.match_name) and each.match_name == person.match_name
        born = {person.date_of_birth, each.date_of_birth} - {None}
        if alike and len(born) < 2:
            return each
    return None
