"""Recording who agrees to what, and carrying out what somebody's taking it back stops (domain 1.5, 4)."""

from datetime import datetime

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, NotFound, Permission, acting_person
from frontdoor.clocks.models import Ended
from frontdoor.earlyhelp.actions.rows import Key, changed, move, start, stop_clocks, taken, turn
from frontdoor.earlyhelp.models import Agreement, Episode, Offer
from frontdoor.earlyhelp.queries import finding
from frontdoor.earlyhelp.rules import agreeing, beyond, hub, kinds
from frontdoor.earlyhelp.rules.agreeing import Given, Purpose
from frontdoor.earlyhelp.rules.states import Line, State, Step
from frontdoor.earlyhelp.rules.taking import AGENCY
from frontdoor.handovers.actions.slips import signature
from frontdoor.shell.rules import london
from frontdoor.trail import actions as trail


@transaction.atomic
def record_agreement(key: Key, *, seen: int, member: Key, given: Given, by: Actor, at: datetime) -> Agreement:
    """Record what one person of a family says about one purpose; what follows from it follows in the same act.

    The first agreement to help brings the family to triage. Where nobody's agreement to help holds any more, work stops
    and a social worker looks at the family for risk. Where nobody's agreement to tell agencies holds any more, an
    outstanding offer is taken back.

    :raises NotFound: no such family, or nobody of that key in it
    :raises NotPermitted: `by` does not keep early help
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: a part is missing or cannot be
    :raises StepNotAllowed: it has ended
    """
    episode = taken(key, Permission.EARLY_HELP_KEEP, seen=seen, by=by)
    people = {str(each.key): each for each in finding.members(episode, by=by)}
    whose = people.get(str(member))
    if whose is None:
        raise NotFound
    today = london(at).date()
    before = finding.said(episode, by=by)
    last = agreeing.standing(before).get((whose.pk, given.purpose))
    if wrong := agreeing.wrong_with(given, before=last.status if last else "", today=today):
        raise InvalidInput(**wrong)
    row = Agreement.objects.create(
        authority_id=episode.authority_id, episode=episode, member=whose, purpose=given.purpose, status=given.status,
        on=given.on, way=given.way, limits=given.limits.strip(), expires_on=given.expires_on, why=given.why.strip(),
        by_user=acting_person(by), by_name=signature(by), at=at,
    )  # fmt: skip
    words = f"{finding.label_of(whose.named)}: {row.get_purpose_display()}: {row.get_status_display().lower()}"
    turn(episode, Line.AGREEMENT, words, by=by, at=at)
    trail.record(
        "earlyhelp.record_agreement", subject=episode, by=by, at=at, agreement=row.key, status=row.status,
        purpose=row.purpose,
    )  # fmt: skip
    _follow(episode, [*before, row], given, by=by, at=at)
    for hears in beyond.AGREED:
        hears(episode, by=by, at=at)
    return row


def _follow(episode: Episode, said: list[Agreement], given: Given, *, by: Actor, at: datetime) -> None:
    """What somebody's word brings or stops."""
    today, state = london(at).date(), State(episode.state)
    helps = agreeing.agreed(said, Purpose.HELP, today)
    if helps and state is State.REQUESTED:
        move(episode, Step.AGREE, by=by, at=at)
        return
    stopped = given.status in (agreeing.WITHDRAWN, agreeing.REFUSED)
    if stopped and not helps and state is not State.SCREENING and given.purpose == Purpose.HELP:
        halt(episode, hub.DECLINED, by=by, at=at)
        return
    tells = agreeing.agreed(said, Purpose.SHARING, today)
    if stopped and not tells and state is State.OFFERED and _to_an_agency(episode, by=by):
        take_back(episode, "Nobody of the family agrees any more that agencies are told.", by=by, at=at)
        return
    changed(episode, by=by, at=at)


def _to_an_agency(episode: Episode, *, by: Actor) -> bool:
    offers = Offer.objects.select_related("provider").filter(episode=episode, answer="")
    return any(each.provider.kind == AGENCY for each in within(by, offers))


def halt(episode: Episode, why: str, *, by: Actor, at: datetime) -> None:
    """Stop the work and let a social worker look at the family for risk: part of the act that says why.

    :param why: a code of `hub.STOPS`
    """
    if episode.state == State.OFFERED:
        _withdraw_offer(episode, "The family does not want it any more, or does not answer.", by=by, at=at)
    stop_clocks(episode, by=by, at=at, ended=Ended.NOT_NEEDED)
    start(episode, kinds.SCREEN, by=by, at=at)
    episode.stopping = why
    move(episode, Step.STOP, by=by, at=at)
    turn(episode, Line.STOPPED, dict(hub.STOPS)[why], by=by, at=at)


def take_back(episode: Episode, why: str, *, by: Actor, at: datetime) -> None:
    """Take an outstanding offer back, and put the family on the waiting list again: part of another act."""
    _withdraw_offer(episode, why, by=by, at=at)
    stop_clocks(episode, kinds.ANSWER, by=by, at=at, ended=Ended.NOT_NEEDED)
    start(episode, kinds.REVIEW, by=by, at=at)
    move(episode, Step.DECLINE, by=by, at=at)
    turn(episode, Line.DECLINED, f"Taken back by us. {why}", by=by, at=at)


def _withdraw_offer(episode: Episode, why: str, *, by: Actor, at: datetime) -> None:
    for each in within(
        by, Offer.objects.select_for_update(of=("self",), no_key=True).filter(episode=episode, answer="")
    ):
        each.answer, each.answer_words, each.answered_by, each.answered_at = "taken_back", why, by.user_id, at
        each.save(update_fields=["answer", "answer_words", "answered_by", "answered_at"])
