"""Marks keep their words while the story is written on; what a sentence proposes is no more than it says."""

import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.contacts.rules import telephone as rules
from frontdoor.contacts.rules.telephone import Mark

ON = date(2026, 3, 24)
TEXT = st.text(alphabet=st.sampled_from("ab .\n“”é😀\u0301\u200f"), max_size=40)
STORY = st.text(alphabet=st.sampled_from("abc .!\né😀"), min_size=1, max_size=60)


@st.composite
def marked_stories(draw):
    """A story with marks on some of its pieces that hold more than space."""
    story = draw(STORY.filter(str.strip))
    marks = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        starts = draw(st.integers(0, len(story) - 1))
        ends = draw(st.integers(starts + 1, len(story)))
        if story[starts:ends].strip():
            marks.append(Mark(number, "worry", starts, ends, story[starts:ends]))
    return story, tuple(marks)


@given(marked_stories(), TEXT)
def test_whatever_becomes_of_the_story_a_mark_stands_on_its_own_words(marked, after):
    story, marks = marked
    for mark in rules.moved(marks, story, after):
        assert after[mark.starts : mark.ends] == mark.words
        assert mark.words.strip()


@given(marked_stories(), TEXT, st.data())
def test_what_is_typed_beside_a_mark_leaves_its_words_alone(marked, typed, data):
    story, marks = marked
    place = data.draw(st.integers(0, len(story)))
    after = story[:place] + typed + story[place:]
    kept = {mark.number: mark for mark in rules.moved(marks, story, after)}
    for mark in marks:
        if not mark.starts < place < mark.ends:
            assert kept[mark.number].words == mark.words


@given(st.lists(TEXT, min_size=4, max_size=4), TEXT, TEXT, TEXT)
def test_typing_in_several_places_at_once_loses_no_mark(around, one, two, three):
    """Against an oracle: words that stand once in the story are where the story has them."""
    before = f"{around[0]}<first>{around[1]}<second>{around[2]}"
    marks = tuple(
        Mark(number, "person", before.index(words), before.index(words) + len(words), words)
        for number, words in enumerate(("<first>", "<second>"), 1)
    )
    after = f"{one}{around[0]}<first>{two}{around[1]}<second>{around[2]}{three}"
    assert [(mark.starts, mark.words) for mark in rules.moved(marks, before, after)] == [
        (after.index(words), words) for words in ("<first>", "<second>")
    ]


def _one(story, words, kind="worry"):
    return Mark(1, kind, story.index(words), story.index(words) + len(words), words)


def test_a_spelling_that_is_mended_inside_a_mark_belongs_to_it():
    (mark,) = rules.moved([_one("Mia is sevn.", "Mia is sevn.")], "Mia is sevn.", "Mia is seven.")
    assert mark.words == "Mia is seven."


def test_the_next_sentence_is_not_swallowed_by_the_mark_before_it():
    (mark,) = rules.moved([_one("He hit her.", "He hit her.")], "He hit her.", "He hit her. Then he left.")
    assert mark.words == "He hit her."


def test_a_marked_sentence_that_is_taken_out_is_no_longer_marked():
    story = "One. Two. Three."
    assert rules.moved([_one(story, "Two.")], story, "One. Three.") == ()


def test_a_whole_other_story_has_no_marks():
    assert rules.moved([_one("One.", "One.")], "One.", "Xyz!") == ()


def test_a_story_pasted_before_a_marked_one_moves_its_marks():
    story = "A note.\nHe hit her."
    (mark,) = rules.moved([_one(story, "He hit her.")], story, "The school rang. " * 200 + story)
    assert mark.words == "He hit her."


@pytest.mark.parametrize(
    ("story", "found"),
    [
        ("Mia is 7. Her mum is Kelly.", ["Mia is 7.", "Her mum is Kelly."]),
        ("Mrs. Ahmed rang! She was upset", ["Mrs. Ahmed rang!", "She was upset"]),
        ("She said: “I want to stay.” Then she cried.", ["She said: “I want to stay.”", "Then she cried."]),
        ("one line\nanother line\n\n", ["one line", "another line"]),
        ("It is 3.15 now... Come?!", ["It is 3.15 now...", "Come?!"]),
        ("  \n ", []),
        ("", []),
    ],
)  # fmt: skip
def test_a_story_is_taken_apart_at_the_ends_of_sentences(story, found):
    assert [story[starts:ends] for starts, ends in rules.sentences(story)] == found


@given(STORY)
def test_sentences_hold_every_word_of_a_story_once_and_in_order(story):
    places = rules.sentences(story)
    assert "".join("".join(story[a:b].split()) for a, b in places) == "".join(story.split())
    assert all(first[1] <= second[0] for first, second in pairwise(places))


