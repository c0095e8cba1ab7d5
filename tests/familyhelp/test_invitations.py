"""Invitations by e-mail, each once and to kept addresses alone; and taking somebody off a meeting."""

import email
from datetime import timedelta

import pytest
from django.core import mail
from django.db import ProgrammingError, transaction
from django.urls import reverse
from icalendar import Calendar

from frontdoor.actors.rules import MAILER, Conflict, InvalidInput, StepNotAllowed
from frontdoor.familyhelp.actions import inviting
from frontdoor.familyhelp.actions import meeting as actions
from frontdoor.familyhelp.actions.team import change_lead, leave
from frontdoor.familyhelp.models import Invitation, Invited
from frontdoor.letters.rules import NotSent, Refused
from frontdoor.shell.rules import moment
from tests.earlyhelp.helping import AT, OFFICER, acting, child
from tests.familyhelp.helping import joined, says, seen_now, taken_on
from tests.familyhelp.test_meetings import STARTS, file_of, planned
from tests.worlds import PETERBOROUGH

pytestmark = pytest.mark.django_db
BEA, CY = "bea@example.org", "cy@example.org"
LOCMEM = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture(autouse=True)
def _kept_mail(settings):
    settings.EMAIL_BACKEND = LOCMEM


@pytest.fixture
def met(world):
    """A meeting to which somebody of an agency with an address is asked, somebody without one, and the child."""
    episode = taken_on(world)
    says(world, episode, purpose="sharing")
    bea = joined(world, episode, own=False, email=BEA)
    with acting(world):
        lead = episode.practitioners.get(leads=True)
        who = (f"practitioner:{bea.key}", f"practitioner:{lead.key}", f"member:{child(episode).key}")
    return episode, planned(world, episode, invited=who, agenda="The bruise."), bea, who


def waiting(world):
    with acting(world):
        return list(Invitation.objects.filter(state="waiting").order_by("id"))


def run(world, *, at=AT):
    """What the jobs do that wait; the states in which the e-mails are then."""
    rows = waiting(world)
    for row in rows:
        with world.system(MAILER) as by:
            inviting.send(row.key, by=by, at=at)
    with acting(world):
        return [Invitation.objects.get(pk=row.pk).state for row in rows]


def last():
    """The newest message: to whom, its words, and its file as a calendar reads it."""
    read = email.message_from_bytes(mail.outbox[-1].message().as_bytes())
    words, file = read.get_payload()
    calendar = Calendar.from_ical(file.get_payload(decode=True))
    (event,) = calendar.walk("VEVENT")
    return read, words.get_payload(decode=True).decode(), file, calendar, event


def asked(world, row, practitioner):
    with acting(world):
        return Invited.objects.filter(meeting=row, practitioner=practitioner).order_by("-id").first()


def seen(world, row):
    with acting(world):
        row.refresh_from_db()
        return row.version


def test_an_invitation_goes_to_the_kept_address_of_a_practitioner_and_to_nobody_else(world, met):
    _, row, _, _ = met
    assert run(world) == ["sent"]
    assert [each.to for each in mail.outbox] == [[BEA]]
    _, words, file, calendar, event = last()
    assert (file.get_content_type(), file.get_param("method"), file.get_filename()) == (
        "text/calendar", "REQUEST", "meeting.ics"
    )  # fmt: skip
    assert (calendar["method"], event["sequence"], event["uid"]) == ("REQUEST", 0, str(row.key))
    assert event["attendee"] == f"mailto:{BEA}"
    assert "Family hub, room 2" in words


def test_it_names_no_child_no_family_and_not_what_it_is_about(world, met):
    episode, _, _, _ = met
    run(world)
    with acting(world):
        named = child(episode).named
    raw = "".join(str(part) for part in last()[:2]) + last()[4].to_ical().decode() + mail.outbox[-1].subject
    for word in (named.given_name, named.family_name, "bruise", episode.reference, "Ada Fenn", "early help"):
        assert word not in raw


