"""Whoever telephones says a name as they say it: however it differs from what is written, the person is found."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from frontdoor.matching.rules.searching import asked, fields
from tests.worlds import CAMBRIDGESHIRE, MADE_AT, PETERBOROUGH, World

pytestmark = pytest.mark.django_db

TODAY = MADE_AT.date()
BORN = date(2016, 4, 3)
NHS = "999 087 1779"


def make(by: Any, given: str, family: str, *rows: Any, **more: Any) -> Any:
    from frontdoor.people.actions import index
    from frontdoor.people.rules.index_rows import Source

    return index.make(
        given_name=given, family_name=family, rows=rows, source=Source("worker", "A school"), by=by, at=MADE_AT, **more
    )


def rows() -> Any:
    from frontdoor.people import models

    return models


@pytest.fixture
def by(world: World) -> Iterator[Any]:
    with world.acting("contact_officer") as by:
        for number, (given, family) in enumerate(OTHERS):
            make(by, given, family, born=BORN - timedelta(days=40 * number + 11), sex="M" if number % 2 else "F")
        yield by


OTHERS = [
    ("Jessica", "Dunstable"), ("James", "Durbridge"), ("Janina", "Dubanowska"), ("Amelia", "Rosefield"),
    ("Piotr", "Kowalewski"), ("Ali", "Hassan"), ("Sarah", "Smith"), ("Oliver", "Smith"),
]  # fmt: skip


@pytest.fixture
def jamie(by: Any) -> Any:
    people = rows()
    return make(
        by, "Jamie", "Dubock",
        people.Name(kind="former", given_name="Jamie", family_name="Winterbourne", until=date(2021, 5, 1)),
        people.Name(kind="known_as", given_name="JJ", family_name="Dubock"),
        people.Residence(kind="home", lines="12 Mill Lane\nPeterborough", postcode="PE3 6AB", since=date(2022, 1, 1)),
        people.Residence(kind="home", lines="4 Church Street", postcode="CB1 2XY", until=date(2021, 12, 31)),
        people.Identifier(kind="nhs", value=NHS),
        people.Identifier(kind="local", system="Case system", value="LC-77123"),
        people.Fact(kind="school", value="Larkspur Fen Primary School", until=date(2024, 7, 20)),
        people.Fact(kind="school", value="Highfield Academy"), people.Fact(kind="phone", value="01632 960 123"),
        people.Fact(kind="email", value="dubock@example.org"),
        born=BORN, sex="M",
    )  # fmt: skip


def find(by: Any, text: str, **more: Any) -> list[Any]:
    from frontdoor.matching.queries.searching import search

    return list(search(fields(asked(text, on=TODAY), on=TODAY, **more), by=by, on=TODAY).hits)


def called(hits: list[Any]) -> list[str]:
    return [hit.line.label for hit in hits]


SAID = [
    ("jamie dubock", "Name as typed"),
    ("jam dub", "Jamie begins with “jam”"),
    ("JAMIE DUBÖCK", "Name as typed"),
    ("dubock jamie", "Name as typed"),
    ("dubock, jamie 3/4/16", "Born on that day"),
    ("jamie dubok 3/4/16", "“dubok” is nearly Dubock"),
    ("jamie dubick", "“dubick” is nearly Dubock"),
    ("jamei dubock", "“jamei” is nearly Jamie"),
    ("jamie subock", "“subock” is nearly Dubock"),
    ("dubcok", "“dubcok” is nearly Dubock"),
    ("james dubock", "“james” is another form of Jamie"),
    ("jim dubock 3/4/2016", "“jim” is another form of Jamie"),
    ("jamie dubock 4/3/16", "Day and month the other way round: born 3 April 2016"),
    ("jamie dubock 3/4/17", "One figure of the date differs: born 3 April 2016"),
    ("jamie dubock 9yo", "Of that age: born 3 April 2016"),
    ("9 year old jamie", "Of that age: born 3 April 2016"),
    ("jamie winterbourne", "Former name: Jamie Winterbourne, no longer used"),
    ("jamie winterbourn 3.4.2016", "“winterbourn” is nearly Winterbourne"),
    ("jj dubock", "Known as: JJ Dubock"),
    ("jamie cb1 2xy", "Lived in CB1 2XY until 31 December 2021"),
    ("pe3 6ab", "Lives in PE3 6AB"),
    ("jamie 12 mill ln pe3 6ab", "Lives at that address"),
    ("jamie dubock pe3", "Lives in PE3"),
    ("jamie at larkspur fen primary", "Went to Larkspur Fen Primary School"),
    ("9990871779", "The same number"),
    (NHS, "The same number"),
    ("lc-77123", "The same number"),
    ("01632 960123", "The same telephone number"),
    ("+44 1632 960 123", "The same telephone number"),
    ("dubock@example.org", "The same e-mail address"),
    ("born 03042016", "Born on that day"),
]  # fmt: skip


def test_jamie_is_found_first_however_it_is_said_and_the_reason_too(jamie: Any, by: Any) -> None:
    wrong = {}
    for typed, reason in SAID:
        hits = find(by, typed)
        told = hits[0].verdict.reasons + hits[0].verdict.against if hits else ()
        if called(hits)[:1] != ["Jamie Dubock"] or reason not in told:
            wrong[typed] = (called(hits), told)
    assert not wrong


HEARD: list[tuple[str, str, dict[str, Any], str]] = [
    ("Иван", "Петров", {}, "ivan petrov"),
    ("Иван", "Петров", {}, "Петров Иван"),
    ("محمد", "الحسن", {"latin": "Mohammed Alhassan"}, "muhammad alhassan"),
    ("Mohammed", "Al-Hassan", {}, "mohamed hassan"),
    ("Laura", "Petrauskienė", {}, "laura petrauskaite"),
    ("Siobhán", "O'Neill", {}, "siobhan oneill"),
    ("Siobhán", "O'Neill", {}, "chivonne o neill 12/7/2015"),
    ("Sarah", "Pilkerton-Vane", {}, "sarah vane"),
    ("Sarah", "Pilkerton-Vane", {}, "sarah pilkerton"),
    ("Sarah", "Pilkerton Vane", {}, "pilkerton-vane"),
    ("Anne-Marie", "Tarrow", {}, "annemarie tarrow"),
    ("Mary Jane", "Tarrow", {}, "mary tarrow"),
    ("Amelia", "Tarrow", {"middle_names": "Rose"}, "rose tarrow"),
    ("Katarzyna", "Wójcik", {}, "kasia wojcik"),
    ("Suharto", "", {}, "suharto"),
    ("Nguyễn", "Văn An", {}, "nguyen van an"),
    ("Phillip", "Smythe", {}, "philip smith"),
]


def test_names_of_every_community_are_found_as_somebody_hears_them(by: Any) -> None:
    wrong = {}
    people: dict[tuple[str, str], Any] = {}
    for given, family, more, _ in HEARD:
        if (given, family) not in people:
            people[given, family] = make(by, given, family, born=date(2015, 7, 12), **more)
    for given, family, _, typed in HEARD:
        hits = find(by, typed)
        if people[given, family].key not in [hit.line.key for hit in hits][:3]:
            wrong[typed] = called(hits)
    assert not wrong


def test_a_maiden_name_finds_the_mother(by: Any) -> None:
    mother = make(by, "Halina", "Tarrow", rows().Name(kind="maiden", given_name="Halina", family_name="Zielonka"))
    assert called(find(by, "halina zielonka")) == [mother.label]
    assert "Name before marriage: Halina Zielonka" in find(by, "zielonka")[0].verdict.reasons


def test_the_unborn_and_babies_without_a_name_are_found(by: Any) -> None:
    unborn = make(by, "", "Setchfield", expected=TODAY + timedelta(days=60))
    assert called(find(by, "unborn setchfield")) == [unborn.label]
    assert "Not born yet" in find(by, "setchfield bump")[0].verdict.reasons
    baby = make(by, "Baby", "Orrey", born=TODAY - timedelta(days=3))
    assert called(find(by, "baby orrey")) == [baby.label]


def test_fields_narrow_the_box_and_a_swap_between_them_is_said(jamie: Any, by: Any) -> None:
    (hit,) = find(by, "", given="Dubock", family="Jamie", born=BORN)
    assert hit.line.key == jamie.key
    assert "First and last name the other way round" in hit.verdict.reasons
    assert called(find(by, "jamie", age="9", place="PE3 6AB", school="Larkspur"))[0] == "Jamie Dubock"


def test_what_was_typed_must_explain_the_hit(jamie: Any, by: Any) -> None:
    assert find(by, "lucy berrow 3/4/16") == []
    assert find(by, "dubock 1/1/1950") == []
    assert find(by, "amelia winterbourne") == []
    assert find(by, "pe3") == [] == find(by, "7yo") == find(by, "boy")
    assert find(by, "x") == []


def test_what_was_struck_through_or_joined_finds_nobody(jamie: Any, by: Any) -> None:
    people = rows()
    people.Name.objects.filter(kind="former").update(struck_at=MADE_AT)
    assert find(by, "jamie winterbourne") == []
    into = make(by, "Jamie", "Dubock-Hart", born=BORN)
    people.Person.objects.filter(pk=jamie.pk).update(joined_into=into)
    assert called(find(by, "jamie dubock 3/4/16")) == ["Jamie Dubock-Hart"]


def test_a_protected_address_finds_nobody_and_is_no_reason(by: Any) -> None:
    make(
        by, "Rosa", "Kempley", rows().Residence(kind="refuge", lines="9 Quiet Row", postcode="PE2 8ZZ", protected=True)
    )
    assert find(by, "pe2 8zz") == []
    (hit,) = find(by, "rosa kempley 9 quiet row pe2 8zz")
    assert not {reason for reason in hit.verdict.reasons if "PE2" in reason or "address" in reason}


def test_another_councils_people_are_not_found(world: World) -> None:
    with world.acting("contact_officer", council=CAMBRIDGESHIRE) as by:
        make(by, "Jamie", "Dubock", born=BORN)
    with world.acting("contact_officer", council=PETERBOROUGH) as by:
        assert find(by, "jamie dubock 3/4/16") == []
    with world.acting("contact_officer", council=CAMBRIDGESHIRE) as by:
        assert called(find(by, "jamie dubock 3/4/16")) == ["Jamie Dubock"]