@pytest.mark.parametrize(
    ("caret", "words"), [(0, "One."), (3, "One."), (4, "One."), (6, "Two."), (9, "Two."), (99, "Two.")]
)
def test_the_sentence_at_the_caret_is_meant_also_just_behind_it(caret, words):
    story = "One. Two. "
    starts, ends = rules.chosen(story, caret, caret)
    assert story[starts:ends] == words


def test_a_selection_is_meant_and_found_again_where_the_browser_counts_otherwise():
    story = "😀😀 He hit her. He hit her."
    assert rules.chosen(story, 3, 14, story[3:14]) == (3, 14)
    starts, ends = rules.chosen(story, 5, 16, "He hit her.")
    assert (story[starts:ends], starts) == ("He hit her.", 3)
    assert rules.chosen(story, 0, 4, "nowhere in it") is None


def test_the_same_piece_marked_the_same_twice_is_marked_once():
    story = "He hit her."
    marks, first = rules.marked((), story, "worry", (0, 11))
    again, second = rules.marked(marks, story, "worry", (0, 11))
    assert (again, second) == (marks, first)
    both, third = rules.marked(marks, story, "own_words", (0, 11))
    assert [mark.kind for mark in both] == ["worry", "own_words"]
    assert third.number == 2
    with pytest.raises(KeyError):
        rules.marked((), story, "risk score", (0, 11))


def test_marks_that_come_with_a_story_are_believed_only_where_their_words_stand():
    story = "Oh. He hit her."
    rows = [
        {"number": 1, "kind": "worry", "starts": 0, "ends": 11, "words": "He hit her."},
        {"number": 2, "kind": "worry", "starts": 0, "ends": 3, "words": "Not said."},
        {"number": 3, "kind": "score", "starts": 0, "ends": 3, "words": "Oh."},
        {"number": 4, "kind": "worry", "starts": "x", "ends": 3, "words": "Oh."},
        {"number": 1, "kind": "worry", "starts": 0, "ends": 3, "words": "Oh."},
        {},
    ]
    (mark,) = rules.settled(rows, story)
    assert (mark.starts, mark.words) == (4, "He hit her.")


def people(sentence):
    """Those whom a sentence proposes, as short lines."""
    found = rules.people_in(sentence, on=ON)
    return [
        " ".join(
            filter(None, (each.kind, each.given_name, each.family_name, str(each.age if each.age is not None else ""),
                          str(each.born or each.expected or ""), each.relationship))
        )
        for each in found
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "proposed"),
    [
        ("Mia Brook, 7, lives with her mum Kelly and her mum's boyfriend Darren.",
         ["child Mia Brook 7", "adult Kelly mum", "adult Darren mum's boyfriend"]),
        ("Her little boy Alfie is 4.", ["child Alfie 4"]),
        ("Alfie and Mia Brook, 4 and 6.", ["child Alfie 4", "child Mia Brook 6"]),
        ("Ada, Ben and Cal Brook, 4, 5 and 6.", ["child Ada 4", "child Ben 5", "child Cal Brook 6"]),
        ("Ada, Ben and Cal Brook, 4 and 6.", ["child Ada", "child Ben", "child Cal Brook"]),
        ("Mia Brook is seven years old, born 3.4.2018.", ["child Mia Brook 2018-04-03"]),
        ("The child is Zoë O’Neill-Ward aged 12, dob 01/02/14.", ["child Zoë O’Neill-Ward 2014-02-01"]),
        ("Kelly Brook is pregnant, due 4 May.", ["adult Kelly Brook mother", "unborn Brook 2026-05-04"]),
        ("Gary Holt, 35", ["adult Gary Holt 35"]),
        ("He is 35 and called Gary Holt.", ["adult Gary Holt 35"]),
        ("Her stepdad shouts.", ["adult stepdad"]),
        ("A boy of about nine in a red coat.", ["unknown 9"]),
        ("Ewa is 5 months old.", ["child Ewa 0"]),
        ("Mrs Ahmed rang from Whittle Brook Primary School.", ["adult Ahmed"]),
        ("Mohammed Iqbal (8)", ["child Mohammed Iqbal 8"]),
        ("Her brothers Jayden, 6, and Kai, 4, are at home.", ["child Jayden 6", "child Kai 4"]),
        ("Mia was hit 3 times.", ["child Mia"]),
        ("Mia was seen at 10 o'clock.", ["child Mia"]),
        ("Born 31.2.2018: Mia Brook", ["child Mia Brook"]),
    ],
)  # fmt: skip
def test_a_person_sentence_proposes_what_it_plainly_says(sentence, proposed):
    assert people(sentence) == proposed


@given(st.text(max_size=300))
def test_no_sentence_is_too_strange_to_be_marked(sentence):
    found = rules.people_in(sentence, on=ON)
    assert found
    assert all(0 <= (each.age or 0) <= 99 for each in found)
    rules.place_in(sentence)


