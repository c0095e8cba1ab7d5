"""What follows from a slip to an assessment team: a referral, or more about a child whose referral is open.

A referral follows its slips as they stand, whatever order the messages come in; twice does it once.
"""

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission, acting_council, require
from frontdoor.clocks import actions as clocks
from frontdoor.clocks.models import Ended
from frontdoor.clocks.rules import london_date
from frontdoor.contacts.models import Matter, Named
from frontdoor.contacts.rules.beyond import CHILDREN, SECTION47
from frontdoor.handovers import queries as handover_queries
from frontdoor.handovers.queries import Slip
from frontdoor.handovers.rules import State as SlipState
from frontdoor.referrals.actions.births import see_who_is_born
from frontdoor.referrals.actions.dating import carry_out, days, keep
from frontdoor.referrals.actions.passing import follow_pass
from frontdoor.referrals.actions.rows import FAR, changed, found, move, one_at_a_time, start, turn
from frontdoor.referrals.actions.telling import take_over
from frontdoor.referrals.models import Arrival, Referral
from frontdoor.referrals.queries import judging as asking
from frontdoor.referrals.queries.opening import KIND
from frontdoor.referrals.rules import judging, kinds
from frontdoor.referrals.rules.recording import Dated
from frontdoor.referrals.rules.states import Step, Turn, step_of_slips
from frontdoor.trail import actions as trail

HERE = "assessment"
MATTER = "contacts.matter"
_TURNS = {
    Step.ACCEPT: Turn.ACCEPTED,
    Step.COME_BACK: Turn.BACK,
    Step.GO_AGAIN: Turn.AGAIN,
    Step.WITHDRAW: Turn.WITHDRAWN,
}


@transaction.atomic
def follow(handover: UUID | str, *, by: Actor, at: datetime) -> Referral | None:
    """Let the referral of a slip follow from how the slip stands; where there is none yet, begin it.

    :returns: the referral; None where the slip was taken back before anything began, or is about no child
    :raises NotFound: the council has no such slip
    """
    require(by, Permission.REFERRAL_KEEP, authority=acting_council(by))
    slip = handover_queries.slip(handover, by=by)
    if slip.subject_kind == KIND:
        return follow_pass(slip, by=by, at=at)
    if slip.subject_kind != MATTER and slip.subject_kind not in CHILDREN:
        # A request for information may be answered by an assessment team too: it is about no child that is referred.
        return None
    one_at_a_time(by=by)
    arrival = within(by, Arrival.objects.filter(slip=slip.key)).first()
    if arrival is None:
        if _stands(slip) is SlipState.WITHDRAWN:
            return None
        referral = _arrive(slip, by=by, at=at)
    else:
        referral = found(arrival.referral_id, by=by)
        _heard(arrival, referral, slip, by=by, at=at)
    _dated(referral, slip, by=by, at=at)
    _restate(referral, slip, by=by, at=at)
    return referral


def _dated(referral: Referral, slip: Slip, *, by: Actor, at: datetime) -> None:
    """Keep the day of the strategy discussion that began a section 47 enquiry, where the slip comes of one."""
    gives = SECTION47.get(slip.subject_kind)
    on = gives(slip.subject_key, by=by) if gives else None
    if on is None or referral.settled_at is not None or Dated.SECTION47_STARTED in days(referral, by=by):
        return
    keep(referral, Dated.SECTION47_STARTED, on, why="", source="strategy", by=by, at=at)
    carry_out(referral, Dated.SECTION47_STARTED, on, by=by, at=at)
    changed(referral, "section47", by=by, at=at)


def _stands(slip: Slip) -> SlipState:
    """How a slip stands for us: one that was sent elsewhere in the end is taken back."""
    return slip.state if slip.destination == HERE else SlipState.WITHDRAWN


def _heard(arrival: Arrival, referral: Referral, slip: Slip, *, by: Actor, at: datetime) -> None:
    """Keep how a slip stands now; one that has become urgent makes its referral urgent from now on."""
    hurries = slip.urgent and not arrival.urgent
    arrival.state, arrival.urgent = _stands(slip).value, slip.urgent
    arrival.save(update_fields=["state", "urgent"])
    if hurries and referral.settled_at is None:
        hurry(referral, since=at, section47=slip.section47, by=by, at=at)


