"""Tables as councils make them: read, checked and gathered; whatever bytes come, nothing breaks and nothing is lost."""

import contextlib
import csv
import io
import tracemalloc
from datetime import date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from frontdoor.people.rules import bringing
from frontdoor.people.rules.bringing import Families, Lived, Said, Unreadable, checker, gathered, opened, tables
from frontdoor.people.rules.identifiers import Kind
from frontdoor.shell.rules import LONDON

TODAY = date(2026, 4, 2)
HEADS = ("pers_person_id", "pers_forename", "pers_surname", "pers_sex", "pers_dob")


def read(content, table="ssd_person", on=TODAY):
    """Sheet and checked rows of a file's bytes."""
    sheet, lines = opened(io.BytesIO(content), tables()[table])
    check = checker(sheet, on=on)
    return sheet, [check(line) for line in lines]


def written(rows, *, separator=",", ends="\n", encoding="utf-8", heads=HEADS):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator=ends)
    writer.writerow(heads)
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


ROW = ["4711", "Zoë", "O’Brien-Müller", "F", "2016-05-03"]
KNOWN = {
    "pers_person_id": "4711", "pers_forename": "Zoë", "pers_surname": "O’Brien-Müller", "pers_sex": "F",
    "pers_dob": date(2016, 5, 3),
}  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_any_spreadsheets_file_says_the_same(encoding, separator, ends):
    _, rows = read(written([ROW, ROW], separator=separator, ends=ends, encoding=encoding))
    assert [row.values for row in rows] == [KNOWN, KNOWN]


def test_a_line_that_names_the_separator_is_no_row():
    assert read(b"sep=;\r\n" + written([ROW], separator=";"))[1][0].values == KNOWN


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2016-05-03", date(2016, 5, 3)),
        ("2016-05-03 00:00:00.000", date(2016, 5, 3)),
        ("2016-05-03T00:00:00Z", date(2016, 5, 3)),
        ("03/05/2016", date(2016, 5, 3)),
        ("3/5/2016 00:00", date(2016, 5, 3)),
        ("03.05.2016", date(2016, 5, 3)),
        ("03-May-2016", date(2016, 5, 3)),
        ("20160503", date(2016, 5, 3)),
        ("1900-01-01 00:00:00", None),
    ],
)
def test_days_are_read_as_iso_and_british_tables_write_them(said, day):
    assert bringing.day(said) == day


@pytest.mark.parametrize("said", ["05/23/2016", "31/02/2015", "3/5/16", "42493", "yesterday", "0001-01-01", "٣/٥/٢٠١٦"])
def test_a_day_that_is_none_is_never_guessed(said):
    with pytest.raises(bringing.NotValue):
        bringing.day(said)


@given(st.dates(date(1901, 1, 1), date(2100, 1, 1)))
def test_every_day_comes_back_from_either_way_of_writing_it(day):
    assert bringing.day(day.isoformat()) == bringing.day(day.strftime("%d/%m/%Y")) == day


CELLS = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), max_size=20)


@given(st.lists(st.lists(CELLS, min_size=5, max_size=5), max_size=6), st.sampled_from(",;\t|"))
def test_every_row_that_was_written_is_taken_or_refused_with_a_reason(rows, separator):
    _, found = read(written(rows, separator=separator, ends="\r\n"))
    standing = [row for row in rows if any(cell.strip() for cell in row)]
    assert len(found) == len(standing)
    for row, cells in zip(found, standing, strict=True):
        assert row.refused == (not row.values.get("pers_person_id"))
        assert all(problem.why for problem in row.problems)
        if not row.refused:
            assert row.values["pers_person_id"] == " ".join(cells[0].split())


@given(st.binary(max_size=400))
@example(b"\xff\xfe")
@example(b"\xef\xbb\xbf")
@example(b"PK\x03\x04\0\0")
@example(b'pers_person_id\n"never closed')
@example(b"sep=;")
def test_no_bytes_break_the_reading(content):
    for start in (b"", b"pers_person_id,pers_dob\n"):
        with contextlib.suppress(Unreadable):
            read(start + content)


@pytest.mark.parametrize("content", [b"", b"\n\n\r\n", b"\xef\xbb\xbf", b" , ,\n"])
def test_an_empty_file_is_said_to_be_empty(content):
    with pytest.raises(Unreadable, match="empty"):
        read(content)


def test_a_file_of_headings_alone_has_no_rows():
    assert read(written([]))[1] == []


def test_headings_are_found_in_any_case_and_order_and_what_is_unknown_is_said():
    sheet, rows = read(b'"PERS_DOB", Pers_Person_ID ,Shoe Size\r\n2016-05-03,4711,38\r\n')
    assert sheet.unknown == ("Shoe Size",)
    assert "pers_forename" in sheet.missing
    assert rows[0].values == {"pers_person_id": "4711", "pers_dob": date(2016, 5, 3)}