@pytest.mark.parametrize(
    ("sentence", "address", "postcode"),
    [
        ("They live at 14 Kestrel Court, Orton, PE2 5AB.", "14 Kestrel Court, Orton", "PE2 5AB"),
        ("Flat 4, Kestrel Court", "Flat 4, Kestrel Court", ""),
        ("pe3 7qd", "", "PE3 7QD"),
        ("She is staying at her nan's in Wisbech", "her nan's in Wisbech", ""),
        ("The address is The Old Rectory, Thorney PE6 0QX", "The Old Rectory, Thorney", "PE6 0QX"),
    ],
)
def test_an_address_sentence_proposes_address_and_postcode(sentence, address, postcode):
    found = rules.place_in(sentence)
    assert (found.address, found.postcode) == (address, postcode)


@pytest.mark.parametrize(
    "piece", [".", "a ", "Mia ", "1 ", "mum ", "\n", "'", "PE1 ", "lives ", "Mia is 7 and ", "12-"]
)
def test_a_huge_story_of_anything_is_read_in_no_time(piece):
    from time import process_time

    story = piece * (40_000 // len(piece)) + "x"
    since = process_time()
    rules.sentences(story)
    rules.people_in(story, on=ON)
    rules.place_in(story)
    rules.moved([Mark(1, "worry", 10, 20, story[10:20])] * 200, story, f"y{story}")
    assert process_time() - since < 5  # a rule that grows with the square takes minutes


def _mark(kind, words, number=1):
    return Mark(number, kind, 0, len(words), words)


def test_a_sentence_fills_only_what_is_empty():
    typed = {
        "people-0-kind": "child",
        "people-0-given_name": "Mia",
        "people-0-family_name": "",
        "address": "1 Elm Road",
    }
    person = rules.filling(typed, _mark("person", "Mia Brook is 7."), on=ON)
    assert person.values == {
        "people-0-family_name": "Brook", "people-0-approximate_age": "7", "people-0-kind": "child",
    }  # fmt: skip
    assert person.sources == {"people-0": 1}
    place = rules.filling(typed, _mark("address", "She lives at 2 Oak Road, PE2 5AB."), on=ON)
    assert place.values == {"postcode": "PE2 5AB"}
    assert rules.filling(typed, _mark("worry", "Mia Brook is 7."), on=ON).values == {}


def test_two_of_one_first_name_are_not_taken_for_one():
    typed = {"people-0-given_name": "Mohammed", "people-0-family_name": "Iqbal", "people-0-approximate_age": "8"}
    cousin = rules.filling(typed, _mark("person", "Mohammed Iqbal, 5, is a cousin next door."), on=ON)
    assert cousin.values["people-1-given_name"] == "Mohammed"
    other = rules.filling(typed, _mark("person", "Mohammed Khan is 8."), on=ON)
    assert other.values["people-1-family_name"] == "Khan"


def test_a_family_in_one_sentence_takes_a_row_each():
    found = rules.filling({}, _mark("person", "Mia Brook, 7, lives with her mum Kelly."), on=ON)
    assert {name: value for name, value in found.values.items() if name.endswith(("kind", "given_name"))} == {
        "people-0-kind": "child", "people-0-given_name": "Mia", "people-1-kind": "adult",
        "people-1-given_name": "Kelly",
    }  # fmt: skip
    assert found.sources == {"people-0": 1, "people-1": 1}


def test_a_childs_own_words_belong_to_the_child_they_name_or_to_the_only_one():
    from frontdoor.contacts.rules.intake import PersonGiven

    mia, tom = PersonGiven("child", given_name="Mia"), PersonGiven("child", given_name="Tom")
    mum = PersonGiven("adult", given_name="Kelly")
    words = _mark("own_words", "She said: “I don't want to go home.”")
    assert rules.whose(words, [mum, mia]) == 1
    assert rules.whose(words, [mia, tom]) is None
    assert rules.whose(_mark("own_words", "Tom said he is hungry."), [mia, tom]) == 1
    assert rules.whose(_mark("worry", "He hit her."), [mia]) is None
    assert rules.whose(_mark("worry", "Tom and Mia were alone."), [mia, tom]) is None


def test_a_draft_keeps_every_letter_but_those_that_no_database_can_hold():
    assert rules.kept("a\r\nb\rc\0d\ud800e\u202ef\x07") == "a\nb\ncde\u202ef\x07"
    assert re.fullmatch(r"x+", rules.kept("x" * 1_000_000))


def test_a_red_flag_takes_its_reason_from_what_was_said():
    worry = _mark("worry", "He will\npick her up.")
    assert rules.reason_of_flag(" Now! ", [worry], "Story.") == "Now!"
    assert rules.reason_of_flag("", [worry], "Story.") == "He will pick her up."
    assert rules.reason_of_flag("", [], "One.\nHe has a knife.") == "He has a knife."
    assert rules.reason_of_flag("", [], "") == ""
