"""Pages of several councils are one list: complete, in order, without a row twice, and its cursor tells nothing."""

from datetime import UTC, date, datetime

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.actors.rules import NotFound
from frontdoor.shell.pages import seal, unseal
from frontdoor.shell.rules import merge

# (sort key, council, id): council and id make each row one of its kind.
ROWS = st.sets(st.tuples(st.integers(0, 5), st.integers(1, 4), st.integers(0, 30)), max_size=60)
SCALARS = st.one_of(
    st.text(max_size=20), st.integers(), st.datetimes(timezones=st.just(UTC)), st.dates(), st.booleans()
)


def _asked(rows, after, size):
    """One council's answer: the next rows after the cursor, one more than a page."""
    return [row for row in sorted(rows) if after is None or row > after][: size + 1]


def _walk(rows, size):
    councils = [[row for row in rows if row[1] == council] for council in (1, 2, 3, 4)]
    after, more, seen = None, True, []
    while more:
        page, more = merge([_asked(each, after, size) for each in councils], key=lambda row: row, size=size)
        assert len(page) <= size
        seen += page
        after = page[-1] if page else after
    return seen


@given(ROWS, st.integers(1, 7))
def test_paging_through_shows_every_row_once_and_in_order(rows, size):
    assert _walk(rows, size) == sorted(rows)


@given(ROWS, st.integers(1, 7))
def test_there_is_a_next_page_exactly_when_rows_are_left(rows, size):
    page, more = merge([_asked(rows, None, size)], key=lambda row: row, size=size)
    assert more == (len(rows) > len(page))


def test_a_page_of_no_rows_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        merge([], key=lambda row: row, size=0)


@given(st.lists(SCALARS, max_size=4).map(tuple))
def test_a_cursor_gives_back_what_was_sealed(values):
    assert unseal("waiting", seal("waiting", values)) == values


def test_no_cursor_is_the_first_page():
    assert unseal("waiting", "") is None


def test_a_cursor_hides_the_name_it_sorts_by():
    cursor = seal("people", ("Example, Ewa", 874, 12))
    assert "Ewa" not in cursor
    assert cursor != seal("people", ("Example, Ewa", 874, 12))


@pytest.mark.parametrize("cursor", ["x", "gAAAA", "=" * 50, "é", "\x00"])
def test_a_made_up_cursor_leads_nowhere(cursor):
    with pytest.raises(NotFound):
        unseal("waiting", cursor)


def test_a_changed_cursor_or_one_of_another_list_leads_nowhere():
    cursor = seal("waiting", (date(2026, 4, 2), 874, 12))
    middle = len(cursor) // 2
    changed = f"{cursor[:middle]}{'A' if cursor[middle] != 'A' else 'B'}{cursor[middle + 1 :]}"
    for wrong in (changed, cursor[:-3]):
        with pytest.raises(NotFound):
            unseal("waiting", wrong)
    with pytest.raises(NotFound):
        unseal("late", cursor)


def test_a_cursor_of_yesterday_leads_nowhere(time_machine):
    time_machine.move_to(datetime(2026, 4, 2, 9, tzinfo=UTC))
    cursor = seal("waiting", (1, 874, 12))
    time_machine.move_to(datetime(2026, 4, 3, 9, 0, 1, tzinfo=UTC))
    with pytest.raises(NotFound):
        unseal("waiting", cursor)


def test_a_cursor_outlives_the_change_of_the_secret_key():
    with override_settings(SECRET_KEY="old" * 20):
        cursor = seal("waiting", (1, 874, 12))
    with override_settings(SECRET_KEY="new" * 20, SECRET_KEY_FALLBACKS=["old" * 20]):
        assert unseal("waiting", cursor) == (1, 874, 12)
    with override_settings(SECRET_KEY="new" * 20, SECRET_KEY_FALLBACKS=[]), pytest.raises(NotFound):
        unseal("waiting", cursor)
