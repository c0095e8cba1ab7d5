"""Early help as it stands in tests: a decision is carried out, the hub accepts, and the job does what it does."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from frontdoor.actors.rules import COURIER
from frontdoor.contacts.rules.decisions import Decided, Recommended
from frontdoor.earlyhelp.rules.agreeing import Given
from frontdoor.earlyhelp.rules.hub import Looked, Triaged
from tests.contacts.deciding import AT, ENQUIRY, FULL, arrived, decided, recommended
from tests.worlds import PETERBOROUGH, World

if TYPE_CHECKING:
    from frontdoor.contacts.models import Contact
    from frontdoor.earlyhelp.models import Episode, Member, Provider
    from frontdoor.handovers.models import Handover

HELP: Recommended = replace(ENQUIRY, outcome="early_help", rating="", threshold_level="2")
HELPED: Decided = replace(FULL, outcome="early_help", rating="")
OFFICER = "early_help_officer"
DAY: date = AT.date()
TARGETED = Triaged(
    outcome="targeted", level="2", needs="Somebody to help with the mornings.", why="One worker is enough.",
    heard="I am late every day.",
)  # fmt: skip
CALM = Looked(
    finding="no_worry", known="School sees them daily.", tried="Three calls.", why="They have help of their own."
)


def sent(world: World, *, at: datetime = AT, idem: str = "call-1", **more: Any) -> "Handover":
    """A child's matter on its way to Peterborough's early help hub."""
    from frontdoor.contacts.rules.intake import AgreementGiven

    more.setdefault("agreement", AgreementGiven(status="given"))
    contact = arrived(world, at=at, idem=idem, **more)
    matter = recommended(world, contact, HELP, at=at)
    actions = tuple(replace(action, due_at=at + timedelta(days=1)) for action in HELPED.actions)
    decided(world, matter, replace(HELPED, actions=actions), at=at)
    return slip_of(world, contact)


def slip_of(world: World, contact: "Contact") -> "Handover":
    from frontdoor.contacts.models import Matter
    from frontdoor.handovers.models import Handover

    with world.acting("head_of_service"):
        keys = Matter.objects.filter(contact=contact).values_list("key", flat=True)
        return Handover.objects.get(subject_key__in=list(keys), settled_at=None)


def accepted(world: World, slip: "Handover", *, at: datetime = AT) -> "Handover":
    from frontdoor.handovers import actions as handovers
    from frontdoor.handovers.models import Handover

    with world.acting(OFFICER, of=PETERBOROUGH, at=at) as by:
        handovers.accept(slip.key, seen=Handover.objects.get(key=slip.key).version, by=by, at=at)
    return slip


def follow(world: World, slip: "Handover", *, at: datetime = AT) -> "Episode | None":
    """What the job does when the hub has accepted."""
    from frontdoor.earlyhelp import actions

    with world.system(COURIER) as by:
        return actions.open_from_slip(slip.key, by=by, at=at)


def opened(world: World, *, at: datetime = AT, **more: Any) -> "Episode":
    """Early help that has just begun."""
    episode = follow(world, accepted(world, sent(world, at=at, **more), at=at), at=at)
    assert episode is not None
    return episode


def acting(world: World, *, at: datetime = AT, role: str = OFFICER) -> Any:
    return world.acting(role, of=PETERBOROUGH, at=at)


def again(episode: "Episode") -> "Episode":
    episode.refresh_from_db()
    return episode


def child(episode: "Episode") -> "Member":
    from frontdoor.earlyhelp.models import Member

    return Member.objects.get(episode=episode, is_child=True, same_as=None)


def given(**more: Any) -> Given:
    """A word of agreement to help, given in person today."""
    return Given(**{"purpose": "help", "status": "given", "on": DAY, "way": "in_person", **more})


def agreed(world: World, episode: "Episode", *, at: datetime = AT, **more: Any) -> "Episode":
    from frontdoor.earlyhelp import actions

    with acting(world, at=at) as by:
        row = again(episode)
        actions.record_agreement(row.key, seen=row.version, member=child(row).key, given=given(**more), by=by, at=at)
        return again(row)


def waiting(world: World, *, at: datetime = AT, **more: Any) -> "Episode":
    """A family that agrees, is triaged, and waits."""
    from frontdoor.earlyhelp import actions

    episode = agreed(world, opened(world, at=at, **more), at=at)
    with acting(world, at=at) as by:
        actions.triage(episode.key, seen=episode.version, given=TARGETED, by=by, at=at)
        return again(episode)


def provider(world: World, *, kind: str = "own", name: str = "Family workers East", at: datetime = AT) -> "Provider":
    from frontdoor.earlyhelp import actions

    with acting(world, at=at) as by:
        return actions.add_provider(name=name, kind=kind, by=by, at=at)


def offered(world: World, *, kind: str = "own", at: datetime = AT, **more: Any) -> "Episode":
    """A family that was offered to somebody; where that is an agency, with the family's agreement."""
    from frontdoor.earlyhelp import actions

    episode, taker = waiting(world, at=at, **more), provider(world, kind=kind, at=at)
    if kind == "agency":
        episode = agreed(world, episode, at=at, purpose="sharing")
    with acting(world, at=at) as by:
        actions.offer(episode.key, seen=episode.version, provider=taker.key, words="Two children.", by=by, at=at)
        return again(episode)


def screening(world: World, *, at: datetime = AT, **more: Any) -> "Episode":
    """A family that said no, and that nobody has looked at for risk yet."""
    from frontdoor.earlyhelp import actions

    episode = waiting(world, at=at, **more)
    with acting(world, at=at) as by:
        actions.stop(episode.key, seen=episode.version, why="declined", words="No thank you.", by=by, at=at)
        return again(episode)
