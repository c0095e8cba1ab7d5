"""How early help ends: looked at for risk where the family refuses or is silent, back to the front door, or closed."""

from datetime import datetime

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, Permission, StepNotAllowed, acting_person
from frontdoor.contacts.actions.intake import submit_and_take_in
from frontdoor.contacts.models import Contact, Named
from frontdoor.contacts.rules.intake import AgreementGiven, PersonGiven, ReferrerGiven, Report
from frontdoor.earlyhelp.actions.agreeing import halt
from frontdoor.earlyhelp.actions.rows import Key, changed, move, settle, start, stop_clocks, taken, turn
from frontdoor.earlyhelp.models import Attempt, Episode, Look, StepUp
from frontdoor.earlyhelp.queries import finding
from frontdoor.earlyhelp.rules import beyond, hub, kinds
from frontdoor.earlyhelp.rules.states import OF_WORK, Ending, Line, Step, after
from frontdoor.handovers.actions.slips import signature
from frontdoor.trail import actions as trail

KEEP = Permission.EARLY_HELP_KEEP
ENDED_AS = {hub.DECLINED: Ending.DECLINED, hub.DISENGAGED: Ending.DISENGAGED}


@transaction.atomic
def stop(key: Key, *, seen: int, why: str, words: str, by: Actor, at: datetime) -> Episode:
    """Say that the family does not want it, or does not answer. Nothing ends: a social worker looks at it for risk.

    :param why: a code of `hub.STOPS`
    :raises NotPermitted: `by` does not keep early help
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: no reason, or nobody tried to reach a family that is said not to answer
    :raises StepNotAllowed: it is looked at already, or has ended
    """
    episode = taken(key, KEEP, seen=seen, by=by)
    after(episode.state, Step.STOP)
    wrong = {} if why in dict(hub.STOPS) else {"why": "Choose what has happened"}
    if not words.strip():
        wrong["words"] = "Write what they said, or when they last answered"
    tried = within(by, Attempt.objects.filter(episode=episode, reached=False))
    if why == hub.DISENGAGED and not tried.exists():
        wrong["why"] = "Nobody has written down yet that the family was tried. Record it first"
    if wrong:
        raise InvalidInput(**wrong)
    halt(episode, why, by=by, at=at)
    turn(episode, Line.NOTE, words.strip(), by=by, at=at)
    trail.record("earlyhelp.stop", subject=episode, by=by, at=at, why=why)
    return episode


@transaction.atomic
def look(key: Key, *, seen: int, given: hub.Looked, by: Actor, at: datetime) -> Look:
    """Look at a family for risk before early help ends: it ends, is tried again, or goes back to the front door.

    A qualified social worker does this (domain 4: disengagement after declined help is itself screened for risk).

    :raises NotPermitted: `by` does not screen
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: a part is missing
    :raises StepNotAllowed: nothing is to be looked at
    """
    episode = taken(key, Permission.EARLY_HELP_SCREEN, seen=seen, by=by)
    after(episode.state, Step.END)
    if wrong := hub.wrong_with_look(given):
        raise InvalidInput(**wrong)
    row = Look.objects.create(
        authority_id=episode.authority_id, episode=episode, stopping=episode.stopping, finding=given.finding,
        known=given.known.strip(), tried=given.tried.strip(), why=given.why.strip(), by_user=acting_person(by),
        by_name=signature(by), at=at,
    )  # fmt: skip
    stop_clocks(episode, kinds.SCREEN, by=by, at=at)
    turn(episode, Line.SCREENED, f"{row.get_finding_display()}. {row.why}", by=by, at=at)
    if given.finding == hub.AGAIN:
        start(episode, kinds.REACH, kinds.TRIAGE, by=by, at=at)
        move(episode, Step.TRY_AGAIN, by=by, at=at)
    elif given.finding == hub.WORRY:
        _back(episode, f"{row.why}\n\n{row.known}", by=by, at=at)
        settle(episode, Step.END, Ending.STEPPED_UP, row.why, by=by, at=at)
    else:
        settle(episode, Step.END, ENDED_AS[row.stopping], row.why, by=by, at=at)
    trail.record("earlyhelp.look", subject=episode, by=by, at=at, look=row.key, finding=row.finding)
    return row


@transaction.atomic
def step_up(key: Key, *, seen: int, why: str, danger: str, by: Actor, at: datetime) -> StepUp:
    """Send a family back to the front door: a contact of its own, with a receipt and the clock of a contact.

    Early help goes on meanwhile: what helps the family does not stop while somebody decides (domain 8: no hard wall).

    :param danger: whether a child is in danger now: yes, no or unknown
    :raises NotPermitted: `by` does not keep early help, or takes nothing in
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: nothing to read
    :raises StepNotAllowed: it has ended
    """
    episode = taken(key, KEEP, seen=seen, by=by)
    wrong = {} if why.strip() else {"why": "Write what has happened, and what worries you"}
    if danger not in ("yes", "no", "unknown"):
        wrong["danger"] = "Say whether a child is in danger now"
    if wrong:
        raise InvalidInput(**wrong)
    row = _back(episode, why.strip(), danger=danger, by=by, at=at)
    changed(episode, by=by, at=at)
    trail.record("earlyhelp.step_up", subject=episode, by=by, at=at, contact=row.contact.key)
    return row


