"""Numbers by which systems know somebody: read, shown, and how much they prove."""

import pytest

from frontdoor.codes.rules import NotANumber
from frontdoor.people.rules import identifiers
from frontdoor.people.rules.identifiers import Kind, Known, Trace
from frontdoor.people.rules.index import IDENTIFIER_KINDS


def test_the_kinds_are_those_that_the_index_keeps():
    assert [kind.value for kind in Kind] == [code for code, _ in IDENTIFIER_KINDS]


def test_an_nhs_number_that_came_without_a_word_about_it_is_not_traced():
    known = identifiers.read(Kind.NHS, "943 476 5919")
    assert known == Known(Kind.NHS, "9434765919", trace=Trace.NOT_TRACED)
    assert identifiers.words(known) == "NHS number 943 476 5919 (present, not traced)"
    assert not identifiers.settles(known)
    assert identifiers.settles(identifiers.read(Kind.NHS, "9434765919", trace="1"))


@pytest.mark.parametrize(("trace", "why"), [("07", "there is no NHS number"), ("99", "not a status of tracing")])
def test_a_status_that_contradicts_the_number_is_refused(trace, why):
    with pytest.raises(NotANumber, match=why):
        identifiers.read(Kind.NHS, "9434765919", trace=trace)


def test_a_temporary_pupil_number_is_said_to_be_one_and_settles_nothing():
    permanent = identifiers.read(Kind.UPN, "b801 2000 05001")
    assert identifiers.settles(permanent)
    assert not identifiers.settles(identifiers.read(Kind.FORMER_UPN, "B801200005001"))
    temporary = Known(Kind.UPN, "A80120000500A")
    assert identifiers.temporary(temporary)
    assert not identifiers.settles(temporary)
    assert identifiers.words(temporary).endswith("(temporary)")


def test_a_number_of_a_system_needs_its_system():
    with pytest.raises(NotANumber, match="which system"):
        identifiers.read(Kind.LOCAL, "4711")
    assert identifiers.read(Kind.LOCAL, " 47  11 ", system="case system") == Known(Kind.LOCAL, "47 11", "case system")
    with pytest.raises(NotANumber, match="at most 60"):
        identifiers.read(Kind.SYSTEM, "x" * 61, system="case system")


@pytest.mark.parametrize(
    ("words", "kind", "system"),
    [
        ("NHS Number'", Kind.NHS, ""),
        ("Unique Pupil Number", Kind.UPN, ""),
        ("Former UPN", Kind.FORMER_UPN, ""),
        ("Home Office Registration", Kind.HOME_OFFICE, ""),
        ("YOT Number", Kind.SYSTEM, "YOT Number"),
        ("", Kind.SYSTEM, "case system"),
    ],
)
def test_linked_identifiers_are_sorted_by_the_tables_words(words, kind, system):
    number = {Kind.NHS: "9434765919", Kind.UPN: "B801200005001", Kind.FORMER_UPN: "B801200005001"}.get(kind, "Y/12")
    known = identifiers.read_linked(words, number, system="case system")
    assert (known.kind, known.system) == (kind, system)
