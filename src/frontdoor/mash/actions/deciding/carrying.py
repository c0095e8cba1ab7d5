"""What follows from a decision: a slip to each room that it belongs to, and what becomes of the enquiry then."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission, acting_council, require
from frontdoor.codes import rules as codes
from frontdoor.contacts.actions.passing_on import SECTION_47, report_passed
from frontdoor.contacts.actions.telling import plan_told, told_of
from frontdoor.contacts.models import Contact, Named
from frontdoor.contacts.queries.travelling import tellers
from frontdoor.contacts.rules.decisions import Action
from frontdoor.contacts.rules.passing_on import without_tellers
from frontdoor.handovers import actions as handovers
from frontdoor.handovers import queries as handover_queries
from frontdoor.handovers.queries import Slip
from frontdoor.handovers.rules import Need, Page, Person, Sentence, on_one_side
from frontdoor.handovers.rules import State as SlipState
from frontdoor.mash.actions.deciding.rows import moved, void
from frontdoor.mash.actions.enquiries.ending import settle
from frontdoor.mash.actions.enquiries.rows import CHILD, Key, changed, children, taken, turn
from frontdoor.mash.models import Decision, Enquiry, Subject
from frontdoor.mash.queries import deciding as queries
from frontdoor.mash.queries.enquiries.lists import name_of
from frontdoor.mash.rules import deciding as rules
from frontdoor.mash.rules.states import Line, State, Step, after
from frontdoor.shell.rules import moment
from frontdoor.trail import actions as trail

DONE = "Everything that was decided has been taken on"
NOWHERE = frozenset({"", "referrer"})


def carry_out(
    enquiry: Enquiry, child: Subject, decision: Decision, actions: Sequence[Action], *, by: Actor, at: datetime
) -> None:
    """Send the slip of each outcome of a decision; what sends none is carried out. Part of the act that decides."""
    page = _page(child, decision, actions, by=by)
    sent = [
        _hand_over(enquiry, child, decision, outcome, page, by=by, at=at)
        for outcome in (decision.outcome, *decision.secondary)
    ]
    if not any(sent):
        _carried(enquiry, decision, by=by, at=at)


def _hand_over(
    enquiry: Enquiry, child: Subject, decision: Decision, outcome: str, page: Page, *, by: Actor, at: datetime
) -> bool:
    to = codes.OUTCOMES[outcome].destination
    if to in NOWHERE:
        return False
    summary, about = f"{codes.OUTCOMES[outcome].label}: {enquiry.reference}", (CHILD, child.key)
    if to == "other_council":
        contact = child.matter.contact if child.matter else enquiry.contact
        handovers.send_to_council(
            about, council=int(decision.other_council or 0), outside=decision.detail, summary=summary,
            why=decision.direction, received_at=enquiry.received_at, payload=report_passed(contact, by=by),
            rating=enquiry.rating, from_team_id=enquiry.team_id, by=by, at=at,
        )  # fmt: skip
        return True
    handovers.send(
        about, to=to, summary=summary, why=decision.direction, rating=enquiry.rating,
        section47=outcome in SECTION_47, received_at=enquiry.received_at, payload=page,
        route=decision.specialist_route if to == "specialist" else "", worker=decision.worker,
        manager=decision.manager, from_team_id=enquiry.team_id, by=by, at=at,
    )  # fmt: skip
    return True


def _page(child: Subject, decision: Decision, actions: Sequence[Action], *, by: Actor) -> Page:
    """The page that travels: what came with the child, and what the analysis says of this child. Never who told us."""
    analysis = decision.recommendation.analysis
    meant = queries.meanings_of([analysis], by=by)[analysis.pk][child.pk]
    came = handover_queries.travelling(child.slip, by=by)[0] if child.slip else None
    base = came or Page(family=(Person(name_of(child), "child"),))
    heard = Sentence(f"{meant.voice} ({meant.voice_on:%-d %B %Y})") if meant.voice and meant.voice_on else None
    page = replace(
        base, worries=(Sentence(meant.means), *base.worries), unheard="" if heard or base.own_words else meant.unheard,
        own_words=((heard,) if heard else ()) + base.own_words,
        must_happen=tuple(Need(each.what, moment(each.due_at), each.owner_name) for each in actions),
        told=(Sentence(analysis.known), Sentence(f"If the worry remains: {decision.recommendation.contingency}")),
    )  # fmt: skip
    contacts = [matter.contact for matter in queries.matters_of(child, by=by)]
    those = [
        each
        for contact in contacts
        for each in tellers(contact, list(within(by, Named.objects.filter(contact=contact))), by=by)
    ]
    return without_tellers(on_one_side(page), those)


def tell(enquiry: Enquiry, contact: Contact, decision: Decision, *, by: Actor, at: datetime) -> None:
    """Tell who told us, once every child of their contact is decided. Part of the act that decides."""
    decided = queries.decided_of_contact(enquiry, contact, by=by)
    if decided is not None:
        told = [told_of(child.named.label if child.named else "", row.outcome, row.detail) for child, row in decided]
        plan_told(contact, told, occasion=str(decision.key), by=by, at=at)


def _carried(enquiry: Enquiry, decision: Decision, *, by: Actor, at: datetime) -> None:
    """Everything that a decision sent was taken on; with the last one the enquiry is closed."""
    decision.actioned_at = at
    decision.save(update_fields=["actioned_at"])
    those = children(enquiry, by=by)
    decided = queries.standing_decisions(those, by=by)
    if enquiry.state == State.DECIDED and all(
        child.pk in decided and decided[child.pk].actioned_at is not None for child in those
    ):
        settle(enquiry, after(enquiry.state, Step.CLOSE), DONE, by=by, at=at)
        turn(enquiry, Line.CLOSED, by=by, at=at, text=DONE)


@transaction.atomic
def follow(key: Key, *, by: Actor, at: datetime) -> State:
    """Let a child's decision and its enquiry follow from the slips as they stand now; twice does it once.

    All accepted: carried out, and with the last child the enquiry is closed. Taken back by the giver: the decision is
    void and kept. Back from another team: the history says so, and the giver puts it right.

    :param key: the child's key in the enquiry
    :returns: where the enquiry stands now
    :raises NotFound: the council has no such child
    """
    enquiry = taken(queries.child_of(key, by=by).enquiry.key, Permission.MASH_WORK, seen=None, by=by)
    child = queries.child_of(key, by=by)
    child.enquiry = enquiry
    decision = queries.standing_decisions([child], by=by).get(child.pk)
    if decision is None or decision.actioned_at is not None or State(enquiry.state).settled:
        return State(enquiry.state)
    slips = _sent_by(decision, handover_queries.slips_of(CHILD, [child.key], by=by).get(child.key, []))
    if any(slip.state is SlipState.WITHDRAWN for slip in slips[:1]) and _hands_over(decision):
        _taken_back(enquiry, child, decision, slips[0], by=by, at=at)
    elif slips and rules.taken_on([slip.state for slip in slips if slip.state is not SlipState.WITHDRAWN]):
        _carried(enquiry, decision, by=by, at=at)
    else:
        _say_back(enquiry, child, slips, by=by, at=at)
    trail.record("mash.follow", subject=enquiry, by=by, at=at, child=child.key, slips=[str(s.key) for s in slips])
    return State(enquiry.state)


def _sent_by(decision: Decision, slips: Sequence[Slip]) -> list[Slip]:
    """The slips of a decision in the order of their sending; those of decisions before it are left out."""
    return [slip for slip in slips if slip.first_sent_at >= decision.made_at]


def _hands_over(decision: Decision) -> bool:
    return codes.OUTCOMES[decision.outcome].destination not in NOWHERE


def _taken_back(enquiry: Enquiry, child: Subject, decision: Decision, slip: Slip, *, by: Actor, at: datetime) -> None:
    why = f"Taken back by the giver: {slip.said}"
    void(child, decision, why, by=by, at=at)
    moved(enquiry, Step.VOID, by=by, at=at)
    changed(enquiry, "state", "due_at", by=by, at=at)
    turn(enquiry, Line.VOIDED, by=by, at=at, text=f"For {name_of(child)}: {why}")


def _say_back(enquiry: Enquiry, child: Subject, slips: Sequence[Slip], *, by: Actor, at: datetime) -> None:
    """Say in the history what came back, once for each time."""
    for slip in slips:
        if not slip.state.back or slip.answered_at is None:
            continue
        known = enquiry.turns.filter(kind=Line.BACK.value, at=slip.answered_at)
        if not within(by, known).exists():
            where = codes.DESTINATIONS[slip.destination].label
            words = f"For {name_of(child)}, from {where}: {slip.said}"
            turn(enquiry, Line.BACK, by=by, at=slip.answered_at, text=words, said_by=slip.answered_by)


def follow_all(*, by: Actor, at: datetime) -> int:
    """Follow every decision that was not carried out yet and stands otherwise than its slips: the minute's net.

    :returns: how many were carried out or taken back
    """
    require(by, Permission.MASH_WORK, authority=acting_council(by))
    rows = Decision.objects.select_related("subject").filter(voided_at=None, actioned_at=None)
    decided = list(within(by, rows).order_by("id"))
    slips = handover_queries.slips_of(CHILD, [row.subject.key for row in decided], by=by) if decided else {}
    return sum(_follow_one(row, slips.get(row.subject.key, []), by=by, at=at) for row in decided)


def _follow_one(decision: Decision, slips: Sequence[Slip], *, by: Actor, at: datetime) -> bool:
    those = _sent_by(decision, slips)
    if not those or any(slip.state is SlipState.SENT for slip in those):
        return False
    if any(slip.state.back for slip in those):
        return False
    follow(UUID(str(decision.subject.key)), by=by, at=at)
    return True
