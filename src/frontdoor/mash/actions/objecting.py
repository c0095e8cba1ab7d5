"""An agency disagrees at its own desk: its own rows, from which a job begins the disagreement that is settled here."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, NotFound, StepNotAllowed, acting_person
from frontdoor.background.actions import later
from frontdoor.mash.actions.disagreements import start_clock, write_line
from frontdoor.mash.models import Asked, Disagreement, Objection, Position, Request, Saying
from frontdoor.mash.queries.deciding import standing_decisions
from frontdoor.mash.queries.objecting import course_of, objection_of
from frontdoor.mash.queries.partners import taken
from frontdoor.mash.rules.disagreements import Raised, State, check_raised
from frontdoor.trail import actions as trail


@transaction.atomic
def object_to(
    key: UUID, *, child: UUID | None, about: str, position: str, wanted: str, safety: str, role: str = "",
    urgent: bool = False, by: Actor, at: datetime,
) -> UUID:  # fmt: skip
    """Raise a disagreement for the agency. What was decided stands, and is shown as disputed.

    :param key: of the request by which the agency takes part, also one that was answered or stopped
    :param child: whose decision it is: the key of the person asked about; None where it is about the whole enquiry
    :raises NotFound: another agency's or council's request, or a person it does not ask about
    :raises InvalidInput: a part is missing
    """
    request = taken(key, by=by)
    check_raised(
        Raised(about=about, who=by.label, agency="theirs", position=position, wanted=wanted, safety=safety, way="own")
    )
    asked = within(by, Asked.objects.filter(request=request, key=child, is_child=True)).first() if child else None
    if child and asked is None:
        raise NotFound
    made = Objection.objects.create(
        authority_id=request.authority_id, request=request, asked=asked, agency=request.agency, about=about,
        role=role.strip(), position=position.strip(), wanted=wanted.strip(), safety=safety.strip(), urgent=urgent,
        user_id=acting_person(by), name=by.label[:200], at=at,
    )  # fmt: skip
    later("mash.hear", request=str(request.key))
    trail.record("mash.object", subject=request, by=by, at=at, objection=made.key, about=about)
    return made.key


@transaction.atomic
def say_position(key: UUID, *, text: str, by: Actor, at: datetime) -> None:
    """Say where the agency stands, at whichever stage its disagreement is.

    :param key: of the objection
    :raises NotFound: another agency's or council's, or none
    :raises InvalidInput: nothing is said
    :raises StepNotAllowed: it is resolved
    """
    found = objection_of(key, by=by)
    course = course_of(found, by=by)
    if course is not None and course.state == State.RESOLVED:
        raise StepNotAllowed("This was resolved.", when=course.resolved_at)
    if not text.strip():
        raise InvalidInput(text="Write what you say")
    made = Position.objects.create(
        authority_id=found.authority_id, objection=found, agency=found.agency, text=text.strip(),
        user_id=acting_person(by), name=by.label[:200], at=at,
    )  # fmt: skip
    later("mash.hear", request=str(found.request.key))
    trail.record("mash.say_position", subject=found.request, by=by, at=at, objection=key, position=made.key)


def follow_objections(request: Request, *, by: Actor, at: datetime) -> None:
    """Let each thing that an agency raised become a disagreement, and each of its positions a line: once, in order."""
    rows = Objection.objects.select_related("asked__subject__matter__contact", "request__enquiry__contact")
    begun = {each.objection_id: each for each in within(by, Disagreement.objects.filter(objection__request=request))}
    for objection in within(by, rows.filter(request=request)).order_by("at", "id"):
        row = begun.get(objection.pk) or _begin(objection, request, by=by, at=at)
        known = set(
            within(by, Saying.objects.filter(disagreement=row, told__isnull=False)).values_list("told", flat=True)
        )
        for position in within(by, Position.objects.filter(objection=objection)).order_by("at", "id"):
            if position.pk not in known:
                write_line(
                    row, "said", position.text, side=row.agency, user=position.user_id, told=position, by=by,
                    at=position.at,
                )  # fmt: skip


def _begin(objection: Objection, request: Request, *, by: Actor, at: datetime) -> Disagreement:
    subject = objection.asked.subject if objection.asked else None
    matter = subject.matter if subject else None
    decided = standing_decisions([subject], by=by).get(subject.pk) if subject else None
    made = Disagreement(
        authority_id=objection.authority_id, contact=matter.contact if matter else request.enquiry.contact,
        matter=matter, decision=decided.key if decided else None, decided_by=decided.made_by if decided else None,
        about=objection.about, who=objection.name, role=objection.role, agency=request.desk.name, way="own",
        position=objection.position, wanted=objection.wanted, urgent=objection.urgent, raised_at=objection.at,
        taken_by=objection.user_id, objection=objection,
    )  # fmt: skip
    made.due_at = start_clock(made, by=by, at=at)
    made.save(force_insert=True)
    for kind, text in (("raised", objection.position), ("safety", objection.safety)):
        write_line(made, kind, text, side=made.agency, user=objection.user_id, by=by, at=objection.at)
    trail.record("mash.disagree", subject=made, by=by, at=at, about=made.about, contact=made.contact.key)
    return made
