"""The ledger: one line for each person asked about, written as the answer goes. Part of the act that sends."""

from collections.abc import Sequence
from datetime import datetime

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, acting_person
from frontdoor.contacts.models import Contact
from frontdoor.disclosures import queries
from frontdoor.disclosures.models import About, Answer, Disclosure, Request, Told
from frontdoor.disclosures.rules import answering
from frontdoor.shell.rules import day


def write_answer(request: Request, answer: Answer, *, by: Actor, at: datetime) -> None:
    """What was told, that nothing is known, or that it was refused, for each person asked about."""
    for about in queries.people_asked(request, by=by):
        facts = [fact for fact in answer.facts if fact["about"] == str(about.key)]
        if answer.kind == "refusal":
            kind, what = "refused", dict(answering.REASONS)[answer.reason]
        elif facts and not facts[0]["contact"]:
            kind, what = "refused", facts[0]["words"]
        elif facts:
            kind, what = "told", "\n".join([*(fact["words"] for fact in facts), *filter(None, [answer.words])])
        else:
            kind, what = "not_known", "\n".join(["No contact was found.", *filter(None, [answer.words])])
        made = _write(request, about, kind, what, answer=answer, by=by, at=at)
        _tell_of(made, [fact["contact"] for fact in facts if fact["contact"]], by=by)


def write_redirect(request: Request, *, by: Actor, at: datetime) -> None:
    """That it was passed to whoever answers it, for each person asked about."""
    for about in queries.people_asked(request, by=by):
        what = f"Passed to {request.redirected_to}, taken by {request.taken_by}"
        _write(request, about, "redirected", what, answer=None, by=by, at=at)


def write_there(request: Request, *, by: Actor, at: datetime) -> None:
    """That it was answered elsewhere, for each person asked about: when, what and by whom."""
    for about in queries.people_asked(request, by=by):
        when = day(request.there_on) if request.there_on else ""
        what = f"{request.there_what}\nAnswered by {request.there_by} on {when}."
        _write(request, about, "there", what, answer=None, by=by, at=at)


def _write(
    request: Request, about: About, kind: str, what: str, *, answer: Answer | None, by: Actor, at: datetime
) -> Disclosure:
    """One line. What a job writes down is of whoever handed the request over."""
    maker = request.holder if by.is_system and request.holder else acting_person(by)
    asker = ", ".join(part for part in (request.asker_name, request.asker_role, request.asker_agency) if part)
    return Disclosure.objects.create(
        authority_id=request.authority_id, request=request, answer=answer, about=about, kind=kind,
        match_name=about.match_name, born=about.born, to_whom=(asker or request.redirected_to)[:420],
        purpose=request.purpose, basis=request.basis, what=what, made_by=maker,
        approved_by=answer.approved_by if answer else None, at=at,
    )  # fmt: skip


def _tell_of(made: Disclosure, keys: Sequence[str], *, by: Actor) -> None:
    contacts = within(by, Contact.objects.filter(key__in=keys))
    Told.objects.bulk_create(
        Told(authority_id=made.authority_id, disclosure=made, contact=contact) for contact in contacts
    )
