"""What came in writing is put into the form: its contact comes to say who, where and about whom; or it is nothing."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission, acting_person, require, unchanged
from frontdoor.clocks import actions as clocks
from frontdoor.clocks.models import Ended
from frontdoor.contacts.actions.correspondence.reopening import as_it_stands
from frontdoor.contacts.actions.correspondence.rows import taken
from frontdoor.contacts.actions.screening import end_call, rows
from frontdoor.contacts.actions.telephone import adding, pass_part
from frontdoor.contacts.models import Contact, Correspondence, Link, Sorting
from frontdoor.contacts.rules import correspondence as rules
from frontdoor.contacts.rules import intake, telephone
from frontdoor.contacts.rules.beyond import COMPLAINT_KINDS, ToldComplaint, complaints
from frontdoor.contacts.rules.kinds import FIRST_LOOK, FIRST_LOOK_DANGER
from frontdoor.trail import actions as trail


@dataclass(frozen=True, slots=True)
class Sorted:
    """What was made of it.

    :param passed: the councils to which a part went, whose children it names too
    :param elsewhere: the one other council whose children these all are, to which a social worker passes it on
    """

    contact: Contact
    passed: tuple[int, ...] = ()
    elsewhere: int | None = None


def _waiting(key: UUID | str, *, seen: int, by: Actor) -> tuple[Correspondence, Contact]:
    contact = rows.contact_taken(key, by=by)
    made = taken(key, by=by)
    require(by, Permission.CONTACT_TAKE, authority=made.authority_id)
    require(by, Permission.REFERRER_READ, authority=made.authority_id)
    rules.after(made.state, rules.Step.SORT)
    unchanged(seen, made.version)
    rows.still_open(contact)
    return made, contact


def _done(made: Correspondence, step: rules.Step, *, why: str = "", by: Actor, at: datetime) -> None:
    state = rules.after(made.state, step)
    Sorting.objects.create(
        authority_id=made.authority_id, correspondence=made, made=state, why=why, done_by=acting_person(by), done_at=at
    )
    made.state, made.sorted_by, made.sorted_at, made.version = state, acting_person(by), at, made.version + 1
    made.save(update_fields=["state", "sorted_by", "sorted_at", "version", "about_how"])


@transaction.atomic
def sort(
    key: UUID | str, *, seen: int, told: telephone.Told, more: bool | None = None, by: Actor, at: datetime
) -> Sorted:
    """Put it into the form. The contact keeps its number, its times and every word; it only comes to say more.

    Children of another council become a contact there, through a slip, with the first time; nobody types them again.

    :param key: the contact's
    :param told: what was typed, with its story as `rules.typed_story` makes it
    :param more: whether it says more about the contact whose number it names
    :raises NotFound: no such contact, or it did not come in writing
    :raises NotPermitted: `by` may not take in, or not see who told us
    :raises Conflict: somebody has put it into the form meanwhile
    :raises StepNotAllowed: that was done before, or the contact has ended
    """
    made, contact = _waiting(key, seen=seen, by=by)
    intake.check(told.report)
    report = as_it_stands(_as_it_came(told.report, made), made, contact, by=by)
    parts = telephone.split(replace(told, report=report), here=contact.authority_id)
    here = parts.here
    if parts.others:
        contact.mirror = contact.mirror or uuid4()
        contact.save(update_fields=["mirror"])
    complained = contact.sub_type in COMPLAINT_KINDS
    places = {id(person): row for person, row in zip(told.report.people, told.rows, strict=True)}
    adding.add(
        contact, here, rows_of=[places[id(person)] for person in here.people], known={}, marked={},
        numbers=range(len(here.marks)), by=by, at=at,
    )  # fmt: skip
    for council, report in parts.others.items():
        pass_part(contact, replace(report, mirror=str(contact.mirror)), council, what=_what(made), by=by, at=at)
    _hurry(contact, by=by, at=at)
    _join(made, contact, more, by=by, at=at)
    if here.sub_type in COMPLAINT_KINDS and not complained:  # put into the form again, it is one complaint
        _complain(made, contact, here, by=by, at=at)
    _done(made, rules.Step.SORT, by=by, at=at)
    trail.record(
        "contacts.sort", subject=contact, by=by, at=at, door=made.door, people=len(here.people), about=made.about_how
    )
    return Sorted(contact, tuple(parts.others), parts.elsewhere)


def _as_it_came(report: intake.Report, made: Correspondence) -> intake.Report:
    """What the door itself has told already stands: another council's report comes from it, and its word counts."""
    said = tuple(
        intake.Marked("own_words", person.said_words, person=place)
        for place, person in enumerate(report.people)
        if person.said_words
    )
    report = replace(report, marks=(*report.marks, *said))
    if made.door != rules.Door.OTHER_AUTHORITY:
        return report
    responsible = made.council_code if made.keeps == "yes" else report.responsible_authority
    return replace(report, source_code="5C", responsible_authority=responsible)


