"""Asking agencies in the database: the walls, the grounds, the clocks, the chasing, agreement taken back."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.core import mail
from django.db import connection

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import CLOCK_SWEEP, MAILER, Conflict, InvalidInput, NotPermitted, StepNotAllowed
from frontdoor.clocks import actions as clocks
from frontdoor.clocks.models import Clock, Ended
from frontdoor.mash.actions import asking as actions
from frontdoor.mash.models import Asked, Confirmation, LeftOut, Opening, Reply, Request
from frontdoor.mash.queries import asking as queries
from tests.mash.asking import agreed, asked, desks, grounded, sent
from tests.mash.enquiring import AT, rated, stands
from tests.worlds import PETERBOROUGH

MINUTE = timedelta(minutes=1)


def again(request):
    return Request.objects.select_related("desk").get(pk=request.pk)


def hear(request, *, at):
    with acting_for(PETERBOROUGH, by=CLOCK_SWEEP) as by:
        actions.hear(request.key, by=by, at=at)
        return again(request)


def reply(request, person, *, at, **more):
    given = {"kind": "information", "facts": "Two calls to the home.", "how": "desk", "said_by": "Officer"} | more
    return Reply.objects.create(
        authority_id=request.authority_id, request=request, asked=person, agency=request.agency, at=at, **given
    )


def people(request):
    return list(Asked.objects.filter(request=request).order_by("position"))


def test_nobody_asks_before_a_manager_has_dispensed_with_agreement_and_a_social_worker_may_not(world):
    enquiry = rated(world, "red")
    kept = desks(world)
    grounded(world, enquiry)
    three = [kept[line] for line in ("police", "health", "education")]
    with pytest.raises(StepNotAllowed, match="whether the family was asked"):
        sent(world, enquiry, three)
    agreed(world, enquiry, "not_sought")
    with pytest.raises(StepNotAllowed, match="A manager decides"):
        sent(world, enquiry, three)
    given = {"seen": 0, "why": "Asking would warn him.", "on_refusal": "", "at": AT}
    with world.acting("social_worker", at=AT) as by, pytest.raises(NotPermitted):
        actions.dispense(enquiry.key, **given | {"seen": stands(enquiry).version}, by=by)
    with world.acting("team_manager", at=AT) as by:
        actions.dispense(enquiry.key, **given | {"seen": stands(enquiry).version}, by=by)
    made = sent(world, enquiry, three)
    assert {request.state for request in made} == {"sent"}
    with world.acting("social_worker", at=AT) as by:
        assert stands(enquiry).state == "gathering"
        running = Clock.objects.filter(subject_kind="mash.request", stopped_at=None)
        assert running.count() == 6
        assert not running.filter(owner_id=None).exists()
        assert not Clock.objects.filter(kind="mash.send", stopped_at=None).exists()
        assert {row.desk.name for row in (each.request for each in queries.of_enquiry(enquiry, by=by))} == {
            each.name for each in three
        }


def test_whoever_is_left_out_of_the_set_has_a_reason_and_whoever_is_added_needs_none(world):
    enquiry = rated(world, "amber")
    kept = desks(world)
    agreed(world, enquiry)
    grounded(world, enquiry)
    two = [kept["police"], kept["idva"]]
    with pytest.raises(InvalidInput) as refusal:
        sent(world, enquiry, two, left_out={kept["health"].key: "The nurse wrote the report"})
    assert set(refusal.value.problems) == {f"why_{kept['education'].key}"}
    why = {kept["health"].key: "The nurse wrote the report", kept["education"].key: "Too young for school"}
    sent(world, enquiry, two, left_out=why)
    with world.acting("social_worker", at=AT):
        assert {(row.desk_id, row.why) for row in LeftOut.objects.all()} == {
            (kept["health"].pk, "The nurse wrote the report"), (kept["education"].pk, "Too young for school"),
        }  # fmt: skip


def test_of_two_calls_written_down_on_one_version_of_a_request_the_second_is_refused(world):
    one = asked(world, rated(world, "amber"))["police"]
    with world.acting("social_worker", at=AT) as by:
        heard = actions.Heard(people=[people(one)[0].key], kind="information", facts="Known.", said_by="PC Lark")
        seen = again(one).version
        actions.take_by_telephone(one.key, heard, seen=seen, by=by, at=AT + MINUTE)
        with pytest.raises(Conflict):
            actions.take_by_telephone(one.key, heard, seen=seen, by=by, at=AT + 2 * MINUTE)
        assert Reply.objects.filter(request=one).count() == 1


def test_sent_opened_and_answered_are_three_times_and_words_taken_by_telephone_wait_for_the_agency(world):
    enquiry = rated(world, "amber", children=2)
    one = asked(world, enquiry)["police"]
    with world.acting("social_worker", at=AT):
        who = people(one)
        Opening.objects.create(authority_id=874, request=one, agency=one.agency, name="Officer", at=AT + MINUTE)
    assert hear(one, at=AT + 2 * MINUTE).opened_at == AT + MINUTE
    heard = actions.Heard(people=[each.key for each in who], kind="information", facts="Known.", said_by="PC Lark")
    with world.acting("social_worker", at=AT) as by:
        actions.take_by_telephone(one.key, heard, seen=again(one).version, by=by, at=AT + 5 * MINUTE)
        told = again(one)
        assert (told.state, told.told_at, told.answered_at) == ("told", AT + 5 * MINUTE, None)
        assert not Clock.objects.filter(subject_key=str(one.key), stopped_at=None).exists()
        first, *others = Reply.objects.filter(request=one).order_by("id")
        for said in (first, *others):
            Confirmation.objects.create(
                authority_id=874, reply=said, agency=one.agency, agrees=True, name="Officer", at=AT + 9 * MINUTE
            )
    done = hear(one, at=AT + 9 * MINUTE)
    assert done.state == "answered"
    assert done.answered_at is not None


def test_what_nobody_answers_is_chased_at_half_time_its_lead_told_when_late_and_each_once(world):
    enquiry = rated(world, "amber")
    requests = asked(world, enquiry)
    late = requests["police"].due_at + MINUTE
    with world.acting("social_worker", at=AT):
        reply(requests["health"], people(requests["health"])[0], at=AT + MINUTE)
        for person in people(requests["health"])[1:]:
            reply(requests["health"], person, kind="nothing_known", facts="", at=AT + MINUTE)
    hear(requests["health"], at=AT + 2 * MINUTE)
    with acting_for(PETERBOROUGH, by=MAILER) as by:
        assert actions.chase(requests["police"].key, by=by, at=AT + 3 * MINUTE)
        assert not actions.chase(requests["police"].key, by=by, at=AT + 4 * MINUTE)
        assert not actions.chase(requests["health"].key, by=by, at=AT + 4 * MINUTE)
        assert actions.escalate(requests["police"].key, by=by, at=late)
        assert not actions.escalate(requests["police"].key, by=by, at=late)
    assert [message.to for message in mail.outbox] == [
        ["police.desk@agency.example.org"], ["police.lead@agency.example.org"],
    ]  # fmt: skip
    with world.acting("team_manager", at=AT) as by:
        assert enquiry.contact.story[:20] not in mail.outbox[0].body
        lines = {line.desk.line: line for line in queries.board(by=by, at=late)}
        assert {line.desk.name for line in lines.values() if line.late} == {
            "Cambridgeshire Constabulary", "Hereward Schools Trust",
        }  # fmt: skip
        assert (lines["police"].waiting, lines["police"].late, lines["police"].oldest) == (1, 1, AT)
        assert (lines["police"].counted, lines["police"].in_time) == (1, 0)
        assert (lines["health"].waiting, lines["health"].counted, lines["health"].in_time) == (0, 1, 1)


def test_the_sweep_leaves_the_chasing_by_itself(world, django_capture_on_commit_callbacks):
    enquiry = rated(world, "amber")
    asked(world, enquiry)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    with acting_for(PETERBOROUGH, by=CLOCK_SWEEP) as by:
        clocks.sweep(by=by, at=AT + timedelta(hours=4))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'mash.chase'")
        assert cursor.fetchone() == (3,)


def test_agreement_taken_back_stops_what_was_not_answered_keeps_what_was_and_asks_a_manager_again(world):
    enquiry = rated(world, "amber")
    requests = asked(world, enquiry)
    with world.acting("social_worker", at=AT):
        for person in people(requests["health"]):
            reply(requests["health"], person, at=AT + MINUTE)
    hear(requests["health"], at=AT + 2 * MINUTE)
    agreed(world, enquiry, "withdrawn", at=AT + 3 * MINUTE)
    with world.acting("social_worker", at=AT):
        assert {line: again(row).state for line, row in requests.items()} == {
            "police": "stopped", "health": "answered", "education": "stopped",
        }  # fmt: skip
        clock = Clock.objects.get(subject_key=str(requests["police"].key), kind="mash.reply_amber")
        assert clock.ended == Ended.NOT_NEEDED
        assert Reply.objects.filter(request=requests["health"]).exists()
    with pytest.raises(StepNotAllowed, match="A manager decides"):
        sent(world, enquiry, [requests["police"].desk], at=AT + 4 * MINUTE)
    with acting_for(PETERBOROUGH, by=MAILER) as by:
        assert actions.tell_stopped(requests["police"].key, by=by, at=AT + 4 * MINUTE)
    assert "look up nothing more" in mail.outbox[-1].body


def test_a_higher_rating_gives_the_shorter_time_and_the_old_clock_keeps_its_result(world):
    from frontdoor.mash.actions.enquiries import rate

    enquiry = rated(world, "amber")
    one = asked(world, enquiry)["police"]
    with world.acting("social_worker", at=AT) as by:
        rate(enquiry.key, seen=stands(enquiry).version, rating="red", why="A new injury", by=by, at=AT + 30 * MINUTE)
        raised = again(one)
        assert (raised.rating, raised.due_at) == ("red", AT + timedelta(hours=2, minutes=30))
        old = Clock.objects.get(subject_key=str(one.key), kind="mash.reply_amber")
        assert old.ended == Ended.REPLACED


@pytest.mark.parametrize("own", [True, False])
def test_the_portal_reads_and_answers_what_is_addressed_to_the_agency_that_is_set_and_nothing_else(world, own):
    requests = asked(world, rated(world, "amber"))
    one = requests["police"]
    with world.acting("social_worker", at=AT):
        person = people(one)[0]
    agency = one.agency if own else requests["health"].agency
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE frontdoor_portal")
        for name, value in (
            ("authority", "874"), ("agency", str(agency)), ("actor", "user:1"), ("draft", "partner:1"),
        ):  # fmt: skip
            cursor.execute("SELECT set_config(%s, %s, true)", [f"frontdoor.{name}", value])
        cursor.execute("SELECT key FROM mash_request WHERE key = %s", [one.key])
        assert cursor.fetchall() == ([(one.key,)] if own else [])
        cursor.execute("SELECT count(*) FROM frontdoor_asked_about(%s)", [one.key])
        assert (cursor.fetchone()[0] > 0) == own
        row = (UUID(int=7), one.pk, person.pk, agency)
        write = (
            "INSERT INTO mash_reply (authority_id, key, request_id, asked_id, agency, kind, reason, facts, analysis,"
            " protective, mark, partners_may_see, how, said_by, withdrawn, why, at) VALUES (874, %s, %s, %s, %s,"
            " 'nothing_known', '', '', '', '', 'professionals', false, 'desk', 'Officer', false, '', now())"
        )
        if own:
            cursor.execute(write, row)
        else:
            with pytest.raises(Exception, match="row-level security"):
                cursor.execute(write, row)
            return
        with pytest.raises(Exception, match="permission denied"):
            cursor.execute("UPDATE mash_request SET state = 'answered'")
