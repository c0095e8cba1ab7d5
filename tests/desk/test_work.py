"""My work is one list, danger first and then the least time left; each figure leads to exactly the rows it counts."""

import re
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from frontdoor.access.queries import Place
from frontdoor.actors.rules import PUBLIC_INTAKE, SEEDER
from frontdoor.contacts.actions import decisions as deciding
from frontdoor.contacts.actions import screening
from frontdoor.contacts.models import CallBack, Contact, Draft, Matter, SafetyCall
from frontdoor.contacts.rules.decisions import Recommended
from frontdoor.contacts.rules.intake import ReferrerGiven
from frontdoor.contacts.rules.telephone import FORM
from frontdoor.desk import queries
from frontdoor.desk.pages import todo
from frontdoor.trail.models import Entry
from tests.contacts.arriving import arrive
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World

HOME = "/desk/"
HOUR = timedelta(hours=1)
PLACE = Place(PETERBOROUGH, "peterborough", "Peterborough")

NOTHING_MORE = Recommended(
    "nfa", known="A", means="B", decided="C", change_mind="D", voice="E", history="F", threshold_level="1", detail="G"
)


def _words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def _table(answer: Any) -> list[str]:
    """The rows of the page's list, as words."""
    body = answer.content.decode().partition("<tbody")[2].partition("</tbody>")[0]
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in body.split("<tr")[1:]]


def _figures(answer: Any) -> dict[str, int]:
    """The figures as the page shows them, by the last part of the address that each leads to."""
    shown = r'href="/desk/figures/([\w-]+)/"><span class="[\w-]+">(\d+)</span>'
    return {name: int(number) for name, number in re.findall(shown, answer.content.decode())}


def _counted(client: Client, name: str) -> list[str]:
    """Every row of a figure's list, page after page."""
    rows, address = [], f"/desk/figures/{name}/"
    while address:
        answer = client.get(address)
        assert answer.status_code == 200
        rows += _table(answer)
        found = re.search(r'rel="next" href="([^"]+)"|href="([^"]+)" rel="next"', answer.content.decode())
        address = next(filter(None, found.groups())).replace("&amp;", "&") if found else ""
    return rows


@pytest.fixture
def busy(world: World) -> dict[str, Contact]:
    """A morning in two councils: danger, late, seen and unseen, decided and duplicates, in both."""
    now, made = timezone.now(), {}
    for council in (CAMBRIDGESHIRE, PETERBOROUGH):
        with world.acting("social_worker", council=council) as by:
            old = arrive(by=by, at=now - timedelta(days=9), danger="no")
            screening.look(old.key, seen=old.version, danger="no", line="Read.", by=by, at=now - timedelta(days=8))
            made[f"old {council}"] = old
            made[f"danger {council}"] = arrive(by=by, at=now - HOUR, danger="yes")
            made[f"fresh {council}"] = arrive(by=by, at=now - 2 * HOUR, danger="no")
            closed = arrive(by=by, at=now - timedelta(days=3), danger="yes")
            made[f"closed {council}"] = closed
        with world.system(SEEDER, council=council):
            Contact.objects.filter(pk=closed.pk).update(state="closed", closed_at=now)
    return made


@pytest.mark.parametrize("role", ["contact_officer", "social_worker", "team_manager", "head_of_service"])
def test_each_figure_leads_to_exactly_as_many_rows_as_it_says(busy: Any, signed: Any, role: str) -> None:
    client = signed(role)
    shown = _figures(client.get(HOME))
    assert set(shown) == set(queries.FIGURES)
    assert shown["unseen"] == 4
    assert shown["danger"] == 2
    assert shown["late"] == 2
    assert {name: len(_counted(client, name)) for name in shown} == shown


def test_a_figure_of_more_than_a_page_is_counted_whole_over_its_pages(world: World, signed: Any) -> None:
    for council in (CAMBRIDGESHIRE, PETERBOROUGH):
        with world.system(PUBLIC_INTAKE, council=council) as by:
            for number in range(27):
                arrive(by=by, at=timezone.now() - number * HOUR, danger=["yes", "no", "unknown"][number % 3])
    client = signed("social_worker")
    rows = _counted(client, "unseen")
    assert len(rows) == 54 == _figures(client.get(HOME))["unseen"]
    assert len(set(rows)) == 54
    assert all("Danger" in row for row in rows[:18])


