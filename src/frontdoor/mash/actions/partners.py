"""What an agency's own people do with what they are asked: each act is a new row, and nothing is ever changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, NotFound, StepNotAllowed, acting_council, acting_person
from frontdoor.background.actions import later
from frontdoor.mash.models import Asked, Capacity, Confirmation, Opening, Reply, Request
from frontdoor.mash.queries.partners import reply_of, required, taken, to_confirm
from frontdoor.mash.rules.asking import replies as rules
from frontdoor.trail import actions as trail


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What an agency says about one person.

    :param partners: whether the other agencies of the enquiry may read it
    """

    kind: str
    reason: str = ""
    facts: str = ""
    analysis: str = ""
    protective: str = ""
    mark: str = "professionals"
    partners: bool = False


@transaction.atomic
def open_first(key: UUID, *, by: Actor, at: datetime) -> bool:
    """Write down that somebody of the agency has opened a request: the first time, which stops its clock.

    :returns: whether it was the first time
    :raises NotFound: another agency's or council's, or none
    """
    request = taken(key, by=by)
    opened = within(by, Opening.objects.filter(request=request))
    if opened.exists():
        return False
    _alone(request)
    if opened.exists():
        return False
    Opening.objects.create(
        authority_id=request.authority_id, request=request, agency=request.agency, user_id=acting_person(by),
        name=by.label, at=at,
    )  # fmt: skip
    later("mash.hear", request=str(request.key))
    trail.record("mash.first_opened", subject=request, by=by, at=at)
    return True


@transaction.atomic
def give_replies(key: UUID, said: Mapping[UUID, Said], *, more: bool = False, by: Actor, at: datetime) -> list[UUID]:
    """Say what the agency knows of one person or several, each for itself.

    :param said: by the key of the person asked about
    :param more: it is told unasked, beside what stands for that person already; also once nothing is asked any more
    :returns: the keys of the replies
    :raises NotFound: another agency's or council's request, or a person it does not ask about
    :raises InvalidInput: nobody is answered for, or a reply lacks what it needs; by `<person>-<field>`
    :raises StepNotAllowed: the council no longer asks, or somebody of the agency has answered for that person meanwhile
    """
    request = taken(key, by=by) if more else _still_asked(key, by)
    people = {row.key: row for row in within(by, Asked.objects.filter(request=request))}
    if not said:
        raise InvalidInput(nothing="Answer for at least one person")
    if said.keys() - people.keys():
        raise NotFound
    _check(request, said)
    if not more:
        _alone(request)
        _nobody_answered([people[person] for person in said], request, by)
    given = [
        _write(request, people[person], each, how="volunteered" if more else "desk", by=by, at=at)
        for person, each in said.items()
    ]
    later("mash.hear", request=str(request.key))
    trail.record(
        "mash.reply", subject=request, by=by, at=at, replies=[str(row.key) for row in given],
        kinds=[row.kind for row in given], marks=[row.mark for row in given], unasked=more,
    )  # fmt: skip
    return [row.key for row in given]


def _alone(request: Request) -> None:
    """Let one colleague after the other act on a request; the portal's role may lock no row, since it changes none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('mash.partners', %s))", [request.pk])


def _still_asked(key: UUID, by: Actor) -> Request:
    request = taken(key, by=by)
    if request.stopped_at is not None:
        raise StepNotAllowed("The council no longer asks this.", when=request.stopped_at)
    return request


def _check(request: Request, said: Mapping[UUID, Said]) -> None:
    problems: dict[str, str] = {}
    for person, each in said.items():
        try:
            rules.check_reply(
                kind=each.kind, mark=each.mark, facts=each.facts, analysis=each.analysis, protective=each.protective,
                reason=each.reason, partners=each.partners,
            )  # fmt: skip
            rules.check_duty(duty=request.duty, kind=each.kind, reason=each.reason)
        except InvalidInput as wrong:
            problems |= {f"{person}-{field}": words for field, words in wrong.problems.items()}
    if problems:
        raise InvalidInput(**problems)


def _nobody_answered(people: list[Asked], request: Request, by: Actor) -> None:
    """A colleague's answer stands already: it is corrected or added to, never silently doubled."""
    asked = {row.pk for row in people}
    rows = list(within(by, Reply.objects.filter(request=request)))
    said = [
        rules.Said(row.pk, row.asked_id, row.kind, row.mark, row.agency, row.supersedes_id, row.withdrawn, row.at)
        for row in rows
    ]
    standing = {each.id for each in rules.standing(said) if each.asked_id in asked}
    if first := next((row for row in rows if row.pk in standing), None):
        raise StepNotAllowed(
            "Your agency has answered for this person already. Correct that answer, or add to it.",
            who=first.said_by, when=first.at,
        )  # fmt: skip


def _write(
    request: Request, person: Asked, said: Said, *, how: str, by: Actor, at: datetime,
    supersedes: Reply | None = None, withdrawn: bool = False, why: str = "",
) -> Reply:  # fmt: skip
    tells = said.kind == "information"
    return Reply.objects.create(
        authority_id=request.authority_id, request=request, asked=person, agency=request.agency, kind=said.kind,
        reason=said.reason if said.kind in rules.WITHOUT else "", facts=said.facts if tells else "",
        analysis=said.analysis if tells else "", protective=said.protective if tells else "", mark=said.mark,
        family_may_see=said.mark == "open", partners_may_see=said.partners, how=how, said_by=by.label,
        user_id=acting_person(by), supersedes=supersedes, withdrawn=withdrawn, why=why, at=at,
    )  # fmt: skip


