"""The world that other tests stand on is what it says."""

import pytest

from frontdoor.access.rules import Role
from frontdoor.actors.rules import NotFound, Permission, require
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World


@pytest.mark.parametrize("council", [CAMBRIDGESHIRE, PETERBOROUGH])
@pytest.mark.parametrize("role", list(Role))
def test_both_councils_have_an_account_for_each_role_that_reaches_its_own_council(
    world: World, role: Role, council: int
) -> None:
    assert council in world.actor(role, of=council).reach


def test_the_operator_reaches_the_council_that_delegates_and_never_the_other_way_round(world: World) -> None:
    with world.acting("team_manager", of=CAMBRIDGESHIRE, council=PETERBOROUGH) as by:
        require(by, Permission.CONTACT_DECIDE, authority=PETERBOROUGH)
    with world.acting("team_manager", of=PETERBOROUGH, council=CAMBRIDGESHIRE) as by:
        assert not by.may(Permission.CONTACT_DECIDE)
        with pytest.raises(NotFound):
            require(by, Permission.CONTACT_DECIDE, authority=PETERBOROUGH)


def test_work_that_was_not_delegated_stays_where_it_is(world: World) -> None:
    assert PETERBOROUGH not in world.actor("assessment_worker", of=CAMBRIDGESHIRE).reach