def test_a_job_that_is_done_again_sends_nothing_again(world, met):
    (row,) = waiting(world)
    run(world)
    with world.system(MAILER) as by:
        assert inviting.send(row.key, by=by, at=AT) == "sent"
    assert len(mail.outbox) == 1


def test_another_time_goes_to_everybody_anew_and_other_words_to_nobody(world, met):
    episode, row, _, who = met
    run(world)
    with acting(world) as by:
        what = {"invited": who, "agenda": "Something else."}
        actions.change_meeting(
            episode.key, meeting=row.key, seen=1, given=given_(STARTS, **what), by=by, at=AT
        )  # fmt: skip
    assert waiting(world) == []
    stands = seen(world, row)
    with acting(world) as by:
        later = given_(STARTS + timedelta(hours=1), **what)
        actions.change_meeting(episode.key, meeting=row.key, seen=stands, given=later, by=by, at=AT)
    assert run(world) == ["sent"]
    calendar, event = last()[3:]
    assert (calendar["method"], event["sequence"]) == ("REQUEST", 2)


def given_(starts, **more):
    from frontdoor.familyhelp.rules.meetings import Planned

    return Planned(**{"starts_at": starts, "minutes": 60, "way": "place", "place": "Family hub, room 2", **more})


def test_what_a_change_has_overtaken_is_not_sent(world, met):
    episode, row, _, who = met
    with acting(world) as by:
        later = given_(STARTS + timedelta(hours=1), invited=who)
        actions.change_meeting(episode.key, meeting=row.key, seen=1, given=later, by=by, at=AT)
    assert run(world) == ["dropped", "sent"]
    assert len(mail.outbox) == 1


def test_what_has_begun_is_told_to_nobody_any_more(world, met):
    assert run(world, at=STARTS) == ["dropped"]


def test_a_cancelled_meeting_is_cancelled_by_e_mail(world, met):
    episode, row, _, _ = met
    run(world)
    with acting(world) as by:
        actions.cancel_meeting(episode.key, meeting=row.key, seen=1, why="Mum is ill.", by=by, at=AT)
    assert run(world) == ["sent"]
    _, words, file, calendar, event = last()
    assert (calendar["method"], event["sequence"], file.get_param("method")) == ("CANCEL", 1, "CANCEL")
    assert "is cancelled for you" in words
    assert "ill" not in words.replace("will", "")


def test_somebody_is_taken_off_and_told_alone_and_may_be_asked_again(world, met):
    episode, row, bea, who = met
    run(world)
    each = asked(world, row, bea)
    with acting(world) as by:
        with pytest.raises(InvalidInput):
            inviting.uninvite(episode.key, meeting=row.key, invited=each.key, seen=1, why=" ", by=by, at=AT)
        inviting.uninvite(episode.key, meeting=row.key, invited=each.key, seen=1, why="Another day.", by=by, at=AT)
        with pytest.raises(Conflict):
            inviting.uninvite(episode.key, meeting=row.key, invited=each.key, seen=1, why="Again.", by=by, at=AT)
        with pytest.raises(StepNotAllowed, match="not asked any more"):
            inviting.uninvite(episode.key, meeting=row.key, invited=each.key, seen=2, why="Again.", by=by, at=AT)
    assert run(world) == ["sent"]
    calendar, event = last()[3:]
    assert (calendar["method"], event["sequence"], event["attendee"]) == ("CANCEL", 1, f"mailto:{BEA}")
    assert file_of(world, episode, row, place=0)[0]["method"] == "CANCEL"
    assert file_of(world, episode, row, place=1)[0]["method"] == "REQUEST"
    with acting(world) as by:
        again = given_(STARTS, invited=who)
        actions.change_meeting(episode.key, meeting=row.key, seen=2, given=again, by=by, at=AT)
    assert run(world) == ["sent"]
    calendar, event = last()[3:]
    assert (calendar["method"], event["sequence"]) == ("REQUEST", 2)
    with acting(world):
        assert [(one.off_why, one.off_sequence) for one in Invited.objects.filter(practitioner=bea).order_by("id")] == [
            ("Another day.", 1), ("", None)
        ]  # fmt: skip


