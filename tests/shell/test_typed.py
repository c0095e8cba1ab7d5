"""Text is kept as it was typed; what cannot be stored is named; nothing typed can turn a page around."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.shell.rules import Refused, line, prose

ANYTHING = st.text(st.characters(codec=None), max_size=80)
WRITING = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp"]), max_size=80)
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@given(st.lists(WRITING, min_size=1, max_size=5))
def test_prose_keeps_every_space_and_every_line(lines):
    typed = "\n".join(lines)
    assert prose(typed, most=1000) == typed
    assert prose(typed.replace("\n", "\r\n"), most=1000) == typed


@given(ANYTHING)
def test_whatever_passes_can_be_stored_and_printed(typed):
    for rule in (line, prose):
        try:
            kept = rule(typed, most=1000)
        except Refused:
            continue
        kept.encode("utf-8")
        assert "\x00" not in kept
        assert not set(kept) & set(TURNING)
        assert rule is prose or "\n" not in kept


@given(ANYTHING)
def test_cleaning_twice_changes_nothing_more(typed):
    for rule in (line, prose):
        try:
            kept = rule(typed, most=1000)
        except Refused:
            continue
        assert rule(kept, most=1000) == kept


@pytest.mark.parametrize("bad", ["\x00", "\x07", "\x1b[31m", "\ud800", "\x7f"])
def test_what_cannot_be_stored_is_refused_in_words(bad):
    for rule in (line, prose):
        with pytest.raises(Refused, match="cannot be stored"):
            rule(f"Ewa{bad}", most=100)


def test_text_that_is_too_long_says_by_how_much():
    with pytest.raises(Refused, match="must be 1,000 characters or fewer: it has 2 too many"):
        prose("x" * 1002, most=1000)


def test_a_name_pasted_over_two_lines_becomes_one_line():
    assert line("  Ewa\r\nExample\t", most=100) == "Ewa Example"


@pytest.mark.parametrize("said", ["مريم", "👩‍👧", "Zoë", "O’Neil", "Nguyễn", "=1+1"])
def test_writing_of_all_kinds_stays_as_it_is(said):
    assert line(said, most=100) == said
    assert prose(said, most=100) == said
