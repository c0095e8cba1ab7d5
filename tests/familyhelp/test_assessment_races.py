"""Two people write in one field at once, or one writes while another shares: nothing is lost on either side."""

from typing import Any

import pytest

from frontdoor.actors.rules import StepNotAllowed
from frontdoor.familyhelp.models import Passage
from tests.earlyhelp import helping
from tests.familyhelp.assessing import LEAD, OFFICER, begun, complete, shared, writes
from tests.races import overlapping
from tests.worlds import World

pytestmark = pytest.mark.usefixtures("own_database")


def test_of_two_who_write_in_one_empty_field_at_once_one_stands_and_the_other_gets_both(world: World) -> None:
    episode = begun(world)

    def write(role: str, text: str) -> Any:
        return lambda: writes(world, episode, text, role=role)

    first, second = overlapping(write(LEAD, "A warm flat."), write(OFFICER, "Damp."), expect=StepNotAllowed)
    assert first.stands["housing_well"] == (1, "A warm flat.")
    assert second.overtaken["housing_well"].text == "A warm flat."
    with helping.acting(world):
        assert list(Passage.objects.values_list("text", flat=True)) == ["A warm flat."]


def test_one_who_goes_on_typing_and_another_who_writes_over_it_at_once_lose_nothing(world: World) -> None:
    episode = begun(world)
    writes(world, episode, "A warm")

    _, late = overlapping(
        lambda: writes(world, episode, "A warm flat", seen=1),
        lambda: writes(world, episode, "Damp.", seen=1, role=OFFICER),
        expect=StepNotAllowed,
    )
    assert late.overtaken["housing_well"].text == "A warm flat"


def test_what_is_typed_while_it_is_shared_is_refused_and_the_shared_copy_is_whole(world: World) -> None:
    episode = begun(world)
    complete(world, episode)
    row, late = overlapping(
        lambda: shared(world, episode), lambda: writes(world, episode, "Damp.", seen=1, role=OFFICER),
        expect=StepNotAllowed,
    )  # fmt: skip
    assert isinstance(late, StepNotAllowed)
    assert "Damp." not in row.copy
    with helping.acting(world):
        assert not Passage.objects.filter(text="Damp.").exists()
