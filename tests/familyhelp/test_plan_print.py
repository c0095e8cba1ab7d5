"""A plan on paper: built for one person, held back by the guard, in the ledger, with headings in their language."""

import pytest
from django.db import DatabaseError, connection, transaction

from frontdoor.actors.rules import InvalidInput, NotFound, StepNotAllowed
from frontdoor.contacts.models import Named
from frontdoor.contacts.queries.ledger import scope_of_contact
from frontdoor.familyhelp.actions.printing import print_plan
from frontdoor.familyhelp.models import PlanPrint
from frontdoor.familyhelp.pages.plan import print_page
from frontdoor.familyhelp.queries.prints import of_prints, open_print
from frontdoor.familyhelp.rules.headings import HEADINGS, LANGUAGES, headings
from frontdoor.letters.actions.protecting import protect
from frontdoor.letters.queries import house
from tests.earlyhelp.helping import AT, acting, child
from tests.familyhelp.helping import LEAD, joined, says
from tests.familyhelp.planned import agreed, goal, with_plan
from tests.worlds import PETERBOROUGH

pytestmark = pytest.mark.django_db


def printed(world, episode, to="", *, number=1, language="en", **more):
    with acting(world) as by:
        whom = to or f"member:{child(episode).key}"
        given = {"large": False, **more}
        return print_plan(episode.key, number=number, to=whom, language=language, **given, by=by, at=AT)


def test_a_print_is_for_one_person_and_stands_in_the_ledger_of_the_child(world):
    episode = with_plan(world)
    row = printed(world, episode)
    with acting(world) as by:
        scope = scope_of_contact(episode.contact, by=by)
        (line,) = of_prints(scope, by=by, at=AT)
        assert (line.to_whom, line.how) == (child(episode).named.label, "On paper")
        assert child(episode).named.label.split()[0] in line.about
        assert open_print(episode.key, row.key, by=by, at=AT)[1].pk == row.pk


def test_it_says_whom_to_ring_also_where_whoever_leads_has_no_number(world):
    episode = with_plan(world)
    row = printed(world, episode)
    with acting(world) as by:
        found, shown = open_print(episode.key, row.key, by=by, at=AT)
        ours = house(by=by, at=AT)
        assert ours.phone in print_page(found, shown, [], house=ours).lead


@pytest.mark.parametrize("to", ["member:x", "practitioner:x", "anybody"])
def test_nothing_is_printed_for_nobody(world, to):
    episode = with_plan(world)
    with pytest.raises(InvalidInput) as refused:
        printed(world, episode, to)
    assert set(refused.value.problems) == {"to"}


def test_words_that_tell_an_address_that_is_kept_secret_hold_the_print_back(world):
    episode = with_plan(world)
    goal(world, episode, words="Get to 14 Mill Lane, Ely, in the mornings.")
    agreed(world, episode)
    printed(world, episode, number=2)
    with world.acting("head_of_service", of=PETERBOROUGH, at=AT) as by:
        subject = ("contacts.named", child(episode).named.key)
        protect(subject, address="14 Mill Lane, Ely, CB7 4DE", why="A court order", by=by, at=AT)
    with pytest.raises(InvalidInput) as refused:
        printed(world, episode, number=2)
    assert "kept secret" in refused.value.problems["to"]
    assert printed(world, episode, number=1)


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [("concern", "possible_perpetrator", "harming"), ("safe_contact", "Ring after nine", "reaching")],
)
def test_somebody_who_may_harm_or_is_not_safely_reached_is_given_nothing(world, column, value, words):
    episode = with_plan(world)
    with acting(world):
        Named.objects.filter(pk=child(episode).named_id).update(**{column: value})
    with pytest.raises(InvalidInput) as refused:
        printed(world, episode)
    assert words in refused.value.problems["to"]


def test_somebody_of_another_agency_is_given_it_while_the_family_agrees_that_agencies_are_told(world):
    episode = with_plan(world)
    says(world, episode, purpose="sharing")
    other = joined(world, episode, own=False)
    says(world, episode, purpose="sharing", status="withdrawn")
    with pytest.raises(StepNotAllowed, match="agencies are told"):
        printed(world, episode, f"practitioner:{other.key}")
    says(world, episode, purpose="sharing")
    assert printed(world, episode, f"practitioner:{other.key}")
    says(world, episode, status="withdrawn", why="We manage.")
    with pytest.raises(StepNotAllowed, match="Nobody’s agreement"):
        printed(world, episode)


def test_whoever_is_in_no_team_prints_and_opens_nothing(world):
    episode = with_plan(world)
    row = printed(world, episode)
    with acting(world, role=LEAD) as by:
        for act in (
            lambda: open_print(episode.key, row.key, by=by, at=AT),
            lambda: print_plan(episode.key, number=1, to="", language="en", large=False, by=by, at=AT),
        ):
            with pytest.raises(NotFound):
                act()


def test_a_print_is_written_once_and_for_one_person(world):
    episode = with_plan(world)
    printed(world, episode)
    with acting(world), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as asks:
        asks.execute("UPDATE familyhelp_planprint SET language = 'pl'")
    with acting(world):
        row = PlanPrint.objects.get()
        row.pk, row.key, row.member = None, episode.key, None
        with pytest.raises(DatabaseError, match="for_one_person"), transaction.atomic():
            row.save(force_insert=True)


def test_every_language_has_every_heading_and_one_that_lacks_it_says_it_in_english(monkeypatch):
    assert set(HEADINGS) == {code for code, _ in LANGUAGES}
    assert all(each.keys() == HEADINGS["en"].keys() for each in HEADINGS.values())
    assert (headings("ur")["plan"].direction, headings("pl")["plan"].direction) == ("rtl", "ltr")
    assert headings("pl")["plan"].english == "Our plan"
    monkeypatch.delitem(HEADINGS["ur"], "says")
    said = headings("ur")["says"]
    assert (said.words, said.language, said.direction, said.english) == ("What each of us says", "en", "ltr", "")
    assert headings("xx")["plan"].words == "Our plan"
