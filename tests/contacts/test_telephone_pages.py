"""The pages of a call: what was typed stays whatever is wrong with it, and nobody opens what is not theirs."""

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client

from frontdoor.contacts.models import Contact, Draft, Named, Referrer, SafetyCall, Statement
from frontdoor.trail.models import Entry
from tests.contacts.arriving import arrive, child
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH

STORY = "Mia Brook, 7, must not go home. She said: “He will hurt me.” They live at 14 Kestrel Court, PE2 5AB."


class Caller:
    """Somebody who takes calls by pages alone, as a browser without scripts does."""

    def __init__(self, world, role="contact_officer", **who):
        self.world = world
        self.client = world.signed_in(Client(), world.user(role, **who))
        self.page = None

    def begin(self, slug="peterborough"):
        answer = self.client.post(f"/{slug}/call/")
        assert answer.status_code == 302, answer.status_code
        self.where = answer.headers["Location"]
        self.open()
        return self

    def open(self):
        self.page = self.client.get(self.where)
        assert self.page.status_code == 200
        return self.page.content.decode()

    @property
    def version(self):
        return int(_value(self.page.content.decode(), "draft_version"))

    def press(self, do="save", **typed):
        """Press a button of the form as it stands in the page, with some fields typed over."""
        answer = self.client.post(self.where, _fields(self.page.content.decode()) | typed | {"do": do})
        if answer.status_code == 302 and urlsplit(answer.headers["Location"]).path == self.where:
            self.open()
        elif answer.status_code in (409, 422):
            self.page = answer
        return answer

    def save(self, do="", **typed):
        """What the browser sends while somebody types."""
        fields = _fields(self.page.content.decode()) | typed | ({"do": do} if do else {})
        return self.client.post(f"{self.where}draft/", fields)

    def rows(self, model):
        with self.world.acting("contact_officer"):
            return list(model.objects.order_by("id"))


def _fields(page):
    """Name and value of every input of a page, as a browser would send them."""
    from tests.shell.markup import parse

    found = {}
    for each in parse(page).every("input", "textarea", "select"):
        name, kind = each.attributes.get("name"), each.attributes.get("type")
        if not name or name == "do" or (kind in ("radio", "checkbox") and "checked" not in each.attributes):
            continue
        found[name] = _typed_in(each)
    return found


def _typed_in(each):
    if each.name == "textarea":
        return each.text
    if each.name == "select":
        options = list(each.every("option"))
        chosen = next((one for one in options if "selected" in one.attributes), options[0])
        return chosen.attributes.get("value", "")
    return each.attributes.get("value", "on" if each.attributes.get("type") == "checkbox" else "")


def _value(page, name):
    return _fields(page)[name]


@pytest.fixture
def caller(world):
    return Caller(world).begin()


def test_a_call_is_taken_by_pages_alone(world, caller):
    assert caller.press(story=STORY).status_code == 302
    answer = caller.press("mark:person")
    assert answer.headers["Location"].endswith("/mark/?kind=person")
    page = caller.client.get(answer.headers["Location"]).content.decode()
    assert "Mia Brook, 7, must not go home." in page
    marked = _fields(page) | {"kind": "person", "sentence": "0-31"}
    answer = caller.client.post(answer.headers["Location"].partition("?")[0], marked)
    assert answer.status_code == 302
    page = caller.open()
    assert _value(page, "people-0-given_name") == "Mia"
    assert 'href="#sentence-1"' in page
    assert 'id="sentence-1"' in page
    answer = caller.press("end:contact")
    assert answer.headers["Location"].endswith("/ended/")
    page = caller.client.get(answer.headers["Location"]).content.decode()
    assert "874-T-000001" in page
    assert "This is Peterborough" in page
    assert "speak to a qualified social worker" in page
    (contact,) = caller.rows(Contact)
    assert contact.story == STORY
    assert [row.kind for row in caller.rows(Statement)] == ["person"]


def test_what_was_typed_survives_a_new_sign_in_of_the_same_person_alone(world, caller):
    caller.save(story=STORY)
    other = Caller(world, second=True)
    assert other.client.get(caller.where).status_code == 404
    assert other.client.post(f"{caller.where}draft/", {"draft_version": "2", "story": "x"}).status_code == 404
    again = Caller(world)
    again.where = caller.where
    assert STORY.splitlines()[0] in _value(again.open(), "story")
    assert urlsplit(caller.where).path in again.client.get("/peterborough/call/").content.decode()


