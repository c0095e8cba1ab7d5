"""What another team answers goes there by a slip, and stays open here until it is written down that it was answered."""

from datetime import date, timedelta

import pytest
from django.test import Client

from frontdoor.actors.rules import COURIER, InvalidInput, NotPermitted, StepNotAllowed
from frontdoor.clocks import queries as clocks
from frontdoor.clocks.rules import london_date
from frontdoor.councils.actions import decide_setting
from frontdoor.disclosures import actions, queries
from frontdoor.disclosures.models import Disclosure, Request
from frontdoor.disclosures.rules import kinds
from frontdoor.handovers import actions as handovers
from frontdoor.handovers.models import Handover
from tests.disclosures.asking import LATER, asked, earlier, newest, proposed, taken, version
from tests.worlds import World

OFFICER = "information_officer"
SOON = LATER + timedelta(hours=2)
DAY = LATER + timedelta(days=9)


def handed(world: World, sub_type: str = "subject_access") -> Request:
    """A request on its way to the specialist team."""
    request = taken(world, sub_type)
    with world.acting(OFFICER, at=LATER) as by:
        actions.pass_on(request.key, seen=request.version, why="They hold the file", by=by, at=LATER)
        request.refresh_from_db()
    return request


def accepted(world: World, sub_type: str = "subject_access") -> Request:
    """The same, accepted there, and followed here by the job that the slip calls."""
    request = handed(world, sub_type)
    with world.acting("specialist_worker", of=874, at=SOON) as by:
        slip = Handover.objects.get()
        handovers.accept(slip.key, seen=slip.version, by=by, at=SOON)
    return followed(world, request)


def followed(world: World, request: Request) -> Request:
    with world.system(COURIER) as by:
        actions.follow(request.key, by=by, at=SOON)
        actions.follow(request.key, by=by, at=SOON)  # twice does it once
        request.refresh_from_db()
    return request


def running(world: World, request: Request) -> list[tuple[str, date]]:
    with world.acting(OFFICER, at=LATER) as by:
        found = clocks.for_subject(("disclosures.request", request.key), by=by, at=LATER)
        return [(each.kind.name, london_date(each.reading.due_at)) for each in found if each.stopped_at is None]


def test_a_request_for_ones_own_records_is_ours_until_information_governance_accepts_it(world: World) -> None:
    request = handed(world)
    assert request.state == "passed"
    assert running(world, request) == [("disclosures.subject_access", date(2026, 3, 30))]
    with world.acting("specialist_worker", of=874, at=LATER):
        slip = Handover.objects.get()
        assert (slip.destination, slip.route, slip.state) == ("specialist", "information_governance", "sent")
        assert slip.payload["must_happen"][0]["by_when"] == "29 April 2026"
    with world.acting(OFFICER, at=LATER) as by:
        for act in (actions.pass_on, actions.come_back):
            with pytest.raises(StepNotAllowed):
                act(request.key, seen=request.version, why="Again", by=by, at=LATER)
        shown = queries.open_request(request.key, by=by, at=LATER)
        assert [each.state for each in shown.slips] == ["sent"]


def test_once_accepted_the_month_of_the_law_runs_here_until_it_was_answered_there(world: World) -> None:
    request = accepted(world)
    assert (request.state, request.settled_at) == ("redirected", None)
    assert running(world, request) == [("disclosures.subject_answer", date(2026, 4, 29))]
    with world.acting(OFFICER, at=DAY) as by:
        assert [row.key for row in queries.requests(which="elsewhere", by=by, at=DAY)] == [request.key]
        assert [row.key for row in queries.waits_for(by=by, at=DAY)] == [request.key]
        answer = {"on": date(2026, 4, 2), "what": "The file was sent", "who": "Governance officer"}
        for wrong in ({"on": None}, {"on": date(2026, 3, 1)}, {"on": date(2027, 1, 1)}, {"what": " "}, {"who": ""}):
            with pytest.raises(InvalidInput) as refused:
                actions.answer_there(request.key, seen=request.version, **{**answer, **wrong}, by=by, at=DAY)
            assert set(refused.value.problems) == set(wrong)
        actions.answer_there(request.key, seen=request.version, **answer, by=by, at=DAY)
        request.refresh_from_db()
        assert (request.state, request.there_on, request.there_by) == ("there", answer["on"], "Governance officer")
        assert request.settled_at == DAY
        lines = list(Disclosure.objects.order_by("id").values_list("kind", "what"))
        assert [kind for kind, _ in lines] == ["redirected", "there"]
        assert "The file was sent" in lines[1][1]
    assert running(world, request) == []