def test_a_table_without_a_column_that_is_needed_is_refused_whole():
    with pytest.raises(Unreadable, match="pers_person_id"):
        read(b"pers_forename,pers_surname\nAda,Fen\n")


def test_a_line_break_within_quotation_marks_is_part_of_its_cell_and_lines_are_counted_on():
    _, rows = read(b'pers_person_id,pers_surname\n1,"Fen\nRoad"\n2,Lark\n')
    assert [(row.number, row.values["pers_surname"]) for row in rows] == [(2, "Fen Road"), (4, "Lark")]


def test_a_row_with_too_many_cells_is_refused_and_one_with_too_few_is_filled_up():
    _, rows = read(b"pers_person_id,pers_surname,pers_sex\n1,Fen, Road,F\n2,Lark\n3,Wold,F,,\n")
    assert [row.refused for row in rows] == [True, False, False]
    assert "4 cells" in rows[0].problems[0].why


def test_an_open_quotation_mark_breaks_its_row_and_not_the_reading():
    content = b'pers_person_id,pers_surname\n1,"' + b"x" * 200_000 + b"\n2,Lark\n3,Wold\n"
    _, rows = read(content)
    assert rows[0].refused
    assert "quotation mark" in rows[0].problems[0].why


@pytest.mark.parametrize(
    ("heads", "cell", "column"),
    [
        ("pers_common_child_id", "9434765918", "pers_common_child_id"),
        ("pers_dob", "31/02/2015", "pers_dob"),
        ("pers_dob", "2027-01-01", "pers_dob"),
        ("pers_sex", "Q7", "pers_sex"),
        ("pers_ethnicity", "MARS", "pers_ethnicity"),
        ("pers_upn_unknown", "UN9", "pers_upn_unknown"),
        ("pers_death_date", "2030-01-01", "pers_death_date"),
    ],
)
def test_a_value_that_cannot_be_is_left_out_and_said_and_the_child_is_taken_all_the_same(heads, cell, column):
    _, (row,) = read(f"pers_person_id,{heads}\n4711,{cell}\n".encode())
    assert not row.refused
    assert row.values == {"pers_person_id": "4711"}
    assert [problem.column for problem in row.problems] == [column]
    assert cell not in row.problems[0].why


def test_what_databases_write_for_nothing_is_nothing_and_null_is_a_family_name():
    _, (row,) = read(b"pers_person_id,pers_forename,pers_surname,pers_dob\n1,NULL,Null,NULL\n")
    assert row.values == {"pers_person_id": "1", "pers_surname": "Null"}


def test_after_a_birth_the_expected_date_is_left_silently():
    _, (row,) = read(b"pers_person_id,pers_dob,pers_expected_dob\n1,2026-01-09,2026-01-03\n")
    assert "pers_expected_dob" not in row.values
    assert not row.problems


def test_a_moment_is_a_time_in_london():
    _, (row,) = read(
        b"invo_involvements_id,invo_person_id,invo_accepted_date\n1,2,2026-07-01 09:30\n", "ssd_involvements"
    )
    assert row.values["invo_accepted_date"] == datetime(2026, 7, 1, 9, 30, tzinfo=LONDON)


def test_a_long_file_is_read_in_little_memory():
    one = b"pers_person_id,pers_forename,pers_surname,pers_sex,pers_dob\n"

    class Endless(io.RawIOBase):
        """Twenty thousand rows a megabyte, made as they are asked for."""

        left, place = 1 << 22, 0

        def readable(self):
            return True

        def seekable(self):
            return True

        def seek(self, place, whence=0):
            self.left, self.place = 1 << 22, 0
            return 0

        def tell(self):
            return self.place

        def readinto(self, buffer):
            piece = (one if not self.place else b"4711,Ada,Fen,F,2016-05-03 00:00:00.000\n" * 20)[: len(buffer)]
            if self.left <= 0:
                return 0
            buffer[: len(piece)] = piece
            self.left -= len(piece)
            self.place += len(piece)
            return len(piece)

    sheet, lines = opened(io.BufferedReader(Endless()), tables()["ssd_person"])
    check = checker(sheet, on=TODAY)
    tracemalloc.start()
    try:
        assert sum(1 for line in lines if check(line).values) > 90_000
        assert tracemalloc.get_traced_memory()[1] < 1 << 20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("file", "table"),
    [
        ("ssd_person.csv", "ssd_person"),
        ("Person.CSV", "ssd_person"),
        ("2026-04-01 SSD_CIN_Plans.txt", "ssd_cin_plans"),
        ("ssd_person.xlsx", ""),
        ("readme.csv", ""),
    ],
)
def test_a_file_is_known_by_its_name(file, table):
    assert bringing.table_of(file) == table


def test_every_column_that_names_a_person_is_needed():
    for table in tables().values():
        assert all(column.needed for column in table.columns if column.name == table.person)