@pytest.mark.parametrize("part", ["", "draft/", "earlier/", "mark/", "ended/"])
def test_a_call_is_not_found_in_another_council_nor_by_another_person(world, caller, part):
    elsewhere = caller.where.replace("peterborough", "cambridgeshire")
    ask = {"draft/": "post", "earlier/": "post"}.get(part, "get")
    assert getattr(caller.client, ask)(elsewhere + part).status_code == 404
    for role, who in (
        ("contact_officer", {"second": True}),
        ("team_manager", {}),
        ("contact_officer", {"council": PETERBOROUGH}),
    ):
        assert getattr(Caller(world, role, **who).client, ask)(caller.where + part).status_code == 404


def test_two_windows_show_both_texts_and_overwrite_nothing(world, caller):
    other = Caller(world)
    other.where = caller.where
    other.open()
    caller.press(story="What the first window heard.")
    assert other.save(story="What the second window heard.").status_code == 409
    answer = other.press(story="What the second window heard.")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "What the first window heard." in page
    assert _value(page, "story") == "What the second window heard."
    with world.acting("contact_officer"):
        assert Draft.objects.get().data["typed"]["story"] == "What the first window heard."
    assert other.press(story="Both.").status_code == 302  # the page now holds the version it has shown
    with world.acting("contact_officer"):
        assert Draft.objects.get().data["typed"]["story"] == "Both."


def test_ending_in_one_window_what_another_has_written_on_ends_nothing(world, caller):
    other = Caller(world)
    other.where = caller.where
    other.open()
    caller.press(story="Newer.")
    assert other.press("end:contact", story="Older.").status_code == 409
    assert caller.rows(Contact) == []


HOSTILE = {
    "control": ("story", "He hit\x07 her", "has a character that cannot be stored"),
    "nul in a name": ("people-0-given_name", "Mi\x0ba", "has a character that cannot be stored"),
    "huge line": ("where_now", "x" * 301, "must be 300 characters or fewer"),
    "huge story": ("story", "x" * 40_001, "must be 40,000 characters or fewer"),
    "no such day": ("people-0-date_of_birth-day", "31", "must be a real date"),
    "age": ("people-0-approximate_age", "seven", "Age must be a whole number"),
    "ancient": ("people-0-approximate_age", "999", "Age must be 120 or less"),
    "minutes": ("ring_minutes", "0", "Minutes must be 1 or more"),
    "e-mail": ("email", "<script>", "Enter an e-mail address"),
    "NHS number": ("people-0-nhs_number", "999 000 0001", "NHS number"),
    "danger": ("danger", "perhaps", "Choose one answer"),
    "kind": ("people-0-kind", "robot", "Choose one answer"),
}


@pytest.mark.parametrize(("name", "value", "said"), HOSTILE.values(), ids=HOSTILE)
def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(caller, name, value, said):
    month = {"people-0-date_of_birth-month": "2", "people-0-date_of_birth-year": "2018"} if "birth" in name else {}
    answer = caller.press("end:contact", **({"story": STORY} | month | {name: value}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    if name not in ("danger", "people-0-kind"):
        assert _value(page, name) == value
    assert _value(page, "story") == (value if name == "story" else STORY)
    assert caller.rows(Contact) == []
    assert (
        caller.press("end:contact", **{name: "" if name != "story" else STORY}, **dict.fromkeys(month, "")).status_code
        == 302
    )


@pytest.mark.parametrize(
    ("day", "time", "said"),
    [
        (("29", "3", "2026"), "1:30am", "must be a time that happened"),
        (("25", "10", "2026"), "1:30am", "came twice that night"),
        (("1", "1", "2999"), "1pm", "must be on or before"),
        (("1", "1", "2026"), "25:00", "must have a time"),
    ],
)
def test_half_past_one_on_a_changing_night_is_asked_for_more_plainly(caller, day, time, said):
    parts = dict(zip(("happened-day", "happened-month", "happened-year"), day, strict=True)) | {"happened-time": time}
    with time_machine.travel(datetime(2026, 11, 1, 12, tzinfo=UTC), tick=False):
        late = Caller(caller.world).begin()
        answer = late.press("end:contact", story=STORY, **parts)
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert _value(answer.content.decode(), "happened-time") == time
        plain = {"happened-day": "25", "happened-month": "10", "happened-year": "2026", "happened-time": "1:30am GMT"}
        assert late.press("end:contact", **plain).status_code == 302
    (contact,) = caller.rows(Contact)
    assert contact.happened_at == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "مرحبا \u202egnp.exe\u202c שלום",
        "👩‍👧‍👦 😀 Zoë Ọlá 李小龍",
        "=HYPERLINK(1)",
        "<script>alert(1)</script>",
        "a\r\nb\rc",
        "'; DROP TABLE x; --",
    ],
)
def test_hostile_and_foreign_words_are_kept_and_shown_as_words(world, caller, text):
    assert (
        caller.press(
            "end:contact", story=text, **{"people-0-given_name": text[:20].replace("\r", " ").replace("\n", " ")}
        ).status_code
        == 302
    )
    (contact,) = caller.rows(Contact)
    kept = text.replace("\r\n", "\n").replace("\r", "\n")
    assert contact.story in (kept, kept.replace("\u202e", "").replace("\u202c", ""))
    caller.begin()
    page = caller.open() if caller.press(story=text) else ""
    assert "<script>alert(1)" not in page


