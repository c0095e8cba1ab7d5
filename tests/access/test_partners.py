"""Who answers for an agency: a right of its own beside that of sending, who keeps it, and that a leaver is out."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from frontdoor.access import actions, queries
from frontdoor.access.models import Partner, User
from frontdoor.access.rules import Role
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import InvalidInput, NotFound, NotPermitted, Permission
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World

NOW = datetime.now(UTC)


def kept_by(world: World, code: str) -> Any:
    """Acting as the lead person of an agency, on the page of colleagues."""
    found = queries.answering(world.partner(code), at=NOW)
    assert found is not None
    return acting_for(found.home, by=found.keeper)


def row(world: World, code: str) -> Partner:
    return Partner.objects.get(user=world.partner(code), ended_at=None)


def test_sending_and_answering_are_two_rights_and_neither_gives_the_other(world: World) -> None:
    sender, partner = world.sender("police-desk"), world.partner("police-mash")
    assert queries.answering(sender, at=NOW) is None
    assert queries.sending(partner, at=NOW) is None
    found = queries.answering(partner, at=NOW)
    assert found is not None
    assert (found.actor.db_role, found.agency.name) == ("frontdoor_portal", "Cambridgeshire Constabulary")
    for council in (CAMBRIDGESHIRE, PETERBOROUGH):
        acting = found.actor.at(council)
        assert [permission for permission in Permission if acting.may(permission)] == [Permission.REQUEST_ANSWER]
    lead = found.keeper.at(found.home)
    assert [permission for permission in Permission if lead.may(permission)] == [Permission.PARTNER_KEEP]


def test_a_lead_person_keeps_their_own_agencys_people_alone(world: World) -> None:
    with kept_by(world, "police-mash") as by:
        assert [each.name for each in queries.partners(by=by, at=NOW)] == ["Piers Wadham", "Rhona Tull"]
        for code, refusal in (("health-mash", NotFound), ("police-mash", InvalidInput)):
            with pytest.raises(refusal):
                actions.end_partner(row(world, code).key, why="x", by=by, at=NOW)
        actions.invite_partner("new@example.org", "Somebody New", site="https://x/", by=by, at=NOW)
    new = queries.answering(User.objects.get(email="new@example.org"), at=NOW)
    assert new is not None
    assert (new.agency.name, new.lead) == ("Cambridgeshire Constabulary", False)
    sends = queries.sending(world.sender("police-desk"), at=NOW)
    assert sends is not None
    for by_whom in (kept_by(world, "police-mash-2"), acting_for(sends.home, by=sends.keeper)):
        with by_whom as by, pytest.raises(NotPermitted):
            actions.invite_partner("other@example.org", "Other", site="https://x/", by=by, at=NOW)


def test_a_leaver_is_signed_out_at_once_by_the_lead_person(world: World, client: Client) -> None:
    leaver = world.signed_in(Client(), world.partner("police-mash-2"))
    assert leaver.get("/partner/").status_code == 200
    assert leaver.get("/partner/people/").status_code == 404
    world.signed_in(client, world.partner("police-mash"))
    page = f"/partner/people/{row(world, 'police-mash-2').key}/end/"
    assert client.post(page, {"why": "Another post"}, follow=True).status_code == 200
    assert leaver.get("/partner/")["Location"].startswith("/account/login/")
    world.signed_in(leaver, world.partner("police-mash-2"))
    assert leaver.get("/partner/").status_code == 404


def test_a_password_alone_opens_nothing_and_sign_in_leads_to_what_is_asked(world: World, client: Client) -> None:
    world.signed_in(client, world.partner("idva"), factor="")
    assert client.get("/partner/")["Location"].endswith("/2fa/totp/activate/")
    world.signed_in(client, world.partner("idva"))
    assert client.get("/desk/")["Location"] == "/partner/"


def test_the_administrator_lets_an_account_of_the_council_answer_and_ends_it(
    world: World, signed: Callable[..., Client]
) -> None:
    client = signed(Role.ADMINISTRATOR, council=PETERBOROUGH)
    user = world.user(Role.AUDITOR, council=PETERBOROUGH)
    page = f"/peterborough/accounts/{user.key}/"
    form = {
        "agency": str(world.agencies["Ouse Valley Advocacy"].key),
        "starts_on-day": "1", "starts_on-month": "1", "starts_on-year": "2026",
    }  # fmt: skip
    assert client.post(f"{page}answer/", form).status_code == 302
    assert "Ouse Valley Advocacy" in client.get(page).content.decode()
    assert client.post(f"{page}answer/", form).status_code == 422
    assert queries.answering(user, at=NOW) is not None
    assert queries.sending(user, at=NOW) is None
    end = f"/peterborough/accounts/partners/{Partner.objects.get(user=user).key}/end/"
    assert client.post(end, {"why": "Another post"}).status_code == 302
    assert queries.answering(user, at=NOW) is None
    other = signed(Role.ADMINISTRATOR, council=CAMBRIDGESHIRE)
    assert other.get(f"/cambridgeshire/accounts/{user.key}/answer/").status_code == 404
    assert other.get(end.replace("peterborough", "cambridgeshire")).status_code == 404
