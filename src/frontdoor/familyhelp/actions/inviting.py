"""Invitations by e-mail: asked, sent once by a job, sent again; and taking somebody off a meeting."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, NotFound, Permission, StepNotAllowed, require
from frontdoor.background.actions import later
from frontdoor.earlyhelp.models import Episode
from frontdoor.earlyhelp.queries import finding
from frontdoor.earlyhelp.rules.agreeing import Purpose
from frontdoor.familyhelp.actions.rows import Key, held_meeting
from frontdoor.familyhelp.models import Invitation, Invited, Meeting, Practitioner
from frontdoor.familyhelp.pages import calendars
from frontdoor.familyhelp.queries.team import told
from frontdoor.familyhelp.rules import inviting as rules
from frontdoor.familyhelp.rules.inviting import CANCEL, REQUEST, State, Step
from frontdoor.familyhelp.rules.meetings import State as MeetingState
from frontdoor.familyhelp.rules.meetings import Step as Change
from frontdoor.familyhelp.rules.meetings import why_not
from frontdoor.familyhelp.rules.team import NOT_TO_AGENCIES
from frontdoor.letters import queries as letters
from frontdoor.letters.actions import outlet
from frontdoor.letters.rules import Block, Recipient, Refused, Route, Words
from frontdoor.trail import actions as trail


def invite(row: Meeting, asked: Iterable[Invited], *, method: str, by: Actor, at: datetime) -> None:
    """Leave an e-mail for each of them who has an address: part of the act on the meeting. Nobody of a family has one.

    :param method: `rules.REQUEST` goes only to whoever may be told now; that it is cancelled, to everybody
    """
    may = {each.pk for each in told(row.episode, by=by, at=at)} if method == REQUEST else set()
    for each in asked:
        whose = each.practitioner
        if whose is not None and whose.email and (method == CANCEL or whose.pk in may):
            _leave(row, each, whose.email, method=method, by=by, at=at)


def _leave(row: Meeting, each: Invited, email: str, *, method: str, by: Actor, at: datetime) -> Invitation:
    """One e-mail for a job; the same number goes to the same address once, and again only where it was not taken.

    One that is on its way still gets another job: whichever comes first sends it.
    """
    sequence = row.sequence if each.off_sequence is None else each.off_sequence
    known = Invitation.objects.select_for_update(of=("self",)).filter(invited=each, sequence=sequence, email=email)
    made = within(by, known).first()
    if made is None:
        made = Invitation.objects.create(
            authority_id=row.authority_id, invited=each, sequence=sequence, method=method, email=email, at=at
        )
    elif made.state != State.WAITING:
        made.state, made.at, made.settled_at = rules.after(made.state, Step.AGAIN).value, at, None
        made.save(update_fields=["state", "at", "settled_at"])
    later("familyhelp.invite", invitation=str(made.key))
    return made


@transaction.atomic
def send(key: Key, *, by: Actor, at: datetime) -> State:
    """Send one e-mail, once, if it still holds. Asked again for one that is settled it does nothing.

    :returns: where it stands now
    :raises NotFound: the council has no such invitation
    :raises NotPermitted: `by` sends no letters
    :raises Undelivered: the provider did not answer; to be tried again
    """
    rows = Invitation.objects.select_for_update(of=("self",)).select_related(
        "invited__meeting__episode", "invited__practitioner"
    )
    row = within(by, rows.filter(key=key)).first()
    if row is None:
        raise NotFound
    require(by, Permission.LETTER_SEND, authority=row.authority_id)
    if row.state != State.WAITING:
        return State(row.state)
    step = Step.DROP if _overtaken(row, by=by, at=at) else _delivered(row, by=by, at=at)
    row.state, row.settled_at = rules.after(row.state, step).value, at
    row.save(update_fields=["state", "settled_at"])
    trail.record(
        "familyhelp.invite", subject=row.invited.meeting.episode, by=by, at=at, invitation=row.key, state=row.state
    )
    return State(row.state)


def _overtaken(row: Invitation, *, by: Actor, at: datetime) -> bool:
    """Whether it holds no more: something newer is there for them, the meeting began, or they may not be told now."""
    asked, meeting = row.invited, row.invited.meeting
    newer = Invitation.objects.filter(
        invited__meeting=meeting, invited__practitioner=asked.practitioner, sequence__gt=row.sequence
    )
    if asked.known_for <= at or within(by, newer).exists():
        return True
    if row.method == CANCEL:
        return False
    off = asked.off_at is not None or meeting.state != MeetingState.PLANNED
    return off or asked.practitioner not in told(meeting.episode, by=by, at=at)


def _delivered(row: Invitation, *, by: Actor, at: datetime) -> Step:
    asked, meeting, house = row.invited, row.invited.meeting, letters.house(by=by, at=at)
    said = rules.words(
        row.method, starts_at=asked.known_for, minutes=meeting.minutes, place=meeting.place,
        way=meeting.get_way_display(), council=house.council, phone=house.phone,
    )  # fmt: skip
    words = Words(f"familyhelp.{row.method}", rules.SUBJECTS[row.method], tuple(map(Block, said)))
    to = Recipient(kind="", identity="given", route=Route.EMAIL, email=row.email)
    file = outlet.Attached(
        "meeting.ics", "calendar", calendars.invitation(meeting, asked, house, email=row.email).decode(),
        (("method", row.method.upper()),),
    )  # fmt: skip
    try:
        outlet.deliver(
            Route.EMAIL, to, words, house, reference=str(row.key), again=True, uncertain=False, attached=file
        )
    except Refused:
        # The address is wrong and stays so: the page says it, and whoever arranged the meeting writes another.
        return Step.REFUSE
    return Step.SEND


def off(row: Meeting, those: Iterable[Invited], why: str, *, by: Actor, at: datetime) -> None:
    """Take people off a meeting under its next number: part of the act that says why. The others hear nothing."""
    those = list(those)
    if not those:
        return
    row.sequence, row.version, row.changed_at = row.sequence + 1, row.version + 1, at
    row.save(update_fields=["sequence", "version", "changed_at"])
    for each in those:
        each.off_at, each.off_why, each.off_sequence, each.off_from = at, why.strip(), row.sequence, row.starts_at
        each.save(update_fields=["off_at", "off_why", "off_sequence", "off_from"])
    invite(row, those, method=CANCEL, by=by, at=at)


def still_asked(*rows: Meeting, by: Actor) -> list[Invited]:
    """Everybody who is asked to meetings now."""
    found = Invited.objects.select_related("practitioner", "member__named").filter(meeting__in=rows, off_at=None)
    return list(within(by, found).order_by("id"))


def off_all(episode: Episode, practitioners: Iterable[Practitioner], why: str, *, by: Actor, at: datetime) -> int:
    """Take some of a team off every meeting that is still to come: part of the act that lets them go.

    :returns: how many they were taken off
    """
    gone = {each.pk for each in practitioners}
    rows = Meeting.objects.select_for_update(of=("self",), no_key=True).filter(
        episode=episode, state=MeetingState.PLANNED.value, starts_at__gt=at
    )
    meetings, taken = list(within(by, rows).order_by("id")) if gone else [], 0
    for row in meetings:
        those = [each for each in still_asked(row, by=by) if each.practitioner_id in gone]
        off(row, those, why, by=by, at=at)
        taken += len(those)
    return taken


def off_untold(episode: Episode, *, by: Actor, at: datetime) -> int:
    """Take whoever is of another agency off what is still to come, where nobody agrees that agencies are told.

    :returns: how many they were taken off
    """
    if finding.agrees(episode, Purpose.SHARING, by=by, at=at):
        return 0
    there = within(by, Practitioner.objects.filter(episode=episode, own=False))
    return off_all(episode, list(there), NOT_TO_AGENCIES, by=by, at=at)


def _one(
    key: Key, meeting: Key, invited: Key, *, seen: int, by: Actor, at: datetime
) -> tuple[Episode, Meeting, Invited]:
    episode, row = held_meeting(key, meeting, seen=seen, agreed=False, by=by, at=at)
    whose = Invited.objects.select_related("practitioner").filter(meeting=row, key=invited)
    each = within(by, whose).first()
    if each is None:
        raise NotFound
    if over := why_not(row.state, Change.CHANGE):
        raise StepNotAllowed(over)
    if each.off_at is not None:
        raise StepNotAllowed(rules.NOT_ASKED, when=each.off_at)
    return episode, row, each


@transaction.atomic
def uninvite(key: Key, *, meeting: Key, invited: Key, seen: int, why: str, by: Actor, at: datetime) -> Invited:
    """Take one person off a meeting: it is cancelled for them alone, and they may be asked again.

    :raises NotFound: absent, no meeting of this family, or nobody of that key was asked
    :raises Conflict: the meeting has changed since `by` saw it
    :raises InvalidInput: no reason
    :raises StepNotAllowed: it was held or cancelled, they are off it, or nobody else is asked
    """
    episode, row, each = _one(key, meeting, invited, seen=seen, by=by, at=at)
    if not why.strip():
        raise InvalidInput(why="Write why")
    if len(still_asked(row, by=by)) == 1:
        raise StepNotAllowed(rules.LAST)
    off(row, [each], why, by=by, at=at)
    trail.record("familyhelp.uninvite", subject=episode, by=by, at=at, meeting=row.key, invited=each.key)
    return each


@transaction.atomic
def invite_again(key: Key, *, meeting: Key, invited: Key, seen: int, email: str, by: Actor, at: datetime) -> Invitation:
    """Send an invitation to another address, or again to one that has not taken it; the address is kept.

    :raises NotFound: absent, no meeting of this family, or nobody of that key was asked
    :raises Conflict: the meeting has changed since `by` saw it
    :raises InvalidInput: no address, or it went to this one already
    :raises StepNotAllowed: it was held or cancelled, they are off it, of the family, or of an agency that is not told
    """
    episode, row, each = _one(key, meeting, invited, seen=seen, by=by, at=at)
    whose, email = each.practitioner, email.strip()
    if whose is None:
        raise StepNotAllowed(rules.BY_HAND)
    if whose not in told(episode, by=by, at=at):
        raise StepNotAllowed(NOT_TO_AGENCIES)
    gone = within(by, Invitation.objects.filter(invited=each, sequence=row.sequence, email=email))
    if not email or gone.exclude(state__in=(State.FAILED.value, State.WAITING.value)).exists():
        raise InvalidInput(email=rules.SENT_ALREADY if email else "Write an e-mail address")
    if whose.email != email:
        whose.email = email
        whose.save(update_fields=["email"])
    made = _leave(row, each, email, method=REQUEST, by=by, at=at)
    trail.record("familyhelp.invite_again", subject=episode, by=by, at=at, meeting=row.key, invited=each.key)
    return made