def test_a_wrong_button_or_version_breaks_nothing(caller):
    assert caller.press("end:world").status_code == 404
    for do in ("", "unmark:x", "unmark:99", "clear:x", "clear:99", "nothing:1", "mark:score"):
        assert caller.press(do, story=STORY).status_code == 302, do
    for version in ("", "x", "-1", "9" * 30, "١"):
        assert caller.press(story="Other", draft_version=version).status_code == 409
    assert caller.client.get(f"{caller.where}draft/").status_code == 405


def test_nothing_can_be_written_into_a_call_but_its_own_fields(world, caller):
    caller.press(story=STORY, owner="1", version="99", ended_at="now", subject="x", **{"people-99-given_name": "x"})
    with world.acting("contact_officer"):
        draft = Draft.objects.get()
        assert draft.data["typed"]["story"] == STORY
        assert (
            draft.data["typed"].keys().isdisjoint({"owner", "version", "ended_at", "subject", "people-99-given_name"})
        )
        assert (draft.owner, draft.subject, draft.ended_at) == (world.user("contact_officer").pk, "", None)


# What is sent while somebody types


def test_a_sentence_is_marked_while_typing_and_the_answer_says_what_it_filled(caller):
    answer = caller.save("mark:person", story=STORY, **{"from": "3", "to": "3", "words": ""}).json()
    assert answer["fill"]["people-0-given_name"] == "Mia"
    assert answer["said"] == "Marked: A person"
    assert "Mia Brook, 7, must not go home." in answer["marked"]
    assert 'name="people-1-given_name"' in answer["rows"]
    assert answer["sources"]["people-0"]["href"] == "#sentence-1"
    (mark,) = answer["marks"]
    caller.open()
    answer = caller.save(f"unmark:{mark['number']}").json()
    assert answer["marks"] == []


def test_emoji_before_a_caret_count_as_the_browser_sends_them(caller):
    story = "😀😀 Oh. He hit her. Then he left."
    answer = caller.save("mark:worry", story=story, **{"from": "8", "to": "8", "words": ""}).json()
    assert [mark["words"] for mark in answer["marks"]] == ["He hit her."]


def test_a_postcode_of_the_other_council_offers_the_way_there(caller):
    answer = caller.save(story=STORY, postcode="PE15 8AA").json()
    assert "/cambridgeshire/call/" in answer["where"]
    assert "where" not in (caller.open() and caller.save(story=STORY, postcode="PE15 8AA").json())


@pytest.mark.parametrize("do", ["mark:worry", "mark:score", "mark:", "unmark:", "unmark:x"])
def test_a_keystroke_that_means_nothing_is_told_and_saves_what_was_typed(caller, do):
    for place in ("", "x", "-5"):
        answer = caller.save(do, story="", **{"from": place, "to": place})
        assert answer.status_code == 200
        caller.open()


# Safety, flag and moving through the page