@transaction.atomic
def correct_reply(key: UUID, said: Said, *, why: str, by: Actor, at: datetime) -> UUID:
    """Put a reply right by a new one in its place: the first is kept.

    :raises NotFound: another agency's or council's reply, or none
    :raises InvalidInput: a reply lacks what it needs, or nothing says why
    :raises StepNotAllowed: it was corrected or withdrawn already
    """
    first = _standing_reply(key, by)
    if not why.strip():
        raise InvalidInput(why="Say what was wrong")
    rules.check_reply(
        kind=said.kind, mark=said.mark, facts=said.facts, analysis=said.analysis, protective=said.protective,
        reason=said.reason, partners=said.partners,
    )  # fmt: skip
    rules.check_duty(duty=first.request.duty, kind=said.kind, reason=said.reason)
    row = _write(first.request, first.asked, said, how="desk", supersedes=first, why=why.strip(), by=by, at=at)
    later("mash.hear", request=str(first.request.key))
    trail.record("mash.correct_reply", subject=first.request, by=by, at=at, reply=first.key, by_reply=row.key)
    return row.key


@transaction.atomic
def withdraw_reply(key: UUID, *, why: str, by: Actor, at: datetime) -> UUID:
    """Take a reply back by a new row that says why: the first is kept, and the person is unanswered again.

    :raises NotFound: another agency's or council's reply, or none
    :raises InvalidInput: nothing says why
    :raises StepNotAllowed: it was corrected or withdrawn already
    """
    first = _standing_reply(key, by)
    if not why.strip():
        raise InvalidInput(why="Say why it is taken back")
    said = Said(kind=first.kind, mark=first.mark)
    row = _write(
        first.request, first.asked, said, how="desk", supersedes=first, withdrawn=True, why=why.strip(), by=by, at=at
    )
    later("mash.hear", request=str(first.request.key))
    trail.record("mash.withdraw_reply", subject=first.request, by=by, at=at, reply=first.key, by_reply=row.key)
    return row.key


@transaction.atomic
def confirm_reply(key: UUID, *, by: Actor, at: datetime) -> None:
    """Say that what the council wrote down of the agency's words is right. What is wrong is corrected instead.

    :raises NotFound: another agency's or council's reply, or none
    :raises StepNotAllowed: there is nothing to confirm, or it was confirmed or corrected already
    """
    reply = _standing_reply(key, by)
    if reply.how not in rules.BY_US:
        raise StepNotAllowed("Your agency wrote this itself. There is nothing to confirm.")
    if first := within(by, Confirmation.objects.filter(reply=reply)).order_by("at", "id").first():
        raise StepNotAllowed("This was confirmed already.", who=first.name, when=first.at)
    _confirm(reply, by=by, at=at)
    later("mash.hear", request=str(reply.request.key))
    trail.record("mash.confirm_reply", subject=reply.request, by=by, at=at, reply=reply.key)


def _confirm(reply: Reply, *, by: Actor, at: datetime) -> None:
    Confirmation.objects.create(
        authority_id=reply.authority_id, reply=reply, agency=reply.agency, agrees=True, user_id=acting_person(by),
        name=by.label, at=at,
    )  # fmt: skip


@transaction.atomic
def confirm_replies(key: UUID, *, by: Actor, at: datetime) -> int:
    """Say of everything that the council wrote down of the agency's words in one request that it is right.

    :returns: how many were confirmed
    :raises NotFound: another agency's or council's request, or none
    :raises StepNotAllowed: nothing waits for a word
    """
    request = taken(key, by=by)
    _alone(request)
    rows = to_confirm(request, by=by)
    if not rows:
        raise StepNotAllowed("Nothing waits to be confirmed here. It was confirmed or corrected already.")
    for row in rows:
        _confirm(row, by=by, at=at)
    later("mash.hear", request=str(request.key))
    trail.record("mash.confirm_replies", subject=request, by=by, at=at, replies=[str(row.key) for row in rows])
    return len(rows)


@transaction.atomic
def say_capacity(line: str, *, by: Actor, at: datetime) -> None:
    """Say what the agency can do today for the council acted for; the newest line of the day holds.

    :raises InvalidInput: nothing is said
    :raises NotPermitted: `by` answers for no agency
    """
    required(by)
    if not line.strip():
        raise InvalidInput(line="Write what you can do today")
    made = Capacity.objects.create(
        authority_id=acting_council(by), agency=by.agency, line=line.strip()[:200], said_by=by.label[:200],
        user_id=acting_person(by), at=at,
    )  # fmt: skip
    trail.record("mash.say_capacity", subject=made, by=by, at=at)


def _standing_reply(key: UUID, by: Actor) -> Reply:
    """The reply of a key, as long as it stands: of two people who correct it, the second is told of the first."""
    reply = reply_of(key, by=by)
    _alone(reply.request)
    after = within(by, Reply.objects.filter(supersedes=reply)).order_by("at", "id").first()
    if after is not None:
        what = "This was withdrawn already." if after.withdrawn else "This was corrected already."
        raise StepNotAllowed(what, who=after.said_by, when=after.at)
    if reply.withdrawn:
        raise StepNotAllowed("This was withdrawn already.", who=reply.said_by, when=reply.at)
    return reply
