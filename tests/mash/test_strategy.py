"""A strategy discussion begins at once, acts at once, and cannot be signed while anything in its record is open."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from frontdoor.actors.rules import Conflict, InvalidInput, NotFound, NotPermitted, StepNotAllowed
from frontdoor.clocks import queries as clocks
from tests.contacts.deciding import arrived
from tests.mash.asking import desks
from tests.mash.strategising import (
    AT,
    answered,
    attending,
    begun,
    came,
    children,
    decided,
    enquired,
    issues,
    kept,
    minutes,
)
from tests.referrals.referring import follow
from tests.worlds import CAMBRIDGESHIRE, World


def running(world: World, row: Any) -> list[str]:
    with world.acting("team_manager", at=AT) as by:
        found = clocks.for_subject(("mash.discussion", row.key), by=by, at=minutes(1))
        return [each.kind.name for each in found if each.stopped_at is None]


def sign(world: World, row: Any, *, role: str = "team_manager", why: str = "", at: Any = AT) -> Any:
    from frontdoor.mash.actions import strategy as actions

    with world.acting(role, at=at) as by:
        return actions.sign(row.key, seen=kept(row).version, why=why, by=by, at=at)


def send(world: World, row: Any, *, at: Any = AT) -> Any:
    from frontdoor.mash.actions import strategy as actions

    with world.acting("social_worker", at=at) as by:
        return actions.send(row.key, seen=kept(row).version, by=by, at=at)


def whole(world: World, **more: Any) -> Any:
    """One that lacks nothing before a manager signs it."""
    row = begun(world, **more)
    came(world, row)
    decided(world, row)
    answered(world, row)
    return row


def test_what_is_started_on_a_contact_stands_as_a_discussion_at_once_without_any_enquiry(world: World) -> None:
    from frontdoor.contacts.actions import screening
    from frontdoor.mash.models import Discussion

    contact = arrived(world, children=2)
    with world.acting("duty_worker", at=AT) as by:
        made = screening.protect(
            contact.key, kind="strategy_discussion", reason="A bruise", with_whom="DS Carter", by=by, at=AT
        )
        row = Discussion.objects.get(protection=made.key)
        assert (row.state, row.enquiry_id, row.began_at, row.why) == ("held", None, AT, "A bruise")
        assert len(children(row)) == 2
        assert [(issue.text, issue.answer) for issue in issues(row)] == [("A bruise", "")]
        screening.protect(
            contact.key, kind="immediate_protection", reason="A bruise", with_whom="DS Carter", by=by, at=AT
        )
        assert Discussion.objects.count() == 1
    assert running(world, row) == ["mash.strategy_minutes"]


def test_a_worker_of_the_night_begins_one_with_two_lines_and_several_are_possible(world: World) -> None:
    first = begun(world, role="duty_worker", now=False)
    assert (first.state, running(world, first)) == ("asked", ["mash.strategy_held"])
    with world.acting("duty_worker", at=AT):
        contact = kept(first).contact
    second = begun(world, contact=contact)
    assert second.reference == f"{first.reference}/2"


def test_it_asks_for_a_reason_a_name_and_the_children_and_for_nothing_else(world: World) -> None:
    from frontdoor.mash.actions import strategy as actions

    contact = arrived(world)
    with world.acting("social_worker", at=AT) as by:
        with pytest.raises(InvalidInput) as refused:
            actions.begin(contact.key, why=" ", with_whom=" ", those=[], now=True, by=by, at=AT)
        assert set(refused.value.problems) == {"why", "with_whom", "those"}
        with pytest.raises(NotFound):
            actions.begin(uuid4(), why="x", with_whom="y", those=[], now=True, by=by, at=AT)
    with world.acting("contact_officer", at=AT) as by, pytest.raises(NotPermitted):
        actions.begin(contact.key, why="x", with_whom="y", those=[], now=True, by=by, at=AT)
    with world.acting("social_worker", at=AT, council=CAMBRIDGESHIRE) as by, pytest.raises(NotFound):
        actions.begin(contact.key, why="x", with_whom="y", those=[], now=True, by=by, at=AT)


def test_a_section_47_enquiry_begins_at_once_its_slip_goes_and_somebody_sees_the_child(world: World) -> None:
    from frontdoor.directions.models import Direction
    from frontdoor.handovers.models import Handover
    from frontdoor.referrals.models import Milestone

    row = begun(world)
    decided(world, row)
    with world.acting("social_worker", at=AT):
        (child,) = children(row)
        slip = Handover.objects.get(key=child.slip)
        assert (slip.destination, slip.section47, slip.urgent) == ("assessment", True, True)
        seeing = Direction.objects.get(key=child.seeing)
        assert (seeing.due_at, seeing.child_key) == (AT + timedelta(hours=6), child.key)
        assert child.began_at == AT
    referral = follow(world, slip)
    assert referral is not None
    with world.acting("assessment_worker", at=AT) as by:
        dated = Milestone.objects.get(referral=referral)
        assert (dated.kind, dated.on, dated.source) == ("section47_started", AT.date(), "strategy")
        kinds = {each.kind.name for each in clocks.for_subject(("referrals.referral", referral.key), by=by, at=AT)}
        assert {"referrals.conference", "referrals.seen_protection"} <= kinds
    assert follow(world, slip) == referral


def test_the_page_that_travels_tells_of_the_family_and_never_who_told_us(world: World) -> None:
    from frontdoor.handovers import queries as handovers

    row = begun(world, contact=arrived(world, children=2))
    decided(world, row, reason="Nkechi Obi saw the bruise and rang us.")
    with world.acting("social_worker", at=AT) as by:
        page = handovers.travelling(children(row)[0].slip, by=by)[0]
    assert page is not None
    assert [each.name for each in page.family][:2] == ["Tess0 Setchfield", "Tess1 Setchfield"]
    assert "Nkechi" not in str(page)
    assert page.left_out >= 1
    assert page.must_happen[0].what == "See the child: with the police, and alone"
    assert any("The baby stays on the ward." in each.what for each in page.must_happen)


def test_a_child_is_decided_with_its_reasons_after_it_was_held_and_once_begun_no_pen_ends_it(world: World) -> None:
    from frontdoor.mash.actions import strategy as actions
    from frontdoor.mash.rules.strategy import ForChild

    row = begun(world, now=False)
    with world.acting("social_worker", at=AT) as by:
        (child,) = children(row)
        with pytest.raises(StepNotAllowed):
            actions.decide_child(row.key, child.key, seen=kept(row).version, given=enquired(by), by=by, at=AT)
        actions.hold(
            row.key, seen=kept(row).version, began=AT, ended=None, how="call", chair="Tariq Malik", by=by, at=AT
        )
        given = ForChild(section47="start", threshold="yes")
        with pytest.raises(InvalidInput) as refused:
            actions.decide_child(row.key, child.key, seen=kept(row).version, given=given, by=by, at=AT)
        assert set(refused.value.problems) == {
            "reason", "safety", "sees", "sees_with", "medical", "enquiry", "sees_at",
        }  # fmt: skip
        given = enquired(by, threshold="no")
        with pytest.raises(InvalidInput):
            actions.decide_child(row.key, child.key, seen=kept(row).version, given=given, by=by, at=AT)
        actions.decide_child(row.key, child.key, seen=kept(row).version, given=enquired(by), by=by, at=AT)
        given = enquired(by, section47="none")
        with pytest.raises(InvalidInput):
            actions.decide_child(row.key, child.key, seen=kept(row).version, given=given, by=by, at=AT)
        slip = children(row)[0].slip
        given = enquired(by, medical="Tomorrow.")
        actions.decide_child(row.key, child.key, seen=kept(row).version, given=given, by=by, at=AT)
        assert (children(row)[0].slip, children(row)[0].medical) == (slip, "Tomorrow.")
        with pytest.raises(Conflict):
            actions.decide_child(row.key, child.key, seen=1, given=given, by=by, at=AT)


def test_an_empty_record_cannot_be_signed_and_it_is_said_what_is_missing(world: World) -> None:
    row = begun(world)
    with pytest.raises(StepNotAllowed) as refused:
        sign(world, row)
    said = str(refused.value)
    for words in (
        "the information that was shared", "if the risk remains", "whether anybody disagreed", "parents know",
        "Decide for Tess0", "who took part", "One issue has no answer",
    ):  # fmt: skip
        assert words in said


def test_an_issue_is_answered_or_left_open_with_a_reason_and_an_action_never_silently(world: World) -> None:
    from frontdoor.directions.models import Direction
    from frontdoor.mash.actions import strategy as actions

    row = whole(world)
    with world.acting("social_worker", at=AT) as by:
        actions.raise_issue(row.key, seen=kept(row).version, text="Who has the key?", raised_by="Police", by=by, at=AT)
    with pytest.raises(StepNotAllowed, match="One issue has no answer"):
        sign(world, row)
    with world.acting("social_worker", at=AT) as by:
        issue = issues(row)[1]
        given: dict[str, Any] = {"answer": "", "open_why": "", "action": "", "owner": "", "until": None}
        with pytest.raises(InvalidInput):
            actions.answer_issue(row.key, issue.key, seen=kept(row).version, **given, by=by, at=AT)
        given["open_why"] = "The police find out."
        with pytest.raises(InvalidInput) as refused:
            actions.answer_issue(row.key, issue.key, seen=kept(row).version, **given, by=by, at=AT)
        assert set(refused.value.problems) == {"action", "owner", "until"}
        given |= {"action": "Find out", "owner": f"user:{by.user_id}", "until": minutes(60)}
        actions.answer_issue(row.key, issue.key, seen=kept(row).version, **given, by=by, at=AT)
        assert Direction.objects.get(key=issues(row)[1].action).what == "Find out"
        with pytest.raises(NotFound):
            actions.answer_issue(row.key, row.key, seen=kept(row).version, **given, by=by, at=AT)
    assert sign(world, row).number == 1


@pytest.mark.parametrize("line", ["care_worker", "care_manager", "police", "health"])
def test_without_one_of_the_core_it_is_not_quorate_and_signed_only_with_a_reason(world: World, line: str) -> None:
    row = begun(world)
    came(world, row, tuple(each for each in ("care_worker", "care_manager", "police", "health") if each != line))
    decided(world, row)
    answered(world, row)
    with pytest.raises(InvalidInput):
        sign(world, row)
    sign(world, row, why="They were rung at once and agreed.")
    with world.acting("team_manager", at=AT):
        assert kept(row).lacking
        assert kept(row).lacking_why


def test_education_belongs_to_the_quorum_where_the_council_says_so(world: World) -> None:
    from frontdoor.councils.actions import decide_setting
    from frontdoor.mash.queries.strategy.opening import discussions
    from frontdoor.mash.queries.strategy.standing import lacking
    from tests.mash.strategising import came as take_part

    row = begun(world)
    take_part(world, row)
    with world.acting("team_manager", at=AT) as by:
        assert lacking(kept(row), by=by, at=AT) == []
        assert [each.lacking for each in discussions(by=by, at=AT)] == [""]
    with world.acting("administrator", of=874, at=AT) as by:
        decide_setting(
            "strategy.education", value=True, starts_on=AT.date(), decided_by="The partnership", why="Agreed", by=by,
            at=AT,
        )  # fmt: skip
    with world.acting("team_manager", at=AT) as by:
        assert lacking(kept(row), by=by, at=AT) == ["School, nursery or education"]
        assert [each.lacking for each in discussions(by=by, at=AT)] == ["School, nursery or education"]
    take_part(world, row, ("education",), name="Hereward Schools Trust")
    with world.acting("team_manager", at=AT) as by:
        assert lacking(kept(row), by=by, at=AT) == []


def test_whoever_was_asked_is_known_to_have_come_or_not_before_it_is_signed(world: World) -> None:
    from frontdoor.mash.actions import strategy as actions

    row = whole(world)
    came(world, row, ("education",), name="Hereward Schools Trust", came="asked", who="", way="", contribution="")
    with pytest.raises(StepNotAllowed, match="Say whether Hereward Schools Trust took part"):
        sign(world, row)
    with world.acting("social_worker", at=AT) as by:
        last = attending(row)[-1]
        given: dict[str, Any] = {
            "who": "", "role": "", "line": "education", "agency": "", "name": "Hereward Schools Trust", "way": "",
            "contribution": "", "mark": "",
        }  # fmt: skip
        with pytest.raises(InvalidInput) as refused:
            actions.attend(
                row.key, seen=kept(row).version, **given, came="came", row_key=last.key, by=by, at=AT
            )  # fmt: skip
        assert set(refused.value.problems) == {"who", "way"}
        actions.attend(row.key, seen=kept(row).version, **given, came="not", row_key=last.key, by=by, at=AT)
    assert sign(world, row).number == 1


def test_whoever_wrote_what_was_decided_does_not_sign_it_in_python_and_in_the_database(world: World) -> None:
    from frontdoor.mash.actions import strategy as actions

    row = whole(world)
    with world.acting("team_manager", at=AT) as by:
        (child,) = children(row)
        actions.decide_child(row.key, child.key, seen=kept(row).version, given=enquired(by), by=by, at=AT)
    with pytest.raises(StepNotAllowed, match="Another manager signs"):
        sign(world, row)
    with world.acting("social_worker", at=AT) as by, pytest.raises(NotPermitted):
        actions.sign(row.key, seen=kept(row).version, why="", by=by, at=AT)
    with world.acting("team_manager", at=AT):
        own = kept(row)
        own.state, own.signed_by, own.signed_at = "signed", own.written_by, AT
        with pytest.raises(DatabaseError), transaction.atomic():
            own.save()
    assert sign(world, row, role="head_of_service").number == 1


def test_who_sees_the_child_is_asked_once_and_goes_on_in_that_action(world: World) -> None:
    from frontdoor.directions.models import Direction
    from frontdoor.mash.actions import strategy as actions

    row = begun(world)
    decided(world, row, section47="goes_on")
    later = AT + timedelta(days=2)
    with world.acting("social_worker", at=later) as by:
        (child,) = children(row)
        given = enquired(by, section47="goes_on", medical="Tomorrow.", sees_at=later + timedelta(days=1))
        actions.decide_child(row.key, child.key, seen=kept(row).version, given=given, by=by, at=later)
        (again,) = children(row)
        assert (again.seeing, again.sees, again.sees_at) == (child.seeing, child.sees, child.sees_at)
        assert again.medical == "Tomorrow."
        given = enquired(by, section47="goes_on", sees_at=child.sees_at)
        actions.decide_child(row.key, child.key, seen=kept(row).version, given=given, by=by, at=later)
        assert Direction.objects.get(key=child.seeing).due_at == child.sees_at


def test_an_agency_reads_its_own_copy_of_the_minutes_alone_in_the_database(world: World) -> None:
    from django.db import connection

    from frontdoor.mash.models import Circulation

    row = whole(world)
    sign(world, row)
    keys = {each.agency_name: each.key for each in send(world, row)}
    with world.answering("health-mash"):
        assert list(Circulation.objects.values_list("agency_name", flat=True)) == ["Nene Community Health"]
        named = {}
        for agency, key in keys.items():
            with connection.cursor() as cursor:
                cursor.execute("SELECT given_name FROM frontdoor_minuted(%s)", [key])
                named[agency] = len(cursor.fetchall())
    assert named == {"Nene Community Health": 1, "Cambridgeshire Constabulary": 0}


def test_minutes_go_to_each_agency_that_took_part_without_what_stays_with_others(world: World) -> None:
    from frontdoor.mash.models import Minutes

    row = begun(world)
    came(world, row, ("care_worker", "care_manager", "health"))
    came(world, row, ("police",), contribution="An informer says so.", mark="intelligence")
    decided(world, row)
    answered(world, row)
    sign(world, row)
    sent = {each.agency_name: each.body for each in send(world, row)}
    assert set(sent) == {"Cambridgeshire Constabulary", "Nene Community Health"}
    assert "An informer" in str(sent["Cambridgeshire Constabulary"])
    assert "An informer" not in str(sent["Nene Community Health"])
    assert "Threshold for an order" not in str(sent)
    assert "Tess0" not in str(sent)
    assert running(world, row) == []
    with world.acting("team_manager", at=AT):
        assert kept(row).state == "closed"
        assert "An informer" in str(Minutes.objects.get(discussion=row).body)


def test_corrected_minutes_are_a_new_version_and_the_old_are_kept(world: World) -> None:
    from frontdoor.mash.actions import strategy as actions
    from frontdoor.mash.models import Circulation, Minutes

    row = whole(world)
    sign(world, row)
    with pytest.raises(StepNotAllowed), world.acting("social_worker", at=AT) as by:
        actions.write(row.key, seen=kept(row).version, record=record(), by=by, at=AT)
    send(world, row)
    with world.acting("team_manager", at=AT) as by:
        with pytest.raises(InvalidInput):
            actions.correct(row.key, seen=kept(row).version, why=" ", by=by, at=AT)
        actions.correct(row.key, seen=kept(row).version, why="The name of the ward.", by=by, at=AT)
    assert running(world, row) == ["mash.strategy_minutes"]
    with world.acting("social_worker", at=AT) as by:
        actions.write(row.key, seen=kept(row).version, record=record(), by=by, at=AT)
    assert sign(world, row).number == 2
    send(world, row)
    with world.acting("team_manager", at=AT):
        found = list(Minutes.objects.filter(discussion=row).order_by("number"))
        assert [each.body["shared"] for each in found] == ["The health visitor saw the bruise on Tuesday.", "Ward 4."]
        assert found[1].why == "The name of the ward."
        assert Circulation.objects.filter(minutes__discussion=row).count() == 4


def record() -> Any:
    from dataclasses import replace

    from tests.mash.strategising import RECORD

    return replace(RECORD, shared="Ward 4.")


def test_adjourned_it_has_the_time_at_which_it_goes_on_called_off_a_reason_and_it_comes_back(world: World) -> None:
    from frontdoor.mash.actions import strategy as actions

    row = begun(world)
    with world.acting("team_manager", at=AT) as by:
        with pytest.raises(InvalidInput):
            actions.adjourn(row.key, seen=kept(row).version, why="", again_at=None, by=by, at=AT)
        actions.adjourn(row.key, seen=kept(row).version, why="No police", again_at=minutes(90), by=by, at=AT)
        assert (kept(row).state, kept(row).due_at) == ("adjourned", minutes(90))
    assert running(world, row) == ["mash.strategy_held"]
    with world.acting("team_manager", at=AT) as by:
        actions.call_off(row.key, seen=kept(row).version, why="The child is with us now.", by=by, at=AT)
        with pytest.raises(StepNotAllowed):
            actions.write(row.key, seen=kept(row).version, record=record(), by=by, at=AT)
    assert running(world, row) == []
    with world.acting("social_worker", at=AT) as by, pytest.raises(NotPermitted):
        actions.reopen(row.key, seen=kept(row).version, why="Held after all", by=by, at=AT)
    with world.acting("team_manager", at=AT) as by:
        actions.reopen(row.key, seen=kept(row).version, why="Held after all", by=by, at=AT)
    assert running(world, row) == ["mash.strategy_held"]


def test_what_was_decided_for_a_child_is_not_called_off_after_it_was_adjourned(world: World) -> None:
    from frontdoor.mash.actions import strategy as actions

    row = begun(world)
    decided(world, row)
    with world.acting("team_manager", at=AT) as by:
        actions.adjourn(row.key, seen=kept(row).version, why="No police", again_at=minutes(90), by=by, at=AT)
        with pytest.raises(StepNotAllowed, match="decided for a child already"):
            actions.call_off(row.key, seen=kept(row).version, why="Not needed", by=by, at=AT)
        assert kept(row).state == "adjourned"
    assert running(world, row) == ["mash.strategy_held"]


def test_the_board_counts_for_each_agency_how_often_it_came_that_was_asked(world: World) -> None:
    from frontdoor.mash.queries.strategy.opening import attendance

    row = begun(world)
    came(world, row)
    came(world, row, ("health",), came="not", who="", way="", contribution="")
    second = begun(world, idem="call-2")
    came(world, second, ("police",), came="apologies", who="", way="", contribution="")
    with world.acting("team_manager", at=AT) as by:
        found = attendance(by=by, at=AT)
    assert sorted(found.values()) == [(1, 1), (2, 1)]


def test_actions_have_an_owner_and_a_time(world: World) -> None:
    from frontdoor.directions.models import Direction
    from frontdoor.mash.actions import strategy as actions

    row = begun(world)
    with world.acting("social_worker", at=AT) as by:
        given: dict[str, Any] = {"what": "Ring the school", "owner": f"user:{by.user_id}", "child": ""}
        with pytest.raises(InvalidInput):
            actions.act(row.key, seen=kept(row).version, **given, until=AT, by=by, at=AT)
        actions.act(row.key, seen=kept(row).version, **given, until=minutes(60), by=by, at=AT)
        assert Direction.objects.get(subject_key=row.key).what == "Ring the school"


def test_asking_the_core_writes_down_whom_this_council_asks_once(world: World) -> None:
    from frontdoor.mash.actions import strategy as actions

    desks(world)
    row = begun(world, now=False)
    with world.acting("social_worker", at=AT) as by:
        actions.ask_core(row.key, seen=kept(row).version, by=by, at=AT)
        first = [each.line for each in attending(row)]
        assert {"care_worker", "care_manager", "police", "health"} <= set(first)
        actions.ask_core(row.key, seen=kept(row).version, by=by, at=AT)
        assert [each.line for each in attending(row)] == first
