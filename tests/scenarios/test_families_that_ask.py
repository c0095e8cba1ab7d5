"""Families that ask for help for themselves, played alone: what whoever signs in to the demonstration finds of them."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from pytest_django.plugin import DjangoDbBlocker

from frontdoor.access.rules import Role
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import Actor
from frontdoor.config.demo import asking, signposting
from frontdoor.config.demo.organisation import CAMBRIDGESHIRE, PETERBOROUGH
from frontdoor.config.demo.practising import Practice
from frontdoor.config.demo.thriving import OWN_HEADINGS
from frontdoor.config.scenarios import wishes
from frontdoor.contacts.models import Contact, Pointer
from frontdoor.earlyhelp.models import Episode
from frontdoor.familyhelp.models import Meeting, Passage, PlanEdition, PlanReview, Practitioner, Standing
from frontdoor.familyhelp.pages import figures as pages
from frontdoor.familyhelp.queries import standing
from frontdoor.familyhelp.queries.figures import Figures, figures
from frontdoor.familyhelp.queries.outcomes import local_headings
from frontdoor.familyhelp.rules.standing import Status
from frontdoor.letters.models import Letter
from frontdoor.shell.pages import Row
from tests.databases import in_its_own
from tests.worlds import MADE_AT

NOW = datetime(2026, 11, 23, 10, 30, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture(scope="module")
def played(template_database: str, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Practice]:
    """All of them, once for this file."""
    with in_its_own(template_database, django_db_blocker):
        asking.keep_desks(at=MADE_AT)
        signposting.begin(at=MADE_AT)
        practice = Practice(until=NOW)
        practice.play((), None, wishes())
        yield practice


def whose(played: Practice, role: Role, council: int) -> Actor:
    return played.staff.person(role, at=NOW, authority=council)


def counted(played: Practice) -> Figures:
    with acting_for(PETERBOROUGH, by=whose(played, Role.HEAD_OF_SERVICE, PETERBOROUGH)) as by:
        return figures(by=by, at=NOW)


def test_nothing_was_refused_on_the_way(played: Practice) -> None:
    assert played.agenda.skipped == []


@pytest.mark.parametrize("council", [CAMBRIDGESHIRE, PETERBOROUGH])
def test_a_lead_practitioner_finds_families_at_work(played: Practice, council: int) -> None:
    """A team, an assessment, a plan that was agreed, a meeting held and one to come, a review."""
    lead = whose(played, Role.LEAD_PRACTITIONER, council)
    with acting_for(council, by=whose(played, Role.TEAM_MANAGER, council)):
        led = Practitioner.objects.filter(user=lead.user_id, leads=True, until=None).values("episode")
        mine = Episode.objects.filter(pk__in=led, settled_at=None)
        assert mine.count() >= 2
        whole = [
            one
            for one in mine
            if Practitioner.objects.filter(episode=one, until=None).count() > 1
            and Passage.objects.filter(assessment__episode=one).exists()
            and PlanEdition.objects.filter(plan__episode=one).exists()
            and Meeting.objects.filter(episode=one, state="held").exists()
            and Meeting.objects.filter(episode=one, state="planned", starts_at__gt=NOW).exists()
            and PlanReview.objects.filter(plan__episode=one).exists()
        ]
        assert whole


def test_one_council_has_headings_of_its_own_and_families_under_each(played: Practice) -> None:
    with acting_for(PETERBOROUGH, by=whose(played, Role.TEAM_MANAGER, PETERBOROUGH)) as by:
        assert local_headings(by=by, at=NOW) == "; ".join(OWN_HEADINGS)
    assert set(OWN_HEADINGS) <= {each.heading for each in counted(played).outcomes}


def test_one_council_goes_on_with_one_plan_and_a_family_s_status_has_changed_under_it(played: Practice) -> None:
    with acting_for(PETERBOROUGH, by=whose(played, Role.TEAM_MANAGER, PETERBOROUGH)) as by:
        assert not standing.one_plan(by=by, at=NOW)
    with acting_for(CAMBRIDGESHIRE, by=whose(played, Role.TEAM_MANAGER, CAMBRIDGESHIRE)) as by:
        assert standing.one_plan(by=by, at=NOW)
        changed = Standing.objects.select_related("episode").get(status=Status.SECTION17)
        assert changed.episode.settled_at is None
        assert Practitioner.objects.filter(episode=changed.episode, leads=True, until=None).exists()
        assert PlanEdition.objects.filter(plan__episode=changed.episode).exists()


def words(rows: tuple[Row, ...]) -> dict[str, list[str]]:
    return {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in rows}


def test_the_figures_show_numbers_and_hide_what_is_few(played: Practice) -> None:
    page = pages.council("Peterborough", counted(played))
    assert int(page.told) >= 40
    assert all(int(said) >= 5 for (said,) in words(page.taken).values())
    reasons = [said for (said,) in words(page.reasons).values()]
    assert any(said.isdigit() for said in reasons)
    assert "not shown" in reasons
    marked = words(page.outcomes)
    assert all(int(said) >= 5 for said in marked["Getting a good education"])
    assert marked["Friends and things to do"][0] == "fewer than 5"
    assert int(words(page.back)["All months"][0]) >= 5


def test_whoever_screens_finds_families_that_were_told_of_services_in_each_way(played: Practice) -> None:
    found = set()
    for council in (CAMBRIDGESHIRE, PETERBOROUGH):
        with acting_for(council, by=whose(played, Role.SOCIAL_WORKER, council)):
            for row in Pointer.objects.filter(contact__closed_at=None):
                found.add(Letter.objects.get(key=row.letter).route if row.letter else row.way)
    assert found == {"said", "text", "email", "letter"}


def test_a_request_of_a_family_s_own_waits_at_the_hub(played: Practice) -> None:
    with acting_for(PETERBOROUGH, by=whose(played, Role.EARLY_HELP_OFFICER, CAMBRIDGESHIRE)):
        waits = Episode.objects.get(state="requested")
        assert Contact.objects.get(pk=waits.contact_id).channel == "web"