def _back(episode: Episode, why: str, *, danger: str = "unknown", by: Actor, at: datetime) -> StepUp:
    """Make the contact: everybody of the family, what worries us, and what early help knows."""
    times = within(by, StepUp.objects.filter(episode=episode)).count()
    report = Report(
        story="\n\n".join(_story(episode, why, by=by)), category="request_for_service", sub_type="cp_concern",
        source_code="5D", danger=danger,
        people=tuple(_as_given(each.named) for each in finding.members(episode, by=by) if each.named),
        referrer=ReferrerGiven(kind="professional", identity="given", name=by.label, role=by.post, agency="Early help"),
        agreement=AgreementGiven(status="not_sought", reason_not_sought="other"),
    )  # fmt: skip
    idem = f"early-help:{episode.key}:{times}"
    _, contact = submit_and_take_in(report, channel="walk_in", idem=idem, by=by, at=at)
    made = _of_family(contact, episode, by=by)
    row = StepUp.objects.create(
        authority_id=episode.authority_id, episode=episode, contact=made, why=why, by_user=acting_person(by), at=at
    )
    turn(episode, Line.STEPPED_UP, f"{made.receipt}. {why}", by=by, at=at)
    return row


def _of_family(contact: Contact | None, episode: Episode, *, by: Actor) -> Contact:
    """The contact that was made, in the family that it is about: of names alone that cannot always be told."""
    if contact is None:
        raise StepNotAllowed("This was sent already.")
    if contact.family != episode.family:
        contact.family = episode.family
        contact.save(update_fields=["family"])
    return contact


def _story(episode: Episode, why: str, *, by: Actor) -> list[str]:
    lines = [why, f"From early help ({episode.reference}), since {episode.opened_at:%d.%m.%Y}."]
    last = episode.triages.order_by("-id").first()
    if last is not None:
        lines.append(f"What the family needed at triage: {last.needs}")
        if last.heard:
            lines.append(f"What the children said then: {last.heard}")
    return [*lines, *(said for gives in beyond.CARRIED if (said := gives(episode, by=by)))]


def _as_given(named: Named) -> PersonGiven:
    """Somebody as the first contact named them; no address goes with it: it may be one that is kept from others."""
    return PersonGiven(
        kind=named.kind, given_name=named.given_name, family_name=named.family_name, known_as=named.known_as,
        date_of_birth=named.date_of_birth, expected_on=named.expected_on, approximate_age=named.approximate_age,
        description=named.description, sex=named.sex, ethnicity=named.ethnicity, language=named.language,
        interpreter=named.interpreter, school=named.school, nhs_number=named.nhs_number, upn=named.upn,
        relationship=named.relationship, parental_responsibility=named.parental_responsibility,
        lives_with=named.lives_with, safe_contact=named.safe_contact,
    )  # fmt: skip


@transaction.atomic
def close(key: Key, *, seen: int, ending: str, why: str, by: Actor, at: datetime) -> Episode:
    """End work that was taken on. A family that refuses or is silent is no ending of this kind.

    :raises NotPermitted: `by` does not keep early help
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: no ending of work, no reason, it is said to have gone back and never did, or a room above
        says why it may not end so
    :raises StepNotAllowed: it was not taken on, or has ended
    """
    episode = taken(key, KEEP, seen=seen, by=by)
    after(episode.state, Step.CLOSE)
    wrong = {} if ending in {each.value for each in OF_WORK} else {"ending": "Choose how it ended"}
    if not why.strip():
        wrong["why"] = "Write what was reached, in words the family would recognise"
    gone_back = within(by, StepUp.objects.filter(episode=episode)).exists()
    if ending == Ending.STEPPED_UP and not gone_back:
        wrong["ending"] = "It has not gone back to the front door. Send it there first"
    if held := next(filter(None, (says(episode, ending, by=by) for says in beyond.HOLDS)), ""):
        wrong.setdefault("ending", held)
    if wrong:
        raise InvalidInput(**wrong)
    settle(episode, Step.CLOSE, Ending(ending), why, by=by, at=at)
    trail.record("earlyhelp.close", subject=episode, by=by, at=at, ending=ending)
    return episode


@transaction.atomic
def reopen(key: Key, *, seen: int, why: str, by: Actor, at: datetime) -> Episode:
    """Open it again: the family is asked again whether it agrees, and every clock of the beginning runs anew.

    :raises NotPermitted: `by` does not keep early help
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: no reason
    :raises StepNotAllowed: it has not ended, or the family has other early help that is open
    """
    episode = taken(key, KEEP, seen=seen, by=by, open_still=False)
    after(episode.state, Step.REOPEN)
    if not why.strip():
        raise InvalidInput(why="Say why it is opened again")
    other = finding.open_of(episode.family, by=by)
    if other is not None:
        raise StepNotAllowed(f"The family has early help that is open, {other.reference}. Go on there.")
    episode.settled_at, episode.settled_by, episode.settled_why, episode.ending = None, None, "", ""
    episode.reopened_at = at
    start(episode, kinds.REACH, kinds.TRIAGE, by=by, at=at)
    move(episode, Step.REOPEN, "settled_at", "settled_by", "settled_why", "ending", "reopened_at", by=by, at=at)
    turn(episode, Line.REOPENED, why.strip(), by=by, at=at)
    trail.record("earlyhelp.reopen", subject=episode, by=by, at=at)
    return episode
