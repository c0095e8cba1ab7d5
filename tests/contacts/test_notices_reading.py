"""Reading a file of notices: what is hostile or broken is refused at once in clear words, and never read on."""

import csv
import io
import json
import tracemalloc
from datetime import UTC, datetime

import pytest
from hypothesis import given as cases
from hypothesis import strategies as some

from frontdoor.contacts.rules import notices as rules
from tests.contacts.noticing import NIGHT, row

HEADS = "police_reference,force,kind,narrative"


def test_the_samples_are_read_and_right_and_the_same_in_both_layouts():
    one, two = rules.read(rules.sample_csv().encode()), rules.read(rules.sample_json().encode())
    assert [rules.given(each, at=NIGHT).report for each in one] == [rules.given(each, at=NIGHT).report for each in two]
    assert rules.given(one[0], at=NIGHT).report.children[0].present is True


HOSTILE = {
    "no text": b"\x00\x01\x02",
    "utf-16": HEADS.encode("utf-16"),
    "half utf-8": HEADS.encode() + b"\r\nA,\xc3\x28,missing,x\r\n",
    "a million columns": b"a," * 1_000_000,
    "a million cells in a row": HEADS.encode() + b"\r\n" + b"x," * 1_000_000,
    "a column twice": b"police_reference,force,force\r\n1,a,b\r\n",
    "an open quotation": HEADS.encode() + b'\r\nA,"' + b"x" * 500_000,
    "too many rows": HEADS.encode() + b"\r\nA,F,missing,x" * 200_000,
    "too large": b"x" * (rules.READ_AT_MOST + 1),
    "headings only": HEADS.encode() + b"\r\n",
    "a key twice": b'[{"police_reference": "A", "police_reference": "B"}]',
    "NaN": b'[{"police_reference": NaN}]',
    "Infinity": b'[{"police_reference": -Infinity}]',
    "a number without end": b'[{"police_reference": 1e999}]',
    "a number of many digits": b'[{"police_reference": ' + b"9" * 100_000 + b"}]",
    "nested deeply": b"[" * 200_000,
    "half a surrogate": b'[{"police_reference": "\\ud800"}]',
    "a zero byte": b'[{"police_reference": "\\u0000"}]',
    "an object of many fields": ("[{" + ",".join(f'"a{n}":1' for n in range(200_000)) + "}]").encode(),
    "no list": b'{"notices": {"police_reference": "A"}}',
    "a list of words": b'["A"]',
    "xml": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    "nothing": b"  \r\n ",
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_what_is_hostile_is_refused_in_words_within_little_memory(content):
    tracemalloc.start()
    with pytest.raises(rules.NotRead) as refused:
        rules.read(content)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 50_000_000
    assert 10 < len(str(refused.value)) < 160


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_line_ends_marks_and_separators_of_every_spreadsheet_are_read(end, mark, separator):
    lines = [HEADS.replace(",", separator), separator.join(["A-1", "Force", "missing", '"Two\nlines, and a comma"'])]
    (found,) = rules.read((mark + end.join(lines) + end).encode())
    assert rules.given(found, at=NIGHT).report.story == "Two\nlines, and a comma"


WRONG = [
    ({"police_reference": ""}, "police_reference", "Give the police's own reference"),
    ({"narrative": " "}, "narrative", "Write what happened"),
    ({"kind": "burglary"}, "kind", "Write one of: domestic_abuse"),
    ({"force": ""}, "force", "Say which police force"),
    ({"incident_time": "2026-03-29 01:30"}, "incident_time", "the clocks went forward"),
    ({"incident_time": "2025-10-26 01:30"}, "incident_time", "came twice that night"),
    ({"incident_time": "2026-04-31 10:00"}, "incident_time", "Write the day as"),
    ({"incident_time": "2026-04-04 25:00"}, "incident_time", "not a time of day"),
    ({"incident_time": "2026-04-09 10:00", "sent_time": ""}, "incident_time", "has not come yet"),
    ({"sent_time": "2026-04-01 10:00"}, "sent_time", "cannot have been sent before it happened"),
    ({"risk_grade": "severe"}, "risk_grade", "Write one of: standard, medium, high"),
    ({"email": "desk at police"}, "email", "Write an e-mail address"),
    ({"narrative": "x" * 20_001}, "narrative", "Must be 20,000 characters or fewer"),
    ({"postcode": "not a postcode"}, "postcode", "Must be 10 characters or fewer"),
    ({"force": "A\x07B"}, "force", "cannot be stored"),
    ({"children": [{"date_of_birth": "4 April"}]}, "child_1_date_of_birth", "Write the day as"),
    ({"children": [{}, {"age": "7.5"}]}, "child_2_age", "whole years"),
    ({"children": [{"name": "Kit"}]}, "child_1_name", "no such field"),
    ({"children": "Kit"}, "children", "as a list"),
    ({"children": [{"given_name": "Kit"}] * 9}, "children", "Name 8 children or fewer"),
    ({"children": [{"given_name": ["Kit"]}]}, "child_1_given_name", "Write this as text"),
    ({"severity": "1"}, "severity", "no such field"),
]


@pytest.mark.parametrize(("more", "field", "words"), WRONG)
def test_what_is_wrong_with_a_notice_is_said_by_field(more, field, words):
    with pytest.raises(rules.Wrong) as refused:
        rules.given({**row("A-1"), **more}, at=NIGHT)
    assert words in refused.value.problems[field]
    assert len(refused.value.problems) == 1


def test_times_are_londons_unless_they_say_otherwise():
    times = {
        "2026-04-04 23:10": (22, 10), "04/04/2026 23:10": (22, 10), "2026-04-04T23:10:00Z": (23, 10),
        "2026-04-04T23:10+01:00": (22, 10),
    }  # fmt: skip
    for written, (hour, minute) in times.items():
        found = rules.given(row("A", incident_time=written), at=NIGHT).report.happened_at
        assert found == datetime(2026, 4, 4, hour, minute, tzinfo=UTC), written


@cases(some.lists(some.text(max_size=30), min_size=4, max_size=4))
def test_no_cell_that_is_written_is_taken_for_a_formula_and_each_comes_back_as_it_was(cells):
    made = rules.written_csv(HEADS.split(","), [dict(zip(HEADS.split(","), cells, strict=True))])
    for cell in list(csv.reader(io.StringIO(made[1:], newline="")))[1:][0] if "".join(cells).strip() else ():
        assert not cell.startswith(("=", "+", "-", "@"))


@cases(
    some.recursive(
        some.none() | some.booleans() | some.text(max_size=9) | some.integers(),
        lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=9), inner),
    )
)
def test_whatever_a_field_holds_a_notice_is_right_or_says_what_is_wrong(value):
    for name in ("police_reference", "children", "adults", "incident_time", "kind", "narrative"):
        try:
            rules.given({**row("A"), name: value}, at=NIGHT)
        except rules.Wrong as wrong:
            assert wrong.problems  # noqa: PT017 (either way is right)


@cases(some.binary(max_size=300))
def test_whatever_bytes_come_they_are_rows_or_refused(content):
    try:
        assert isinstance(rules.read(content), list)
    except rules.NotRead as wrong:
        assert str(wrong)  # noqa: PT017 (either way is right)


def test_a_file_of_two_thousand_is_read_and_one_more_is_not():
    rows = [row(f"A-{number}") for number in range(rules.MOST_NOTICES)]
    assert len(rules.read(json.dumps(rows).encode())) == rules.MOST_NOTICES
    with pytest.raises(rules.NotRead):
        rules.read(json.dumps([*rows, row("B")]).encode())