def test_who_is_not_chosen_any_more_is_off_and_somebody_always_is_asked(world, met):
    episode, row, _, who = met
    run(world)
    with acting(world) as by:
        new = given_(STARTS + timedelta(hours=5), place="Elsewhere", invited=who[2:])
        actions.change_meeting(episode.key, meeting=row.key, seen=1, given=new, by=by, at=AT)
    assert run(world) == ["sent"]
    _, words, _, calendar, event = last()
    assert (calendar["method"], event.decoded("dtstart")) == ("CANCEL", STARTS)
    assert moment(STARTS) in words
    assert "Elsewhere" not in words + event.to_ical().decode()
    stands = seen(world, row)
    with acting(world) as by:
        (one,) = Invited.objects.filter(meeting=row, off_at=None)
        with pytest.raises(StepNotAllowed, match="Cancel the meeting instead"):
            inviting.uninvite(episode.key, meeting=row.key, invited=one.key, seen=stands, why="No.", by=by, at=AT)


def test_whoever_may_not_be_told_any_more_is_off_at_once_and_gets_no_invitation(world, met):
    episode, row, bea, _ = met
    run(world)
    says(world, episode, purpose="sharing", status="withdrawn")
    assert run(world) == ["sent"]
    assert last()[3]["method"] == "CANCEL"
    assert asked(world, row, bea).off_at == AT


def test_an_invitation_on_its_way_to_whoever_may_not_be_told_any_more_is_not_sent(world, met):
    episode, _, _, _ = met
    says(world, episode, purpose="sharing", status="withdrawn")
    assert run(world) == ["dropped", "sent"]
    assert [each.subject for each in mail.outbox] == ["A meeting is cancelled"]


def test_an_invitation_is_not_sent_once_the_agreement_has_run_out(world, met):
    episode, _, _, _ = met
    says(world, episode, purpose="sharing", expires_on=AT.date() + timedelta(days=1))
    assert run(world, at=AT + timedelta(days=2)) == ["dropped"]
    assert mail.outbox == []


def test_an_agreement_that_runs_out_takes_them_off_with_the_sweep(world, met):
    from frontdoor.actors.rules import COURIER
    from frontdoor.familyhelp.actions.team import follow_agreements

    episode, row, bea, _ = met
    says(world, episode, purpose="sharing", expires_on=AT.date() + timedelta(days=1))
    with world.system(COURIER) as by:
        assert follow_agreements(by=by, at=AT) == 0
        assert follow_agreements(by=by, at=AT + timedelta(days=2)) == 1
        assert follow_agreements(by=by, at=AT + timedelta(days=2)) == 0
    assert asked(world, row, bea).off_at is not None


def test_whoever_leaves_the_team_is_off_its_meetings_and_who_leads_from_now_on_is_asked_still(world, met):
    episode, row, bea, _ = met
    with acting(world) as by:
        change_lead(
            episode.key, seen=seen_now(episode, by=by), practitioner=bea.key, why="Better.", stays=True, by=by, at=AT
        )
        bea = episode.practitioners.get(leads=True, until=None)
        other = episode.practitioners.get(leads=False, until=None)
    assert asked(world, row, bea).off_at is None
    with acting(world) as by:
        leave(episode.key, seen=seen_now(episode, by=by), practitioner=other.key, why="Gone.", by=by, at=AT)
    assert asked(world, row, other).off_at == AT


