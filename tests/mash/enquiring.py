"""An enquiry as it stands in tests, from the slip that a manager's decision sends to where a test wants it."""

from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from tests.contacts.deciding import AT, ENQUIRY, FULL, arrived, decided, minutes, recommended
from tests.worlds import World

if TYPE_CHECKING:  # the models can be imported only when Django stands
    from frontdoor.actors.rules import Actor, Permission
    from frontdoor.mash.models import Enquiry, Subject

__all__ = ["AT", "accepted", "children", "enquiry_of", "handed", "minutes", "opened", "rated", "stands", "without"]


def handed(
    world: World, *, children: int = 1, idem: str = "call-1", rating: str = "amber", at: datetime = AT, **more: Any
) -> list[Any]:
    """Keys of the slips that go to MASH, one for each child of one contact, in the order of the children."""
    from frontdoor.handovers.models import Handover

    contact = arrived(world, idem=idem, at=at, children=children, **more)
    keys = []
    for place in range(children):
        matter = recommended(world, contact, replace(ENQUIRY, rating=rating), at=at, place=place)
        action = replace(FULL.actions[0], due_at=at + timedelta(days=1))
        decided(world, matter, replace(FULL, rating=rating, actions=(action,)), at=at)
        with world.acting("team_manager", at=at):
            keys.append(Handover.objects.get(subject_key=matter.key).key)
    return keys


def accepted(world: World, slip: Any, *, at: datetime = AT) -> "Enquiry":
    """The enquiry that opens when a social worker of MASH accepts a slip."""
    from frontdoor.handovers.models import Handover
    from frontdoor.mash.actions.enquiries import accept

    with world.acting("social_worker", at=at, second=True) as by:
        enquiry = accept(slip, seen=Handover.objects.get(key=slip).version, by=by, at=at)
        assert enquiry is not None
        return enquiry


def opened(world: World, *, at: datetime = AT, **more: Any) -> "Enquiry":
    """An enquiry that was just opened; of several children all slips are accepted."""
    return [accepted(world, slip, at=at) for slip in handed(world, at=at, **more)][-1]


def rated(world: World, rating: str = "amber", *, at: datetime = AT, **more: Any) -> "Enquiry":
    """The same, rated by a social worker."""
    from frontdoor.mash.actions.enquiries import rate

    enquiry = opened(world, at=at, **more)
    with world.acting("social_worker", at=at) as by:
        rate(enquiry.key, seen=stands(enquiry).version, rating=rating, why="What the school saw", by=by, at=at)
        return stands(enquiry)


def stands(enquiry: "Enquiry") -> "Enquiry":
    """The enquiry as it stands now; inside `acting`."""
    from frontdoor.mash.models import Enquiry

    return Enquiry.objects.get(pk=enquiry.pk)


def children(enquiry: "Enquiry") -> list["Subject"]:
    """Its children, each once; inside `acting`."""
    from frontdoor.mash.models import Subject

    return list(Subject.objects.filter(enquiry=enquiry, is_child=True, same_as=None).order_by("position"))


def without(by: "Actor", *gone: "Permission") -> "Actor":
    """The same person, who may do these things no more."""
    return replace(by, reach=MappingProxyType({council: held - {*gone} for council, held in by.reach.items()}))


def enquiry_of(slip: Any, *, by: "Actor") -> "Enquiry | None":
    """The enquiry of a slip, if one was opened."""
    from frontdoor.mash.queries.enquiries.finding import of_slip

    return of_slip(slip, by=by)
