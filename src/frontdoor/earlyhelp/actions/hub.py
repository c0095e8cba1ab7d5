"""Which help fits, the waiting list, and offering a family to whoever may take it on."""

from datetime import datetime

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, Permission, StepNotAllowed, acting_person
from frontdoor.clocks.models import Ended
from frontdoor.councils.queries import setting
from frontdoor.councils.rules import declared
from frontdoor.earlyhelp.actions.agreeing import take_back
from frontdoor.earlyhelp.actions.rows import Key, changed, move, settle, start, stop_clocks, taken, turn
from frontdoor.earlyhelp.models import Episode, Offer, Provider, Review, Triage
from frontdoor.earlyhelp.queries import finding
from frontdoor.earlyhelp.queries.lists import leads
from frontdoor.earlyhelp.rules import hub, kinds
from frontdoor.earlyhelp.rules.agreeing import Purpose
from frontdoor.earlyhelp.rules.states import Ending, Line, State, Step, after
from frontdoor.earlyhelp.rules.taking import AGENCY, OWN, TakenOn, tell
from frontdoor.handovers.actions.slips import signature
from frontdoor.trail import actions as trail

KEEP = Permission.EARLY_HELP_KEEP


@transaction.atomic
def triage(key: Key, *, seen: int, given: hub.Triaged, by: Actor, at: datetime) -> Triage:
    """Decide which help fits: targeted help puts the family on the waiting list, all else ends with alternatives.

    :raises NotPermitted: `by` does not keep early help
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: a part is missing
    :raises StepNotAllowed: nobody has agreed, it is triaged already, or it has ended
    """
    episode = taken(key, KEEP, seen=seen, by=by)
    step = Step.TARGET if given.outcome == hub.TARGETED else Step.POINT
    after(episode.state, step)
    if wrong := hub.wrong_with_triage(given):
        raise InvalidInput(**wrong)
    if step is Step.TARGET:
        _still_agreed(episode, by=by, at=at)
    document = setting(declared.THRESHOLD_DOCUMENT.name, authority=episode.authority_id, on=at).value
    row = Triage.objects.create(
        authority_id=episode.authority_id, episode=episode, outcome=given.outcome, level=given.level,
        document=str(document)[:60], needs=given.needs.strip(), why=given.why.strip(), heard=given.heard.strip(),
        unheard=given.unheard.strip(), alternatives=given.alternatives.strip(), by_user=acting_person(by),
        by_name=signature(by), at=at,
    )  # fmt: skip
    episode.level = given.level
    turn(episode, Line.TRIAGED, f"{row.get_outcome_display()}. {given.why.strip()}", by=by, at=at)
    stop_clocks(episode, kinds.TRIAGE, by=by, at=at)
    if step is Step.TARGET:
        start(episode, kinds.REVIEW, by=by, at=at)
        move(episode, step, "level", by=by, at=at)
    else:
        ending = Ending.UNIVERSAL if given.outcome == hub.UNIVERSAL else Ending.NOT_AT_THRESHOLD
        episode.save(update_fields=["level"])
        settle(episode, step, ending, given.alternatives, by=by, at=at)
    trail.record("earlyhelp.triage", subject=episode, by=by, at=at, triage=row.key, outcome=row.outcome)
    return row


def _still_agreed(episode: Episode, *, by: Actor, at: datetime) -> None:
    """Go on only while somebody's agreement to help holds: one that has run out is none."""
    if not finding.agrees(episode, Purpose.HELP, by=by, at=at):
        raise StepNotAllowed("Nobody's agreement to early help holds any more. Ask the family again first.")


@transaction.atomic
def offer(key: Key, *, seen: int, provider: Key, words: str, by: Actor, at: datetime) -> Offer:
    """Offer a family to a team or an agency; it stays the hub's until somebody there takes it on.

    :raises NotPermitted: `by` does not keep early help
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: nobody of that key, or nothing for them to read
    :raises StepNotAllowed: not on the waiting list, or the family does not agree that an agency is told
    """
    episode = taken(key, KEEP, seen=seen, by=by)
    after(episode.state, Step.OFFER)
    whom = within(by, Provider.objects.filter(key=provider, ended_at=None)).first() if provider else None
    wrong = {} if whom else {"provider": "Choose who may take this family on"}
    if not words.strip():
        wrong["words"] = "Write what they need to know to say yes or no"
    if whom is None or wrong:
        raise InvalidInput(**wrong)
    _still_agreed(episode, by=by, at=at)
    if whom.kind == AGENCY and not finding.agrees(episode, Purpose.SHARING, by=by, at=at):
        raise StepNotAllowed("The family has not agreed that agencies are told. Ask them first.")
    row = Offer.objects.create(
        authority_id=episode.authority_id, episode=episode, provider=whom, words=words.strip(),
        by_user=acting_person(by), at=at,
    )  # fmt: skip
    # The family waits on: the look at the waiting list goes on until somebody has taken it.
    start(episode, kinds.ANSWER, by=by, at=at)
    move(episode, Step.OFFER, by=by, at=at)
    turn(episode, Line.OFFERED, whom.name, by=by, at=at)
    trail.record("earlyhelp.offer", subject=episode, by=by, at=at, offer=row.key, provider=whom.key)
    return row


