"""Preparing an answer: who asks, what for, about whom, and what a search found."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, NotFound, Permission, acting_person
from frontdoor.contacts.rules.intake import PersonGiven, match_name
from frontdoor.disclosures import queries
from frontdoor.disclosures.actions.rows import Key, changed, in_work, taken
from frontdoor.disclosures.models import About, Request, Search
from frontdoor.disclosures.rules import grounds
from frontdoor.trail import actions as trail

P = Permission.DISCLOSURE_PREPARE


@transaction.atomic
def check_asker(
    key: Key, *, seen: int, name: str, role: str, agency: str, reply_to: str, checked: str, how: str, by: Actor,
    at: datetime,
) -> Request:  # fmt: skip
    """Write down who asks, where the answer goes, and how it was made sure that they are who they say.

    :raises NotPermitted: `by` does not work on requests
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: a part is missing
    :raises StepNotAllowed: nobody has taken it, or an answer waits
    """
    request = taken(key, P, seen=seen, by=by)
    in_work(request)
    grounds.check_asker(name=name, agency=agency, reply_to=reply_to, checked=checked, how=how)
    request.asker_name, request.asker_role, request.asker_agency = name.strip(), role.strip(), agency.strip()
    request.reply_to, request.checked, request.checked_how = reply_to.strip(), checked, how.strip()
    request.checked_by, request.checked_at = acting_person(by), at
    changed(request, *_ASKER)
    trail.record("disclosures.check_asker", subject=request, by=by, at=at, checked=checked)
    return request


_ASKER = (
    "asker_name", "asker_role", "asker_agency", "reply_to", "checked", "checked_how", "checked_by", "checked_at",
)  # fmt: skip


@transaction.atomic
def set_grounds(
    key: Key, *, seen: int, purpose: str, basis: str, condition: str, necessity: str, proportionality: str, by: Actor,
    at: datetime,
) -> Request:  # fmt: skip
    """Write down what the information is for and on which lawful basis it would be told (domain 9.1).

    :raises NotPermitted: `by` does not work on requests
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: a part is missing
    :raises StepNotAllowed: nobody has taken it, or an answer waits
    """
    request = taken(key, P, seen=seen, by=by)
    in_work(request)
    grounds.check_grounds(
        purpose=purpose, basis=basis, condition=condition, necessity=necessity, proportionality=proportionality
    )
    request.purpose, request.basis, request.condition = purpose.strip(), basis, condition
    request.necessity, request.proportionality = necessity.strip(), proportionality.strip()
    request.grounds_by, request.grounds_at = acting_person(by), at
    changed(request, *_GROUNDS)
    trail.record("disclosures.set_grounds", subject=request, by=by, at=at, basis=basis, condition=condition)
    return request


_GROUNDS = ("purpose", "basis", "condition", "necessity", "proportionality", "grounds_by", "grounds_at")


@transaction.atomic
def choose_people(key: Key, *, seen: int, asked: Collection[str], by: Actor, at: datetime) -> Request:
    """Say about whom of those named something is asked; nothing is told about anybody else.

    :param asked: keys of `About`
    :raises NotPermitted: `by` does not work on requests
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: nobody is left
    :raises StepNotAllowed: nobody has taken it, or an answer waits
    """
    request = taken(key, P, seen=seen, by=by)
    in_work(request)
    people = list(within(by, About.objects.filter(request=request)))
    wanted = {str(each) for each in asked}
    if not wanted & {str(person.key) for person in people}:
        raise InvalidInput(asked="Choose at least one person")
    for person in people:
        person.asked = str(person.key) in wanted
        person.save(update_fields=["asked"])
    changed(request)
    trail.record("disclosures.choose_people", subject=request, by=by, at=at, asked=sorted(wanted))
    return request


@transaction.atomic
def add_person(
    key: Key, *, seen: int, kind: str, given_name: str, family_name: str, born: date | None, relationship: str,
    by: Actor, at: datetime,
) -> About:  # fmt: skip
    """Add somebody who is asked about and whom the contact does not name as a person.

    :raises NotPermitted: `by` does not work on requests
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: the full name is missing
    :raises StepNotAllowed: nobody has taken it, or an answer waits
    """
    request = taken(key, P, seen=seen, by=by)
    in_work(request)
    person = PersonGiven(kind, given_name=given_name.strip(), family_name=family_name.strip(), date_of_birth=born)
    if not match_name(person):
        raise InvalidInput(family_name="Enter first and last name")
    last = within(by, About.objects.filter(request=request)).aggregate(last=Max("position"))["last"]
    made = About.objects.create(
        authority_id=request.authority_id, request=request, position=0 if last is None else last + 1, kind=kind,
        given_name=person.given_name, family_name=person.family_name, born=born, relationship=relationship.strip(),
        match_name=match_name(person), added_by=acting_person(by),
    )  # fmt: skip
    changed(request)
    trail.record("disclosures.add_person", subject=request, by=by, at=at, person=made.key)
    return made


@transaction.atomic
def search(
    key: Key, person: Key, *, seen: int, given_name: str, family_name: str, elsewhere: str = "", by: Actor,
    at: datetime,
) -> Search:  # fmt: skip
    """Search the council's earlier contacts for one person under one name, and keep what was found: also nothing.

    The present names alone are searched, exactly: a sealed adoption record is never joined by a check (domain 11.11).

    :param person: key of `About`
    :param elsewhere: where else was looked, such as the case system of before, in words
    :raises NotFound: no such person of this request
    :raises NotPermitted: `by` does not work on requests
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: the full name is missing
    :raises StepNotAllowed: nobody has taken it, or an answer waits
    """
    request = taken(key, P, seen=seen, by=by)
    in_work(request)
    about = within(by, About.objects.filter(request=request, key=person)).first()
    if about is None:
        raise NotFound
    wanted = PersonGiven("child", given_name=given_name.strip(), family_name=family_name.strip())
    if not match_name(wanted):
        raise InvalidInput(family_name="Enter first and last name")
    hits, closed = queries.found(request, about, match_name(wanted), by=by)
    made = Search.objects.create(
        authority_id=request.authority_id, request=request, about=about, given_name=wanted.given_name,
        family_name=wanted.family_name, born=about.born, elsewhere=elsewhere.strip(), found=hits, closed=closed,
        searched_by=acting_person(by), searched_at=at,
    )  # fmt: skip
    changed(request)
    trail.record(
        "disclosures.search", subject=request, by=by, at=at, person=about.key, shown=[hit["contact"] for hit in hits],
        closed=closed,
    )  # fmt: skip
    return made
