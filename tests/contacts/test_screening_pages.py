"""The pages of screening: who opens them, what they show and keep, what wrong input gets."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from frontdoor.actors.rules import SEEDER
from frontdoor.contacts.actions import screening
from frontdoor.contacts.models import CallBack, Consultation, Contact, Protection, Question
from frontdoor.contacts.rules.intake import CallBackGiven, ReferrerGiven
from frontdoor.trail.models import Entry
from tests.contacts.arriving import arrive, child

SLUG = "peterborough"
EWA = child(given_name="Ewa", family_name="Nowak")
JAN = child(kind="adult", given_name="Jan", family_name="Nowak", date_of_birth=None, relationship="father")
TEACHER = ReferrerGiven("professional", "given", "Canary Referrer", email="canary@example.org", route="email")


def _at(name, *args, council=SLUG):
    return reverse(f"contacts:{name}", args=[council, *args])


@pytest.fixture
def now(db):
    return timezone.now()


@pytest.fixture
def contact(world, now):
    with world.acting("contact_officer") as by:
        told = "At lunch she said I don't want to go home. Her aunt is kind."
        return arrive(
            by=by, at=now - timedelta(minutes=90), story=told, danger="unknown", where_now="At school",
            people=(EWA, JAN), referrer=TEACHER, call_back=CallBackGiven(phone="01632 960199", name="Canary Caller"),
        )  # fmt: skip


def _one(world, model, council=874):
    """The only row of a model, read as somebody who acts for the council."""
    with world.system(SEEDER, council=council):
        return model.objects.get()


def _text(answer):
    return answer.content.decode()


GETS = [
    ("queue", None), ("calls", None), ("advice", None), ("add-consultation", None), ("oversight", None), ("look", None),
    ("detail", "contact"), ("look-at", "contact"), ("give", "contact"), ("give-back", "contact"), ("ask", "contact"),
    ("attempt", "contact"), ("end", "contact"), ("link", "contact"), ("agreement", "contact"), ("basis", "contact"),
    ("flag", "contact"), ("protect", "contact"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "about"), GETS)
def test_a_manager_opens_every_page(signed, contact, name, about):
    answer = signed("team_manager").get(_at(name, *([contact.key] if about else [])))
    assert answer.status_code == 200, _text(answer)[:500]
    assert "Canary" not in _text(answer) or name == "calls"


@pytest.mark.parametrize(("name", "about"), GETS)
def test_another_councils_contact_is_answered_like_one_that_is_not_there(signed, contact, name, about):
    if about:
        client = signed("team_manager")
        there, nowhere = (
            client.get(_at(name, key, council="cambridgeshire"))
            for key in (contact.key, "00000000-0000-4000-8000-000000000000")
        )
        assert (there.status_code, nowhere.status_code) == (404, 404)


def test_the_queue_shows_true_age_beside_time_left_and_that_nobody_has_looked(signed, contact):
    page = _text(signed("contact_officer").get(_at("queue")))
    assert "Ewa Nowak" in page
    assert "Nobody has looked: 30 minutes late" in page
    assert "1 hour 30 minutes" in page
    assert "Take the next" not in page


def test_a_social_worker_takes_the_next_and_lands_on_its_record(signed, contact):
    client = signed("social_worker")
    answer = client.post(_at("take-next"))
    assert (answer.status_code, answer.url) == (302, _at("detail", contact.key))
    page = _text(client.get(answer.url))
    assert "I am still at it" in page
    assert "Nothing is waiting that nobody has in hand" in _text(client.post(_at("take-next")))


def test_the_record_keeps_the_person_who_told_us_apart(world, signed, contact):
    client = signed("social_worker")
    page = _text(client.get(_at("detail", contact.key)))
    assert "Canary" not in page
    shown = _text(client.post(_at("referrer", contact.key)))
    assert "Canary Referrer" in shown
    with world.system(SEEDER):
        by = f"user:{world.user('social_worker').pk}"
        actions = list(Entry.objects.filter(actor=by).values_list("action", flat=True))
    assert actions.count("contacts.open") == 1
    assert actions.count("contacts.open_referrer") == 1


def test_who_may_not_see_who_told_us_reads_a_wording_and_gets_no_button(signed, contact):
    client = signed("early_help_officer")
    page = _text(client.get(_at("detail", contact.key)))
    assert "Show who told us" not in page
    assert client.post(_at("referrer", contact.key)).status_code == 403


def test_acting_now_is_the_first_thing_at_the_side_of_every_record(world, signed, contact):
    page = _text(signed("social_worker").get(_at("detail", contact.key)))
    assert page.index("Start it now") < page.index("What else") < page.index("Running clocks")
    with world.system(SEEDER):
        Contact.objects.filter(pk=contact.pk).update(state="closed", closed_at=timezone.now())
    page = _text(signed("social_worker").get(_at("detail", contact.key)))
    assert page.index("Start it now") < page.index("Running clocks")
    assert "Start it now" not in _text(signed("contact_officer").get(_at("detail", contact.key)))


def test_acting_now_from_the_record_asks_a_reason_and_a_name_beside_the_fields(world, signed, contact):
    client = signed("social_worker")
    typed = {"kind": "strategy_discussion", "reason": "<b>Marks</b> on both arms", "with_whom": ""}
    answer = client.post(_at("protect", contact.key), typed)
    assert answer.status_code == 422
    assert "Name whom you have told or act with" in _text(answer)
    assert "&lt;b&gt;Marks&lt;/b&gt; on both arms" in _text(answer)
    answer = client.post(_at("protect", contact.key), {**typed, "with_whom": "DS Hale"})
    assert answer.url == _at("detail", contact.key)
    started = _one(world, Protection)
    page = _text(client.get(answer.url))
    assert "A manager has not seen it yet" in page
    assert client.post(_at("write-after", started.key), {"seen": 1, "text": "Police went."}).status_code == 302
    assert "Recorded after, " in _text(client.get(answer.url))
    manager = signed("team_manager")
    assert "DS Hale" in _text(manager.get(_at("oversight")))
    assert manager.post(_at("oversee", started.key), {"seen": 2, "oversight": "Right."}).status_code == 302
    assert "Nothing waits for oversight" in _text(manager.get(_at("oversight")))


def test_looks_go_on_to_the_next_at_once(world, signed, contact, now):
    with world.acting("contact_officer") as by:
        other = arrive(by=by, at=now - timedelta(minutes=5), danger="no")
    client = signed("social_worker")
    first = _text(client.get(_at("look")))
    assert contact.receipt in first
    typed = {"seen": contact.version, "danger": "yes", "open_to": "Nobody", "line": "Afraid to go home."}
    answer = client.post(_at("look-at", contact.key), typed)
    assert answer.status_code == 302
    following = _text(client.get(answer.url))
    assert other.receipt in following
    assert "You found immediate danger" in following
    typed = {"seen": other.version, "danger": "no", "line": "Known to school."}
    done = client.post(_at("look-at", other.key), typed, follow=True)
    assert "Everything that has arrived has been looked at" in _text(done)


def test_a_look_that_was_overtaken_keeps_what_was_typed(world, signed, contact, now):
    client = signed("social_worker")
    typed = {"seen": contact.version, "danger": "no", "line": "I typed this."}
    with world.acting("contact_officer") as by:
        screening.flag(contact.key, why="Look again!", by=by, at=now)
    answer = client.post(_at("look-at", contact.key), typed)
    assert answer.status_code == 409
    assert 'value="I typed this."' in _text(answer)
    with world.acting("social_worker", second=True) as by:
        version = Contact.objects.get(pk=contact.pk).version
        screening.look(contact.key, seen=version, danger="yes", line="Seen.", by=by, at=now)
    answer = client.post(_at("look-at", contact.key), typed)
    assert answer.status_code == 409
    assert "Somebody else looked at the last one first. You had typed: I typed this." in _text(answer)


@pytest.mark.parametrize(
    "typed", [{}, {"danger": "yes"}, {"danger": "x", "line": "y"}, {"danger": "no", "line": "y" * 400}]
)
def test_a_look_with_something_missing_comes_back_with_what_was_typed(signed, contact, typed):
    answer = signed("social_worker").post(_at("look-at", contact.key), {"seen": contact.version, **typed})
    assert answer.status_code == 422
    assert "There is a problem" in _text(answer)
    assert typed.get("line", "") in _text(answer)


def test_a_social_worker_of_the_other_council_looks_first_and_protects_but_reads_nothing_more(world, signed, now):
    with world.acting("contact_officer", council=873) as by:
        found = arrive(by=by, at=now - timedelta(minutes=5), people=(child(given_name="Kim", family_name="Elsewhere"),))
    client = signed("social_worker", council=874)
    assert client.get(_at("queue", council="cambridgeshire")).status_code == 404
    assert client.get(_at("detail", found.key, council="cambridgeshire")).status_code == 404
    assert "Kim Elsewhere" in _text(client.get(_at("look", council="cambridgeshire")))
    started = {"kind": "immediate_protection", "reason": "Found alone at the station", "with_whom": "PC Hale"}
    answer = client.post(_at("protect", found.key, council="cambridgeshire"), started, follow=True)
    assert answer.status_code == 200
    assert "has it on record" in _text(answer)
    typed = {"seen": found.version, "danger": "yes", "line": "Alone."}
    assert client.post(_at("look-at", found.key, council="cambridgeshire"), typed).status_code == 302
    assert client.get(_at("look-at", found.key, council="cambridgeshire")).status_code == 404
    assert _one(world, Protection, 873).authority_id == 873


def test_a_practitioner_of_the_other_council_raises_a_red_flag_and_reads_nothing(world, signed, now):
    with world.acting("contact_officer", council=873) as by:
        found = arrive(by=by, at=now - timedelta(minutes=5), people=(child(given_name="Kim", family_name="Elsewhere"),))
    client = signed("early_help_officer", council=874)
    assert "Kim" not in _text(client.get(_at("flag", found.key, council="cambridgeshire")))
    answer = client.post(_at("flag", found.key, council="cambridgeshire"), {"why": "I saw him hit her"}, follow=True)
    assert "The red flag is raised" in _text(answer)
    assert "Kim" not in _text(answer)
    assert _one(world, Contact, 873).flagged_why == "I saw him hit her"


def test_a_question_is_asked_tried_and_answered_on_pages(world, signed, contact):
    client = signed("social_worker")
    asked = {"seen": contact.version, "asked_of": "The person who told us", "text": "What changed today?"}
    assert client.post(_at("ask", contact.key), asked).status_code == 302
    question = _one(world, Question)
    assert (
        client.post(
            f"{_at('attempt', contact.key)}?question={question.key}", {"whom": "The school", "outcome": "no_answer"}
        ).status_code
        == 302
    )
    page = _text(client.get(_at("detail", contact.key)))
    assert "waiting for an answer" in page
    assert "No answer" in page
    answered = client.post(_at("answer", question.key), {"seen": 1, "answer": "A new man moved in."})
    assert answered.status_code == 302
    assert "A new man moved in." in _text(client.get(_at("detail", contact.key)))


def test_a_stale_form_comes_back_with_what_was_typed_and_is_sent_again(signed, contact):
    client = signed("social_worker")
    typed = {"seen": contact.version - 1, "asked_of": "The school", "text": "Long typed question"}
    answer = client.post(_at("ask", contact.key), typed)
    assert answer.status_code == 409
    assert "Long typed question" in _text(answer)
    assert "Somebody has changed this since you opened it" in _text(answer)
    assert f'name="seen" value="{contact.version}"' in _text(answer)


def test_two_contacts_are_linked_by_the_number_that_people_read(world, signed, contact, now):
    with world.acting("contact_officer") as by:
        other = arrive(by=by, at=now)
    client = signed("social_worker")
    typed = {
        "seen": contact.version,
        "receipt": other.receipt.replace("-", " ").lower(),
        "kind": "related",
        "why": "Cousins",
    }
    assert client.post(_at("link", contact.key), {**typed, "receipt": "874-T-999999"}).status_code == 422
    assert client.post(_at("link", contact.key), {**typed, "receipt": "nonsense"}).status_code == 422
    assert client.post(_at("link", contact.key), typed).status_code == 302
    page = _text(client.get(_at("detail", contact.key)))
    assert f"Undo the link to {other.receipt}" in page


def test_a_call_that_was_asked_for_is_tried_and_made(world, signed, contact):
    client = signed("social_worker")
    wish = _one(world, CallBack)
    assert "01632 960199" in _text(client.get(_at("calls")))
    assert client.post(_at("call", wish.pk), {"do": "tried", "outcome": "no_answer"}).status_code == 302
    assert client.post(_at("call", wish.pk), {"do": "made", "outcome": ""}).status_code == 422
    assert "No answer" in _text(client.get(_at("call", wish.pk)))
    assert client.post(_at("call", wish.pk), {"do": "made", "outcome": "Talked."}).status_code == 302
    assert "Nobody is waiting for a call" in _text(client.get(_at("calls")))


def test_advice_is_asked_given_and_made_a_contact(world, signed, db):
    officer = signed("contact_officer")
    assert officer.post(_at("add-consultation"), {"named": "no", "question": "A pupil has bruises."}).status_code == 302
    asked = _one(world, Consultation)
    refused = officer.post(_at("consultation", asked.key), {"seen": 1, "advice": "x", "referral_advised": "no"})
    assert refused.status_code == 403
    worker = signed("social_worker")
    given = worker.post(_at("consultation", asked.key), {"seen": 1, "advice": "Refer.", "referral_advised": "yes"})
    assert given.status_code == 302
    made = worker.post(
        _at("convert", asked.key),
        {"seen": 2, "story": "A pupil has bruises.", "danger": "unknown", "given_name": "Ben"},
    )
    assert made.status_code == 302
    assert _one(world, Contact).received_at == asked.asked_at


def test_a_contact_officer_is_told_why_a_call_about_a_child_stays_open(world, signed, now):
    with world.acting("contact_officer") as by:
        call = arrive(
            by=by, at=now, category="advice", sub_type="", story="About a boy next door", people=(), danger="no"
        )
    client = signed("contact_officer")
    assert "“boy” may speak of a child" in _text(client.get(_at("end", call.key)))
    assert client.post(_at("end", call.key), {"seen": call.version, "why": "Done"}).status_code == 409
    assert _one(world, Contact).closed_at is None


HOSTILE = [
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "\u202egnp.exe",
    "😀" * 50,
    "a\x00b",
    "\r\nX: y",
    "x" * 50_000,
]


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("flag", ["why"]),
        ("ask", ["asked_of", "text"]),
        ("attempt", ["whom", "outcome", "note"]),
        ("agreement", ["purpose", "status", "given_by", "person"]),
        ("basis", ["purpose", "basis", "necessity", "proportionality"]),
        ("link", ["receipt", "kind", "why"]),
        ("give", ["to"]),
        ("give-back", ["why"]),
        ("end", ["why"]),
        ("protect", ["kind", "reason", "with_whom"]),
        ("look-at", ["danger", "open_to", "line"]),
    ],
)
def test_hostile_input_is_kept_as_text_or_refused_beside_its_field(signed, contact, name, fields, words):
    client = signed("team_manager")
    answer = client.post(_at(name, contact.key), {"seen": contact.version, **dict.fromkeys(fields, words)})
    assert answer.status_code in {302, 409, 422}
    assert "<script>alert" not in _text(answer)
    assert "Traceback" not in _text(answer)


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 40])
def test_a_version_that_no_page_sent_changes_nothing(world, signed, contact, seen):
    typed = {"seen": seen, "asked_of": "X", "text": "Y"}
    answer = signed("social_worker").post(_at("ask", contact.key), typed)
    assert answer.status_code in {409, 422}
    with world.system(SEEDER):
        assert not Question.objects.exists()


@pytest.mark.parametrize("after", ["x", "gAAAA", "null"])
def test_a_made_up_place_in_the_queue_is_not_there(signed, contact, after):
    assert signed("social_worker").get(f"{_at('queue')}?after={after}").status_code == 404
    assert signed("social_worker").get(f"{_at('queue')}?whose={after}").status_code == 404
