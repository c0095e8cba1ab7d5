"""Referrals as they stand in tests: a decision is carried out and its slip followed, as the job does it."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from frontdoor.actors.rules import COURIER
from frontdoor.contacts.rules.decisions import Decided, Recommended
from frontdoor.referrals.rules.recording import Visited
from tests.contacts.deciding import AT, ENQUIRY, FULL, arrived, decided, recommended
from tests.worlds import PETERBOROUGH, World

if TYPE_CHECKING:
    from frontdoor.contacts.models import Contact
    from frontdoor.handovers.models import Handover
    from frontdoor.referrals.models import Referral

NEED: Recommended = replace(ENQUIRY, outcome="referral_assessment", rating="", threshold_level="4a")
NEEDED: Decided = replace(FULL, outcome="referral_assessment", rating="")
HARM: Recommended = replace(ENQUIRY, outcome="strategy_discussion_s47", rating="", threshold_level="4b")
HARMED: Decided = replace(FULL, outcome="strategy_discussion_s47", rating="")


def sent(world: World, *, urgent: bool = False, at: datetime = AT, idem: str = "call-1", **more: Any) -> "Handover":
    """A child's matter on its way to Peterborough's assessment team; nothing has followed from it yet."""
    contact = arrived(world, at=at, idem=idem, **more)
    matter = recommended(world, contact, HARM if urgent else NEED, at=at)
    given = HARMED if urgent else NEEDED
    actions = tuple(replace(action, due_at=at + timedelta(days=1)) for action in given.actions)
    decided(world, matter, replace(given, actions=actions), at=at)
    return slip_of(world, contact)


def slip_of(world: World, contact: "Contact") -> "Handover":
    from frontdoor.contacts.models import Matter
    from frontdoor.handovers.models import Handover

    with world.acting("head_of_service"):
        keys = Matter.objects.filter(contact=contact).values_list("key", flat=True)
        return Handover.objects.get(subject_key__in=list(keys), settled_at=None)


def follow(world: World, slip: "Handover", *, at: datetime = AT) -> "Referral | None":
    """What the job does when something has happened to a slip."""
    from frontdoor.referrals import actions

    with world.system(COURIER) as by:
        return actions.follow(slip.key, by=by, at=at)


def begun(world: World, **more: Any) -> "Referral":
    """A referral that has just begun."""
    referral = follow(world, sent(world, **more), at=more.get("at", AT))
    assert referral is not None
    return referral


def accept(world: World, slip: "Handover", *, at: datetime = AT) -> "Referral":
    """The team accepts it, and the referral follows."""
    from frontdoor.handovers import actions as handovers
    from frontdoor.handovers.models import Handover

    with world.acting("assessment_manager", of=PETERBOROUGH, at=at) as by:
        handovers.accept(slip.key, seen=Handover.objects.get(key=slip.key).version, by=by, at=at)
    referral = follow(world, slip, at=at)
    assert referral is not None
    return referral


def held(world: World, *, at: datetime = AT, **more: Any) -> "Referral":
    """A referral that the assessment worker has picked up."""
    from frontdoor.referrals import actions

    slip = sent(world, at=at, **more)
    referral = accept(world, slip, at=at)
    with world.acting("assessment_worker", of=PETERBOROUGH, at=at) as by:
        return actions.pick_up(referral.key, seen=referral.version, by=by, at=at)


def visited(made_at: datetime, **more: Any) -> Visited:
    """A visit at which the child was seen alone and said something."""
    told: dict[str, Any] = {
        "made_at": made_at, "place": "home", "seen_by": "Assessment worker", "seen": True, "alone": True,
        "voice": "I like it when mum gets up.",
    }  # fmt: skip
    return Visited(**{**told, **more})


def after(hours: float = 0, *, days: float = 0) -> datetime:
    return AT + timedelta(hours=hours, days=days)


def person(given: str = "Tess") -> Any:
    """Somebody of Peterborough's index."""
    from frontdoor.people.models import Person

    with world_of_seeder() as by:
        return Person.objects.create(authority_id=by.authority, label=f"{given} Setchfield", made_at=AT)


def world_of_seeder() -> Any:
    from frontdoor.actors.actions import acting_for
    from frontdoor.actors.rules import SEEDER

    return acting_for(PETERBOROUGH, by=SEEDER)


def confirm(someone: Any, *contacts: "Contact") -> None:
    """Say that the first child of each contact is this person."""
    from frontdoor.contacts.models import Named
    from frontdoor.matching.models import Link

    with world_of_seeder():
        for named in Named.objects.filter(contact__in=contacts, kind="child", position=0):
            Link.objects.create(
                authority_id=PETERBOROUGH, subject_kind="contacts.named", subject_key=named.key, person=someone,
                state="confirmed", said_at=AT,
            )  # fmt: skip


def open_with(someone: Any, *, plan: str, since: Any) -> None:
    """Say in the case system's words that somebody is open to Ruth Wold."""
    from frontdoor.people.models import Bringing, Involvement

    with world_of_seeder():
        told = {"authority_id": PETERBOROUGH, "kind": "feed", "state": "done"}
        run = Bringing.objects.create(**told, as_at=AT, begun_at=AT, moved_at=AT)
        Involvement.objects.create(
            authority_id=PETERBOROUGH, person=someone, external="i1", kind="involvement", worker="Ruth Wold",
            team="East", plan=plan, since=since, as_at=AT, bringing=run,
        )  # fmt: skip
