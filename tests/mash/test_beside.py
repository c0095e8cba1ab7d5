"""Two enquiries about one incident: each council sees of the other's its number, a word and whom to call."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.urls import reverse

from frontdoor.actors.rules import COURIER
from frontdoor.contacts.rules import beside as rules
from frontdoor.handovers.models import Handover
from frontdoor.mash.actions import beside
from frontdoor.mash.actions.enquiries import stand_down
from frontdoor.mash.queries.enquiries.opening import open_enquiry
from frontdoor.mash.rules.beside import word
from frontdoor.mash.rules.states import State
from tests.contacts.deciding import AT, ENQUIRY, FULL, decided, minutes, recommended
from tests.contacts.test_beside import _arrives, _contact, _pass
from tests.mash.enquiring import accepted, stands
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World


def _enquired(world: World) -> tuple[Any, Any]:
    """Peterborough's enquiry about its own child, and Cambridgeshire's contact of the same incident."""
    contact = _contact(world)
    _pass(world, contact)
    there = _arrives(world)
    matter = recommended(world, contact, ENQUIRY, at=minutes(10))
    action = replace(FULL.actions[0], due_at=AT + timedelta(days=1))
    decided(world, matter, replace(FULL, actions=(action,)), at=minutes(11))
    with world.acting("team_manager", at=AT):
        slip = Handover.objects.get(subject_key=matter.key).key
    return accepted(world, slip, at=minutes(12)), there


def _tell(world: World, council: int, at: Any) -> int:
    with world.system(COURIER, council=council) as by:
        return beside.tell_all(by=by, at=at)


def test_an_enquiry_is_told_to_the_other_council_by_number_and_word_once_and_again_when_it_ends(world: World) -> None:
    from frontdoor.contacts.queries.beside import references

    enquiry, there = _enquired(world)
    assert (_tell(world, PETERBOROUGH, minutes(13)), _tell(world, PETERBOROUGH, minutes(14))) == (1, 0)
    with world.acting("social_worker", council=CAMBRIDGESHIRE, at=AT) as by:
        found = {each.kind: each for each in references([there.mirror], by=by)}
        assert (found["enquiry"].number, found["enquiry"].words) == (enquiry.reference, "Open")
    with world.acting("team_manager", at=AT) as by:
        stand_down(
            enquiry.key, seen=stands(enquiry).version, why="The father was arrested", to="nobody", by=by, at=minutes(20)
        )
    assert _tell(world, PETERBOROUGH, minutes(21)) == 1
    with world.acting("social_worker", council=CAMBRIDGESHIRE, at=AT) as by:
        assert {each.kind: each.words for each in references([there.mirror], by=by)}["enquiry"] == "Stood down"


def test_the_page_of_an_enquiry_shows_the_bare_reference(world: World, client: Any) -> None:
    enquiry, there = _enquired(world)
    for role, of, leads in (("social_worker", 873, True), ("social_worker", 874, False)):
        world.signed_in(client, world.user(role, council=of))
        page = client.get(reverse("mash:enquiry", args=["peterborough", enquiry.key])).content.decode()
        assert there.receipt in page
        assert (f"/cambridgeshire/contacts/{there.key}/" in page) is leads
        assert "Tom" not in page


def test_every_state_has_a_word_that_may_be_told() -> None:
    assert {word(state) for state in State} <= {code for code, _ in rules.WORDS}
    assert all(word(state) == rules.OPEN for state in State if state in {State.ANALYSIS, State.RECOMMENDED})


def test_opening_it_asks_nothing_more_where_no_other_council_is_concerned(
    world: World, django_assert_num_queries: Any
) -> None:
    from frontdoor.mash.queries.beside import beside as known
    from tests.mash.enquiring import opened

    enquiry = opened(world)
    with world.acting("social_worker", at=AT) as by:
        found = open_enquiry(enquiry.key, by=by, at=AT)
        with django_assert_num_queries(0):
            assert known(found.enquiry, found.people, by=by) == []