@transaction.atomic
def answer(
    key: Key, *, seen: int, accepted: bool, answered_with: str, worker: str = "", account: int | None = None,
    words: str = "", by: Actor, at: datetime,
) -> Offer:  # fmt: skip
    """Record what whoever was offered a family answers. Taken on: the clocks of the hub end. Not: it waits again.

    :param answered_with: who of theirs said it
    :param worker: who takes the family on, by name
    :param account: their account, where they have one as lead practitioner here: they lead the family from now on
    :raises NotPermitted: `by` does not keep early help
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: nobody who said it, nobody who takes it on, or no reason
    :raises StepNotAllowed: nothing is offered
    """
    episode = taken(key, KEEP, seen=seen, by=by)
    after(episode.state, Step.TAKE_ON)
    wrong = {} if answered_with.strip() else {"answered_with": "Write who of theirs answered"}
    lead = next((each for each in leads(by=by, at=at) if each.id == account), None) if accepted and account else None
    if accepted and account and lead is None:
        wrong["account"] = "Choose somebody of this list"
    elif accepted and lead is None and not worker.strip():
        wrong["worker"] = "Choose or write who takes the family on"
    if not accepted and not words.strip():
        wrong["words"] = "Write why they do not take the family on"
    if wrong:
        raise InvalidInput(**wrong)
    row = _outstanding(episode, by=by)
    row.answer, row.answered_with = "accepted" if accepted else "declined", answered_with.strip()
    row.worker, row.answer_words = (lead.name if lead else worker.strip()) if accepted else "", words.strip()
    row.answered_by, row.answered_at = by.user_id, at
    row.save(update_fields=["answer", "answered_with", "worker", "answer_words", "answered_by", "answered_at"])
    stop_clocks(episode, kinds.ANSWER, by=by, at=at)
    if accepted:
        stop_clocks(episode, kinds.REVIEW, by=by, at=at)
        move(episode, Step.TAKE_ON, by=by, at=at)
        turn(episode, Line.TAKEN_ON, f"{row.worker}, {row.provider.name}", by=by, at=at)
        whom = row.provider
        account, own = lead.id if lead else None, whom.kind == OWN
        tell(TakenOn(episode.key, row.worker, account, whom.name, whom.phone, own), by=by, at=at)
    else:
        move(episode, Step.DECLINE, by=by, at=at)
        turn(episode, Line.DECLINED, f"{row.provider.name}: {row.answer_words}", by=by, at=at)
    trail.record("earlyhelp.answer", subject=episode, by=by, at=at, offer=row.key, accepted=accepted)
    return row


def _outstanding(episode: Episode, *, by: Actor) -> Offer:
    rows = Offer.objects.select_for_update(of=("self",), no_key=True).select_related("provider")
    return within(by, rows.filter(episode=episode, answer="")).get()


@transaction.atomic
def take_back_offer(key: Key, *, seen: int, why: str, by: Actor, at: datetime) -> Episode:
    """Take an outstanding offer back; the family is on the waiting list again.

    :raises NotPermitted: `by` does not keep early help
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: no reason
    :raises StepNotAllowed: nothing is offered
    """
    episode = taken(key, KEEP, seen=seen, by=by)
    after(episode.state, Step.DECLINE)
    if not why.strip():
        raise InvalidInput(why="Say why it is taken back")
    take_back(episode, why.strip(), by=by, at=at)
    trail.record("earlyhelp.take_back_offer", subject=episode, by=by, at=at)
    return episode


@transaction.atomic
def review(key: Key, *, seen: int, change: str, words: str, by: Actor, at: datetime) -> Review:
    """Look at a family that waits: what has changed, and who has seen the children. The next look is due again.

    :raises NotPermitted: `by` does not keep early help
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: a part is missing
    :raises StepNotAllowed: it does not wait
    """
    episode = taken(key, KEEP, seen=seen, by=by)
    if episode.state not in (State.WAITING, State.OFFERED):
        raise StepNotAllowed("This family is not on the waiting list.")
    wrong = {} if change in dict(hub.CHANGES) else {"change": "Choose what has changed"}
    if not words.strip():
        wrong["words"] = "Write whom you spoke with, and who has seen the children"
    if wrong:
        raise InvalidInput(**wrong)
    row = Review.objects.create(
        authority_id=episode.authority_id, episode=episode, change=change, words=words.strip(),
        by_user=acting_person(by), by_name=signature(by), at=at,
    )  # fmt: skip
    stop_clocks(episode, kinds.REVIEW, by=by, at=at, ended=Ended.DONE)
    start(episode, kinds.REVIEW, by=by, at=at)
    changed(episode, by=by, at=at)
    turn(episode, Line.REVIEWED, f"{row.get_change_display()}. {words.strip()}", by=by, at=at)
    trail.record("earlyhelp.review", subject=episode, by=by, at=at, review=row.key)
    return row
