"""Roles hold what practice gives them and nothing that parts two people's work; sessions and accounts run out."""

from datetime import UTC, datetime, timedelta

import pytest

from frontdoor.access.rules import (
    NOT_PRACTITIONERS,
    QUALIFIED_ROLES,
    ROLE_NAMES,
    ROLES,
    Role,
    asleep,
    receiving_permissions,
    second_factor_given,
    session_over,
)
from frontdoor.actors.rules import SYSTEM_ACTORS
from frontdoor.actors.rules import Permission as Perm

NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)
CASE = {
    permission for permission in Perm if permission.split(".")[0] in ("contact", "referrer", "handover", "direction")
}


def holders(permission: Perm) -> set[Role]:
    return {role for role, permissions in ROLES.items() if permission in permissions}


def test_every_role_has_a_name_and_permissions() -> None:
    assert set(ROLE_NAMES) == set(ROLES) == set(Role)
    assert all(ROLES.values())


def test_every_permission_is_held_by_somebody() -> None:
    systems = {p for p in Perm for actor in SYSTEM_ACTORS if actor.at(874).may(p)}
    assert all(holders(permission) or permission in systems for permission in Perm)


def test_a_manager_decides_and_nobody_else() -> None:
    assert holders(Perm.CONTACT_DECIDE) == {Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE}
    assert holders(Perm.HANDOVER_OVERRULE) == {Role.HEAD_OF_SERVICE}


def test_a_contact_officer_neither_looks_first_nor_screens_nor_decides() -> None:
    held = ROLES[Role.CONTACT_OFFICER]
    assert not held & {Perm.CONTACT_LOOK, Perm.CONTACT_SCREEN, Perm.CONTACT_DECIDE, Perm.CONTACT_PROTECT}


def test_only_registered_social_workers_look_first_screen_and_protect() -> None:
    for permission in (Perm.CONTACT_LOOK, Perm.CONTACT_SCREEN, Perm.CONTACT_PROTECT, Perm.CONTACT_ADVISE):
        assert holders(permission) <= QUALIFIED_ROLES


def test_who_keeps_accounts_reads_no_case_and_no_trail() -> None:
    for role in holders(Perm.ACCOUNT_KEEP):
        assert not ROLES[role] & (CASE | {Perm.TRAIL_READ, Perm.TRAIL_SEAL})


def test_who_watches_over_access_touches_neither_cases_nor_accounts() -> None:
    assert holders(Perm.TRAIL_READ) == {Role.DATA_PROTECTION_OFFICER}
    assert not ROLES[Role.DATA_PROTECTION_OFFICER] & (CASE | {Perm.ACCOUNT_KEEP, Perm.AGREEMENT_KEEP})


def test_an_auditor_only_reads() -> None:
    assert {permission.split(".")[1] for permission in ROLES[Role.AUDITOR]} == {"read"}


@pytest.mark.parametrize("role", list(Role))
def test_what_somebody_may_do_for_any_council_is_to_take_in_pass_on_and_where_qualified_protect(role: Role) -> None:
    given = receiving_permissions({role})
    if role in NOT_PRACTITIONERS:
        assert not given
    else:
        assert {Perm.CONTACT_TAKE, Perm.HANDOVER_SEND} <= given
        assert (Perm.CONTACT_PROTECT in given) is (role in QUALIFIED_ROLES)
        assert not given & {Perm.CONTACT_READ, Perm.CONTACT_SEARCH, Perm.CONTACT_DECIDE, Perm.REFERRER_READ}


@pytest.mark.parametrize(("signed_in", "seen", "over"), [
    (timedelta(hours=1), timedelta(minutes=30), False),
    (timedelta(hours=1), timedelta(minutes=30, seconds=1), True),
    (timedelta(hours=12), timedelta(minutes=1), False),
    (timedelta(hours=12, seconds=1), timedelta(minutes=1), True),
])  # fmt: skip
def test_a_session_ends_by_itself(signed_in: timedelta, seen: timedelta, over: bool) -> None:
    session = {"signed_in_at": (NOW - signed_in).timestamp(), "seen_at": (NOW - seen).timestamp()}
    assert session_over(session, at=NOW) is over


@pytest.mark.parametrize("session", [{}, {"signed_in_at": 1.0}, {"signed_in_at": "x", "seen_at": None}])
def test_a_session_that_cannot_say_since_when_is_over(session: dict[str, object]) -> None:
    assert session_over(session, at=NOW)


def test_a_councils_own_directory_is_no_second_factor() -> None:
    assert not second_factor_given([{"method": "password"}, {"method": "socialaccount"}])
    assert second_factor_given([{"method": "password"}, {"method": "mfa"}])


@pytest.mark.parametrize(("last", "awake", "sleeps"), [
    (None, timedelta(days=45), False),
    (None, timedelta(days=45, seconds=1), True),
    (timedelta(days=44), timedelta(days=400), False),
    (timedelta(days=46), timedelta(days=400), True),
    (timedelta(days=46), timedelta(days=1), False),
])  # fmt: skip
def test_an_account_falls_asleep_unused(last: timedelta | None, awake: timedelta, sleeps: bool) -> None:
    assert asleep(NOW - last if last else None, NOW - awake, at=NOW) is sleeps