def test_a_clock_in_minutes_starts_from_the_page_and_stands_for_the_team(world, caller):
    answer = caller.press("safety:agree", story=STORY, ring_whom="Mrs Ahmed")
    assert answer.status_code == 422
    assert "Choose who rings back" in answer.content.decode()
    assert caller.press("safety:agree", rings="us", ring_minutes="5", where_now="School office").status_code == 302
    assert "We ring them: Mrs Ahmed" in caller.open()
    team = Caller(world, "social_worker", second=True)
    page = team.client.get("/peterborough/call/").content.decode()
    assert "School office" in page
    (made,) = caller.rows(SafetyCall)
    where = f"/peterborough/call/back/{made.key}/"
    assert where in page
    assert team.client.post(where, {"outcome": ""}).status_code == 422
    assert team.client.post(where, {"outcome": "Stays at school"}).status_code == 302
    assert caller.press("end:contact", story=STORY).status_code == 302
    (made,) = caller.rows(SafetyCall)
    assert made.outcome == "Stays at school"


def test_a_red_flag_is_raised_past_everything_that_is_wrong_on_the_page(caller):
    answer = caller.press("flag", story=f"{STORY}\x07", email="<script>", **{"people-0-date_of_birth-day": "99"})
    assert answer.status_code == 302
    (contact,) = caller.rows(Contact)
    assert contact.flagged_at
    assert contact.story == STORY
    assert contact.receipt in caller.open()
    answer = caller.press("flag", story="")
    assert answer.status_code == 422
    assert "why this is a red flag" in answer.content.decode()


def test_a_call_moves_with_every_word_and_mark_and_the_time_it_began(world, caller):
    caller.press(story=STORY, name="Harriet Sedge", postcode="PE15 8AA")
    caller.save("mark:worry", **{"from": "0", "to": "0"})
    caller.open()
    fields = _fields(caller.page.content.decode()) | {"do": "move", "story": f"{STORY} Typed last."}
    answer = caller.client.post("/cambridgeshire/call/", fields)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/cambridgeshire/call/")
    page = caller.client.get(answer.headers["Location"]).content.decode()
    assert (_value(page, "story"), _value(page, "name")) == (f"{STORY} Typed last.", "Harriet Sedge")
    assert "Mia Brook, 7, must not go home." in json.loads(_value(page, "marks"))[0]["words"]
    with world.acting("contact_officer"):
        began = Draft.objects.get().made_at
    with world.acting("contact_officer", council=CAMBRIDGESHIRE):
        assert Draft.objects.get().made_at == began


@pytest.mark.parametrize("origin", ["", "x", "e30:1abc:abc", "[]"])
def test_a_call_that_no_council_has_signed_is_not_taken(caller, origin):
    fields = _fields(caller.page.content.decode()) | {"do": "move", "origin": origin}
    assert caller.client.post("/cambridgeshire/call/", fields).status_code == 404


def test_marks_that_somebody_made_up_move_nothing(caller):
    for marks in ("[" * 100_000, "null", '"x"', '[1, "x", {}]', "{", '[{"number": 1e400}]'):
        fields = _fields(caller.page.content.decode()) | {"do": "move", "story": STORY, "marks": marks}
        assert caller.client.post("/cambridgeshire/call/", fields).status_code in (302, 404)


def test_past_midnight_the_page_goes_on_and_shows_nothing_of_the_council(world):
    began = datetime(2026, 3, 31, 22, 50, tzinfo=UTC)
    world.agree_until(began.date())
    with time_machine.travel(began, tick=False) as clock:
        caller = Caller(world).begin()
        with world.acting("contact_officer", at=began) as by:
            arrive(by=by, at=began, people=(child(given_name="Mia", family_name="Brook"),))
        clock.shift(timedelta(minutes=20))
        named = {"people-0-given_name": "Mia", "people-0-family_name": "Brook"}
        assert caller.press(story=STORY, **named).status_code == 302
        page = caller.open()
        assert "Earlier contacts" not in page.partition("Parts of this call")[2].partition("</nav>")[2]
        assert caller.client.post(f"{caller.where}earlier/", named).status_code == 404
        assert caller.client.get("/peterborough/contacts/").status_code == 404
        answer = caller.press("end:contact")
        assert answer.status_code == 302
        assert "874-T-000002" in caller.client.get(answer.headers["Location"]).content.decode()


def test_whoever_is_signed_out_is_sent_to_sign_in_and_the_draft_stays(caller):
    caller.save(story=STORY)
    caller.client.cookies.clear()
    assert caller.client.post(f"{caller.where}draft/", {"story": "x"}).status_code == 302


# Earlier contacts


