"""Two colleagues of one agency at one request at once: the second waits, and is told of the first."""

import pytest

from frontdoor.actors.rules import StepNotAllowed
from frontdoor.mash.actions import partners
from frontdoor.mash.actions.asking.following import Heard, take_by_telephone
from frontdoor.mash.models import Asked, Confirmation, Opening, Reply
from tests.mash.asking import asked
from tests.mash.enquiring import AT, rated
from tests.races import overlapping

NOTHING = partners.Said(kind="nothing_known")


@pytest.fixture
def police(own_database, world):
    """The request to the police of an enquiry of one child."""
    return asked(world, rated(world))["police"]


def both(world, do, *, expect=StepNotAllowed):
    """Two people of the police do the same at once; what each was given."""

    def one(code):
        def act():
            with world.answering(code) as by:
                return do(by)

        return act

    return overlapping(one("police-mash"), one("police-mash-2"), expect=expect)


def person(world, request):
    with world.answering("police-mash"):
        return Asked.objects.filter(request=request).order_by("position")[0]


def test_of_two_colleagues_who_answer_for_one_person_at_once_one_does(police, world):
    key = person(world, police).key
    _, lost = both(world, lambda by: partners.give_replies(police.key, {key: NOTHING}, by=by, at=AT))
    assert isinstance(lost, StepNotAllowed)
    with world.acting("social_worker"):
        assert Reply.objects.filter(request=police).count() == 1


def test_a_request_that_two_open_at_once_was_opened_first_once(police, world):
    assert both(world, lambda by: partners.open_first(police.key, by=by, at=AT)) == (True, False)
    with world.acting("social_worker"):
        assert Opening.objects.filter(request=police).count() == 1


def test_of_two_who_take_one_answer_back_at_once_one_does(police, world):
    key = person(world, police).key
    with world.answering("police-mash") as by:
        (reply,) = partners.give_replies(police.key, {key: NOTHING}, by=by, at=AT)
    _, lost = both(world, lambda by: partners.withdraw_reply(reply, why="It is of another family", by=by, at=AT))
    assert isinstance(lost, StepNotAllowed)
    with world.acting("social_worker"):
        assert Reply.objects.filter(supersedes__key=reply).count() == 1


def test_what_we_wrote_down_is_confirmed_once_by_two_at_once(police, world):
    who = person(world, police)
    with world.acting("social_worker") as by:
        heard = Heard(people=[who.key], kind="nothing_known", said_by="Their desk")
        take_by_telephone(police.key, heard, seen=police.version, by=by, at=AT)
    _, lost = both(world, lambda by: partners.confirm_replies(police.key, by=by, at=AT))
    assert isinstance(lost, StepNotAllowed)
    with world.acting("social_worker"):
        assert Confirmation.objects.filter(reply__request=police).count() == 1