def _arrive(slip: Slip, *, by: Actor, at: datetime) -> Referral:
    """Write that a slip came: for the open referral of its child, or for one that begins with it."""
    matter, named = _child(slip, by=by)
    person = asking.person_of(named, by=by)
    referral = asking.open_referral(named, person, by=by)
    more = referral is not None
    if referral is None:
        referral = _begin(slip, matter, named, person, by=by, at=at)
    Arrival.objects.create(
        authority_id=referral.authority_id, referral=referral, slip=slip.key, of_kind=slip.subject_kind,
        of_key=slip.subject_key, contact=matter.contact if matter else named.contact if named else None, named=named,
        urgent=slip.urgent, state=_stands(slip).value, sent_at=slip.first_sent_at, came_at=at,
    )  # fmt: skip
    if more:
        turn(referral, Turn.MORE, by=by, at=slip.first_sent_at)
        if slip.urgent:
            hurry(referral, since=slip.first_sent_at, section47=slip.section47, by=by, at=at)
        trail.record("referrals.more", subject=referral, by=by, at=at, slip=slip.key, urgent=slip.urgent)
    return referral


def _child(slip: Slip, *, by: Actor) -> tuple[Matter | None, Named | None]:
    """The child that a slip is about, as far as its room says it."""
    if slip.subject_kind == MATTER:
        rows = Matter.objects.select_related("contact", "child").filter(key=slip.subject_key)
        matter = within(by, rows).first()
        return matter, matter.child if matter else None
    gives = CHILDREN.get(slip.subject_kind)
    return None, gives(slip.subject_key, by=by) if gives else None


def _begin(
    slip: Slip, matter: Matter | None, named: Named | None, person: int | None, *, by: Actor, at: datetime
) -> Referral:
    contact = matter.contact if matter else named.contact if named else None
    began_on = london_date(slip.first_sent_at)
    owner = asking.open_case(person, before=began_on, by=by, at=at)
    before = asking.earlier(named, person, on=began_on, by=by, at=at)
    counts = judging.counts(case_open=bool(owner), before=before)
    unborn = named is not None and named.kind == "unborn"
    referral = Referral(
        authority_id=acting_council(by), contact=contact, matter=matter, named=named, person_id=person,
        label="Restricted" if slip.restricted else contact.receipt if contact else "Referral", counts=counts.value,
        before=before if counts is judging.Counts.RE_REFERRAL else None, open_with=owner,
        source_code=contact.source_code if contact else "", urgent=slip.urgent, section47=slip.section47,
        restricted=slip.restricted, unborn=unborn, received_at=slip.received_at, began_at=slip.first_sent_at,
        began_on=began_on, team_id=slip.to_team_id or 0, due_at=slip.first_sent_at + FAR,
    )  # fmt: skip
    referral.save(force_insert=True)
    wanted = kinds.at_the_beginning(urgent=slip.urgent, unborn=unborn, case_open=bool(owner))
    start(referral, wanted, since=slip.first_sent_at, by=by, at=at)
    changed(referral, by=by, at=at)
    turn(referral, Turn.BEGAN, counts.words, by=by, at=slip.first_sent_at)
    trail.record(
        "referrals.begin", subject=referral, by=by, at=at, slip=slip.key, counts=counts.value, before=before,
        urgent=slip.urgent, section47=slip.section47,
    )  # fmt: skip
    return referral


def hurry(referral: Referral, *, since: datetime, section47: bool, by: Actor, at: datetime) -> None:
    """Red or section 47 work has come: the child has to be seen from then on, again where they were seen before."""
    referral.urgent, referral.section47 = True, referral.section47 or section47
    wanted = kinds.when_more_came(urgent=True, unborn=referral.unborn)
    start(referral, wanted, since=since, by=by, at=at)
    changed(referral, "urgent", "section47", by=by, at=at)