def test_earlier_contacts_show_while_names_are_typed_by_post_alone(world, caller):
    with world.acting("contact_officer") as by:
        arrive(
            by=by, people=(child(given_name="Mia", family_name="Brook"), child(given_name="Tom", family_name="Brook"))
        )
    named = {"people-0-kind": "child", "people-0-given_name": "Mia", "people-0-family_name": "Brook"}
    answer = caller.client.post(f"{caller.where}earlier/", named)
    page = answer.content.decode()
    assert "Tom Brook" in page
    assert "The same full name" in page
    assert "Brook" not in caller.where
    assert caller.client.get(f"{caller.where}earlier/?{named}").status_code == 405
    for _ in range(2):
        caller.client.post(f"{caller.where}earlier/", named)
    with world.acting("contact_officer"):
        assert Entry.objects.filter(action="contacts.open_earlier").count() == 1


def test_an_auditor_reads_and_takes_no_call(world):
    auditor = Caller(world, "auditor")
    assert auditor.client.get("/peterborough/call/").status_code in (403, 404)
    assert auditor.client.post("/peterborough/call/").status_code in (403, 404)


def test_who_rings_lies_in_a_compartment_with_two_different_silences(caller):
    caller.press("end:contact", story=STORY, kind="public", identity="not_given")
    caller.begin().press("end:contact", story=STORY, kind="family", identity="withheld", name="Maureen Oldacre")
    caller.begin().press(
        "end:contact", story=STORY, local="school", name="Harriet Sedge", agency="Whittle Brook Primary"
    )
    caller.begin().press("end:contact", story=STORY)
    kept = [(each.kind, each.identity) for each in caller.rows(Referrer)]
    assert kept == [
        ("anonymous", "not_given"),
        ("family", "withheld"),
        ("professional", "given"),
        ("public", "not_given"),
    ]
    assert [each.source_code for each in caller.rows(Contact)] == ["9", "1A", "2A", "10"]


def test_a_professional_is_told_beside_the_field_that_a_name_is_not_kept_back(caller):
    answer = caller.press("end:contact", story=STORY, local="school", identity="withheld", name="Harriet Sedge")
    assert answer.status_code == 422
    assert "A professional" in answer.content.decode()


def test_the_words_about_what_cannot_be_promised_are_on_the_screen(caller):
    assert "A court can order us to say it, so we cannot promise" in caller.open()


def test_addresses_and_relations_reach_the_people_of_the_contact(caller):
    caller.press(
        "end:contact", story=STORY, address="14 Kestrel Court", postcode="PE2 5AB",
        **{
            "people-0-kind": "child", "people-0-given_name": "Mia", "people-0-approximate_age": "7",
            "people-1-kind": "adult", "people-1-given_name": "Kelly", "people-1-relationship": "mum",
            "people-1-lives_with": "yes", "people-2-kind": "adult", "people-2-given_name": "Gary",
            "people-3-kind": "child", "people-4-kind": "child", "people-4-expected_on-day": "1",
            "people-4-expected_on-month": "5", "people-4-expected_on-year": "2027",
            "people-5-kind": "child", "people-5-description": "A boy in a red coat",
        },
    )  # fmt: skip
    people = [(each.kind, each.given_name, each.address) for each in caller.rows(Named)]
    assert people == [
        ("child", "Mia", "14 Kestrel Court"), ("adult", "Kelly", "14 Kestrel Court"), ("adult", "Gary", ""),
        ("unborn", "", "14 Kestrel Court"), ("unknown", "", "14 Kestrel Court"),
    ]  # fmt: skip


def test_children_of_two_councils_are_typed_once_and_the_last_page_says_where_each_part_goes(caller):
    brook = {"family_name": "Brook", "kind": "child"}
    rows = {f"people-{row}-{name}": value for row in (0, 1) for name, value in brook.items()}
    names = {"people-0-given_name": "Mia", "people-1-given_name": "Tom", "people-1-postcode": "PE15 8AA"}
    answer = caller.press("end:contact", story=STORY, postcode="PE2 5AB", **rows, **names)
    page = caller.client.get(answer.headers["Location"]).content.decode()
    assert "A part of this call goes to Cambridgeshire" in page
    assert [person.given_name for person in caller.rows(Named)] == ["Mia"]
    chosen = names | {"people-0-council": "873", "people-1-postcode": ""}
    answer = caller.begin().press("end:contact", story=STORY, **rows, **chosen)
    assert (
        "A part of this call goes to Cambridgeshire" in caller.client.get(answer.headers["Location"]).content.decode()
    )
    assert [person.given_name for person in caller.rows(Named)] == ["Mia", "Tom"]