# -- People and families ---------------------------------------------------------


def brought(*rows, number="4711"):
    return gathered(number, list(rows), system="case system", on=TODAY)


def test_a_person_is_gathered_from_every_table():
    found = brought(
        ("ssd_person", {"pers_forename": "Ada May", "pers_surname": "Fen", "pers_dob": date(2016, 5, 3),
                        "pers_sex": "F", "pers_common_child_id": "9434765919", "pers_legacy_id": "A1"}),
        ("ssd_address", {"addr_address_json": {"FLAT": "2", "HOUSE": "14", "STREET": "Fen Road", "TOWN": "Ely"},
                         "addr_address_postcode": "PE1 1AA", "addr_address_type": "Home"}),
        ("ssd_disability", {"disa_disability_code": "HEAR"}),
        ("ssd_mother", {"moth_person_id": "12"}),
    )  # fmt: skip
    assert found.label == "Ada May Fen"
    assert found.birth == ("known", date(2016, 5, 3))
    assert [known.kind for known in found.numbers] == [Kind.LOCAL, Kind.NHS, Kind.SYSTEM]
    assert found.lived == [Lived("home", "Flat 2\n14 Fen Road\nEly", "PE1 1AA")]
    assert Said("disability", "HEAR") in found.said
    assert found.mothers == ["12"]


@pytest.mark.parametrize(
    ("forename", "label", "given"),
    [
        ("", "Unborn Fen", ""),
        ("Unborn", "Unborn Fen", ""),
        ("Baby of Ada", "Unborn Fen", ""),
        ("Ida", "Unborn Fen", "Ida"),
    ],
)
def test_an_unborn_child_has_no_given_name_whatever_stands_in_its_place(forename, label, given):
    values = {"pers_forename": forename, "pers_surname": "Fen", "pers_expected_dob": date(2026, 5, 3)}
    found = brought(("ssd_person", values))
    assert (found.label, found.given, found.sex) == (label, given, "U")
    assert found.birth == ("expected", date(2026, 5, 3))


@pytest.mark.parametrize("kind", ["Refuge", "Confidential address", "Placement (do not disclose)"])
def test_of_a_secret_address_nothing_is_kept_but_that_there_is_one(kind):
    values = {
        "addr_address_json": {"STREET": "Secret Lane"},
        "addr_address_postcode": "PE1 1AA",
        "addr_address_type": kind,
    }
    (lived,) = brought(("ssd_address", values)).lived
    assert lived.protected
    assert (lived.lines, lived.postcode, lived.uprn) == ("", "", "")


def test_no_fixed_abode_is_a_kind_of_address_and_no_postcode():
    (lived,) = brought(("ssd_address", {"addr_address_postcode": "ZZ99 3VZ"})).lived
    assert (lived.kind, lived.postcode) == ("no_fixed_abode", "")


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("ssd_cla_episodes", {"clae_cla_episode_ceased_reason": "E11"}),
        ("ssd_cin_episodes", {"cine_close_reason": "RC1"}),
        ("ssd_permanence", {"perm_permanence_order_type": "Adoption"}),
        ("ssd_permanence", {"perm_placed_for_adoption_date": TODAY}),
    ],
)
def test_a_record_from_before_an_adoption_is_known_as_one(table, values):
    assert brought((table, values)).adopted


def test_an_adoption_that_was_called_off_is_none():
    values = {"perm_placed_for_adoption_date": TODAY, "perm_decision_reversed_date": TODAY}
    assert not brought(("ssd_permanence", values)).adopted


def test_a_date_that_stands_for_an_unknown_day_of_somebody_who_came_alone_is_an_estimate():
    came = ("ssd_immigration_status", {"immi_immigration_status": "Unaccompanied asylum seeking child"})
    for day, basis in ((1, "estimated"), (15, "estimated"), (9, "known")):
        assert brought(("ssd_person", {"pers_dob": date(2009, 6, day)}), came).birth == (basis, date(2009, 6, day))


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=40), st.integers(1, 12))
def test_families_are_the_connected_and_come_whole_each_once_in_one_order(pairs, size):
    families = Families()
    for number in range(31):
        families.place(str(number))
    oracle = [{number} for number in range(31)]
    for one, other in pairs:
        families.join(one, other)
        first, second = (next(group for group in oracle if number in group) for number in (one, other))
        if first is not second:
            oracle.remove(second)
            first |= second
    batches = list(families.batches(size))
    flat = [set(family) for batch in batches for family in batch]
    assert sorted(map(sorted, flat)) == sorted(map(sorted, oracle))
    assert all(sum(map(len, batch[:-1])) < size for batch in batches)
    for done in range(len(batches)):
        after = batches[done][-1][0]
        assert list(families.batches(size, after=after)) == batches[done + 1 :]
