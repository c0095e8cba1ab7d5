"""What a search finds, what may be told of it, and what free words must not hold. Part of the acts that use it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor
from frontdoor.clocks.rules import london_date
from frontdoor.codes import rules as codes
from frontdoor.contacts.models import Contact, Decision, Matter, Named, Referrer
from frontdoor.contacts.rules.passing_on import Teller
from frontdoor.disclosures.models import About, Request, Search
from frontdoor.disclosures.rules.answering import Fact, Guarded, Somebody
from frontdoor.disclosures.rules.kinds import CATEGORY

MOST = 200


def _closed(contact: Contact) -> bool:
    """Whether a contact is of a kind that this desk does not tell of: an allegation, an adoption, a child's death."""
    kind = codes.CONTACT_KINDS.get(contact.sub_type)
    return kind is not None and kind.restricted


def _closed_outcome(decision: Decision) -> bool:
    """Whether an outcome went to people alone, such as the officer for allegations or the adoption service."""
    for code in (decision.outcome, *decision.secondary):
        outcome = codes.OUTCOMES[code]
        destination = codes.DESTINATIONS.get(outcome.destination)
        if destination is not None and destination.restricted:
            return True
    route = codes.ROUTES.get(decision.specialist_route)
    return route is not None and route.restricted


def _is_no_concern(contact: Contact, request: Request) -> bool:
    """Whether a contact tells nothing of a person: another that asks, one by mistake, one that came later."""
    asks = contact.category == CATEGORY or contact.pk == request.contact_id
    return asks or contact.state == "voided" or contact.received_at > request.begun_at


def found(request: Request, about: About, name: str, *, by: Actor) -> tuple[list[dict[str, Any]], int]:
    """Earlier contacts that name somebody of this name whose date of birth is not another one.

    :param name: the stored key of the full name
    :returns: for each contact its key and whether the date of birth was the same; and how many more are restricted
    """
    rows = within(by, Named.objects.select_related("contact").filter(match_name=name)).order_by("-contact_id")
    hits: dict[str, dict[str, Any]] = {}
    closed = set()
    for person in rows[:MOST]:
        contact = person.contact
        if _is_no_concern(contact, request):
            continue
        if about.born and person.date_of_birth and person.date_of_birth != about.born:
            continue
        if _closed(contact):
            closed.add(contact.pk)
            continue
        sure = bool(about.born and person.date_of_birth)
        hit = hits.setdefault(str(contact.key), {"contact": str(contact.key), "sure": False})
        hit["sure"] = hit["sure"] or sure
    return list(hits.values()), len(closed)


def people_asked(request: Request, *, by: Actor) -> list[About]:
    """The people about whom something is asked, in order."""
    return list(within(by, About.objects.filter(request=request, asked=True)).order_by("position"))


def asked(request: Request, *, by: Actor) -> list[Somebody]:
    """The same as an answer names them."""
    return [Somebody(str(about.key), about.name, about.born) for about in people_asked(request, by=by)]


def people_found(request: Request, *, by: Actor) -> set[str]:
    """Keys of those asked about of whom a search found something, whether it may be told or not."""
    searches = within(by, Search.objects.select_related("about").filter(request=request))
    return {str(search.about.key) for search in searches if search.found or search.closed}


def all_searched(request: Request, *, by: Actor) -> bool:
    """Whether everybody asked about was searched for at least once."""
    searched = set(within(by, Search.objects.filter(request=request)).values_list("about_id", flat=True))
    people = people_asked(request, by=by)
    return bool(people) and all(about.pk in searched for about in people)


def facts(request: Request, *, by: Actor) -> list[Fact]:
    """Everything that the searches of a request found and that may be told, the oldest first.

    The outcome of a child's own matter alone: nothing of a brother, a sister or another family (trust S25).
    """
    wanted: dict[tuple[str, int], bool] = {}
    people = {about.pk: about for about in people_asked(request, by=by)}
    for search in within(by, Search.objects.filter(request=request, about__in=people)):
        for hit in search.found:
            place = (hit["contact"], search.about_id)
            wanted[place] = wanted.get(place, False) or hit["sure"]
    keys = {contact for contact, _ in wanted}
    contacts = {str(row.key): row for row in within(by, Contact.objects.filter(key__in=keys)).exclude(state="voided")}
    decided = _decided(contacts.values(), by=by)
    told = [
        fact
        for (key, number), sure in wanted.items()
        if key in contacts and (fact := _fact(contacts[key], people[number], decided, sure=sure)) is not None
    ]
    return sorted(told, key=lambda fact: (fact.about, fact.on, fact.contact))


def _fact(
    contact: Contact, about: About, decided: dict[tuple[int, str, date | None], Decision | None], *, sure: bool
) -> Fact | None:
    """The fact of one contact about one person; None where its outcome is for other eyes."""
    decision = decided.get((contact.pk, about.match_name, about.born)) or decided.get(
        (contact.pk, about.match_name, None)
    )
    if decision is not None and _closed_outcome(decision):
        return None
    outcome, team = "", ""
    if decision is not None:
        row = codes.OUTCOMES[decision.outcome]
        place = codes.DESTINATIONS.get(row.destination)
        outcome, team = row.label, place.label if place and row.destination != "referrer" else ""
    return Fact(str(contact.key), str(about.key), london_date(contact.received_at), outcome, team, sure)


def _decided(contacts: Iterable[Contact], *, by: Actor) -> dict[tuple[int, str, date | None], Decision | None]:
    """What was decided for each child of some contacts, by the stored key of the child's name and birth."""
    standing = within(by, Decision.objects.filter(matter__contact__in=list(contacts), voided_at=None))
    by_matter = {decision.matter_id: decision for decision in standing.order_by("id")}
    matters = within(by, Matter.objects.select_related("child").filter(pk__in=by_matter))
    return {
        (matter.contact_id, matter.child.match_name, matter.child.date_of_birth): by_matter[matter.pk]
        for matter in matters
        if matter.child is not None
    }


def guarded(request: Request, *, by: Actor) -> Guarded:
    """What free words of an answer may not hold: everybody and everything else in the contacts that were found."""
    keys = {hit["contact"] for each in within(by, Search.objects.filter(request=request)) for hit in each.found}
    found_here = set(within(by, Contact.objects.filter(key__in=keys)).values_list("pk", flat=True))
    contacts = found_here | {request.contact_id}
    people = list(within(by, Named.objects.filter(contact__in=contacts)))
    tellers = within(by, Referrer.objects.filter(contact__in=found_here))
    return Guarded(
        names=tuple(
            name for person in people for name in (person.given_name, person.family_name, person.known_as) if name
        ),
        asked=tuple(about.name for about in people_asked(request, by=by)),
        places=tuple(place for person in people for place in (person.address, person.postcode) if place),
        tellers=tuple(Teller(row.name, row.phone, row.email, row.address) for row in tellers),
    )
