"""A letter, or another council's report, is taken in by whoever holds it: the paper first, the form after."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import BinaryIO
from uuid import UUID, uuid4

from django.db import transaction

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
from frontdoor.clocks.rules import london_date
from frontdoor.codes import rules as codes
from frontdoor.contacts.actions.correspondence.rows import taken
from frontdoor.contacts.actions.intake import submit_and_take_in
from frontdoor.contacts.actions.screening import rows
from frontdoor.contacts.models import Contact, Correspondence
from frontdoor.contacts.rules import correspondence as rules
from frontdoor.contacts.rules.intake import ReferrerGiven, Report
from frontdoor.files import actions as files
from frontdoor.trail import actions as trail


@dataclass(frozen=True, slots=True)
class Paper:
    """What is on the paper, and when it came.

    :param story: what it says, as far as somebody has typed it
    :param reached_on: the day it reached any part of the council
    :param reached_clock: the hour, where somebody noted it
    :param reached_whom: who or which part of the council it reached
    :param sure: whoever types has said that unusual dates are right
    :param scan: its name and content, one pair a file
    :param token: of the page on which it was typed: the same paper sent twice is taken in once
    """

    reached_on: date
    reached_clock: time | None = None
    reached_whom: str = ""
    written_on: date | None = None
    sure: bool = False
    story: str = ""
    about: str = ""
    danger: str = "unknown"
    where_now: str = ""
    scan: tuple[tuple[str, BinaryIO], ...] = ()
    token: str = ""


@dataclass(frozen=True, slots=True)
class Council:
    """The other council, and what it has said about who is responsible.

    :param code: its DfE number
    :param keeps: a code of `rules.KEEPS`
    """

    code: str
    reference: str = ""
    name: str = ""
    phone: str = ""
    email: str = ""
    placed_here: bool | None = None
    keeps: str = "unknown"
    kept_by: str = ""
    kept_on: date | None = None


@transaction.atomic
def take_in_letter(paper: Paper, *, by: Actor, at: datetime) -> Correspondence:
    """Give a letter its number and clocks, from the day it reached any part of the council, as its stamp says.

    :raises InvalidInput: nothing to read and no scan; dates that cannot be; a file that is not taken
    :raises NotPermitted: `by` may not take in
    """
    require(by, Permission.CONTACT_TAKE, authority=acting_council(by))
    contact = _taken_in(paper, ReferrerGiven(route="letter", identity="not_given"), channel="letter", by=by, at=at)
    made = _row(contact, paper, door=rules.Door.LETTER, by=by, at=at)
    trail.record("contacts.take_in_letter", subject=contact, by=by, at=at, files=len(paper.scan))
    return made


@transaction.atomic
def take_in_from_council(paper: Paper, council: Council, *, by: Actor, at: datetime) -> Correspondence:
    """The same of another council's report, with who is responsible until somebody else has accepted in writing.

    The council where a child is found acts first, until the other accepts in writing (domain 2.3 and 11.5).

    :raises InvalidInput: as for a letter; or no such council, or our own
    """
    require(by, Permission.CONTACT_TAKE, authority=acting_council(by))
    theirs = codes.AUTHORITIES.get(council.code)
    if theirs is None or theirs.number == acting_council(by):
        raise InvalidInput(council="Choose the other council")
    if council.keeps == "yes" and not (council.kept_by and council.kept_on):
        raise InvalidInput(kept_by="Enter who said so in writing, and on which day")
    route = "email" if council.email else "phone" if council.phone else "none_possible"
    told = ReferrerGiven(
        kind="professional", identity="given" if council.name else "not_given", name=council.name, agency=theirs.label,
        phone=council.phone, email=council.email, route=route,
    )  # fmt: skip
    contact = _taken_in(paper, told, channel="other_authority", council=council, by=by, at=at)
    made = _row(contact, paper, door=rules.Door.OTHER_AUTHORITY, council=council, by=by, at=at)
    trail.record(
        "contacts.take_in_from_council", subject=contact, by=by, at=at, council=council.code, keeps=council.keeps,
        files=len(paper.scan),
    )  # fmt: skip
    return made


def _taken_in(
    paper: Paper, told: ReferrerGiven, *, channel: str, council: Council | None = None, by: Actor, at: datetime
) -> Contact:
    reached = rules.reached_at(paper.reached_on, paper.reached_clock, at=at)
    rules.check_dates(reached=reached, written_on=paper.written_on, sure=paper.sure, at=at)
    if not (paper.story.strip() or paper.about.strip() or paper.scan):
        raise InvalidInput(story="Add the scan, or write what it says")
    report = Report(
        story=rules.typed_story(paper.story, paper.about), danger=paper.danger or "unknown", sub_type="",
        where_now=paper.where_now, referrer=told,
        source_code="5C" if council else "10",
        responsible_authority=council.code if council and council.keeps == "yes" else "",
    )  # fmt: skip
    given, contact = submit_and_take_in(
        report, channel=channel, idem=f"paper:{paper.token or uuid4()}", by=by, at=at, received_at=reached,
        noted=True, going_on=True,
    )  # fmt: skip
    if contact is None:
        raise NotFound
    if given.again:
        raise StepNotAllowed(f"This has been taken in already: {given.number}.", when=contact.entered_at)
    return contact


def _row(
    contact: Contact, paper: Paper, *, door: rules.Door, council: Council | None = None, by: Actor, at: datetime
) -> Correspondence:
    made = uuid4()
    subject = (rules.ORIGINALS, made)
    kept = [files.keep(content, name=name, subject=subject, by=by, at=at).pk for name, content in paper.scan]
    theirs = {
        "council_code": council.code, "their_reference": council.reference, "placed_here": council.placed_here,
        "keeps": council.keeps, "kept_by": council.kept_by, "kept_on": council.kept_on,
    } if council else {}  # fmt: skip
    return Correspondence.objects.create(
        authority_id=contact.authority_id, key=made, contact=contact, door=door, state=rules.State.WAITING,
        original=kept[0] if kept else None, written_on=paper.written_on, reached_whom=paper.reached_whom,
        taken_by=by.user_id, taken_at=at, **theirs,
    )  # fmt: skip


@transaction.atomic
def accepted_in_writing(key: UUID | str, *, seen: int, who: str, on: date, by: Actor, at: datetime) -> Correspondence:
    """The other council has now said in writing that it is responsible.

    :param key: the contact's
    :param who: who wrote it
    :raises InvalidInput: nobody is named, or the day lies ahead
    :raises NotFound: no report of another council under that key
    :raises Conflict: somebody has changed it since
    """
    made = taken(key, by=by)
    require(by, Permission.CONTACT_TAKE, authority=made.authority_id)
    if made.door != rules.Door.OTHER_AUTHORITY:
        raise NotFound
    unchanged(seen, made.version)
    if made.keeps == "yes":
        raise StepNotAllowed("They have said so in writing already.")
    if not who.strip():
        raise InvalidInput(kept_by="Enter who said so in writing")
    if on > london_date(at):
        raise InvalidInput(kept_on="The day must be today or in the past")
    made.keeps, made.kept_by, made.kept_on, made.version = "yes", who.strip()[:200], on, made.version + 1
    made.save(update_fields=["keeps", "kept_by", "kept_on", "version"])
    contact = rows.contact_taken(key, by=by)
    contact.responsible_authority, contact.version = made.council_code, contact.version + 1
    contact.save(update_fields=["responsible_authority", "version"])
    trail.record("contacts.accepted_in_writing", subject=contact, by=by, at=at, council=made.council_code)
    return made
