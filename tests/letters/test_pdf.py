"""What is printed: one side, tagged, in letters that can be read, and what was typed comes out as it was typed."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from frontdoor.letters import rules
from frontdoor.letters.pages import letter_pdf, travelling_pdf
from frontdoor.letters.rules import (
    Due,
    Facts,
    House,
    Medium,
    Member,
    Recipient,
    Response,
    Route,
    Sentence,
    Told,
    TravellingPage,
)

AT = datetime(2026, 4, 2, 14, 50, tzinfo=UTC)
HOUSE = House(
    "Peterborough City Council", "01632 960123", "Monday to Friday", "01632 960999", "", "Town Hall\nBridge Street"
)
SCHOOL = Recipient(
    "professional", "given", Route.LETTER, name="Petra Lindqvist", address="Lodewater School, 3 Mill Lane, Ely, CB6 1AA"
)
HOSTILE = "*x* _y_ $x$ @ref #panic() #include <b> \\ `q` // c /* d */ [z] -- ~ ' \" = A\n= B\n- C"
PAGE = TravellingPage(
    council="Peterborough",
    reference="874-T-000042",
    made_at=AT,
    made_by="Anna Hart",
    sent_from="Contact centre",
    sent_to="Assessment team",
    danger="He must not go home; she says he waits at the gate.",
    where_now="At school with the head, until 5pm",
    family=(
        Member("Noah Hallam", "14 August 2016", "child"),
        Member("Beth Hallam", "1988", "mother", "Ring after ten"),
    ),
    told=(Sentence("He came in with a bruise the size of a hand.", "A school, 2 April 2026"),),
    done=(Response("Early help, March 2025", "", "No: nobody answered."),),
    own_words=(Sentence("I don't want to go home.", "Noah"),),
    worries=(Sentence("He flinched when the bell rang."),),
    must=(Due("Strategy discussion", "Team manager", "by 6pm today"),),
)


def _read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def _text(reader: PdfReader) -> str:
    """The text with every kind of space taken for one, since a line may break anywhere."""
    return " ".join("\n".join(page.extract_text() for page in reader.pages).replace("\u200b", "").split())


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def _check_accessible(reader: PdfReader, title: str) -> None:
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value
    assert reader.metadata is not None
    assert reader.metadata.title == title
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode()


def _tags(node: Any) -> Iterator[str]:
    node = node.get_object() if isinstance(node, IndirectObject) else node
    if isinstance(node, list):
        for each in node:
            yield from _tags(each)
    elif isinstance(node, dict):
        if "/S" in node:
            yield str(node["/S"])
        yield from _tags(node.get("/K"))


def _sizes(reader: PdfReader) -> set[float]:
    found: set[float] = set()
    reader.pages[0].extract_text(
        visitor_text=lambda text, matrix, _, __, size: found.add(round(size * matrix[3], 1)) if text.strip() else None
    )
    return {abs(size) for size in found if size}


def test_the_page_that_travels_is_one_accessible_side_with_all_of_it():
    reader = _read(travelling_pdf(PAGE))
    assert len(reader.pages) == 1
    _check_accessible(reader, "Page that travels, 874-T-000042")
    text = _text(reader)
    for said in (
        "Who is in the family", "Noah Hallam", "Ring after ten", "What we were told", "bruise the size of a hand",
        "What we did, and whether it helped", "No: nobody answered.", "The child’s own words", "go home.”",
        "What worries us most", "He flinched", "What must happen by when", "by 6pm today", "In danger now:",
        "At school with the head", "Printed Thursday 2 April 2026 at 3:50pm by Anna Hart",
    ):  # fmt: skip
        assert said in text


def test_headings_lists_and_table_heads_are_tagged():
    tags = set(_tags(_read(travelling_pdf(PAGE)).trailer["/Root"]["/StructTreeRoot"]))
    assert {"/H1", "/H2", "/Table", "/TH", "/L", "/LI"} <= tags


def test_paper_is_a4():
    box = _read(travelling_pdf(PAGE)).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)


def test_what_was_typed_comes_out_literally():
    everywhere = replace(
        PAGE,
        family=(Member(HOSTILE, note=HOSTILE),),
        told=(Sentence(HOSTILE, HOSTILE),),
        own_words=(Sentence(HOSTILE),),
        must=(Due(HOSTILE, HOSTILE, HOSTILE),),
        danger=HOSTILE,
    )
    text = _bare(_text(_read(travelling_pdf(everywhere))))
    assert text.count(_bare("*x* _y_ $x$ @ref #panic() #include <b>")) >= 7


def test_a_long_page_is_shortened_with_a_count_and_never_in_smaller_letters():
    long = replace(
        PAGE,
        told=PAGE.told * 80,
        done=PAGE.done * 40,
        worries=tuple(Sentence("She worries about him. " * 60) for _ in range(9)),
        must=PAGE.must * 12,
    )
    reader = _read(travelling_pdf(long))
    assert len(reader.pages) == 1
    assert re.search(r"and \d+ more, see the record", _text(reader))
    assert min(_sizes(reader)) >= 10


def test_a_short_page_is_printed_large():
    assert max(_sizes(_read(travelling_pdf(PAGE)))) > 12


def test_what_must_happen_is_kept_longest():
    data = rules.shortened(replace(PAGE, told=PAGE.told * 40, must=PAGE.must * 40), rules.LEVELS - 4)
    assert len(data["must"]) > len(data["told"])
    assert data["told_more"] + len(data["told"]) == 40


def test_the_childs_words_are_missing_for_a_reason():
    silent = replace(PAGE, own_words=(), not_heard="she was asleep")
    assert "Not yet heard, because she was asleep" in _text(_read(travelling_pdf(silent)))
    unsaid = replace(PAGE, own_words=(), not_heard="")
    assert "Not yet heard. Nobody has said why." in _text(_read(travelling_pdf(unsaid)))


def test_an_empty_page_says_so_everywhere():
    text = _text(_read(travelling_pdf(TravellingPage("Peterborough", "874-T-000042", AT))))
    assert text.count("Nothing marked.") == 2
    assert "Nobody named yet." in text


hostile = st.text(
    st.characters(codec="utf-8") | st.sampled_from("W*#$@_`\\[]<>\u202e\u0000\u200bمرحبا中文😀"), max_size=400
) | st.sampled_from(["W" * 3000, "word " * 900, HOSTILE, "\n" * 500])


@settings(max_examples=25)
@given(st.lists(hostile, min_size=1, max_size=4), st.integers(1, 60))
def test_whatever_was_typed_it_is_one_side(words, times):
    first, last = words[0], words[-1]
    page = TravellingPage(
        first, last, AT, first, last, first, last, first,
        family=(Member(first, last, first, last),) * times,
        told=tuple(Sentence(each, first) for each in words) * times,
        done=(Response(first, last, first),) * times,
        own_words=(Sentence(last, first),) * times,
        not_heard=last,
        worries=(Sentence(first, last),) * times,
        must=(Due(first, last, first),) * times,
    )  # fmt: skip
    assert len(_read(travelling_pdf(page)).pages) == 1


@pytest.mark.parametrize("name", ["Lăcătuș", "Żaneta Błaszczyk", "Ó Súilleabháin", "Đặng Thị Hằng"])
def test_names_are_printed_with_their_own_letters(name):
    assert name in _text(_read(travelling_pdf(replace(PAGE, family=(Member(name),)))))


def test_a_character_that_no_font_has_is_a_square_and_the_rest_stays():
    text = _text(_read(travelling_pdf(replace(PAGE, where_now="before \ue000\U000f0000 \u0378 𒀀 after"))))
    assert re.search(r"before .*after", text)


def test_text_cannot_be_turned_around_or_hidden():
    assert rules.printable("a\u202eb\u2066c\u0000d\x1be") == "abcde"
    assert rules.printable(" a \n\n b ", lines=True) == "a\n\nb"


def _letter(**said: Any) -> PdfReader:
    told = (Told("Noah Hallam", "early_help", **said), Told("Ivy Hallam", "nfa"))
    wording = rules.wording(rules.Kind.OUTCOME_PROFESSIONAL, rules.Audience.PROFESSIONAL, Medium.LETTER)
    words = wording.say(Facts("874-T-000042", AT, decided_at=AT, contact="the hub", told=told), HOUSE)
    return _read(letter_pdf(words, SCHOOL, HOUSE, at=AT))


def test_a_letter_is_accessible_and_says_to_whom_from_whom_and_when():
    reader = _letter()
    _check_accessible(reader, "What we decided, reference 874-T-000042")
    text = _text(reader)
    for said in (
        "Peterborough City Council Town Hall Bridge Street", "Petra Lindqvist Lodewater School 3 Mill Lane Ely CB6 1AA",
        "Thursday 2 April 2026", "Noah Hallam", "Ivy Hallam", "If you do not agree", "Ring 999.",
    ):  # fmt: skip
        assert said in text


def test_a_letter_says_literally_what_was_typed():
    assert _bare("*x* _y_ $x$ @ref #panic() #include <b>") in _bare(_text(_letter(reason=HOSTILE)))


@pytest.mark.parametrize("wording", [each for each in rules.WORDINGS.values() if each.medium is Medium.LETTER])
def test_every_letter_can_be_printed(wording):
    words = wording.say(Facts("874-T-000042", AT, AT, AT, AT, "the hub", (Told("Noah", "nfa"),)), HOUSE)
    assert 1 <= len(_read(letter_pdf(words, SCHOOL, HOUSE, at=AT)).pages) <= 2
