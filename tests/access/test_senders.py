"""Who sends for an agency: what an account of theirs opens, who keeps it, and that a leaver is out at once."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client

from frontdoor.access import actions, queries
from frontdoor.access.models import Sender, User
from frontdoor.access.rules import Role
from frontdoor.actors.rules import SEEDER, InvalidInput, NotFound, NotPermitted, Permission, StepNotAllowed
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World

NOW = datetime.now(UTC)


def kept_by(world: World, code: str) -> Any:
    """Acting as the lead person of an agency, on the page of colleagues."""
    from frontdoor.actors.actions import acting_for

    found = queries.sending(world.sender(code), at=NOW)
    assert found is not None
    return acting_for(found.home, by=found.keeper)


def row(world: World, code: str) -> Sender:
    return Sender.objects.get(user=world.sender(code), ended_at=None)


def test_a_sender_acts_for_the_agency_in_the_portals_role_and_holds_nothing_of_the_staffs(world: World) -> None:
    found = queries.sending(world.sender("school"), at=NOW)
    assert found is not None
    assert found.actor.db_role == "frontdoor_portal"
    assert found.actor.agency == str(world.agencies["Whittle Brook Primary School"].key)
    for council in (CAMBRIDGESHIRE, PETERBOROUGH):
        acting = found.actor.at(council)
        assert [permission for permission in Permission if acting.may(permission)] == [Permission.CONTACT_TAKE]
    staff = queries.standing(world.sender("school"), at=NOW)
    assert staff.councils == ()
    assert not staff.receiving
    assert not staff.actor.reach


def test_only_a_lead_person_keeps_colleagues_and_holds_nothing_else(world: World) -> None:
    lead, other = (queries.sending(world.sender(code), at=NOW) for code in ("school-lead", "school"))
    assert lead is not None
    assert other is not None
    held = [permission for permission in Permission if lead.keeper.at(lead.home).may(permission)]
    assert held == [Permission.SENDER_KEEP]
    assert not any(other.keeper.at(other.home).may(permission) for permission in Permission)
    assert not lead.keeper.at(CAMBRIDGESHIRE).may(Permission.SENDER_KEEP)


def test_staff_send_for_no_agency_and_find_no_page_of_senders(world: World, signed: Callable[..., Client]) -> None:
    assert queries.sending(world.user(Role.ADMINISTRATOR), at=NOW) is None
    client = signed(Role.HEAD_OF_SERVICE)
    for path in ("/sender/", "/sender/new/", "/sender/day/", "/sender/people/"):
        assert client.get(path).status_code == 404


def test_the_day_after_the_last_day_nothing_opens(world: World, client: Client) -> None:
    user = world.sender("school")
    with world.system(SEEDER):
        Sender.objects.filter(user=user).update(ends_on=date(2026, 3, 31))
    inside = datetime(2026, 3, 31, 22, 59, tzinfo=UTC)  # 23:59 in London, summer time
    assert queries.sending(user, at=inside) is not None
    assert queries.sending(user, at=inside + timedelta(minutes=1)) is None


def test_a_leaver_is_signed_out_at_once_and_the_next_page_asks_to_sign_in(world: World, client: Client) -> None:
    world.signed_in(client, world.sender("school"))
    assert client.get("/sender/").status_code == 200
    with kept_by(world, "school-lead") as by:
        actions.end_sender(row(world, "school").key, why="Has left the school", by=by, at=NOW)
    assert client.get("/sender/").status_code == 302
    assert not UserSession.objects.filter(user=world.sender("school")).exists()
    # also where the session itself was missed: the row alone decides
    world.signed_in(client, world.sender("school"))
    assert client.get("/sender/").status_code == 404


def test_a_session_that_outlived_the_right_ends_with_the_next_page(world: World, client: Client) -> None:
    world.signed_in(client, world.sender("school"))
    assert client.get("/sender/").status_code == 200
    with world.system(SEEDER) as by:
        Sender.objects.filter(user=world.sender("school")).update(ended_at=NOW, ended_by=by.name)
    assert client.get("/sender/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_a_password_alone_opens_nothing(world: World, client: Client) -> None:
    world.signed_in(client, world.sender("school"), factor="")
    assert client.get("/sender/")["Location"].endswith("/2fa/totp/activate/")


def test_who_only_sends_is_led_from_my_work_to_what_was_sent(world: World, client: Client) -> None:
    world.signed_in(client, world.sender("school"))
    answer = client.get("/desk/")
    assert (answer.status_code, answer["Location"]) == (302, "/sender/")


def test_a_lead_person_keeps_their_own_agencys_people_alone(world: World) -> None:
    with kept_by(world, "school-lead") as by:
        assert [each.name for each in queries.senders(by=by, at=NOW)] == ["Daniel Eyre", "Marian Coombe"]
        with pytest.raises(NotFound):
            queries.sender(row(world, "police-desk").key, by=by, at=NOW)
        with pytest.raises(NotFound):
            actions.end_sender(row(world, "health-trust").key, why="x", by=by, at=NOW)
        with pytest.raises(InvalidInput):
            actions.end_sender(row(world, "school-lead").key, why="x", by=by, at=NOW)
    with kept_by(world, "school") as by:
        with pytest.raises(NotPermitted):
            queries.senders(by=by, at=NOW)
        with pytest.raises(NotPermitted):
            actions.invite_sender("new@example.org", "Somebody New", site="https://x/", by=by, at=NOW)


def test_a_colleague_is_invited_and_another_agencys_person_is_not_taken_over(world: World) -> None:
    theirs = world.sender("police-desk")
    with kept_by(world, "school-lead") as by:
        actions.invite_sender("new@example.org", "Somebody New", site="https://x/", by=by, at=NOW)
        actions.invite_sender(theirs.email.upper(), "A Name Of Theirs", site="https://x/", by=by, at=NOW)
        actions.invite_sender(theirs.email, "A Name Of Theirs", site="https://x/", by=by, at=NOW)
    new = queries.sending(User.objects.get(email="new@example.org"), at=NOW)
    assert new is not None
    assert (new.agency.name, new.lead, new.home) == ("Whittle Brook Primary School", False, PETERBOROUGH)
    same = queries.sending(User.objects.get(pk=theirs.pk), at=NOW)
    assert same is not None
    assert same.agency.name == "Cambridgeshire Constabulary"
    assert User.objects.get(pk=theirs.pk).name == theirs.name


def test_the_page_of_an_invitation_answers_alike_whether_the_address_had_an_account(
    world: World, client: Client
) -> None:
    world.signed_in(client, world.sender("school-lead"))
    answers = []
    for email in ("nobody-yet@example.org", world.user(Role.SOCIAL_WORKER).email):
        answer = client.post("/sender/people/new/", {"email": email, "name": "Robin Marsh"}, follow=True)
        answers.append((answer.status_code, answer.redirect_chain, "on its way" in answer.content.decode()))
    assert answers[0] == answers[1]
    assert answers[0][0] == 200
    assert not mail.outbox  # the worker sends it


def test_the_administrator_lets_an_account_of_the_council_send_and_ends_it(
    world: World, signed: Callable[..., Client]
) -> None:
    client = signed(Role.ADMINISTRATOR, council=PETERBOROUGH)
    user = world.user(Role.AUDITOR, council=PETERBOROUGH)
    page = f"/peterborough/accounts/{user.key}/"
    form = {
        "agency": str(world.agencies["Fenland Education Outreach"].key), "lead": "on",
        "starts_on-day": "1", "starts_on-month": "1", "starts_on-year": "2026",
    }  # fmt: skip
    assert client.post(f"{page}send/", form).status_code == 302
    assert "Fenland Education Outreach" in client.get(page).content.decode()
    assert client.post(f"{page}send/", form).status_code == 422
    found = queries.sending(user, at=NOW)
    assert found is not None
    assert found.lead
    held = Sender.objects.get(user=user, ended_at=None)
    end = f"/peterborough/accounts/senders/{held.key}/end/"
    assert client.post(end, {"why": ""}).status_code == 422
    assert client.post(end, {"why": "Another post"}).status_code == 302
    assert queries.sending(user, at=NOW) is None
    assert client.post(end, {"why": "Again"}).status_code == 409


def test_another_councils_administrator_finds_neither_account_nor_sender(
    world: World, signed: Callable[..., Client]
) -> None:
    client = signed(Role.ADMINISTRATOR, council=CAMBRIDGESHIRE)
    user = world.sender("school")
    assert client.get(f"/cambridgeshire/accounts/{user.key}/send/").status_code == 404
    assert client.get(f"/cambridgeshire/accounts/senders/{row(world, 'school').key}/end/").status_code == 404
    with world.acting("administrator", council=CAMBRIDGESHIRE) as by, pytest.raises(NotFound):
        actions.end_sender(row(world, "school").key, why="x", by=by, at=NOW)


def test_an_ended_account_is_not_let_send(world: World) -> None:
    user = world.user(Role.AUDITOR, council=PETERBOROUGH)
    with world.acting("administrator", council=PETERBOROUGH, of=PETERBOROUGH) as by:
        actions.end_account(user.key, why="left", by=by, at=NOW)
        with pytest.raises(StepNotAllowed):
            actions.let_send(
                user.key, agency=world.agencies["Fenland Education Outreach"], lead=False, starts_on=date(2026, 1, 1),
                by=by, at=NOW,
            )  # fmt: skip
