"""Search shows whole families of both councils, one after the other, and leaves an entry that names nobody."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from frontdoor.actors.rules import SEEDER
from frontdoor.trail.models import Entry
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World

SEARCH, TYPED = "/desk/search/", "/desk/search/typed/"
BORN = date(2017, 2, 3)


def make(by: Any, given: str, family: str, **more: Any) -> Any:
    from frontdoor.people.actions import index
    from frontdoor.people.rules.index_rows import Source

    return index.make(given_name=given, family_name=family, source=Source("worker"), by=by, at=timezone.now(), **more)


def tie(one: Any, kind: str, other: Any, *, by: Any) -> None:
    from frontdoor.people.actions.families import Said, relate
    from frontdoor.people.rules.index_rows import Source

    relate(one.key, other.key, Said(kind), source=Source("worker"), by=by, at=timezone.now())


@pytest.fixture
def family(world: World) -> dict[str, Any]:
    """In one council a mother of another name, her two children and her partner; in the other a child of that name."""
    with world.acting("contact_officer") as by:
        found = {
            "ewa": make(by, "Ewa", "Tarrow", born=BORN), "adam": make(by, "Adam", "Tarrow", born=date(2013, 5, 6)),
            "halina": make(by, "Halina", "Zielonka", born=date(1990, 1, 2)), "mark": make(by, "Mark", "Venn"),
        }  # fmt: skip
        for child in ("ewa", "adam"):
            tie(found["halina"], "mother", found[child], by=by)
        tie(found["mark"], "partner_of_parent", found["ewa"], by=by)
    with world.acting("contact_officer", council=CAMBRIDGESHIRE) as by:
        found["other"] = make(by, "Ewa", "Tarrow", born=BORN + timedelta(days=300))
    return found


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_the_whole_family_stands_together_with_what_each_is_to_whom(family: Any, signed: Any) -> None:
    answer = signed("contact_officer").post(TYPED, {"q": "ewa tarow 3/2/17"})
    body = answer.content.decode()
    tables = body.split("<table")[1:]
    assert "Peterborough: strong match" in words(answer)
    for said in ("mother of Ewa", "partner of a parent of Ewa", "brother or sister of Ewa", "“tarow” is nearly Tarrow"):
        assert said in words(answer), said
    assert [name in tables[0] for name in ("Ewa Tarrow", "Halina Zielonka", "Adam Tarrow", "Mark Venn")] == [True] * 4
    assert "Cambridgeshire" in tables[1]
    assert str(family["other"].key) in tables[1]
    assert str(family["other"].key) not in tables[0]
    assert "<!DOCTYPE" not in body


def test_a_mother_brings_her_children_and_nobody_found_leads_to_writing_down(family: Any, signed: Any) -> None:
    client = signed("contact_officer")
    found = words(client.post(SEARCH, {"q": "halina zielonka"}))
    assert "child of Halina" in found
    nobody = client.post(SEARCH, {"q": "zebedee quillfeather"})
    assert "Nobody found." in words(nobody)
    href = re.findall(r'href="(/peterborough/people/new/[^"]+)"', nobody.content.decode())[0]
    assert "quill" not in href
    assert "Given name" in words(client.get(href))


def test_what_a_person_of_risk_is_said_to_be_is_never_read_as_of_another_child(
    family: Any, world: World, signed: Any
) -> None:
    with world.acting("social_worker") as by:
        tie(family["mark"], "alleged_perpetrator", family["adam"], by=by)
    found = words(signed("contact_officer").post(SEARCH, {"q": "adam tarrow"}))
    assert "said to have harmed the child: Adam" in found


def test_a_whole_date_that_is_wrong_hides_nobody_whose_name_is_right(family: Any, signed: Any) -> None:
    found = words(signed("contact_officer").post(SEARCH, {"q": "halina zielonka 30/11/2004"}))
    assert "Zielonka" in found
    assert "Another date of birth: born 2 January 1990" in found
    right = signed("contact_officer").post(SEARCH, {"q": "adam tarrow 6/5/2013"}).content.decode()
    assert str(family["other"].key) not in right


def test_each_council_has_one_entry_with_everybody_shown_and_no_name(family: Any, world: World, signed: Any) -> None:
    client = signed("contact_officer")
    for typed in ("ewa tarrow", " Tarrow  EWA", "ewa tarro"):
        client.post(TYPED, {"q": typed})
    client.post(TYPED, {"q": "e"})
    keys = {name: str(person.key) for name, person in family.items()}
    for council, shown in ((CAMBRIDGESHIRE, {"other"}), (PETERBOROUGH, {"ewa", "adam", "halina", "mark"})):
        with world.system(SEEDER, council=council):
            entries = list(Entry.objects.filter(authority_id=council, action="desk.search").order_by("id"))
        assert len(entries) == 3
        assert len({entry.detail["query"] for entry in entries[:2]}) == 1 < len({e.detail["query"] for e in entries})
        for entry in entries:
            assert set(entry.detail["people"]) == {keys[name] for name in shown}
            assert "tarro" not in str(entry.detail).lower()


def test_a_record_that_few_may_open_is_not_shown_but_whom_to_call_is(family: Any, world: World, signed: Any) -> None:
    from frontdoor.people.models import Person, Restriction

    with world.acting("head_of_service") as by:
        Restriction.objects.create(
            authority_id=PETERBOROUGH, person=family["ewa"], ground="high_risk", why="A threat", call_whom="Ms Holt",
            call_number="01632 960777", owner=by.user_id, set_by=by.user_id, set_at=timezone.now(),
            review_on=timezone.localdate() + timedelta(days=90),
        )  # fmt: skip
        assert not Person.objects.filter(pk=family["ewa"].pk)
    answer = signed("contact_officer").post(SEARCH, {"q": "ewa tarrow 3/2/17"})
    assert str(family["ewa"].key) not in answer.content.decode()
    assert "Call Ms Holt on 01632 960777" in words(answer)
    assert "Ms Holt" not in words(signed("early_help_officer").post(SEARCH, {"q": "ewa tarrow 3/2/17"}))


def test_statements_do_not_grow_with_what_is_found(family: Any, world: World, signed: Any) -> None:
    client = signed("contact_officer")
    client.get("/desk/")
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            client.post(TYPED, {"q": "tarrow"})
        counts.append(len(captured))
        with world.acting("contact_officer") as by:
            parent = make(by, "Olga", "Tarrow", born=date(1985, 1, 1))
            for number in range(6):
                tie(parent, "mother", make(by, f"Kit{number}", "Tarrow", born=BORN - timedelta(days=number)), by=by)
    assert counts[0] == counts[1]
    assert sum("people_" in query["sql"] for query in captured.captured_queries) <= 2 * 7
