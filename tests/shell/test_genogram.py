"""A family is drawn whole: everybody once, nobody upon another, children below parents, words for all of it."""

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from django.template import engines
from hypothesis import given, settings
from hypothesis import strategies as st

from frontdoor.shell.pages import families
from frontdoor.shell.pages.genogram import (
    Couple,
    Family,
    Home,
    Member,
    Parentage,
    Relative,
    Tie,
    Together,
    as_on,
    genogram,
)
from frontdoor.shell.pages.genogram.marks import HALF
from frontdoor.shell.pages.genogram.words import SIZE, age, broken, width
from tests.shell.markup import parse

ON = date(2026, 4, 2)
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ -'éłżА張محمد<>&\""
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@st.composite
def people(draw):
    count = draw(st.integers(1, 30))
    return tuple(
        Relative(
            f"p{n:02}",
            draw(st.text(LETTERS, max_size=40)),
            draw(st.sampled_from("MFU")),
            draw(st.sampled_from(["", "", "", "M", "F", "X"])),
            born=date(1940, 1, 1) + timedelta(days=365 * n),
            dead=draw(st.booleans()),
            about=n == 0,
        )
        for n in range(count)
    )


@st.composite
def some(draw):
    """Any family at all, also such as nobody has: loops, a person who is his own grandparent, three parents."""
    everybody = draw(people())
    keys = st.sampled_from([person.key for person in everybody])
    pairs = st.tuples(keys, keys).filter(lambda pair: pair[0] != pair[1])
    if len(everybody) == 1:
        return Family(everybody)
    kinds = st.sampled_from(["birth", "birth", "birth", "adopted", "step", "foster", "guardian", "carer"])
    parents = draw(st.lists(st.builds(lambda pair, kind: Parentage(*pair, kind), pairs, kinds), max_size=30))
    couple = st.sampled_from(["married", "together", "apart", "separated", "divorced", "former"])
    couples = draw(st.lists(st.builds(lambda pair, kind: Couple(*pair, kind), pairs, couple), max_size=8))
    tie = st.sampled_from(["kin", "other", "risk"])
    ups = st.integers(-2, 2)
    ties = draw(
        st.lists(st.builds(lambda pair, kind, up: Tie(*pair, "cousin", kind, up=up), pairs, tie, ups), max_size=6)
    )
    births = draw(st.lists(st.builds(Together, st.frozensets(keys, min_size=2, max_size=3), st.booleans()), max_size=2))
    members = st.lists(st.builds(Member, keys), min_size=1, max_size=6, unique_by=lambda member: member.person)
    homes = draw(st.lists(st.builds(lambda found: Home("h", "A street", tuple(found)), members), max_size=4))
    return Family(everybody, tuple(parents), tuple(couples), tuple(ties), tuple(births), tuple(homes))


def _boxes(picture):
    for person in picture.people:
        yield person.key, person.x - HALF, person.y - HALF, person.x + HALF, person.y + HALF
        for words in person.words:
            half = width(words.text) / 2
            yield person.key, words.x - half, words.y - SIZE, words.x + half, words.y


def _apart(one, other):
    return one[3] <= other[1] or other[3] <= one[1] or one[4] <= other[2] or other[4] <= one[2]


def _points(d):
    """The corners of a path of straight lines, one list for each stroke of the pen."""
    strokes = []
    for letter, numbers in re.findall(r"([MLHVz])([^MLHVz]*)", d):
        values = [float(number) for number in NUMBER.findall(numbers)]
        if letter == "M":
            strokes.append([(values[0], values[1])])
        elif letter == "H":
            strokes[-1].append((values[0], strokes[-1][-1][1]))
        elif letter == "V":
            strokes[-1].append((strokes[-1][-1][0], values[0]))
        elif letter == "L":
            strokes[-1] += list(zip(values[::2], values[1::2], strict=True))
        else:
            strokes[-1].append(strokes[-1][0])
    return strokes


def _inside(point, polygon):
    x, y = point
    count = 0
    for (ax, ay), (bx, by) in pairwise(polygon):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            count += 1
    return count % 2 == 1


@settings(max_examples=50, deadline=None)
@given(some())
def test_everybody_is_drawn_once_and_nobody_and_no_word_lies_upon_another(family):
    picture = genogram(family, ON)
    assert sorted(person.key for person in picture.people) == sorted(person.key for person in family.people)
    boxes = list(_boxes(picture))
    assert all(_apart(one, other) for one, other in combinations(boxes, 2))
    assert all(box[1] >= 0 and box[3] <= picture.width and box[2] >= 0 and box[4] <= picture.height for box in boxes)