def test_people_not_told_are_those_whose_time_has_passed(world: World, signed: Any) -> None:
    teller = ReferrerGiven(kind="professional", name="Sam Sample", phone="01632 960333", route="phone")
    with world.acting("contact_officer") as by:
        late = arrive(by=by, at=timezone.now() - timedelta(days=9), referrer=teller)
        arrive(by=by, at=timezone.now(), referrer=teller)
    client = signed("team_manager")
    (row,) = _counted(client, "not-told")
    assert late.receipt in row
    assert _figures(client.get(HOME))["not-told"] == 1


def test_what_came_since_half_past_five_of_the_evening_before_is_of_today(busy: Any, world: World) -> None:
    now = timezone.now()
    since = queries.since_yesterday(now)
    assert (since.hour, since.minute) == (17, 30)
    with world.acting("team_manager") as by:
        arrive(by=by, at=since - timedelta(minutes=1))
        inside = arrive(by=by, at=since)
    counted = queries.counted((PLACE,), "came", after=None, by=world.actor("team_manager", at=now), at=now)
    assert inside.key in {row.key for row in counted.contacts}
    assert all(row.received_at >= since for row in counted.contacts)


def test_the_list_of_a_figure_leaves_one_entry_a_council_with_what_it_showed(
    busy: Any, world: World, signed: Any
) -> None:
    signed("team_manager").get("/desk/figures/danger/")
    for council in (CAMBRIDGESHIRE, PETERBOROUGH):
        with world.system(SEEDER, council=council):
            (entry,) = Entry.objects.filter(authority_id=council, action="desk.figure")
        assert entry.detail["shown"] == [str(busy[f"danger {council}"].key)]


def test_a_figure_that_is_none_is_not_found_and_whoever_may_not_see_figures_has_none(signed: Any) -> None:
    assert signed("team_manager").get("/desk/figures/shoesize/").status_code == 404
    client = signed("administrator", council=PETERBOROUGH)
    assert _figures(client.get(HOME)) == {}
    assert client.get("/desk/figures/danger/").status_code in (403, 404)


def _work(world: World, role: str, **which: Any) -> list[todo.Todo]:
    now = timezone.now()
    by = world.actor(role, at=now, **which)
    return todo.todos(queries.my_work((PLACE,), by=by, at=now), by=by, at=now)


def test_nobody_with_nothing_is_told_so(signed: Any) -> None:
    page = _words(signed("contact_officer").get(HOME))
    assert "Nothing waits for you at the moment." in page


def test_one_thing_is_a_list_of_one_with_its_one_action(world: World, signed: Any) -> None:
    with world.acting("social_worker") as by:
        contact = arrive(by=by, at=timezone.now() - HOUR, danger="no")
        screening.take_next(by=by, at=timezone.now())
    answer = signed("social_worker").get(HOME)
    (row,) = [row for row in _table(answer) if contact.receipt in row and "Nobody has looked" in row]
    assert "Look first" in row
    assert f"/peterborough/look/{contact.key}/" in answer.content.decode()


def _gathered(world: World) -> None:
    """A little of everything that waits for people."""
    now = timezone.now()
    with world.acting("social_worker") as by:
        mine = arrive(by=by, at=now - 2 * HOUR, danger="no")
        screening.take_next(by=by, at=now)
        screening.protect(
            mine.key, kind="strategy_discussion", reason="Marks", with_whom="DS Hale", by=by, at=now - HOUR
        )
        matter = Matter.objects.filter(contact=arrive(by=by, at=now - HOUR, danger="yes")).get()
        deciding.recommend(matter.key, seen=matter.version, given=NOTHING_MORE, by=by, at=now)
        common = {"authority_id": PETERBOROUGH, "form": FORM, "made_at": now - HOUR, "saved_at": now - HOUR,
                  "until": now + HOUR}  # fmt: skip
        Draft.objects.create(owner=by.user_id, data={"typed": {"story": "She said"}}, **common)
        Draft.objects.create(owner=999_999, data={"typed": {"story": "Canary"}}, **common)
        SafetyCall.objects.create(
            authority_id=PETERBOROUGH, call=mine.key, contact=mine, rings="us", whom="CANARY 01632 960111",
            where_now="At school", started_by=by.user_id, started_at=now, due_at=now + timedelta(minutes=9),
        )  # fmt: skip
        CallBack.objects.create(
            authority_id=PETERBOROUGH, name="CANARY name", phone="01632 960222", asked_at=now - HOUR
        )


