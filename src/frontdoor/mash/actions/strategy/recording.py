"""What is written down: who was asked and came, issues and their answers, each child's decision, who does what."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, NotFound, Permission, acting_person
from frontdoor.directions import actions as directions
from frontdoor.directions import queries as direction_queries
from frontdoor.handovers import actions as handovers
from frontdoor.mash.actions.strategy.rows import CHILD, KIND, Key, changed, children, taken, turn
from frontdoor.mash.actions.strategy.travelling import page_of
from frontdoor.mash.models import Attending, Discussed, Discussion, Issue
from frontdoor.mash.queries.asking.desks import desks
from frontdoor.mash.queries.strategy.finding import may_join
from frontdoor.mash.rules import strategy as rules
from frontdoor.mash.rules.asking.replies import MARKS
from frontdoor.mash.rules.strategy import Came, ForChild, Record
from frontdoor.trail import actions as trail

OURS = "Children’s social care"


@transaction.atomic
def ask_core(key: Key, *, seen: int, by: Actor, at: datetime) -> None:
    """Write down that those were asked without whom it is not quorate: our two, and the agencies of this council.

    :raises Conflict: it has changed since `by` saw it
    :raises NotPermitted: `by` does not work on enquiries
    :raises StepNotAllowed: its record is signed
    """
    row = taken(key, Permission.MASH_WORK, seen=seen, by=by, writing=True)
    there = set(within(by, Attending.objects.filter(discussion=row)).values_list("line", flat=True))
    ours = ("care_worker", "care_manager")
    wanted: list[tuple[str, UUID | None, str]] = [(line, None, OURS) for line in ours if line not in there]
    theirs = [desk for desk in desks(by=by, at=at) if desk.line in ("police", "health", "education")]
    wanted += [(desk.line, desk.agency, desk.name) for desk in theirs if desk.line not in there]
    for line, agency, name in wanted:
        Attending.objects.create(
            authority_id=row.authority_id, discussion=row, line=line, agency=agency, agency_name=name, asked_at=at
        )
    changed(row)
    turn(row, "attendance", f"Asked: {', '.join(name for _, _, name in wanted)}" if wanted else "", by=by, at=at)
    trail.record("mash.ask_core_strategy", subject=row, by=by, at=at, asked=len(wanted))


@transaction.atomic
def attend(
    key: Key, *, seen: int, who: str, role: str, line: str, agency: str, name: str, came: str, way: str,
    contribution: str, mark: str, row_key: Key | None = None, by: Actor, at: datetime,
) -> Attending:  # fmt: skip
    """Write down somebody who was asked: for which agency, whether and how they took part, what they brought.

    :param agency: the key of an agency that this council asks; empty for any other, named in `name`
    :param row_key: the line that is written anew; None for another one
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: a part is missing
    :raises NotFound: no such line in this discussion
    :raises NotPermitted: `by` does not work on enquiries
    :raises StepNotAllowed: its record is signed
    """
    row = taken(key, Permission.MASH_WORK, seen=seen, by=by, writing=True)
    called = {str(desk.agency): desk.name for desk in desks(by=by, at=at, ended=True)}
    rules.check_attending(who=who, line=line, agency=agency, name=name, came=came, way=way, known=called)
    if mark and mark not in dict(MARKS):
        raise InvalidInput(mark="Say how this may be used")
    those = Attending.objects.filter(discussion=row)
    kept = within(by, those.filter(key=row_key)).first() if row_key else Attending(discussion=row, asked_at=at)
    if kept is None:
        raise NotFound
    kept.authority_id, kept.line = row.authority_id, line
    kept.agency, kept.agency_name = UUID(agency) if agency else None, called.get(agency, name.strip())
    kept.who, kept.role, kept.came = who.strip(), role.strip(), came
    kept.way, kept.mark = way if came == Came.CAME else "", mark
    kept.contribution = contribution.strip()
    kept.save()
    changed(row)
    turn(row, "attendance", f"{kept.agency_name}: {kept.get_came_display().lower()}", by=by, at=at)
    trail.record("mash.attend_strategy", subject=row, by=by, at=at, line=line, came=came)
    return kept


@transaction.atomic
def raise_issue(key: Key, *, seen: int, text: str, raised_by: str, by: Actor, at: datetime) -> Issue:
    """Write down an issue that somebody raised; it wants an answer before the record is signed.

    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: nothing is said, or by nobody
    :raises NotPermitted: `by` does not work on enquiries
    :raises StepNotAllowed: its record is signed
    """
    row = taken(key, Permission.MASH_WORK, seen=seen, by=by, writing=True)
    wrong = {} if text.strip() else {"text": "Write the issue"}
    if not raised_by.strip():
        wrong["raised_by"] = "Write who raised it"
    if wrong:
        raise InvalidInput(**wrong)
    made = Issue.objects.create(
        authority_id=row.authority_id, discussion=row, text=text.strip(), raised_by=raised_by.strip(), raised_at=at
    )
    changed(row)
    turn(row, "issue", by=by, at=at)
    trail.record("mash.raise_issue", subject=row, by=by, at=at, issue=made.key)
    return made


@transaction.atomic
def answer_issue(
    key: Key, issue: Key, *, seen: int, answer: str, open_why: str, action: str, owner: str, until: datetime | None,
    by: Actor, at: datetime,
) -> None:  # fmt: skip
    """Answer an issue, or leave it open with the reason and the action that goes on: it is never closed silently.

    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: neither an answer nor a reason; left open without an action, an owner or a time
    :raises NotFound: no such issue in this discussion
    :raises NotPermitted: `by` does not work on enquiries
    :raises StepNotAllowed: its record is signed
    """
    row = taken(key, Permission.MASH_WORK, seen=seen, by=by, writing=True)
    found = within(by, Issue.objects.filter(discussion=row, key=issue)).first()
    if found is None:
        raise NotFound
    if not answer.strip() and not open_why.strip():
        raise InvalidInput(answer="Write the answer, or why it is left open")
    if answer.strip() and open_why.strip():
        raise InvalidInput(open_why="It is answered, or it is left open: not both")
    found.answer, found.open_why = answer.strip(), open_why.strip()
    if found.open_why and found.action is None:
        wrong = {} if action.strip() else {"action": "Write what is done about it"}
        if not owner.strip():
            wrong["owner"] = "Choose who does it"
        if until is None or until <= at:
            wrong["until"] = "Enter by when, later than now"
        if wrong:
            raise InvalidInput(**wrong)
        found.action = directions.start(
            subject=(KIND, row.key), owner=owner, what=action, due_at=until, label=row.reference, by=by, at=at
        ).key
    found.answered_by, found.answered_at = acting_person(by), at
    found.save(update_fields=["answer", "open_why", "action", "answered_by", "answered_at"])
    changed(row)
    turn(row, "answered" if found.answer else "left_open", by=by, at=at)
    trail.record("mash.answer_issue", subject=row, by=by, at=at, issue=found.key, left_open=bool(found.open_why))


@transaction.atomic
def write(key: Key, *, seen: int, record: Record, by: Actor, at: datetime) -> None:
    """Write what the record holds of the whole discussion; half of it may be saved and gone on with.

    :raises Conflict: it has changed since `by` saw it
    :raises NotPermitted: `by` does not work on enquiries
    :raises StepNotAllowed: its record is signed
    """
    row = taken(key, Permission.MASH_WORK, seen=seen, by=by, writing=True)
    names = list(Record.__dataclass_fields__)
    for name in names:
        setattr(row, name, getattr(record, name).strip())
    changed(row, *names)
    turn(row, "record", by=by, at=at)
    trail.record("mash.write_strategy", subject=row, by=by, at=at)


@transaction.atomic
def add_children(key: Key, *, seen: int, those: Collection[str], why: str, by: Actor, at: datetime) -> list[Discussed]:
    """The discussion turns out to be about more children: of its contact, or of the enquiry beside it.

    :param those: keys, as `may_join` gives them
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: no child, or nothing says why
    :raises NotPermitted: `by` does not work on enquiries
    :raises StepNotAllowed: its record is signed, or it was called off
    """
    row = taken(key, Permission.MASH_WORK, seen=seen, by=by, writing=True)
    about = [child for child in may_join(row, by=by) if str(child.key) in set(those)]
    wrong = {} if about else {"those": "Choose the children"}
    if not why.strip():
        wrong["why"] = "Write why it is about this child too"
    if wrong:
        raise InvalidInput(**wrong)
    place = len(children(row, by=by))
    made = [
        Discussed.objects.create(
            authority_id=row.authority_id, discussion=row, named=child.named, matter=child.matter, position=place + more
        )
        for more, child in enumerate(about)
    ]  # fmt: skip
    changed(row)
    turn(row, "joined", f"Child {', '.join(str(each.position + 1) for each in made)}: {why.strip()}", by=by, at=at)
    trail.record("mash.add_to_strategy", subject=row, by=by, at=at, children=[str(each.key) for each in made])
    return made


@transaction.atomic
def decide_child(key: Key, child: Key, *, seen: int, given: ForChild, by: Actor, at: datetime) -> Discussed:
    """Write what was decided for one child. A section 47 enquiry begins at once: its slip goes, the child is seen.

    What protects a child waits for no signature; the manager's signature follows, of somebody else than whoever
    wrote this.

    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: a part is missing
    :raises NotFound: no such child in this discussion
    :raises NotPermitted: `by` does not work on enquiries, or may hand nothing over
    :raises StepNotAllowed: it was not held yet, or its record is signed
    """
    row = taken(key, Permission.MASH_WORK, seen=seen, by=by, writing=True)
    if row.began_at is None:
        rules.after(row.state, rules.Step.SIGN)
    found = within(by, Discussed.objects.select_related("named", "matter__child").filter(discussion=row, key=child))
    kept = found.first()
    if kept is None:
        raise NotFound
    began, asked = kept.began_at is not None, kept.seeing is not None
    rules.check_child(given, began=began, asked=asked, at=at)
    for name in ("threshold", "section47", "enquiry"):
        setattr(kept, name, getattr(given, name) if name != "enquiry" or given.enquired else "")
    kept.reason, kept.medical, kept.safety = given.reason.strip(), given.medical.strip(), given.safety.strip()
    kept.sees_with = given.sees_with.strip()
    kept.decided_by, kept.decided_at = acting_person(by), at
    if given.enquired and not asked:
        _have_seen(row, kept, given, by=by, at=at)
    if given.section47 == "start" and not began:
        _begin_47(row, kept, by=by, at=at)
    kept.save()
    row.written_by = kept.decided_by
    changed(row, "written_by")
    turn(row, "child", f"Child {kept.position + 1}: {kept.get_section47_display().lower()}", by=by, at=at)
    trail.record("mash.decide_strategy", subject=row, by=by, at=at, child=kept.key, section47=given.section47)
    return kept


def _have_seen(row: Discussion, child: Discussed, given: ForChild, *, by: Actor, at: datetime) -> None:
    """Give the action by which the child is seen, to whoever sees the child, with its time."""
    child.sees_at = given.sees_at
    child.sees = dict(direction_queries.owners(by=by, at=at)).get(given.sees, given.sees)[:200]
    child.seeing = directions.start(
        subject=(KIND, row.key), child=(CHILD, child.key), owner=given.sees, due_at=given.sees_at,
        what=f"See the child: {given.sees_with.strip()}", label=row.reference, by=by, at=at,
    ).key  # fmt: skip


def _begin_47(row: Discussion, child: Discussed, *, by: Actor, at: datetime) -> None:
    """A section 47 enquiry begins with this discussion: the assessment team gets the child at once."""
    child.began_at = row.began_at
    slip = handovers.send(
        (CHILD, child.key), to="assessment", summary=f"Section 47 enquiry after strategy discussion {row.reference}",
        why=child.reason, section47=True, received_at=row.contact.received_at,
        payload=page_of(row, child, by=by, at=at), by=by, at=at,
    )  # fmt: skip
    child.slip = slip.key
    turn(row, "section47", f"Child {child.position + 1}", by=by, at=at)


@transaction.atomic
def act(
    key: Key, *, seen: int, what: str, owner: str, until: datetime | None, child: str, by: Actor, at: datetime
) -> None:
    """Give an action to somebody with a time, for one child or for all.

    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: nothing to do, nobody who does it, no time, or no such child
    :raises NotPermitted: `by` does not work on enquiries
    :raises StepNotAllowed: its record is signed
    """
    row = taken(key, Permission.MASH_WORK, seen=seen, by=by, writing=True)
    if until is None or until <= at:
        raise InvalidInput(until="Enter by when, later than now")
    if child and not within(by, Discussed.objects.filter(discussion=row, key=child)).exists():
        raise InvalidInput(child="Choose one of the children")
    directions.start(
        subject=(KIND, row.key), owner=owner, what=what, due_at=until, child=(CHILD, child) if child else None,
        label=row.reference, by=by, at=at,
    )  # fmt: skip
    changed(row)
    turn(row, "action", by=by, at=at)
    trail.record("mash.act_strategy", subject=row, by=by, at=at)