def test_any_other_kind_keeps_its_own_clock_while_another_team_answers_it(world: World) -> None:
    request = handed(world, "adoption_check")
    before = running(world, request)
    followed(world, request)
    with world.acting("specialist_worker", of=874, at=SOON) as by:
        slip = Handover.objects.get()
        assert slip.route == "adoption"
        handovers.accept(slip.key, seen=slip.version, by=by, at=SOON)
    followed(world, request)
    assert running(world, request) == before
    assert [name for name, _ in before] == ["disclosures.check"]


def test_a_slip_that_is_taken_back_brings_the_request_back(world: World) -> None:
    request = handed(world)
    with world.acting(OFFICER, at=SOON) as by:
        slip = Handover.objects.get()
        handovers.withdraw(slip.key, seen=slip.version, reason="It was for another council", by=by, at=SOON)
    assert followed(world, request).state == "in_work"
    assert [name for name, _ in running(world, request)] == ["disclosures.subject_access"]


def test_what_they_send_back_after_accepting_is_ours_again_with_a_clock(world: World) -> None:
    request = accepted(world)
    with world.acting(OFFICER, at=DAY) as by:
        with pytest.raises(InvalidInput):
            actions.come_back(request.key, seen=request.version, why="", by=by, at=DAY)
        actions.come_back(request.key, seen=request.version, why="They hold nothing", by=by, at=DAY)
        request.refresh_from_db()
    assert (request.state, request.settled_at) == ("in_work", None)
    assert [name for name, _ in running(world, request)] == ["disclosures.subject_access"]


def test_a_request_given_by_hand_stays_open_too(world: World) -> None:
    request = taken(world, "subject_access")
    with world.acting(OFFICER, at=LATER) as by:
        actions.redirect(request.key, seen=request.version, to="Archive", taken_by="Ann", why="", by=by, at=LATER)
        request.refresh_from_db()
    assert request.settled_at is None
    assert [name for name, _ in running(world, request)] == ["disclosures.subject_answer"]


@pytest.mark.parametrize("code", kinds.KINDS)
def test_every_kind_that_names_a_specialist_team_may_be_handed_to_it(code: str, world: World) -> None:
    request = asked(world, code)
    with world.acting(OFFICER, at=LATER) as by:
        actions.pass_on(request.key, seen=version(request), why="Theirs", by=by, at=LATER)
        assert Handover.objects.get().route == kinds.KINDS[code].specialist


def test_the_council_says_who_may_be_the_second_person_and_nobody_is_their_own(world: World) -> None:
    earlier(world)
    request = proposed(world)
    with world.acting(OFFICER, at=LATER):
        digest, seen = newest(request).digest, {"seen": request.version}
    with world.acting("social_worker", at=LATER) as by, pytest.raises(NotPermitted):
        actions.approve(request.key, **seen, digest=digest, by=by, at=LATER)
    with world.acting(OFFICER, at=LATER) as by:
        assert not queries.may_approve(by=by, at=LATER)
        with pytest.raises(NotPermitted):
            actions.approve(request.key, **seen, digest=digest, by=by, at=LATER)
    with world.acting("administrator", of=874, at=LATER) as by:
        decide_setting(
            kinds.APPROVERS.name, value="desk", starts_on=LATER.date(), decided_by="Head of service", why="More hands",
            by=by, at=LATER,
        )  # fmt: skip
    with world.acting(OFFICER, at=LATER) as by:
        assert queries.may_approve(by=by, at=LATER)
        with pytest.raises(StepNotAllowed, match="You proposed this"):
            actions.approve(request.key, **seen, digest=digest, by=by, at=LATER)


def test_its_pages_lead_from_the_desk_to_the_slip_and_to_what_was_answered(world: World, client: Client) -> None:
    request = taken(world, "subject_access")
    world.signed_in(client, world.user(OFFICER))
    here = f"/peterborough/requests/{request.key}/"
    assert "Hand it to information governance" in client.get(here).content.decode()
    assert "one month after it reached us" in client.get(f"{here}pass-on/").content.decode()
    assert client.post(f"{here}pass-on/", {"seen": request.version, "why": "They hold it"}).status_code == 302
    page = client.get(here).content.decode()
    assert "Handed to" in page
    assert "Ask after it, or take it back" in page
    assert client.post(f"{here}answered-there/", {"seen": request.version + 1}).status_code == 422
