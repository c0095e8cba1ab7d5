"""What came to each council's early help hub: one that waits to be accepted, one that is open, who takes families on.

`planting` takes it in at its end.
"""

from typing import Any
from uuid import UUID

from tests.separation.planting import Ground, _contact, plants

OFFICER = "early_help_officer"


def _slip(ground: Ground, number: int) -> Any:
    from frontdoor.contacts.models import Matter
    from frontdoor.handovers import actions as handovers

    contact = _contact(ground, number, call_back=None)
    with ground.acting("team_manager") as by:
        matter = Matter.objects.filter(contact=contact).order_by("id")[0]
        return handovers.send(
            matter, to="early_help", summary="One neutral line", why=ground.said(), by=by, at=ground.at
        )


def begun(ground: Ground, number: int) -> Any:
    """Early help for a family of its own that has just begun."""
    from frontdoor.contacts.models import Contact
    from frontdoor.earlyhelp import actions

    slip = _slip(ground, number)
    with ground.acting(OFFICER, of=ground.council) as by:
        _of_its_own(Contact, slip)
        made = actions.accept(slip.key, seen=slip.version, by=by, at=ground.at)
    assert made is not None
    return made


def _of_its_own(contacts: Any, slip: Any) -> None:
    """Planted families share names and streets; each gets early help of its own all the same."""
    from uuid import uuid4

    from frontdoor.contacts.models import Matter

    matter = Matter.objects.select_related("contact").get(key=slip.subject_key)
    contacts.objects.filter(pk=matter.contact_id).update(family=uuid4())


def agreed(ground: Ground, episode: Any, purpose: str) -> Any:
    """Somebody of the family agrees."""
    from frontdoor.earlyhelp import actions
    from frontdoor.earlyhelp.models import Member
    from frontdoor.earlyhelp.rules.agreeing import Given
    from frontdoor.shell.rules import london

    with ground.acting(OFFICER, of=ground.council) as by:
        episode.refresh_from_db()
        member = Member.objects.filter(episode=episode).order_by("position")[0]
        said = Given(
            purpose=purpose, status="given", on=london(ground.at).date(), way="phone", limits=ground.said(),
            why=ground.said(),
        )  # fmt: skip
        actions.record_agreement(episode.key, seen=episode.version, member=member.key, given=said, by=by, at=ground.at)
        episode.refresh_from_db()
    return episode


@plants("helped-slip")
def helped_slip(ground: Ground) -> Any:
    """A child on its way to the hub."""
    return _slip(ground, 80).key


@plants("provider")
def provider(ground: Ground) -> Any:
    """An agency that takes families on, and says so."""
    from frontdoor.earlyhelp import actions

    with ground.acting(OFFICER, of=ground.council) as by:
        row = actions.add_provider(
            name=ground.said(), kind="agency", what=ground.said(), phone="01632 960555", by=by, at=ground.at
        )
        actions.say_places(
            row.key, seen=row.version, places=3, said=ground.said(), said_by=ground.said(), by=by, at=ground.at
        )
    return UUID(str(row.key))


@plants("episode")
def episode(ground: Ground) -> Any:
    """Early help that has begun: somebody agrees, was tried, and was told of a service, here and while screened."""
    from frontdoor.contacts.actions.signposting import point
    from frontdoor.earlyhelp import actions
    from frontdoor.earlyhelp.models import Member

    made = agreed(ground, begun(ground, 81), "help")
    with ground.acting(OFFICER, of=ground.council) as by:
        actions.record_attempt(
            made.key, seen=made.version, made_at=ground.at, way="phone", reached=True, said=ground.said(), by=by,
            at=ground.at,
        )  # fmt: skip
        ground.keys["helped-member"] = str(Member.objects.filter(episode=made).order_by("position")[0].key)
        made.refresh_from_db()
        (told,) = actions.signpost(
            made.key, seen=made.version, services=[ground.keys["service"]], words=ground.said(), by=by, at=ground.at
        )
        ground.keys["signpost"] = str(told.key)
    with ground.acting("social_worker") as by:
        point(
            ground.keys["contact"], services=[ground.keys["service"]], way="said", whom=ground.said(), by=by,
            at=ground.at,
        )  # fmt: skip
    return UUID(str(made.key))


def waiting(ground: Ground, number: int) -> Any:
    """A family that agrees to everything, is triaged, and waits."""
    from frontdoor.earlyhelp import actions
    from frontdoor.earlyhelp.rules.hub import Triaged

    made = agreed(ground, agreed(ground, begun(ground, number), "help"), "sharing")
    given = Triaged(
        outcome="targeted", level="2", needs=ground.said(), why=ground.said(), heard=ground.said(),
        alternatives=ground.said(),
    )  # fmt: skip
    with ground.acting(OFFICER, of=ground.council) as by:
        actions.triage(made.key, seen=made.version, given=given, by=by, at=ground.at)
        made.refresh_from_db()
        actions.review(made.key, seen=made.version, change="same", words=ground.said(), by=by, at=ground.at)
        made.refresh_from_db()
    return made


def offered(ground: Ground, number: int) -> Any:
    """A family that was offered to the agency."""
    from frontdoor.earlyhelp import actions

    made = waiting(ground, number)
    with ground.acting(OFFICER, of=ground.council) as by:
        actions.offer(
            made.key, seen=made.version, provider=ground.keys["provider"], words=ground.said(), by=by, at=ground.at
        )
        made.refresh_from_db()
    return made


def taken_on(ground: Ground, number: int) -> Any:
    """A family that somebody has taken on."""
    from frontdoor.earlyhelp import actions

    made, told = offered(ground, number), ground.said()
    with ground.acting(OFFICER, of=ground.council) as by:
        actions.answer(
            made.key, seen=made.version, accepted=True, answered_with=told, worker=told, words=told, by=by,
            at=ground.at,
        )  # fmt: skip
        made.refresh_from_db()
    return made


def stopped(ground: Ground, number: int) -> Any:
    """A family that said no, before anybody looked at it for risk."""
    from frontdoor.earlyhelp import actions

    made = waiting(ground, number)
    with ground.acting(OFFICER, of=ground.council) as by:
        actions.stop(made.key, seen=made.version, why="declined", words=ground.said(), by=by, at=ground.at)
        made.refresh_from_db()
    return made


def ended(ground: Ground, number: int) -> Any:
    """Work that has ended."""
    from frontdoor.earlyhelp import actions

    made = taken_on(ground, number)
    with ground.acting(OFFICER, of=ground.council) as by:
        actions.close(made.key, seen=made.version, ending="moved", why=ground.said(), by=by, at=ground.at)
        made.refresh_from_db()
    return made
