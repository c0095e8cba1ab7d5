"""A form keeps what was typed, says in plain words what to mend, and leads to the field at fault."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.forms import formset_factory
from django.utils.datastructures import MultiValueDict
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.shell.forms import (
    Choice,
    DayField,
    EmailField,
    LineField,
    MomentField,
    PickField,
    PickManyField,
    ProseField,
    TelephoneField,
    TickField,
    YesNoField,
    problems,
)
from frontdoor.shell.forms.sample import FILLED, WRONG, SampleForm
from tests.shell.markup import attribute, parse

HOSTILE = '"><script>alert(1)</script>\u202e=1+1 {{ 7 * 7 }} ${7*7}'


def _sent(values):
    return MultiValueDict({name: value if isinstance(value, list) else [value] for name, value in values.items()})


def _form(**fields):
    return type("OneForm", (forms.Form,), fields)


def test_what_was_typed_becomes_clean_values():
    form = SampleForm(_sent(FILLED | {"password": "x"}))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["story"] == FILLED["story"]
    assert form.cleaned_data["born"] == date(2018, 4, 2)
    assert form.cleaned_data["seen"] == datetime(2026, 4, 2, 14, 5, tzinfo=UTC)
    assert form.cleaned_data["safe"] is False
    assert form.cleaned_data["worries"] == ["neglect", "harm"]


def test_every_mistake_is_named_once_and_leads_to_an_input_that_is_there():
    form = SampleForm(_sent(WRONG))
    page = parse(str(form))
    found = problems(form)
    assert [problem.text for problem in found][:3] == [
        "Enter the child's name, or that it is not known",
        "Date of birth must be a real date",
        "When the child was last seen must include a time",
    ]
    assert {problem.href.removeprefix("#") for problem in found} <= set(attribute(page, "id"))
    assert found[2].href == "#id_seen-time"


def test_mistakes_of_forms_and_formsets_stand_in_the_order_of_the_page():
    rows = formset_factory(_form(name=LineField(label="Name", missing="Enter the name")), extra=2, min_num=2)
    sent = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-name": "Ewa", "form-1-name": ""}
    one = _form(story=ProseField(label="Story", missing="Enter the story"))
    found = problems(None, [one({}), rows(sent)])
    assert [(problem.text, problem.href) for problem in found] == [
        ("Enter the story", "#id_story"),
        ("Enter the name", "#id_form-1-name"),
    ]


def test_a_form_that_was_not_sent_has_no_problems():
    assert problems(SampleForm(), None) == []


def test_typed_text_stands_again_and_never_becomes_markup():
    page = parse(str(SampleForm(_sent(WRONG | {"name": HOSTILE, "story": HOSTILE, "born-day": HOSTILE}))))
    assert not list(page.every("script"))
    values = {element.attributes.get("id"): element.attributes.get("value") for element in page.every("input")}
    assert values["id_name"] == values["id_born-day"] == HOSTILE
    assert next(page.every("textarea")).text == " ".join(HOSTILE.split())


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), max_size=40))
def test_whatever_is_typed_into_a_story_is_printed_back_exactly(typed):
    form = _form(story=ProseField(label="Story"), other=LineField(label="Other"))(_sent({"story": typed, "other": ""}))
    area = next(parse(str(form)).every("textarea"))
    assert "".join(child for child in area.inside if isinstance(child, str)) == typed


def test_a_password_is_never_printed_back():
    assert "correct horse" not in str(SampleForm(_sent(FILLED | {"password": "correct horse"})))


def test_each_label_and_description_leads_to_something_on_the_page():
    page = parse(str(SampleForm(_sent(WRONG))))
    ids = attribute(page, "id")
    assert len(ids) == len(set(ids))
    assert set(attribute(page, "for")) <= set(ids)
    assert {one for value in attribute(page, "aria-describedby") for one in value.split()} <= set(ids)


def test_a_day_at_fault_marks_the_part_at_fault():
    form = SampleForm(_sent(FILLED | {"seen-time": "soon"}))
    marked = [
        element.attributes["id"]
        for element in parse(str(form.render())).every("input")
        if "govuk-input--error" in element.attributes.get("class", "")
    ]
    assert "id_seen-time" in marked
    assert "id_seen-day" not in marked


@pytest.mark.parametrize(
    ("day", "message"),
    [
        (("1", "1", "1980"), "Date of birth must be on or after 1 January 1990"),
        (("1", "1", "2030"), "Date of birth must be on or before 31 December 2026"),
    ],
)
def test_a_day_outside_its_bounds_is_refused(day, message):
    sent = dict(zip(("born-day", "born-month", "born-year"), day, strict=True))
    assert SampleForm(_sent(FILLED | sent)).errors["born"] == [message]


def test_a_bound_may_be_asked_at_each_check():
    limit = [date(2026, 1, 1)]
    form = _form(on=DayField(label="Day", latest=lambda: limit[0]))
    sent = {"on-day": "2", "on-month": "1", "on-year": "2026"}
    assert not form(sent).is_valid()
    limit[0] = date(2026, 1, 2)
    assert form(sent).is_valid()


def test_a_day_left_empty_is_no_day_and_one_begun_is_a_mistake():
    form = _form(on=DayField(label="Day", required=False))
    assert form({}).is_valid()
    assert form({}).fields["on"].clean({"day": "", "month": " ", "year": ""}) is None
    assert form({"on-day": "", "on-month": "4", "on-year": ""}).errors["on"] == ["Day must include a day and year"]


def test_a_stored_day_and_instant_stand_in_their_parts():
    form = _form(on=DayField(label="Day"), at=MomentField(label="When"))
    initial = {"on": date(2026, 4, 2), "at": datetime(2026, 10, 25, 1, 30, tzinfo=UTC)}
    values = [element.attributes["value"] for element in parse(str(form(initial=initial))).every("input")]
    assert values == ["2", "4", "2026", "25", "10", "2026", "1:30am GMT"]


def test_an_unchanged_day_counts_as_unchanged():
    form = _form(on=DayField(label="Day"))
    sent = {"on-day": "2", "on-month": "april", "on-year": "2026"}
    assert not form(sent, initial={"on": date(2026, 4, 2)}).has_changed()
    assert form(sent, initial={"on": date(2026, 4, 3)}).has_changed()
    assert form({**sent, "on-day": "x"}, initial={"on": date(2026, 4, 2)}).has_changed()


def test_a_time_that_came_twice_is_asked_about_and_answered_in_the_same_field():
    form = _form(at=MomentField(label="Seen"))
    sent = {"at-day": "25", "at-month": "10", "at-year": "2026", "at-time": "1:30am"}
    assert "came twice" in form(sent).errors["at"][0]
    answered = form({**sent, "at-time": "1:30am BST"})
    assert answered.is_valid()
    assert answered.cleaned_data["at"] == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(("said", "meant"), [("yes", True), ("no", False), ("", None)])
def test_no_is_an_answer_and_silence_is_none(said, meant):
    form = _form(safe=YesNoField(label="Safe?", required=False))({"safe": said})
    assert form.is_valid()
    assert form.cleaned_data["safe"] is meant


@pytest.mark.parametrize("initial", [True, False, None])
def test_a_stored_yes_or_no_is_chosen_again(initial):
    page = parse(str(_form(safe=YesNoField(label="Safe?"))(initial={"safe": initial})))
    chosen = [element.attributes["value"] for element in page.every("input") if "checked" in element.attributes]
    assert chosen == {True: ["yes"], False: ["no"], None: []}[initial]


@pytest.mark.parametrize(
    ("field", "sent"),
    [
        (PickField(label="One", choices=[("a", "A")], missing="Choose one"), ""),
        (PickField(label="One", choices=[("a", "A")], missing="Choose one"), "made up"),
        (YesNoField(label="One", missing="Choose one"), "perhaps"),
        (TickField(label="One", missing="Choose one"), ""),
        (PickManyField(label="One", choices=[("a", "A")], missing="Choose one"), []),
        (EmailField(label="One", missing="Choose one"), ""),
        (DayField(label="One", missing="Choose one"), ""),
    ],
)
def test_what_is_missing_is_said_in_the_rooms_own_words(field, sent):
    assert _form(one=field)(_sent({"one": sent})).errors["one"] == ["Choose one"]


def test_a_plain_field_of_django_says_what_is_missing_by_its_label():
    form = _form(amount=forms.IntegerField(label="Amount"))({})
    assert [problem.text for problem in problems(form)] == ["Amount is missing"]


@pytest.mark.parametrize("typed", ["Ewa\x00", "\ud800", "\x1b[31m"])
def test_what_cannot_be_stored_is_an_error_beside_the_field(typed):
    form = _form(name=LineField(label="Name"))({"name": typed})
    assert "cannot be stored" in form.errors["name"][0]


def test_text_of_spaces_is_no_answer():
    assert not _form(story=ProseField(label="Story"))({"story": " \n\t "}).is_valid()
    assert not _form(name=LineField(label="Name"))({"name": "  "}).is_valid()


def test_a_text_that_is_too_long_keeps_every_character_on_the_page():
    form = _form(story=ProseField(label="Story", most=10))({"story": "x" * 11})
    assert form.errors["story"] == ["Story must be 10 characters or fewer: it has 1 too many"]
    assert "x" * 11 in str(form)
    assert "maxlength" not in str(form)


@pytest.mark.parametrize(
    ("typed", "good"), [("01632 960001", True), ("999", True), ("(0)7700 900123 ext 4", True), ("ask her", False)]
)
def test_a_telephone_number_is_kept_as_given(typed, good):
    form = _form(number=TelephoneField(label="Number"))({"number": typed})
    assert form.is_valid() is good
    assert not good or form.cleaned_data["number"] == typed


def test_a_choice_carries_its_hint_and_what_it_reveals():
    form = _form(
        route=PickField(label="How?", choices=[("phone", Choice("By telephone", hint="A safe one")), ("x", "X")])
    )
    given = form()["route"].parameters({"reveal": {"phone": "<p>Number</p>"}})
    assert given["items"][0]["hint"] == {"text": "A safe one"}
    assert given["items"][0]["conditional"] == {"html": "<p>Number</p>"}
    assert "conditional" not in given["items"][1]


def test_two_forms_of_a_page_do_not_share_ids():
    page = parse(str(SampleForm(prefix="one")) + str(SampleForm(prefix="two")))
    ids = attribute(page, "id")
    assert len(ids) == len(set(ids))
