"""The pages of one person's record, as those who keep it see and use them."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.people.test_index import made, source
from tests.worlds import World

pytestmark = pytest.mark.django_db
TYPED = {"source_kind": "register", "source": "Birth certificate", "seen": "1"}


def address_of(name: str, *parts: object) -> str:
    return reverse(f"people:{name}", args=["peterborough", *parts])


def read(client: Client, person: Any) -> str:
    return client.get(address_of("person", person.key)).content.decode()


@pytest.mark.parametrize(("assessed", "child"), [(date(2010, 2, 1), True), (date(1999, 2, 1), False)])
def test_somebody_of_disputed_age_is_shown_as_a_child_where_either_date_makes_them_one(
    world: World, client: Client, assessed: date, child: bool
) -> None:
    from frontdoor.people.actions import index
    from frontdoor.people.models import Birth

    with world.acting("social_worker") as by:
        person = made(by, born=date(2000, 2, 1))
        index.add(person, Birth(basis="disputed", day=assessed), source=source(), by=by, at=person.made_at)
    world.signed_in(client, world.user("social_worker"))
    page = read(client, person)
    assert "Age is disputed" in page
    assert ("a child until it is decided" in page) is child


@pytest.fixture
def officer(world: World, client: Client) -> Client:
    return world.signed_in(client, world.user("contact_officer", council=873))


def test_a_record_shows_what_is_known_in_a_fixed_number_of_statements(
    world: World, officer: Client, django_assert_num_queries: Any
) -> None:
    from frontdoor.people.actions import index
    from frontdoor.people.models import Caution, Fact, Identifier, Name, Residence

    with world.acting("social_worker") as by:
        few = made(by, born=date(2016, 5, 3), sex="M")
        many = made(by, given_name="Олена", family_name="Шевченко", rows=[
            Name(kind="known_as", given_name="Lena"), Caution(kind="dogs", words="Two dogs"),
            Identifier(kind="nhs", value="999 000 0026", trace="01"),
            *(Fact(kind="school", value=f"School {number}") for number in range(20)),
            *(Residence(kind="home", lines=f"{number} Street", until=date(2020, 1, 1)) for number in range(20)),
            Residence(kind="refuge", protected=True), Fact(kind="interpreter", value="yes"),
        ])  # fmt: skip
        index.correct(
            Fact(kind="school", value="The right school"), why="Misheard", table="fact",
            of=Fact.objects.filter(person=many, value="School 3").get().key, source=source(), by=by,
            at=many.made_at,
        )  # fmt: skip
    read(officer, few)  # what a process remembers is remembered now
    counts = []
    for person in (few, many):
        with django_assert_num_queries(1000, exact=False) as told:
            page = read(officer, person)
        counts.append(len(told))
    assert counts[0] == counts[1]
    assert "Olena Shevchenko" in page
    assert "Two dogs" in page
    assert page.count("Address is protected") >= 2
    assert "Misheard" in page


def test_what_was_typed_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(world: World, officer: Client) -> None:
    with world.acting("social_worker") as by:
        person = made(by)
    where = address_of("add", person.key, "identifier")
    answer = officer.post(where, TYPED | {"kind": "nhs", "value": "999 000 0027"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_value"' in page
    assert "999 000 0027" in page
    assert "Birth certificate" in page
    assert officer.post(where, TYPED | {"kind": "nhs", "value": "999 000 0026", "trace": "01"}).status_code == 302
    assert "Present and verified with the NHS" in read(officer, person)


def test_whoever_was_overtaken_is_told_and_sends_again_what_they_typed(world: World, officer: Client) -> None:
    from frontdoor.people.models import Fact

    with world.acting("social_worker") as by:
        person = made(by)
    where = address_of("add", person.key, "school")
    assert officer.post(where, TYPED | {"value": "Larkspur Fen"}).status_code == 302
    late = officer.post(where, TYPED | {"value": "Welland Academy"})
    assert late.status_code == 409
    assert "Welland Academy" in late.content.decode()
    assert 'name="seen" value="2"' in late.content.decode()
    assert officer.post(where, TYPED | {"value": "Welland Academy", "seen": "2"}).status_code == 302
    with world.acting("social_worker"):
        assert {*Fact.objects.values_list("value", flat=True)} == {"Larkspur Fen", "Welland Academy"}


def test_disabilities_are_said_together_and_none_stands_alone(world: World, officer: Client) -> None:
    with world.acting("social_worker") as by:
        person = made(by)
    where = address_of("add", person.key, "disability")
    assert officer.post(where, TYPED | {"values": ["NONE", "HEAR"]}).status_code == 422
    assert officer.post(where, TYPED | {"values": ["HEAR", "VIS"]}).status_code == 302
    assert officer.post(where, TYPED | {"values": ["HEAR", "AUT"], "seen": "2"}).status_code == 302
    with world.acting("social_worker"):
        from frontdoor.people.models import Fact

        stands = Fact.objects.filter(person=person, kind="disability").order_by("value")
        assert [(row.value, row.until is None) for row in stands] == [("AUT", True), ("HEAR", True), ("VIS", False)]


def test_every_kind_of_fact_has_a_form_and_sex_and_gender_stand_apart(world: World, officer: Client) -> None:
    from frontdoor.people.rules.index import FACT_KINDS

    with world.acting("social_worker") as by:
        person = made(by)
    said = {"sex": "F", "ethnicity": "NOBT", "language": "pol", "interpreter": "yes", "upn_unknown": "UN1"}
    version = 1
    for kind, words in FACT_KINDS:
        value = {"value": said.get(kind, f"Said of {kind}"), "values": ["HEAR"]}
        if kind in ("died", "identify"):
            value = {"value-day": "1", "value-month": "2", "value-year": "2026"}
        answer = officer.post(address_of("add", person.key, kind), TYPED | value | {"seen": str(version)})
        assert answer.status_code == 302, (kind, words)
        version += 1
    page = read(officer, person)
    for words in ("Female", "Said of gender", "Not yet obtained", "Interpreter needed", "Polish", "Died on 1 February"):
        assert words in page


def test_an_address_that_nobody_may_find_leaves_every_page_and_is_opened_with_a_reason(
    world: World, officer: Client
) -> None:
    from frontdoor.people.models import Residence
    from frontdoor.people.queries.index import records

    with world.acting("social_worker") as by:
        home = Residence(kind="home", lines="7 Hidden Lane", postcode="PE1 1AA")
        person = made(by, rows=[home])
    assert "7 Hidden Lane" in read(officer, person)
    assert officer.post(address_of("protect", home.key), {"why": "", "seen": "1"}).status_code == 422
    assert officer.post(address_of("protect", home.key), {"why": "A parent looks", "seen": "1"}).status_code == 302
    assert "Hidden" not in read(officer, person)
    worker = world.signed_in(Client(), world.user("social_worker", council=873))
    for reader, status in ((officer, 403), (worker, 422)):
        assert reader.post(address_of("sealed", home.key), {"why": ""}).status_code == status
    opened = worker.post(address_of("sealed", home.key), {"why": "To visit tonight"}).content.decode()
    assert "7 Hidden Lane" in opened
    with world.acting("social_worker") as by:
        record = records([person.pk], by=by)[person.pk]
        assert (record.addresses, record.postcodes) == ((), ())
        person.refresh_from_db()
        assert person.postcode == ""
    later = TYPED | {"kind": "refuge", "protected": "on", "seal_why": "In danger", "lines": "9 Safe Road", "seen": "2"}
    with CaptureQueriesContext(connection) as told:
        assert officer.post(address_of("add", person.key, "residence"), later).status_code == 302
    assert not [each["sql"] for each in told if "Safe Road" in each["sql"]]
    assert "Safe Road" not in read(officer, person)


def test_somebody_without_a_name_is_described_until_a_name_stands(world: World, officer: Client) -> None:
    from frontdoor.people.models import Person
    from frontdoor.people.pages.index_new import new_href

    with world.acting("contact_officer") as by:
        where = new_href("peterborough", by=by, at=timezone.now())
    typed = {
        "searched": where.partition("=")[2], "sort": "unidentified", "description": "A boy at the bus stop in Ely",
        "years": "10", "source_kind": "contact",
    }  # fmt: skip
    assert officer.post(where, typed).status_code == 422
    due = {"identify_by-day": "1", "identify_by-month": "2", "identify_by-year": "2027"}
    answer = officer.post(where, typed | due)
    page = officer.get(answer["Location"]).content.decode()
    for words in ("Not identified: A boy at the bus stop in Ely", "about 10", "To be identified by 1 February 2027"):
        assert words in page
    with world.acting("contact_officer"):
        person = Person.objects.get()
    named = TYPED | {"kind": "legal", "given_name": "Tomas", "family_name": "Berzins"}
    assert officer.post(address_of("add", person.key, "name"), named).status_code == 302
    with world.acting("contact_officer"):
        person.refresh_from_db()
        assert (person.label, person.unidentified) == ("Tomas Berzins", False)


def test_nobody_is_written_down_who_was_not_searched_for(world: World, officer: Client) -> None:
    from frontdoor.people.pages.index_new import searched

    with world.acting("social_worker") as by:
        anothers = searched(by=by, at=timezone.now())
    typed = {"sort": "known", "given_name": "Ewa", "source_kind": "worker"}
    for word in ("", "made up", anothers):
        answer = officer.post(address_of("new"), typed | {"searched": word})
        assert answer.status_code == 422
        assert "Search first" in answer.content.decode()


def test_who_reads_records_and_keeps_none_is_offered_no_change(world: World, client: Client) -> None:
    with world.acting("social_worker") as by:
        person = made(by)
    reader = world.signed_in(client, world.user("early_help_officer", council=873))
    page = read(reader, person)
    assert "Bartosz Nowak" in page
    assert "/add/" not in page
    assert ">Change<" not in page
    assert reader.post(address_of("add", person.key, "school"), TYPED | {"value": "x"}).status_code == 403


def test_what_has_ended_is_still_found_where_nothing_of_its_kind_is_so_today(world: World, officer: Client) -> None:
    from frontdoor.people.actions import index
    from frontdoor.people.models import Caution

    with world.acting("social_worker") as by:
        person = made(by)
        row = Caution(kind="dogs", words="Two large dogs.", until=date(2026, 1, 2))
        index.add(person.key, row, source=source(), by=by, at=timezone.now())
    shown = read(officer, person)
    assert "Nothing of it is so today." in shown
    assert "Two large dogs." in shown