@settings(max_examples=50, deadline=None)
@given(some())
def test_every_relationship_has_a_line_that_ends_at_both_and_a_row_in_words(family):
    picture = genogram(family, ON)
    held = picture.family
    at = {person.key: (person.x, person.y) for person in picture.people}
    reached = []
    for line in picture.lines:
        ends = {
            key
            for key, (x, y) in at.items()
            for stroke in _points(line.d)
            for end in (stroke[0], stroke[-1])
            if abs(end[0] - x) <= HALF and abs(end[1] - y) <= HALF
        }
        reached.append((line.kind, ends))
    twins = [key for birth in held.births for key in birth.children]
    for each in held.parents:
        kinds = [ends for kind, ends in reached if kind == each.kind]
        couple = any(each.parent in ends for ends in kinds) or any(
            each.parent in ends and kind.startswith("couple") for kind, ends in reached
        )
        assert couple
        assert any(each.child in ends for ends in kinds) or each.child in twins
    for couple in held.couples:
        assert any({couple.one, couple.other} <= ends for kind, ends in reached if kind == f"couple-{couple.kind}")
    for tie in held.ties:
        assert any({tie.one, tie.other} <= ends for kind, ends in reached if kind == f"tie-{tie.kind}")
    twin_rows = sum(len(birth.children) - 1 for birth in held.births)
    assert len(picture.tie_rows) == len(held.parents) + len(held.couples) + len(held.ties) + twin_rows


@st.composite
def grown(draw):
    """A family as life has it: children younger than their parents; couples of any two, also of cousins."""
    everybody = draw(people())
    parents, couples = [], []
    for number, person in enumerate(everybody):
        older = [other.key for other in everybody[: max(0, number - 2)]]
        chosen = draw(st.lists(st.sampled_from(older), max_size=2, unique=True)) if older else []
        parents += [Parentage(parent, person.key) for parent in chosen]
        if number and draw(st.booleans()):
            couples.append(Couple(person.key, everybody[draw(st.integers(0, number - 1))].key))
    return Family(everybody, tuple(parents), tuple(couples))


@settings(max_examples=50, deadline=None)
@given(grown())
def test_children_stand_below_their_parents(family):
    at = {person.key: person.y for person in genogram(family, ON).people}
    assert all(at[each.parent] < at[each.child] for each in family.parents)


@settings(max_examples=40, deadline=None)
@given(some())
def test_no_two_lines_run_along_one_another(family):
    runs = []
    for number, line in enumerate(genogram(family, ON).lines):
        for stroke in _points(line.d):
            for (ax, ay), (bx, by) in pairwise(stroke):
                if ay == by and ax != bx and line.kind != "stroke":
                    runs.append((number, ay, min(ax, bx), max(ax, bx)))
    for one, other in combinations(runs, 2):
        if one[0] != other[0] and abs(one[1] - other[1]) < 1:
            assert one[3] <= other[2] + 0.2 or other[3] <= one[2] + 0.2


@settings(max_examples=40, deadline=None)
@given(some())
def test_a_boundary_holds_those_who_live_there_and_nobody_else(family):
    picture = genogram(family, ON)
    at = {person.key: (person.x, person.y) for person in picture.people}
    for letter, home in zip("ABCDEFGH", picture.family.homes, strict=False):
        drawn = [_points(mark.d)[0] for mark in picture.homes if mark.said.startswith(f"Home {letter}:")]
        members = {member.person for member in home.members}
        assert {key for key, point in at.items() if any(_inside(point, each) for each in drawn)} == members


@settings(max_examples=15, deadline=None)
@given(some())
def test_the_same_family_is_always_drawn_the_same(family):
    assert genogram(family, ON) == genogram(family, ON)


@given(st.text(LETTERS, max_size=200), st.integers(1, 6))
def test_words_never_leave_their_place(text, most):
    lines = broken(text, 116, most)
    assert len(lines) <= most
    assert all(width(line) <= 116 for line in lines)
    if not lines or not lines[-1].endswith("…"):
        assert "".join(lines).replace(" ", "") == "".join(text.split())


def _days():
    return st.none() | st.dates(date(2015, 1, 1), date(2030, 1, 1))


@given(_days(), _days(), st.dates(date(2014, 1, 1), date(2031, 1, 1)))
def test_on_a_day_stands_what_held_on_that_day_both_ends_belonging_to_it(since, until, day):
    mother, child = Relative("m", "Ewa"), Relative("c", "Ola", about=True)
    family = Family(
        (mother, child),
        (Parentage("m", "c", "foster", since=since, until=until),),
        homes=(Home("h", "Here", (Member("c"), Member("m", since=since, until=until))),),
    )
    held = (since is None or since <= day) and (until is None or day <= until)
    then = as_on(family, day)
    assert bool(then.parents) == held
    assert [member.person for member in then.homes[0].members] == (["c", "m"] if held else ["c"])
    assert [person.key for person in then.people] == (["m", "c"] if held else ["c"])


