"""Meetings of the team: invitations that calendars read, and that tell nothing of a family."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from frontdoor.actors.rules import Conflict, InvalidInput, StepNotAllowed
from frontdoor.familyhelp.actions import meeting as actions
from frontdoor.familyhelp.models import Invited, PlanAction
from frontdoor.familyhelp.pages.calendars import invitation
from frontdoor.familyhelp.queries.families import my_families
from frontdoor.familyhelp.queries.meetings import open_meeting
from frontdoor.familyhelp.rules.meetings import Planned
from frontdoor.letters import queries as letters
from frontdoor.letters.actions.protecting import protect
from tests.earlyhelp.helping import AT, acting, child
from tests.familyhelp.helping import LEAD, joined, says, taken_on
from tests.familyhelp.planned import doing

pytestmark = pytest.mark.django_db
STARTS = AT + timedelta(days=3)
AFTER = STARTS + timedelta(hours=2)


def given(world, episode, **more):
    with acting(world):
        asked = (f"member:{child(episode).key}",)
    usual = {"starts_at": STARTS, "minutes": 60, "way": "place", "place": "Family hub, room 2", "invited": asked}
    return Planned(**{**usual, **more})


def planned(world, episode, **more):
    what = given(world, episode, **more)
    with acting(world) as by:
        return actions.plan_meeting(episode.key, given=what, by=by, at=AT)


def file_of(world, episode, row, place=0):
    """The invitation as a calendar reads it, and its event."""
    with acting(world) as by:
        met = open_meeting(episode.key, row.key, by=by, at=AT)
        raw = invitation(met.meeting, met.invited[place], letters.house(by=by, at=AT))
    calendar = Calendar.from_ical(raw)
    (event,) = calendar.walk("VEVENT")
    return calendar, event, raw.decode()


def test_an_invitation_is_read_back_with_its_time_its_zone_and_its_place(world):
    episode = taken_on(world)
    row = planned(world, episode)
    calendar, event, _ = file_of(world, episode, row)
    assert (calendar["method"], event["uid"], event["sequence"]) == ("REQUEST", str(row.key), 0)
    assert event.decoded("dtstart") == STARTS
    assert event.decoded("dtend") == STARTS + timedelta(minutes=60)
    assert event["dtstart"].params["TZID"] == "Europe/London"
    assert [str(each["tzid"]) for each in calendar.walk("VTIMEZONE")] == ["Europe/London"]
    assert event["location"] == "Family hub, room 2"


def test_an_hour_over_the_change_of_the_clocks_is_an_hour(world):
    from datetime import UTC, datetime

    episode = taken_on(world)
    row = planned(world, episode, starts_at=datetime(2027, 3, 28, 0, 30, tzinfo=UTC))
    _, event, _ = file_of(world, episode, row)
    length = event.decoded("dtend").astimezone(UTC) - event.decoded("dtstart").astimezone(UTC)
    assert length == timedelta(hours=1)
    assert event.decoded("dtend").astimezone(ZoneInfo("Europe/London")).hour == 2


def test_an_invitation_tells_nothing_of_the_family_or_of_who_else_is_asked(world):
    episode = taken_on(world)
    other = joined(world, episode, email="bea@example.org")
    with acting(world):
        asked = (f"member:{child(episode).key}", f"practitioner:{other.key}")
        named = child(episode).named
    row = planned(world, episode, invited=asked, agenda="The bruise, and the mornings.")
    _, _, first = file_of(world, episode, row)
    _, event, second = file_of(world, episode, row, place=1)
    for raw in (first, second):
        for word in (named.given_name, named.family_name, "bruise", episode.reference, "Bea", "early help"):
            assert word not in raw
    assert "bea@example.org" not in first
    assert event["attendee"] == "mailto:bea@example.org"


def test_a_change_has_the_next_number_and_a_cancelled_one_says_so(world):
    episode = taken_on(world)
    row = planned(world, episode)
    moved = given(world, episode, starts_at=STARTS + timedelta(hours=1))
    with acting(world) as by:
        actions.change_meeting(episode.key, meeting=row.key, seen=1, given=moved, by=by, at=AT)
        with pytest.raises(Conflict):
            actions.change_meeting(episode.key, meeting=row.key, seen=1, given=moved, by=by, at=AT)
    calendar, event, _ = file_of(world, episode, row)
    assert (calendar["method"], event["uid"], event["sequence"]) == ("REQUEST", str(row.key), 1)
    with acting(world) as by:
        with pytest.raises(InvalidInput):
            actions.cancel_meeting(episode.key, meeting=row.key, seen=2, why="", by=by, at=AT)
        actions.cancel_meeting(episode.key, meeting=row.key, seen=2, why="Mum is ill.", by=by, at=AT)
    calendar, event, raw = file_of(world, episode, row)
    assert (calendar["method"], event["uid"], event["sequence"]) == ("CANCEL", str(row.key), 2)
    assert event["status"] == "CANCELLED"
    assert "Mum is ill" not in raw


def test_a_place_that_is_kept_secret_stands_in_no_invitation(world):
    episode = taken_on(world)
    with world.acting("head_of_service", of=874, at=AT) as by:
        subject = ("contacts.named", child(episode).named.key)
        protect(subject, address="14 Mill Lane, Ely, CB7 4DE", why="A court order", by=by, at=AT)
    for place in ("14 Mill Lane, Ely", "At their home, CB7 4DE"):
        with pytest.raises(InvalidInput) as refused:
            planned(world, episode, place=place)
        assert set(refused.value.problems) == {"place"}


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"starts_at": AT}, "starts_at"), ({"minutes": 1}, "minutes"), ({"way": ""}, "way"), ({"place": " "}, "place"),
        ({"invited": ()}, "invited"), ({"invited": ("practitioner:x",)}, "invited"),
    ],
)  # fmt: skip
def test_a_meeting_has_all_that_it_needs(world, more, field):
    episode = taken_on(world)
    with pytest.raises(InvalidInput) as refused:
        planned(world, episode, **more)
    assert set(refused.value.problems) == {field}


def test_what_was_agreed_is_written_down_once_with_who_came_and_who_does_what(world):
    episode = taken_on(world)
    row = planned(world, episode)
    with acting(world) as by:
        came = {str(each.key): "came" for each in Invited.objects.filter(meeting=row)}
        with pytest.raises(StepNotAllowed, match="not begun"):
            actions.hold_meeting(episode.key, meeting=row.key, seen=1, agreed="All.", came=came, by=by, at=AT)
    with acting(world, at=AFTER) as by:
        for agreed, who in (("", came), ("All.", {})):
            with pytest.raises(InvalidInput):
                actions.hold_meeting(episode.key, meeting=row.key, seen=1, agreed=agreed, came=who, by=by, at=AFTER)
        actions.hold_meeting(episode.key, meeting=row.key, seen=1, agreed="Breakfast club.", came=came, by=by, at=AFTER)
        with pytest.raises(StepNotAllowed, match="was held"):
            actions.cancel_meeting(episode.key, meeting=row.key, seen=2, why="No.", by=by, at=AFTER)
    doing(world, episode, meeting=row.key, at=AFTER)
    with acting(world):
        assert PlanAction.objects.get().meeting_id == row.pk


def test_a_meeting_is_planned_only_while_somebody_agrees_and_cancelled_without(world):
    episode = taken_on(world)
    row = planned(world, episode)
    says(world, episode, status="withdrawn", why="We manage.")
    with pytest.raises(StepNotAllowed, match="Nobody’s agreement"):
        planned(world, episode)
    with acting(world) as by:
        assert actions.cancel_meeting(episode.key, meeting=row.key, seen=1, why="Ends.", by=by, at=AT).why == "Ends."


def test_the_next_meeting_stands_on_the_leads_own_list(world):
    episode = taken_on(world, account=True)
    planned(world, episode)
    with acting(world, role=LEAD) as by:
        (mine,) = my_families(by=by, at=AT)
    assert (mine.next, mine.due_at) == ("Meeting", STARTS)
