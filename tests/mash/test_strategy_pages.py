"""The pages of strategy discussions: begun at night with two lines, shown as not quorate, signed, read, corrected."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.contacts.deciding import arrived
from tests.mash.enquiring import rated
from tests.mash.strategising import AT, CORE, WHY, answered, begun, came, children, decided, issues, kept
from tests.worlds import World

SLUG = "peterborough"


def get(client: Client, world: World, role: str, name: str, *args: Any) -> str:
    world.signed_in(client, world.user(role))
    answer = client.get(reverse(f"mash:{name}", args=[SLUG, *args]))
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def post(client: Client, world: World, role: str, name: str, *args: Any, **typed: Any) -> Any:
    world.signed_in(client, world.user(role))
    return client.post(reverse(f"mash:{name}", args=[SLUG, *args]), typed)


def version(world: World, row: Any) -> int:
    with world.acting("team_manager", at=AT):
        return int(kept(row).version)


def test_a_contact_leads_to_one_and_the_night_begins_it_with_two_lines(world: World, client: Client) -> None:
    contact = arrived(world, children=2)
    world.signed_in(client, world.user("duty_worker"))
    page = client.get(reverse("contacts:detail", args=[SLUG, contact.key])).content.decode()
    assert "Begin a strategy discussion" in page
    asked = get(client, world, "duty_worker", "begin-strategy", contact.key)
    assert asked.count("checked") == 3
    wrong = post(client, world, "duty_worker", "begin-strategy", contact.key, why="", with_whom="DS Carter", now="yes")
    assert wrong.status_code == 422
    assert 'value="DS Carter"' in wrong.content.decode()
    with world.acting("duty_worker", at=AT) as by:
        from frontdoor.mash.queries.strategy.finding import children_of

        those = [str(each.key) for each in children_of(contact, by=by)]
    done = post(
        client, world, "duty_worker", "begin-strategy", contact.key, why=WHY, with_whom="DS Carter", now="yes",
        those=those,
    )  # fmt: skip
    assert done.status_code == 302
    page = client.get(done["Location"]).content.decode()
    for words in ("Held: the record is being written", "Not quorate", "One issue has no answer", "Tess1", WHY):
        assert words in page
    page = client.get(reverse("contacts:detail", args=[SLUG, contact.key])).content.decode()
    assert "Strategy discussion S-" in page


def test_not_quorate_is_shown_on_the_list_on_the_page_and_in_the_minutes(world: World, client: Client) -> None:
    row = begun(world)
    came(world, row, CORE[:3])
    decided(world, row)
    answered(world, row)
    assert "Not quorate. Nobody was there for: Health." in get(client, world, "social_worker", "strategy", row.key)
    assert "Not quorate" in get(client, world, "social_worker", "strategies")
    page = get(client, world, "team_manager", "strategy-sign", row.key)
    assert "Not quorate. Nobody was there for: Health." in page
    wrong = post(client, world, "team_manager", "strategy-sign", row.key, seen=version(world, row), why="")
    assert wrong.status_code == 422
    assert "Write why that is accepted" in wrong.content.decode()
    typed = {"seen": version(world, row), "why": "Rung at once, and agreed."}
    assert post(client, world, "team_manager", "strategy-sign", row.key, **typed).status_code == 302
    assert "Rung at once, and agreed." in get(client, world, "social_worker", "strategy", row.key)
    page = get(client, world, "social_worker", "strategy-minutes", row.key, 1)
    assert "Not quorate. Nobody was there for: Health." in page
    assert "Tess0 Setchfield" in page


def test_what_is_missing_stands_on_the_page_before_a_manager_signs(world: World, client: Client) -> None:
    row = begun(world)
    page = get(client, world, "social_worker", "strategy", row.key)
    assert "Missing before it can be signed" in page
    assert "if the risk remains, then what" in page
    assert "Write how it was held and who chaired it." in page
    refused = post(client, world, "team_manager", "strategy-sign", row.key, seen=version(world, row), why="x")
    assert refused.status_code == 409


def test_when_it_was_held_is_typed_and_a_time_to_come_is_refused_beside_its_field(world: World, client: Client) -> None:
    row = begun(world, now=False)
    assert "Not held yet" in get(client, world, "social_worker", "strategies")
    page = get(client, world, "social_worker", "strategy-held", row.key)
    day, month, year, time = re.findall(r'name="(began[^"]+)"', page)[:4]
    typed = {"how": "call", "chair": "Tariq Malik", day: "3", month: "4", year: "2099", time: "9:30"}
    wrong = post(client, world, "social_worker", "strategy-held", row.key, seen=version(world, row), **typed)
    assert wrong.status_code == 422
    assert 'value="Tariq Malik"' in wrong.content.decode()
    typed[year] = "2026"
    done = post(client, world, "social_worker", "strategy-held", row.key, seen=version(world, row), **typed)
    assert done.status_code == 302, done.content.decode()
    assert "Chaired by" in get(client, world, "social_worker", "strategy", row.key)


def test_a_record_is_half_written_and_gone_on_with(world: World, client: Client) -> None:
    row = begun(world)
    done = post(
        client, world, "social_worker", "strategy-record", row.key, seen=version(world, row), shared="A bruise.",
    )  # fmt: skip
    assert done.status_code == 302
    page = get(client, world, "social_worker", "strategy-record", row.key)
    assert "A bruise." in page
    stale = post(client, world, "social_worker", "strategy-record", row.key, seen=1, shared="Two bruises.")
    assert stale.status_code == 409
    assert "Two bruises." in stale.content.decode()


def test_an_issue_is_answered_on_its_page(world: World, client: Client) -> None:
    row = begun(world)
    with world.acting("social_worker", at=AT):
        (issue,) = issues(row)
    assert WHY in get(client, world, "social_worker", "strategy-answer", row.key, issue.key)
    empty = post(client, world, "social_worker", "strategy-answer", row.key, issue.key, seen=version(world, row))
    assert empty.status_code == 422
    typed = {"seen": version(world, row), "answer": "The baby stays on the ward."}
    assert post(client, world, "social_worker", "strategy-answer", row.key, issue.key, **typed).status_code == 302
    assert "The baby stays on the ward." in get(client, world, "social_worker", "strategy", row.key)


def test_a_begun_section_47_is_not_seen_otherwise_by_a_pen(world: World, client: Client) -> None:
    row = begun(world)
    with world.acting("social_worker", at=AT):
        (child,) = children(row)
    assert 'name="sees"' in get(client, world, "social_worker", "strategy-child", row.key, child.key)
    decided(world, row)
    page = get(client, world, "social_worker", "strategy-child", row.key, child.key)
    assert 'name="sees"' not in page
    assert "Section 47" in get(client, world, "social_worker", "strategy", row.key)


def test_minutes_are_sent_by_a_press_and_the_page_says_to_whom(world: World, client: Client) -> None:
    from frontdoor.mash.actions import strategy as actions

    row = begun(world)
    came(world, row)
    decided(world, row)
    answered(world, row)
    with world.acting("team_manager", at=AT) as by:
        actions.sign(row.key, seen=kept(row).version, why="", by=by, at=AT)
    assert "Send the minutes" in get(client, world, "social_worker", "strategy", row.key)
    done = post(client, world, "social_worker", "strategy-send", row.key, seen=version(world, row))
    assert done.status_code == 302
    page = get(client, world, "social_worker", "strategy", row.key)
    assert "Closed: the minutes were sent" in page
    assert "Nene Community Health" in page
    assert "Send the minutes" not in page


def test_an_enquiry_shows_the_discussions_beside_it(world: World, client: Client) -> None:
    enquiry = rated(world, "red")
    with world.acting("team_manager", at=AT):
        contact = enquiry.contact
    row = begun(world, contact=contact)
    with world.acting("team_manager", at=AT):
        assert kept(row).enquiry_id == enquiry.pk
    page = get(client, world, "social_worker", "enquiry", enquiry.key)
    assert row.reference in page
    page = get(client, world, "social_worker", "strategy", row.key)
    assert enquiry.reference in page


@pytest.mark.parametrize("which", ["", "unheld", "late", "all"])
def test_the_list_is_narrowed(world: World, client: Client, which: str) -> None:
    row = begun(world, now=False)
    world.signed_in(client, world.user("social_worker"))
    page = client.get(reverse("mash:strategies", args=[SLUG]), {"which": which}).content.decode()
    assert (row.reference in page) is True


def test_an_agency_reads_its_own_copy_at_its_own_desk_and_nobody_elses(world: World, client: Client) -> None:
    from frontdoor.mash.actions import strategy as actions
    from frontdoor.mash.models import Circulation

    row = begun(world)
    came(world, row, ("care_worker", "care_manager", "health"))
    came(world, row, ("police",), contribution="An informer says so.", mark="intelligence")
    decided(world, row)
    answered(world, row)
    with world.acting("team_manager", at=AT) as by:
        actions.sign(row.key, seen=kept(row).version, why="", by=by, at=AT)
        actions.send(row.key, seen=kept(row).version, by=by, at=AT)
        copies = {each.agency_name: each.key for each in Circulation.objects.filter(minutes__discussion=row)}
    theirs, own = copies["Cambridgeshire Constabulary"], copies["Nene Community Health"]
    world.signed_in(client, world.partner("health-mash"))
    page = client.get(reverse("partner:minutes", args=[own])).content.decode()
    for words in ("Tess0 Setchfield", "Stays with them", "If the mother lets him in", WHY):
        assert words in page
    for words in ("An informer", "Threshold for an order"):
        assert words not in page
    assert client.get(reverse("partner:minutes", args=[theirs])).status_code == 404
    world.signed_in(client, world.partner("police-mash"))
    assert "An informer says so." in client.get(reverse("partner:minutes", args=[theirs])).content.decode()
    world.signed_in(client, world.partner("idva"))
    assert client.get(reverse("partner:minutes", args=[own])).status_code == 404