def test_a_couple_that_had_parted_is_drawn_as_parted_and_one_that_came_later_not_at_all():
    pair = (Relative("m", "Ewa", about=True), Relative("f", "Sam"))
    span = Couple("m", "f", "married", since=date(2015, 1, 1), until=date(2019, 6, 30))
    later = Couple("m", "f", "divorced", since=date(2021, 1, 1))
    family = Family(pair, couples=(span, later))
    kinds = [as_on(family, date(year, 6, 30)).couples for year in (2014, 2019, 2020, 2021)]
    assert [[couple.kind for couple in each] for each in kinds] == [[], ["married"], ["former"], ["divorced"]]


def test_nobody_is_drawn_before_birth_and_a_death_stands_from_its_day_on():
    child = Relative("c", "Ola", born=date(2020, 5, 5), died=date(2024, 1, 1))
    family = Family((Relative("m", "Ewa", about=True), child), (Parentage("m", "c"),))
    assert [person.key for person in as_on(family, date(2020, 5, 4)).people] == ["m"]
    lived, dead = as_on(family, date(2023, 12, 31)).people[1], as_on(family, date(2024, 1, 1)).people[1]
    assert (lived.died, age(lived, date(2023, 12, 31))) == (None, "3 years")
    assert age(dead, date(2026, 1, 1)) == "died 1 January 2024, 3 years"


def _drawn(family):
    macro = engines["jinja2"].env.from_string("{{ ui.genogram(picture) }}")
    return macro.render(picture=genogram(family, ON))


def test_every_symbol_and_line_of_the_gallerys_family_stands_in_its_key():
    picture = genogram(families.sample(), families.ON)
    shown = {mark.kind for person in picture.people for mark in person.marks}
    shown |= {line.kind for line in picture.lines} - {"stroke"}
    assert shown - {"within"} <= {mark.kind for line in picture.key for mark in line.marks}


def test_each_kind_has_a_form_of_its_own_in_black_and_white():
    style = Path(families.__file__).parents[1] / "static" / "shell" / "dense.css"
    rules = dict(re.findall(r"^\.fd-kin__line--([\w-]+) \{([^}]*)\}", style.read_text(encoding="utf-8"), re.MULTILINE))
    forms = {kind: re.sub(r"stroke: #\w+;?", "", rule).strip() for kind, rule in rules.items()}
    for group in (("adopted", "step", "foster", "guardian", "carer"), ("tie-kin", "tie-other", "tie-risk")):
        assert len({forms[kind] for kind in group}) == len(group)


@pytest.mark.parametrize("typed", ["<script>x</script>", '"><b onload=x>', "</title><i>", "&lt;u&gt;"])
def test_typed_names_are_text_in_the_picture_and_in_the_tables(typed):
    person = Relative("p", typed, about=True, note=typed)
    other = Relative("q", typed, restricted=typed)
    home = Home("h", typed, (Member("p", typed),))
    tie = Tie("q", "p", typed, "kin", typed, evidence=typed)
    couple = Couple("p", "q", words=typed)
    page = parse(_drawn(Family((person, other), couples=(couple,), ties=(tie,), homes=(home,))))
    assert not list(page.every("script", "b", "i", "u"))
    assert typed in page.text


def test_the_picture_has_a_title_a_description_and_no_style_of_its_own():
    page = parse(_drawn(families.sample()))
    (picture,) = [svg for svg in page.every("svg") if svg.attributes.get("role") == "img"]
    assert picture.attributes["aria-label"] == "The family as on 2 April 2026"
    assert next(picture.every("desc")).text.startswith("18 people in 3 generations")
    assert not [name for element in page.every() for name in element.attributes if name == "style"]
    tables = [table.text for table in page.every("table")]
    assert len(tables) == 2
    assert "12 Example Street (Monday to Thursday)" in tables[0]


def test_a_restricted_relative_is_whom_to_call_and_nothing_else():
    shut = Relative("p", "Restricted record", "F", born=date(2001, 1, 1), restricted="Call 01632 960001")
    page = parse(_drawn(Family((Relative("q", "Ola", about=True), replace(shut, note="never shown")))))
    assert "Call 01632 960001" in page.text
    assert "25 years" not in page.text
    assert "never shown" not in next(page.every("svg")).text


def test_the_table_says_what_each_is_to_the_person_of_the_page():
    rows = {row.cells[0].text: row.cells[2].text for row in genogram(families.sample(), families.ON).people_rows}
    assert rows["Ola Sample"] == "the person of this page"
    assert rows["Ewa Example"] == "mother"
    assert rows["Zofia Example"] == "mother of Ewa Example"
    assert rows["Robin Friend"] == "friend"