def _hurry(contact: Contact, *, by: Actor, at: datetime) -> None:
    """Where a child is said to be in danger, the shorter clock of the first look takes the longer one's place.

    It runs from the same start: nobody has more time because a letter was read late. A look that was taken is taken.
    """
    if contact.danger_said != "yes":
        return
    subject = ("contacts.submission", contact.submission_id)
    for longer in clocks.stop(FIRST_LOOK, subject=subject, ended=Ended.REPLACED, by=by, at=at):
        clocks.start(
            FIRST_LOOK_DANGER, subject=subject, team_id=longer.team_id, owner_id=longer.owner_id, label=longer.label,
            by=by, at=longer.started_at,
        )  # fmt: skip


def _what(made: Correspondence) -> str:
    return {rules.Door.EMAIL.value: "e-mail", rules.Door.LETTER.value: "letter"}.get(made.door, "report")


def _join(made: Correspondence, contact: Contact, more: bool | None, *, by: Actor, at: datetime) -> None:
    """Let it lie beside the contact about which it says more; whoever sorts it has said whether it does."""
    if made.about_id is None or more is None:
        return
    made.about_how = rules.About.CONFIRMED if more else rules.About.REFUSED
    if not more:
        return
    pair = {"contact": contact, "other_id": made.about_id, "kind": "related"}
    if not within(by, Link.objects.filter(**pair, ended_at=None)).exists():
        Link.objects.create(
            authority_id=contact.authority_id, **pair, why="It names that number, and says more about it.",
            made_by=acting_person(by), made_at=at,
        )  # fmt: skip


def _complain(made: Correspondence, contact: Contact, here: intake.Report, *, by: Actor, at: datetime) -> None:
    """What is a complaint or thanks is with whoever answers it at once; the contact goes its own way beside it."""
    told = ToldComplaint(
        kind=here.sub_type, what=here.story, way="contact", who=_WHO.get(here.referrer.kind, "other"),
        received_at=contact.received_at, came=contact.key, note=f"It came as: {made.get_door_display()}.",
    )  # fmt: skip
    complaints().opens(told, by=by, at=at)


_WHO = {"professional": "professional", "family": "family", "child": "child"}
"""Who complains, by who tells us; the contact says it more closely."""


@transaction.atomic
def nothing(key: UUID | str, *, seen: int, why: str, by: Actor, at: datetime) -> Contact:
    """Close what is not about any child: an automatic reply, an advertisement. It keeps its number and its words.

    What names or may speak of a child is closed so by nobody who is not qualified, as a telephone call is.

    :param key: the contact's
    :raises Conflict: somebody has dealt with it meanwhile
    :raises InvalidInput: no reason
    :raises StepNotAllowed: it may speak of a child; it was dealt with before
    """
    made, contact = _waiting(key, seen=seen, by=by)
    contact.category = "nothing"
    contact.save(update_fields=["category"])
    ended = end_call(key, seen=contact.version, why=why, by=by, at=at)
    _done(made, rules.Step.NOTHING, why=why.strip()[:300], by=by, at=at)
    trail.record("contacts.nothing", subject=contact, by=by, at=at, why=why.strip(), door=made.door)
    return ended
