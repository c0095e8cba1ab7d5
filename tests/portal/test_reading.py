"""Easy words and large print on every public page, without scripts, staying with the visitor, and losing no text."""

import pytest
from django.test import Client

from frontdoor.portal import forms
from frontdoor.portal.rules import reading
from tests.portal.test_returning import REPORT, begun, press

pytestmark = pytest.mark.django_db
PAGES = [
    "/", "/report/worry/where/", "/report/come-back/", "/report/forgotten/", "/young-people/",
    "/peterborough/young-people/", "/speak-to-a-social-worker/", "/peterborough/speak-to-a-social-worker/",
    "/peterborough/speak-to-a-social-worker/asked/",
    *(f"{REPORT}{step}/" for step in ("you", "worry", "danger", "children/0", "adults/0", "words", "where", "helping")),
    *(f"{REPORT}{step}/" for step in ("family", "details", "answer", "check")),
]  # fmt: skip


@pytest.fixture
def visitor(world) -> Client:
    return begun(Client())


@pytest.mark.parametrize("address", PAGES)
def test_every_public_page_offers_both_and_shows_them(visitor, address):
    assert all(words in visitor.get(address).text for words in ("Easy read", "Large print"))
    page = visitor.post(address, {"reading": "large"}).text
    assert "fd-large" in page
    assert "Usual size" in page
    assert "fd-easy" in visitor.post(address, {"reading": "easy"}).text


def test_the_wish_stays_with_the_visitor_and_is_taken_back(visitor):
    visitor.post("/", {"reading": "easy"})
    visitor.post("/", {"reading": "large"})
    page = visitor.get(REPORT + "worry/").text
    assert "fd-easy" in page
    assert "fd-large" in page
    assert "What did you see?" in page
    visitor.post("/", {"reading": "usual"})
    page = visitor.get(REPORT + "worry/").text
    assert "fd-easy" not in page
    assert "fd-large" in page


def test_what_was_typed_stays_when_a_switch_is_pressed_and_nothing_is_sent_or_refused(visitor):
    page = visitor.post(REPORT + "worry/", {"version": "1", "story": "Half a sent", "reading": "easy"})
    assert page.status_code == 200
    assert "Half a sent" in page.text
    assert "There is a problem" not in page.text
    page = visitor.post(REPORT + "children/0/", {"date_of_birth-day": "31", "reading": "large", "given_name": ""})
    assert 'value="31"' in page.text
    assert "There is a problem" not in page.text
    assert press(visitor, "worry", story="Half a sentence").status_code == 302


@pytest.mark.parametrize("made_up", ["<script>", "easy-large-x", "", "largeeasy"])
def test_a_cookie_of_anybodys_making_says_no_more_than_these_two(visitor, made_up):
    visitor.cookies["reading"] = made_up
    assert "<script>" not in visitor.get("/").text
    assert reading.wish(str(reading.wish(made_up))) == reading.wish(made_up)


def test_the_easy_words_are_of_questions_that_there_are_and_each_sentence_is_short():
    known = {
        f"{form.__name__}.{name}"
        for form in {*forms.FORMS.values(), *forms.PEOPLE.values(), forms.CodeForm, forms.MoreForm, forms.PostcodeForm,
                     forms.CouncilForm, forms.CallBackForm}
        for name in form.base_fields
    }  # fmt: skip
    assert set(reading.EASY) <= known
    for words in reading.EASY.values():
        for sentence in " ".join(words).replace("?", ".").split("."):
            assert len(sentence.split()) <= 14, sentence
