"""Meetings of the team around a family: planned, changed, cancelled, held."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from frontdoor.actors.rules import Actor, InvalidInput, StepNotAllowed, acting_person
from frontdoor.contacts.queries.keeping import kept_of
from frontdoor.earlyhelp.models import Episode, Member
from frontdoor.earlyhelp.queries import finding
from frontdoor.familyhelp.actions.inviting import invite, off, still_asked
from frontdoor.familyhelp.actions.rows import Key, held, held_meeting
from frontdoor.familyhelp.models import Invited, Meeting, Practitioner
from frontdoor.familyhelp.queries.team import told
from frontdoor.familyhelp.rules import meetings as rules
from frontdoor.familyhelp.rules.inviting import CANCEL, REQUEST, UNTICKED
from frontdoor.familyhelp.rules.meetings import Planned, Step
from frontdoor.handovers.actions.slips import signature
from frontdoor.letters import queries as letters
from frontdoor.trail import actions as trail

TELLS_WHERE = "This tells an address, a school or a number that is kept secret. Meet somewhere else"


def tells(episode: Episode, text: str, *, by: Actor) -> bool:
    """Whether a text that leaves the service tells something that is kept of somebody in this family."""
    contacts = [each.named.contact_id for each in finding.members(episode, by=by) if each.named]
    kept, near = kept_of(sorted({*contacts, episode.contact_id}), by=by)
    return bool(letters.passages_in(text, kept=kept, near=near, by=by))


def _who(
    episode: Episode, given: Planned, *, by: Actor, at: datetime
) -> list[tuple[Member | None, Practitioner | None]]:
    """Everybody who is asked, of the family and of the team as they stand.

    :raises InvalidInput: somebody else is named
    """
    family = {f"member:{each.key}": each for each in finding.members(episode, by=by)}
    team = {f"practitioner:{each.key}": each for each in told(episode, by=by, at=at)}
    if set(given.invited) - set(family) - set(team):
        raise InvalidInput(invited="Choose people of this family and of its team")
    return [(family.get(each), team.get(each)) for each in dict.fromkeys(given.invited)]


def _check(episode: Episode, given: Planned, *, by: Actor, at: datetime) -> None:
    wrong = rules.wrong_with(given, at=at)
    wrong |= {"place": TELLS_WHERE} if tells(episode, given.place, by=by) else {}
    if wrong:
        raise InvalidInput(**wrong)


@transaction.atomic
def plan_meeting(key: Key, *, given: Planned, by: Actor, at: datetime) -> Meeting:
    """Plan a meeting. Its place goes out with the invitations, so that no address that is kept may stand there.

    :raises NotFound: absent, or not a family of theirs
    :raises NotPermitted: `by` does not work on plans
    :raises InvalidInput: something is missing, or the place tells what is kept
    :raises StepNotAllowed: it has ended, or nobody agrees to help any more
    """
    episode = held(key, by=by, at=at)
    _check(episode, given, by=by, at=at)
    asked = _who(episode, given, by=by, at=at)
    row = Meeting.objects.create(
        authority_id=episode.authority_id, episode=episode, starts_at=given.starts_at, minutes=given.minutes,
        way=given.way, place=given.place.strip(), agenda=given.agenda.strip(), changed_at=at,
        by_user=acting_person(by), by_name=signature(by), at=at,
    )  # fmt: skip
    invite(row, [_ask(row, *whose, at=at) for whose in asked], method=REQUEST, by=by, at=at)
    trail.record("familyhelp.plan_meeting", subject=episode, by=by, at=at, meeting=row.key)
    return row


def _ask(row: Meeting, member: Member | None, practitioner: Practitioner | None, *, at: datetime) -> Invited:
    return Invited.objects.create(
        authority_id=row.authority_id, meeting=row, member=member, practitioner=practitioner, at=at
    )


def _taken(
    key: Key, meeting: Key, step: Step, *, seen: int, agreed: bool = True, by: Actor, at: datetime
) -> tuple[Episode, Meeting]:
    episode, row = held_meeting(key, meeting, seen=seen, agreed=agreed, by=by, at=at)
    row.state = rules.after(row.state, step).value
    return episode, row


def _save(row: Meeting, *columns: str, at: datetime, outside: bool = False) -> None:
    """Save it as the next version; what a calendar shows has a number of its own."""
    row.version += 1
    if outside:
        row.sequence += 1
    row.changed_at = at
    row.save(update_fields=["state", "version", "sequence", "changed_at", *columns])


@transaction.atomic
def change_meeting(key: Key, *, meeting: Key, seen: int, given: Planned, by: Actor, at: datetime) -> Meeting:
    """Change when or where it is, or who is asked; the next invitation takes the place of the last in every calendar.

    It goes by e-mail to whoever is asked anew, and to everybody where the time or the place is another. Who is not
    chosen any more is taken off.

    :raises NotFound: absent, or no meeting of this family
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: something is missing, or the place tells what is kept
    :raises StepNotAllowed: it was held or cancelled, or nobody agrees to help any more
    """
    episode, row = _taken(key, meeting, Step.CHANGE, seen=seen, by=by, at=at)
    _check(episode, given, by=by, at=at)
    asked = _who(episode, given, by=by, at=at)
    known = {(each.member_id, each.practitioner_id): each for each in still_asked(row, by=by)}
    chosen = {(member and member.pk, practitioner and practitioner.pk): (member, practitioner)
              for member, practitioner in asked}  # fmt: skip
    # Off first: they are told of the time that they know, and of no new one.
    off(row, [each for whose, each in known.items() if whose not in chosen], UNTICKED, by=by, at=at)
    before = _outside(row)
    row.starts_at, row.minutes, row.way = given.starts_at, given.minutes, given.way
    row.place, row.agenda = given.place.strip(), given.agenda.strip()
    _save(row, "starts_at", "minutes", "way", "place", "agenda", at=at, outside=True)
    new = [_ask(row, *whose, at=at) for ids, whose in chosen.items() if ids not in known]
    stay = [each for ids, each in known.items() if ids in chosen and _outside(row) != before]
    invite(row, [*stay, *new], method=REQUEST, by=by, at=at)
    trail.record("familyhelp.change_meeting", subject=episode, by=by, at=at, meeting=row.key)
    return row


def _outside(row: Meeting) -> tuple[object, ...]:
    return row.starts_at, row.minutes, row.way, row.place


@transaction.atomic
def cancel_meeting(key: Key, *, meeting: Key, seen: int, why: str, by: Actor, at: datetime) -> Meeting:
    """Cancel a meeting, with why; whoever took the invitation takes the word that cancels it. Needs nobody's agreement.

    :raises NotFound: absent, or no meeting of this family
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: no reason
    :raises StepNotAllowed: it was held or cancelled
    """
    episode, row = _taken(key, meeting, Step.CANCEL, seen=seen, agreed=False, by=by, at=at)
    if not why.strip():
        raise InvalidInput(why="Write why")
    row.why = why.strip()
    _save(row, "why", at=at, outside=True)
    invite(row, still_asked(row, by=by), method=CANCEL, by=by, at=at)
    trail.record("familyhelp.cancel_meeting", subject=episode, by=by, at=at, meeting=row.key)
    return row


@transaction.atomic
def hold_meeting(
    key: Key, *, meeting: Key, seen: int, agreed: str, came: Mapping[str, str], by: Actor, at: datetime
) -> Meeting:
    """Write down who came to a meeting, and what was agreed.

    :param came: for each person who was asked, by the key of that row, a code of `rules.CAME`
    :raises NotFound: absent, or no meeting of this family
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: nothing agreed is written, or somebody is left out
    :raises StepNotAllowed: it has not begun, it was held or cancelled, or nobody agrees to help any more
    """
    episode, row = _taken(key, meeting, Step.HOLD, seen=seen, by=by, at=at)
    if row.starts_at > at:
        raise StepNotAllowed("This meeting has not begun.")
    asked = still_asked(row, by=by)
    wrong = {} if agreed.strip() else {"agreed": "Write what was agreed"}
    for place, each in enumerate(asked):
        if came.get(str(each.key), "") not in dict(rules.CAME):
            wrong[f"came_{place}"] = "Choose whether they came"
    if wrong:
        raise InvalidInput(**wrong)
    for each in asked:
        each.came = came[str(each.key)]
        each.save(update_fields=["came"])
    row.agreed = agreed.strip()
    _save(row, "agreed", at=at)
    trail.record("familyhelp.hold_meeting", subject=episode, by=by, at=at, meeting=row.key)
    return row