def _restate(referral: Referral, slip: Slip, *, by: Actor, at: datetime) -> None:
    """Let the state follow from every slip that came."""
    states = within(by, Arrival.objects.filter(referral=referral)).values_list("state", flat=True)
    step = step_of_slips(referral.state, [SlipState(state) for state in states])
    if step is None:
        return
    when = slip.answered_at or at
    if step is Step.ACCEPT:
        referral.accepted_at = when
    if slip.to_team_id and slip.to_team_id != referral.team_id and _stands(slip) is not SlipState.WITHDRAWN:
        referral.team_id = slip.to_team_id
        clocks.reassign(subject=(KIND, referral.key), team_id=slip.to_team_id, owner_id=None, by=by)
    if step is Step.WITHDRAW:
        clocks.stop(subject=(KIND, referral.key), by=by, at=at, ended=Ended.NOT_NEEDED)
    move(referral, step, "accepted_at", "team_id", why=slip.said, by=by, at=at)
    # Who answered is the slip's own knowledge; a refusal's words stand on its page and are not copied.
    turn(referral, _TURNS[step], by=by, at=when)
    trail.record("referrals.follow", subject=referral, by=by, at=at, step=step.value, slip=slip.key)


@transaction.atomic
def follow_all(*, by: Actor, at: datetime) -> int:
    """Follow every slip that stands otherwise than we know, and who each child is said to be: the minute's net.

    :returns: how many referrals moved
    """
    require(by, Permission.REFERRAL_KEEP, authority=acting_council(by))
    waiting = within(by, Arrival.objects.filter(referral__settled_at=None).exclude(state__in=("accepted", "withdrawn")))
    kinds_of: dict[str, dict[UUID, str]] = defaultdict(dict)
    keys: dict[str, set[UUID]] = defaultdict(set)
    for number, kind, key, state in waiting.order_by("id").values_list("slip", "of_kind", "of_key", "state"):
        kinds_of[kind][number] = state
        keys[kind].add(key)
    moved = 0
    for kind, known in kinds_of.items():
        for slips in handover_queries.slips_of(kind, keys[kind], by=by).values():
            for slip in slips:
                if slip.key in known and known[slip.key] != _stands(slip):
                    follow(slip.key, by=by, at=at)
                    moved += 1
    return moved + recognise(by=by, at=at) + see_who_is_born(by=by, at=at) + take_over(by=by, at=at)


def recognise(*, by: Actor, at: datetime) -> int:
    """Write who the child of each open referral is, once that is said or said otherwise.

    Two open referrals turn out to be one child's: the later one is marked, and a person joins it to the earlier.

    :returns: how many changed
    """
    rows = within(by, Referral.objects.filter(settled_at=None, named__isnull=False)).select_related("named")
    held = list(rows.order_by("began_at", "id"))
    said = asking.people({row.named.key for row in held if row.named}, by=by)
    whose = {row.person_id: row.pk for row in held if row.person_id}
    changes = 0
    for each in held:
        person = said.get(each.named.key) if each.named else None
        other = whose.get(person) if person else None
        if person == each.person_id or (other is not None and each.same_as_id == other):
            continue
        _say_who(found(each.pk, by=by), person, other, by=by, at=at)
        if person and other is None:
            whose[person] = each.pk
        changes += 1
    return changes


def _say_who(referral: Referral, person: int | None, other: int | None, *, by: Actor, at: datetime) -> None:
    """Write one child's identity, and judge anew whether it is a re-referral or the case was open."""
    if other is not None:
        referral.same_as_id = other
        changed(referral, "same_as", by=by, at=at)
        turn(referral, Turn.KNOWN, "This child has another open referral: join the two.", by=by, at=at)
        trail.record("referrals.same_child", subject=referral, by=by, at=at)
        return
    referral.person_id, referral.same_as_id = person, None
    if referral.counts != judging.Counts.OPEN_CASE:
        before = asking.earlier(referral.named, person, on=referral.began_on, by=by, at=at, but=referral.pk)
        owner = asking.open_case(person, before=referral.began_on, by=by, at=at)
        counts = judging.counts(case_open=bool(owner), before=before)
        referral.counts, referral.open_with = counts.value, owner
        referral.before = before if counts is judging.Counts.RE_REFERRAL else None
        if counts is judging.Counts.OPEN_CASE:
            clocks.stop(
                kinds.ASSESSMENT, subject=(KIND, referral.key), by=by, at=at, ended=Ended.NOT_NEEDED
            )  # fmt: skip
    changed(referral, "person", "same_as", "counts", "open_with", "before", by=by, at=at)
    turn(referral, Turn.KNOWN, judging.Counts(referral.counts).words, by=by, at=at)
    trail.record("referrals.recognise", subject=referral, by=by, at=at, counts=referral.counts)
