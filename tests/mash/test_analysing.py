"""Who may analyse an enquiry, and what we write down of an agency's word to the version that stands."""

from datetime import date
from typing import Any

import pytest

from frontdoor.actors.rules import InvalidInput, NotFound, NotPermitted, Permission, StepNotAllowed
from frontdoor.contacts.rules.intake import PersonGiven
from frontdoor.mash.actions.asking import stop
from frontdoor.mash.actions.deciding import analysing
from frontdoor.mash.actions.enquiries import stand_down
from frontdoor.mash.models import Analysis, Request, View
from frontdoor.mash.queries import deciding as queries
from tests.mash.asking import asked
from tests.mash.deciding import analysed, decided, of_all, only_child, waiting
from tests.mash.enquiring import children, minutes, rated, stands, without
from tests.worlds import World


def test_whoever_reads_enquiries_and_does_not_work_on_them_analyses_nothing(world: World) -> None:
    enquiry = rated(world)
    with world.acting("social_worker") as by:
        now, less = stands(enquiry), without(by, Permission.MASH_WORK)
        given = of_all(children(now))
        with pytest.raises(NotPermitted):
            analysing.analyse(enquiry.key, seen=now.version, given=given, by=less, at=minutes(1))


def test_whoever_decided_and_may_decide_no_more_takes_nothing_back(world: World) -> None:
    enquiry = waiting(world)
    decision = decided(world, only_child(world, enquiry), at=minutes(5))
    with world.acting("team_manager") as by:
        assert queries.takes_back(decision, by=by)
        assert not queries.takes_back(decision, by=without(by, Permission.MASH_DECIDE))


Asked = dict[str, Request]


def said(world: World, request: Request, version: Analysis, *, less: tuple[Permission, ...] = (), **more: Any) -> View:
    given: dict[str, Any] = {
        "agrees": False, "words": "It is worse than that.", "how": "room", "said_by": "Sgt Osei", **more
    }  # fmt: skip
    with world.acting("social_worker", at=minutes(9)) as by:
        return analysing.write_down_view(
            request.key, analysis=version.key, by=without(by, *less), at=minutes(9), **given
        )


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"agrees": None}, "agrees"), ({"words": " "}, "words"), ({"how": "desk"}, "how"), ({"how": ""}, "how"),
        ({"said_by": " "}, "said_by"),
    ],
)  # fmt: skip
def test_it_is_said_whether_they_agree_what_they_see_otherwise_by_whom_and_how(
    world: World, given: dict[str, Any], field: str
) -> None:
    enquiry = rated(world)
    requests = asked(world, enquiry)
    version = analysed(world, enquiry, at=minutes(1))
    with pytest.raises(InvalidInput) as refused:
        said(world, requests["police"], version, **given)
    assert set(refused.value.problems) == {field}


def test_only_who_works_on_enquiries_writes_down_what_an_agency_said(world: World) -> None:
    enquiry = rated(world)
    requests = asked(world, enquiry)
    version = analysed(world, enquiry, at=minutes(1))
    with pytest.raises(NotPermitted):
        said(world, requests["police"], version, less=(Permission.MASH_WORK,))
    assert said(world, requests["police"], version).words == "It is worse than that."


def test_no_word_is_written_down_of_an_agency_that_is_asked_no_more_or_of_another_enquirys_version(
    world: World,
) -> None:
    elsewhere = (PersonGiven("child", given_name="Ewa", family_name="Nowak", date_of_birth=date(2017, 5, 4)),)
    enquiry, other = rated(world), rated(world, idem="call-2", people=elsewhere)
    requests = asked(world, enquiry)
    version, foreign = analysed(world, enquiry, at=minutes(1)), analysed(world, other, at=minutes(1))
    with pytest.raises(NotFound):
        said(world, requests["police"], foreign)
    with world.acting("social_worker", at=minutes(8)) as by:
        seen = Request.objects.get(pk=requests["police"].pk).version
        stop(requests["police"].key, seen=seen, why="The child lives elsewhere", by=by, at=minutes(8))
    with pytest.raises(StepNotAllowed, match="no longer asked"):
        said(world, requests["police"], version)


def test_no_word_is_written_down_once_the_enquiry_is_settled(world: World) -> None:
    enquiry = rated(world)
    requests = asked(world, enquiry)
    version = analysed(world, enquiry, at=minutes(1))
    with world.acting("team_manager", at=minutes(8)) as by:
        seen = stands(enquiry).version
        stand_down(enquiry.key, seen=seen, why="Clear already", to="assessment", by=by, at=minutes(8))
    with pytest.raises(StepNotAllowed, match="stood down"):
        said(world, requests["police"], version)
