"""What is done with a complaint or compliment: taken in, owned, answered, taken further, learnt from."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max

from frontdoor.access.queries import colleagues
from frontdoor.actors.queries import within
from frontdoor.actors.rules import (
    Actor,
    InvalidInput,
    NotFound,
    Permission,
    StepNotAllowed,
    acting_council,
    require,
    unchanged,
)
from frontdoor.clocks import actions as clocks
from frontdoor.clocks.models import Ended
from frontdoor.complaints import queries, rules
from frontdoor.complaints.models import Complaint, Entry
from frontdoor.complaints.rules import State, Step
from frontdoor.contacts.actions import screening, submit_and_take_in
from frontdoor.contacts.models import Contact
from frontdoor.contacts.rules import intake
from frontdoor.contacts.rules.beyond import ToldComplaint
from frontdoor.directions import actions as directions
from frontdoor.organisations.models import Function
from frontdoor.organisations.queries import team_for, teams
from frontdoor.trail import actions as trail

Key = UUID | str
KIND = "complaints.complaint"
"""What clocks, directions and the trail call one."""


@transaction.atomic
def take(
    *, kind: str, way: str, what: str, who: str, name: str = "", reply_to: str = "", team: Key | None = None,
    about_user: int | None = None, about_contact: Key | None = None, contact: Key | None = None, note: str = "",
    by: Actor, at: datetime, received_at: datetime | None = None,
) -> Complaint:  # fmt: skip
    """Take in a complaint or compliment. The contact in which it came goes its own way: this slows nobody.

    :param team: the key of the team that it is about; the contact centre where none is named
    :param about_user: the person whom it is about, who never owns nor opens it
    :param note: how it was told, for whoever answers for it
    :raises InvalidInput: it is not said what about, or by whom; no such person
    :raises NotFound: no such contact of this council
    :raises NotPermitted: `by` may not take complaints
    :raises StepNotAllowed: this contact was taken in as one already
    """
    authority = acting_council(by)
    require(by, Permission.COMPLAINT_TAKE, authority=authority)
    rules.check_told(kind=kind, what=what, who=who)
    if about_user is not None and about_user not in {each.id for each in colleagues(by=by, at=at)}:
        raise InvalidInput(about_user="Choose somebody who works here today")
    came = _contact(contact, by=by)
    if came is not None and within(by, Complaint.objects.filter(contact=came)).exists():
        raise StepNotAllowed("This was taken in already.")
    made = Complaint(
        authority_id=authority, kind=kind, way=way, contact=came, about_contact=_contact(about_contact, by=by), who=who,
        name=name.strip(), reply_to=reply_to.strip(), what=what.strip(), team_id=_team(team, by=by, at=at),
        about_user=about_user, received_at=came.received_at if came else received_at or at, taken_by=by.user_id,
    )  # fmt: skip
    made.due_at = _start(made, by=by, at=made.received_at)
    made.number = _next_number(by=by)
    made.save(force_insert=True)
    _note(made, "taken", note, by=by, at=at)
    trail.record("complaints.take", subject=made, by=by, at=at, kind=kind)
    return made


def _next_number(*, by: Actor) -> int:
    """The next number of the council: whoever takes one waits for whoever took the one before, so that none is missing.

    Taken late, since the lock lasts as long as the act.
    """
    authority = acting_council(by)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('complaints.number', %s))", [authority])
    last = within(by, Complaint.objects.all()).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _contact(key: Key | None, *, by: Actor) -> Contact | None:
    if key is None:
        return None
    found = within(by, Contact.objects.filter(key=key)).first()
    if found is None:
        raise NotFound
    return found


def _team(key: Key | None, *, by: Actor, at: datetime) -> int:
    for team in teams(by=by, at=at) if key else ():
        if str(team.key) == str(key):
            return team.pk
    return team_for(Function.CONTACT_CENTRE, by=by, at=at).pk


def _start(complaint: Complaint, *, by: Actor, at: datetime) -> datetime:
    """Start the clock of the stage, and say when it is due. A compliment is passed on within the same time."""
    receipt = complaint.contact.receipt if complaint.contact else ""
    (clock,) = clocks.start(
        rules.clock_of(complaint.stage, is_complex=complaint.is_complex), subject=(KIND, complaint.key),
        team_id=complaint.team_id, owner_id=complaint.owner, label=receipt, by=by, at=at,
    )  # fmt: skip
    return clock.due_at


def _note(
    complaint: Complaint, kind: str, text: str = "", *, contact: Contact | None = None, by: Actor, at: datetime
) -> None:
    Entry.objects.create(
        authority_id=complaint.authority_id, complaint=complaint, kind=kind, text=text.strip(), stage=complaint.stage,
        contact=contact, by_user=by.user_id, at=at,
    )  # fmt: skip


def take_told(told: ToldComplaint, *, by: Actor, at: datetime) -> str:
    """Take in at once what was told in a call or a letter: whoever took that in can say the number.

    :returns: its number; the one it has already where it was taken in before
    :raises NotPermitted: `by` may not take complaints
    """
    if told.came and (known := queries.number_of(told.came, by=by)):
        return known
    made = take(
        kind=told.kind, way=told.way, what=told.what, who=told.who, name=told.name, reply_to=told.reply_to,
        about_contact=told.about, contact=told.came, note=told.note, received_at=told.received_at, by=by, at=at,
    )  # fmt: skip
    return made.reference


def take_arrived(*, by: Actor, at: datetime) -> int:
    """Take in every contact that came as a complaint or compliment: the minute's sweep, so that none lies unseen.

    :returns: how many
    """
    found = queries.arrived(by=by, at=at)
    for contact in found:
        take(
            kind=contact.sub_type, way="contact", what=contact.story or "Nothing was written.", who="other",
            contact=contact.key, by=by, at=at,
        )  # fmt: skip
    return len(found)


def _taken(key: Key, *, seen: int, by: Actor) -> Complaint:
    """The complaint, locked and as it was seen; whom it is about never finds it.

    :raises NotFound: absent, another council's, or about `by`
    :raises NotPermitted: `by` does not work on complaints
    :raises Conflict: somebody has changed it
    """
    found = within(by, Complaint.objects.select_for_update(of=("self",), no_key=True).filter(key=key)).first()
    if found is None or (found.about_user is not None and found.about_user == by.user_id):
        raise NotFound
    require(by, Permission.COMPLAINT_KEEP, authority=found.authority_id)
    unchanged(seen, found.version, {"state": State(found.state).words})
    return found


def _move(complaint: Complaint, step: Step, *columns: str, by: Actor, at: datetime) -> None:
    state = rules.after(complaint.state, step)
    complaint.state, complaint.version = state.value, complaint.version + 1
    complaint.settled_at = at if state.settled else None
    complaint.save(update_fields=["state", "settled_at", "version", *columns])
    if state.settled:
        ended = Ended.NOT_NEEDED if state is State.WITHDRAWN else Ended.DONE
        clocks.stop(subject=(KIND, complaint.key), ended=ended, by=by, at=at)


@transaction.atomic
def own(key: Key, *, seen: int, owner: int, by: Actor, at: datetime) -> Complaint:
    """Give a complaint to whoever answers for it: never the person whom it is about.

    :raises NotPermitted: `by` does not work on complaints
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: it is about them, or they do not work on complaints here
    :raises StepNotAllowed: it is settled
    """
    complaint = _taken(key, seen=seen, by=by)
    rules.may_own(owner, complaint.about_user)
    if owner not in {each.id for each in queries.owners(by=by, at=at)}:
        raise InvalidInput(owner="Choose a manager of this council")
    complaint.owner = owner
    _move(complaint, Step.OWN, "owner", by=by, at=at)
    clocks.reassign(subject=(KIND, complaint.key), team_id=complaint.team_id, owner_id=owner, by=by)
    _note(complaint, "owned", by=by, at=at)
    trail.record("complaints.own", subject=complaint, by=by, at=at, owner=owner)
    return complaint


@transaction.atomic
def find_complex(key: Key, *, seen: int, why: str, by: Actor, at: datetime) -> Complaint:
    """Find that a complaint at stage 1 is complex: it has the longer time, from when it came.

    :raises NotPermitted: `by` does not work on complaints
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: no reason
    :raises StepNotAllowed: it is settled, at another stage, or found so already
    """
    complaint = _taken(key, seen=seen, by=by)
    if not why.strip():
        raise InvalidInput(why="Write why it is complex")
    if State(complaint.state).settled or complaint.stage != 1 or complaint.is_complex:
        raise StepNotAllowed("Only an open complaint at stage 1 can be found to be complex, once.")
    complaint.is_complex = True
    clocks.stop(subject=(KIND, complaint.key), ended=Ended.REPLACED, by=by, at=at)
    complaint.due_at, complaint.version = _start(complaint, by=by, at=complaint.received_at), complaint.version + 1
    complaint.save(update_fields=["is_complex", "due_at", "version"])
    _note(complaint, "complex", why, by=by, at=at)
    trail.record("complaints.find_complex", subject=complaint, by=by, at=at)
    return complaint


@transaction.atomic
def reply(
    key: Key, *, seen: int, outcome: str, reply: str, how: str, learning: str = "", action: str = "", owner: str = "",
    due_at: datetime | None = None, by: Actor, at: datetime,
) -> Complaint:  # fmt: skip
    """Write down what was found and answered, what is learnt, and the action that comes of it.

    :param owner: of the action (`user:12`, `team:3`), where there is one
    :raises NotPermitted: `by` does not work on complaints
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: a part is missing; what was upheld says what is learnt
    :raises StepNotAllowed: nobody owns it, or it is settled
    """
    complaint = _taken(key, seen=seen, by=by)
    rules.check_reply(outcome=outcome, reply=reply, how=how, learning=learning, action=action)
    complaint.outcome = outcome
    _move(complaint, Step.REPLY, "outcome", by=by, at=at)
    _note(complaint, "replied", f"{dict(rules.OUTCOMES)[outcome]}. {dict(rules.REPLIES)[how]}.\n{reply}", by=by, at=at)
    if learning.strip():
        _note(complaint, "learnt", learning, by=by, at=at)
    if action.strip():
        given = directions.give(
            subject=(KIND, complaint.key), owner=owner, what=action, due_at=due_at, by=by, at=at
        )  # fmt: skip
        trail.record("complaints.reply", subject=complaint, by=by, at=at, outcome=outcome, direction=given.key)
    else:
        trail.record("complaints.reply", subject=complaint, by=by, at=at, outcome=outcome)
    return complaint


@transaction.atomic
def next_stage(key: Key, *, seen: int, why: str, by: Actor, at: datetime) -> Complaint:
    """Take an answered complaint to the next stage, since whoever complained does not agree; a second clock starts.

    Somebody else may answer for it: it waits for an owner again.

    :raises NotPermitted: `by` does not work on complaints
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: no reason
    :raises StepNotAllowed: it is not answered, or the Ombudsman has had it
    """
    complaint = _taken(key, seen=seen, by=by)
    if not why.strip():
        raise InvalidInput(why="Write what they do not agree with")
    if complaint.stage == rules.LAST:
        raise StepNotAllowed("Nothing comes after the Ombudsman.")
    complaint.stage, complaint.owner, complaint.outcome = complaint.stage + 1, None, ""
    complaint.due_at = _start(complaint, by=by, at=at)
    _move(complaint, Step.NEXT_STAGE, "stage", "owner", "outcome", "due_at", by=by, at=at)
    _note(complaint, "stage", why, by=by, at=at)
    trail.record("complaints.next_stage", subject=complaint, by=by, at=at, stage=complaint.stage)
    return complaint


@transaction.atomic
def withdraw(key: Key, *, seen: int, why: str, by: Actor, at: datetime) -> Complaint:
    """Whoever complained takes it back. It is kept.

    :raises NotPermitted: `by` does not work on complaints
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: no reason
    :raises StepNotAllowed: it is settled
    """
    complaint = _taken(key, seen=seen, by=by)
    if not why.strip():
        raise InvalidInput(why="Write why, in their words")
    _move(complaint, Step.WITHDRAW, by=by, at=at)
    _note(complaint, "withdrawn", why, by=by, at=at)
    trail.record("complaints.withdraw", subject=complaint, by=by, at=at)
    return complaint


@transaction.atomic
def thank(key: Key, *, seen: int, why: str, by: Actor, at: datetime) -> Complaint:
    """Pass a compliment to the team that earned it.

    :param why: what was said to the team
    :raises NotPermitted: `by` does not work on complaints
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: nothing was said to the team
    :raises StepNotAllowed: it is a complaint, or it was passed on
    """
    compliment = _taken(key, seen=seen, by=by)
    if compliment.kind != "compliment":
        raise StepNotAllowed("This is a complaint: it is answered.")
    if not why.strip():
        raise InvalidInput(why="Write what you told the team")
    _move(compliment, Step.THANK, by=by, at=at)
    _note(compliment, "thanked", why, by=by, at=at)
    trail.record("complaints.thank", subject=compliment, by=by, at=at)
    return compliment


@transaction.atomic
def show_risk(key: Key, *, seen: int, why: str, danger: str, flag: bool, by: Actor, at: datetime) -> Contact:
    """Make a contact of a complaint that shows a risk, timed from when the complaint came.

    Who complained is in the new contact's compartment alone, and withheld.

    :param danger: yes or unknown
    :raises NotPermitted: `by` does not work on complaints, or may not take contacts here
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: it is not said what the risk is
    """
    complaint = _taken(key, seen=seen, by=by)
    said = " ".join(why.split())
    if not said or len(said) > 300:
        raise InvalidInput(why="Say in one line what the risk is")
    came = complaint.contact or complaint.about_contact
    known = intake.report(came.submission.body) if came else intake.Report()
    referrer = intake.ReferrerGiven(
        kind="public", identity="withheld" if complaint.name else "not_given", name=complaint.name
    )
    told = replace(
        known, category="request_for_service", sub_type="cp_concern", danger=danger, marks=(), call_back=None,
        mirror="", story=f"From a complaint. {said}\n\n{complaint.what}"[: intake.LONGEST_STORY],
        referrer=known.referrer if complaint.contact else referrer,
    )  # fmt: skip
    channel = complaint.contact.channel if complaint.contact else "phone"
    idem = f"complaint:{complaint.key}:{complaint.version}"
    _, contact = submit_and_take_in(
        told, channel=channel, idem=idem, by=by, at=at, received_at=complaint.received_at, noted=True
    )
    if contact is None:
        raise StepNotAllowed("This was taken in already.")
    if flag:
        screening.flag(contact.key, why=said, by=by, at=at)
    complaint.version += 1
    complaint.save(update_fields=["version"])
    _note(complaint, "risk", said, contact=contact, by=by, at=at)
    trail.record("complaints.show_risk", subject=complaint, by=by, at=at, contact=contact.key, flag=flag)
    return contact