def test_everything_that_waits_for_a_social_worker_stands_in_one_list(world: World) -> None:
    _gathered(world)
    found = _work(world, "social_worker")
    said = {row.what for row in found}
    assert {
        "Call back on which safety hangs: we ring them", "Your call that has not ended", "A call that is nobody's",
        "Somebody asked for a social worker's call", "Strategy discussion: record what happened",
    } <= said  # fmt: skip
    assert "A recommendation waits for you" not in said
    assert all(row.href and row.action for row in found)
    assert found[0].danger
    assert all(before.where < after.where for before, after in pairwise(found))


def test_a_manager_decides_and_oversees_what_others_did_and_not_what_they_did_themselves(world: World) -> None:
    _gathered(world)
    said = {row.what for row in _work(world, "team_manager")}
    assert {"A recommendation waits for you", "Strategy discussion: a manager's oversight"} <= said
    assert "Your call that has not ended" not in said
    now = timezone.now()
    with world.acting("team_manager") as by:
        own = Matter.objects.select_related("contact").get(contact=arrive(by=by, at=now - HOUR, danger="no"))
        deciding.recommend(own.key, seen=own.version, given=NOTHING_MORE, by=by, at=now)
    receipt = own.contact.receipt
    for second in (False, True):
        to_decide = [row for row in _work(world, "team_manager", second=second) if row.group == "decisions"]
        assert any(receipt in row.about for row in to_decide) == second


def test_no_name_or_number_of_whoever_told_us_stands_in_the_list(world: World, signed: Any) -> None:
    _gathered(world)
    for role in ("contact_officer", "social_worker", "team_manager"):
        page = signed(role).get(HOME).content.decode()
        assert "CANARY" not in page
        assert "Canary" not in page
        assert "01632 960111" not in page
        assert "01632 960222" not in page


def test_danger_comes_first_then_the_least_time_left_whatever_it_is() -> None:
    now = timezone.now()

    def made(name: str, minutes: int | None, *, danger: bool = False) -> todo.Todo:
        due = None if minutes is None else now + timedelta(minutes=minutes)
        return todo.Todo("calls", name, "", PLACE, "Do", f"/{name}/", due, now, danger=danger)

    rows = [made("none", None), made("later", 90), made("late", -5), made("danger later", 200, danger=True)]
    ordered = [row.what for row in sorted(rows, key=lambda row: row.where)]
    assert ordered == ["danger later", "late", "later", "none"]


def test_many_are_paged_each_once_and_narrowed_to_one_sort() -> None:
    now = timezone.now()
    rows = [
        todo.Todo("letters" if number % 2 else "calls", f"{number}", "", PLACE, "Do", f"/{number}/", now, now)
        for number in range(120)
    ]
    ordered, after, seen = sorted(rows, key=lambda row: row.where), None, []
    while True:
        page, more = todo.page(ordered, group="letters", after=after)
        seen += page
        if not more:
            break
        assert len(page) == todo.PAGE
        after = page[-1].where
    assert seen == [row for row in ordered if row.group == "letters"]
    assert [(code, number) for code, _, number in todo.groups(ordered)] == [("", 120), ("calls", 60), ("letters", 60)]
    assert todo.groups(seen) == []


def test_the_pages_of_my_work_lead_on_in_the_browser_too(world: World, signed: Any) -> None:
    with world.acting("social_worker") as by:
        for number in range(53):
            arrive(by=by, at=timezone.now() - number * HOUR, danger="no")
        Contact.objects.update(holder=by.user_id, held_at=timezone.now(), touched_at=timezone.now())
    client = signed("social_worker")
    first = client.get(HOME)
    found = re.search(r'href="([^"]*after=[^"]+)"', first.content.decode())
    assert found
    second = client.get(found[1].replace("&amp;", "&"))
    assert len(_table(first)) == 50
    assert len(_table(second)) >= 3
    assert not set(_table(first)) & set(_table(second))