def test_an_address_that_is_not_taken_is_said_and_another_is_tried_once(world, met, monkeypatch, client):
    episode, row, bea, _ = met
    refuses(monkeypatch, Refused)
    assert run(world) == ["failed"]
    client = world.signed_in(client, world.user(OFFICER, council=PETERBOROUGH))
    href = reverse("familyhelp:meeting", args=["peterborough", episode.key, row.key])
    shown = client.get(href).content.decode()
    assert "Not delivered" in shown
    assert BEA in shown
    assert "No e-mail address is kept" in shown
    assert "Nobody of the family is written to" in shown
    monkeypatch.undo()
    each = asked(world, row, bea)
    send = {"meeting": row.key, "invited": each.key, "seen": 1, "at": AT}
    with acting(world) as by:
        inviting.invite_again(episode.key, **send, email=BEA, by=by)
        with pytest.raises(InvalidInput):
            inviting.invite_again(episode.key, **send, email="", by=by)
        inviting.invite_again(episode.key, **send, email=CY, by=by)
    assert run(world) == ["sent", "sent"]
    assert [each.to for each in mail.outbox] == [[BEA], [CY]]
    with acting(world) as by:
        bea.refresh_from_db()
        assert bea.email == CY
        with pytest.raises(InvalidInput, match="already"):
            inviting.invite_again(episode.key, **send, email=CY, by=by)
    assert f"to {CY}" in client.get(href).content.decode()


def refuses(monkeypatch, error):
    def deliver(*_, **__):
        raise error("no")

    monkeypatch.setattr(inviting.outlet, "deliver", deliver)


def test_a_provider_that_is_away_leaves_it_on_its_way(world, met, monkeypatch):
    refuses(monkeypatch, NotSent)
    (row,) = waiting(world)
    with pytest.raises(NotSent), world.system(MAILER) as by:
        inviting.send(row.key, by=by, at=AT)
    monkeypatch.undo()
    episode, meeting, bea, _ = met
    each = asked(world, meeting, bea)
    with acting(world) as by:
        inviting.invite_again(episode.key, meeting=meeting.key, invited=each.key, seen=1, email=BEA, by=by, at=AT)
    assert run(world) == ["sent"]
    assert len(mail.outbox) == 1


def test_nobody_of_the_family_is_written_to_and_none_of_an_agency_that_is_not_told(world, met):
    episode, row, _, _ = met
    with acting(world) as by:
        one = Invited.objects.get(meeting=row, practitioner=None)
        with pytest.raises(StepNotAllowed, match="nobody of the family"):
            inviting.invite_again(
                episode.key, meeting=row.key, invited=one.key, seen=1, email=CY, by=by, at=AT
            )  # fmt: skip
    assert [each.email for each in waiting(world)] == [BEA]


def test_the_database_asks_no_agency_that_is_not_told_and_changes_nothing_that_has_gone_out(world, met):
    episode, row, bea, _ = met
    run(world)
    with acting(world):
        sent = Invitation.objects.get()
        with pytest.raises(ProgrammingError, match="stays as it was"), transaction.atomic():
            Invitation.objects.filter(pk=sent.pk).update(email=CY)
        with pytest.raises(ProgrammingError, match="stays as it was"), transaction.atomic():
            Invitation.objects.filter(pk=sent.pk).update(state="waiting", settled_at=None)
    says(world, episode, purpose="sharing", status="withdrawn")
    with acting(world), pytest.raises(ProgrammingError, match="nobody of this family"), transaction.atomic():
        Invited.objects.create(authority_id=row.authority_id, meeting=row, practitioner=bea, at=AT + timedelta(hours=1))


def test_the_pages_take_off_and_send(world, met, client):
    episode, row, bea, _ = met
    client = world.signed_in(client, world.user(OFFICER, council=PETERBOROUGH))
    each = asked(world, row, bea)
    args = ["peterborough", episode.key, row.key, each.key]
    off = reverse("familyhelp:uninvite", args=args)
    assert client.post(off, {"seen": 1, "why": ""}).status_code == 422
    assert client.post(reverse("familyhelp:send-invitation", args=args), {"seen": 1, "email": "no"}).status_code == 422
    assert client.get(off).status_code == 200
