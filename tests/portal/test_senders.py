"""What an agency's people see of what it sent, as they would in a browser; and that nobody else sees any of it."""

import hashlib
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, connection
from django.test import Client

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import CLOCK_SWEEP, PUBLIC, PUBLIC_INTAKE, SEEDER, NotFound
from frontdoor.background.actions import carry_out
from frontdoor.contacts import actions as contacts
from frontdoor.contacts.actions.senders import tell_senders
from frontdoor.contacts.models import Contact, FirstLook, Link, Progress, Submission
from frontdoor.contacts.queries import senders as queries
from frontdoor.contacts.rules.intake import PersonGiven, ReferrerGiven, Report
from frontdoor.portal.models import Draft
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World

NOW = datetime.now(UTC)
STORY = "A child came in without a coat for the third time"
FORM = {
    "danger": "no", "story": STORY, "agreement": "given", "local": "school", "children": "1", "council": "peterborough",
    "child-0-given_name": "Lorcan", "child-0-family_name": "Testingham", "idem": "",
}  # fmt: skip


def report(**more: Any) -> Report:
    return Report(
        **{
            "story": STORY, "danger": "no", "source_code": "2A",
            "people": (PersonGiven(kind="child", given_name="Lorcan", family_name="Testingham"),),
            "referrer": ReferrerGiven(
                kind="professional", identity="given", name="Daniel Eyre", agency="Whittle Brook Primary School",
                email="school@example.org", route="email",
            ),
            **more,
        }
    )  # fmt: skip


def sends(world: World, code: str, *, council: int = PETERBOROUGH, at: datetime = NOW, **more: Any) -> UUID:
    with world.sending(code, council=council) as by:
        return contacts.submit(report(**more), channel="web", idem=str(uuid4()), by=by, at=at).submission


@pytest.fixture
def school(world: World, client: Client) -> Client:
    return world.signed_in(client, world.sender("school"))


def test_a_report_goes_in_for_the_agency_and_stands_on_its_list_with_its_number(world: World, school: Client) -> None:
    answer = school.post("/sender/new/", {**FORM, "idem": str(uuid4())}, follow=True)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "874-W-" in page
    assert STORY in page
    listed = school.get("/sender/").content.decode()
    assert "874-W-" in listed
    assert "Daniel Eyre" in listed
    assert "Lorcan" not in listed
    with world.system(SEEDER) as by:
        kept = Submission.objects.get(authority_id=by.authority)
        assert kept.agency == world.agencies["Whittle Brook Primary School"].key
        assert kept.body["referrer"]["agency"] == "Whittle Brook Primary School"


def test_the_same_key_gives_the_same_receipt(world: World, school: Client) -> None:
    form = {**FORM, "idem": str(uuid4())}
    first, second = school.post("/sender/new/", form), school.post("/sender/new/", form)
    assert first["Location"] == second["Location"]


def test_in_danger_nothing_is_asked_for_but_what_happened(school: Client) -> None:
    form = {"danger": "yes", "story": "He has a knife", "local": "school", "children": "1", "idem": str(uuid4())}
    assert school.post("/sender/new/", form).status_code == 302
    assert school.post("/sender/new/", {**form, "danger": "no"}).status_code == 422


def test_another_child_is_added_without_losing_a_word(school: Client) -> None:
    typed = {
        **FORM, "story": "Half a sentence", "add": "child", "child-0-given_name": "Mina", "draft_version": "0",
        "child-0-date_of_birth-day": "31", "child-0-date_of_birth-month": "",
    }  # fmt: skip
    page = school.post("/sender/new/", typed).content.decode()
    assert "Half a sentence" in page
    assert "Mina" in page
    assert 'name="child-1-given_name"' in page
    assert 'value="31"' in page
    assert "There is a problem" not in page
    both = {**FORM, "children": "2", "child-1-given_name": "Otis", "idem": str(uuid4())}
    assert "Otis" in school.post("/sender/new/", both, follow=True).content.decode()


HALF = {"story": "Half a senten", "danger": "no", "children": "2", "child-1-given_name": "Otis", "idem": str(uuid4())}


def test_what_is_typed_is_kept_for_its_writer_alone_until_it_is_sent(world: World, school: Client) -> None:
    saved = school.post("/sender/new/typed/", {**HALF, "draft_version": "0"})
    assert saved.json() == {"version": 1}
    assert school.post("/sender/new/typed/", {**HALF, "draft_version": "1"}).json() == {"version": 2}
    page = school.get("/sender/new/").content.decode()
    for words in ("Half a senten", "Otis", HALF["idem"], "This has not been sent: nobody has seen it", 'value="2"'):
        assert words in page
    assert "There is a problem" not in page
    assert "has not been sent" in school.get("/sender/").content.decode()
    for code in ("school-lead", "police-desk"):
        other = world.signed_in(Client(), world.sender(code))
        assert "Half a senten" not in other.get("/sender/new/").content.decode()
        assert "has not been sent" not in other.get("/sender/").content.decode()
    with world.system(PUBLIC):
        assert not Draft.objects.exists()

    assert school.post("/sender/new/", {**FORM, **HALF}).status_code == 302
    assert "Half a senten" not in school.get("/sender/new/").content.decode()
    assert "has not been sent" not in school.get("/sender/").content.decode()
    with world.system(SEEDER):
        assert Submission.objects.get().idem == HALF["idem"]


def test_what_no_database_keeps_is_left_out_of_what_is_kept(school: Client) -> None:
    odd = {**HALF, "story": "Half\x00 a word", "children": "9" * 40, "draft_version": "0"}
    assert school.post("/sender/new/typed/", odd).status_code == 200
    assert "Half a word" in school.get("/sender/new/").content.decode()
    assert school.post("/sender/new/typed/", {**HALF, "draft_version": "9" * 40}).status_code == 409


def test_two_windows_never_write_over_each_other(school: Client) -> None:
    school.post("/sender/new/", {**HALF, "draft_version": "0", "save": "1"})
    later = {**HALF, "story": "Typed in another window", "draft_version": "0"}
    assert school.post("/sender/new/typed/", later).status_code == 409
    answer = school.post("/sender/new/", {**later, "save": "1"})
    assert answer.status_code == 409
    assert "Typed in another window" in answer.content.decode()
    assert "Half a senten" in school.get("/sender/new/").content.decode()
    assert school.post("/sender/new/", {**later, "save": "1", "draft_version": "1"}).status_code == 302
    assert "Typed in another window" in school.get("/sender/new/").content.decode()
    school.post("/sender/new/", {"forget": "1"})
    assert "Typed in another window" not in school.get("/sender/new/").content.decode()


def test_a_child_in_danger_never_waits_for_later(school: Client) -> None:
    answer = school.post("/sender/new/", {**HALF, "danger": "yes", "save": "1", "draft_version": "0"})
    assert answer.status_code == 409
    assert "Send what you have written" in answer.content.decode()


def test_what_is_kept_runs_out_and_holds_no_address_that_was_kept_from_others(world: World, school: Client) -> None:
    hidden = {"child-0-address": "9 Hidden Row", "child-0-keep": "1", "draft_version": "0"}
    school.post("/sender/new/typed/", {**HALF, **hidden})
    with world.sending("school"):
        kept = Draft.objects.get()
        assert "9 Hidden Row" not in str(kept.data)
        assert NOW + timedelta(days=6) < kept.until < datetime.now(UTC) + timedelta(days=7, minutes=1)
        Draft.objects.update(until=datetime.now(UTC) - timedelta(seconds=1))
    assert "Half a senten" not in school.get("/sender/new/").content.decode()
    assert school.post("/sender/new/typed/", {**HALF, "draft_version": "0"}).json() == {"version": 1}


def test_colleagues_see_each_others_and_another_agency_sees_none(world: World, client: Client) -> None:
    key = sends(world, "school")
    elsewhere = sends(world, "school", council=CAMBRIDGESHIRE)
    lead = world.signed_in(Client(), world.sender("school-lead"))
    for each in (key, elsewhere):
        assert f"/sender/sent/{each}/" in lead.get("/sender/").content.decode()
        assert STORY in lead.get(f"/sender/sent/{each}/").content.decode()
    police = world.signed_in(client, world.sender("police-desk"))
    assert str(key) not in police.get("/sender/").content.decode()
    for path in (f"/sender/sent/{key}/", f"/sender/sent/{key}/add/", f"/sender/sent/{uuid4()}/"):
        assert police.get(path).status_code == 404
    assert police.post(f"/sender/sent/{key}/add/", {"danger": "no", "story": "x"}).status_code == 404


def test_the_database_alone_keeps_agencies_apart(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    mine, theirs = sends(world, "school"), sends(world, "police-desk")
    monkeypatch.setattr("frontdoor.actors.queries._filter", lambda by, queryset: queryset)
    with world.sending("school") as by:
        assert by.db_role == "frontdoor_portal"
        assert set(Submission.objects.values_list("id", flat=True)) == {mine}
        assert set(queries._numbers(NOW - timedelta(days=1), NOW + timedelta(days=1))) == {mine}
    with acting_for(CAMBRIDGESHIRE, by=by):
        assert not Submission.objects.exists()
    with acting_for(PETERBOROUGH, by=PUBLIC):
        assert not Submission.objects.exists()
        assert not queries._numbers(NOW - timedelta(days=1), NOW + timedelta(days=1))
    with world.sending("police-desk"):
        assert set(Submission.objects.values_list("id", flat=True)) == {theirs}


@pytest.mark.parametrize("table", ["contacts_contact", "contacts_receipt", "contacts_referrer", "access_user"])
def test_a_sender_reads_no_table_of_the_staffs(world: World, table: str) -> None:
    with pytest.raises(ProgrammingError), world.sending("school"), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")


def test_nobody_sends_in_another_agencys_name(world: World) -> None:
    theirs = world.agencies["Cambridgeshire Constabulary"].key
    for acting in (world.sending("school"), acting_for(PETERBOROUGH, by=PUBLIC)):
        with pytest.raises(ProgrammingError), acting, connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO contacts_submission (id, authority_id, channel, sender, agency, idem, body, digest,"
                " received_at, entered_at) VALUES (gen_random_uuid(), 874, 'web', 'x', %s, 'x', '{}', '',"
                " now(), now())",
                [theirs],
            )


def test_what_is_added_is_a_report_of_its_own_beside_the_first(world: World, school: Client) -> None:
    key = sends(world, "school")
    form = {"danger": "unknown", "story": "The coat was found", "idem": str(uuid4())}
    answer = school.post(f"/sender/sent/{key}/add/", form, follow=True)
    assert f"/sender/sent/{key}/" in answer.content.decode()
    assert "What was added later" in school.get(f"/sender/sent/{key}/").content.decode()
    with world.system(SEEDER):
        added = Submission.objects.exclude(pk=key).get()
        assert added.body["earlier"] == str(key)
        assert added.body["people"][0]["given_name"] == "Lorcan"
        assert Submission.objects.get(pk=key).body["story"] == STORY


def test_an_addition_and_what_it_adds_to_stand_beside_each_other_for_staff_and_sender(
    world: World, school: Client
) -> None:
    first, other = sends(world, "school"), sends(world, "police-desk")
    form = {"danger": "unknown", "story": "The coat was found", "idem": str(uuid4())}
    school.post(f"/sender/sent/{first}/add/", form)
    with world.system(SEEDER):
        added = Submission.objects.exclude(pk__in=[first, other]).get()
        jobs_in_any_order = [str(added.pk), str(other), str(first), str(added.pk)]
    for key in jobs_in_any_order:
        carry_out("contacts.intake", authority=PETERBOROUGH, at=NOW, submission=key)
    with world.system(SEEDER):
        (link,) = Link.objects.select_related("contact", "other")
        assert (link.contact.submission_id, link.other.submission_id, link.kind) == (added.pk, first, "related")
        assert link.contact.family == link.other.family
        assert link.other.version == 2
        new, old = link.contact, link.other
    for shown, named in ((new, old), (old, new)):
        page = world.signed_in(Client(), world.user("team_manager")).get(f"/peterborough/contacts/{shown.key}/")
        assert f"{named.receipt}</a>, The sender added the later one to the earlier." in page.content.decode()
    page = school.get(f"/sender/sent/{added.pk}/").content.decode()
    assert f"It adds to {old.receipt}" in page
    assert STORY in page
    assert "The coat was found" in school.get(f"/sender/sent/{first}/").content.decode()
    assert "Adds to what was sent earlier" in school.get("/sender/").content.decode()


def test_nothing_is_joined_to_what_another_agency_sent(world: World) -> None:
    theirs = sends(world, "police-desk")
    mine = sends(world, "school", earlier=str(theirs))
    for key in (theirs, mine):
        carry_out("contacts.intake", authority=PETERBOROUGH, at=NOW, submission=str(key))
    with world.system(SEEDER):
        assert Contact.objects.count() == 2
        assert not Link.objects.exists()


def test_staff_and_the_public_ask_in_vain_for_what_an_agency_sent(world: World) -> None:
    key = sends(world, "school")
    with world.acting("team_manager", council=PETERBOROUGH) as by, pytest.raises(NotFound):
        queries.one_sent(key, by=by)
    with world.system(PUBLIC) as by, pytest.raises(NotFound):
        queries.one_sent(key, by=by)


def taken_in(world: World, key: UUID) -> Contact:
    with world.system(PUBLIC_INTAKE) as by:
        return contacts.take_in(str(key), by=by, at=NOW)


def told(world: World) -> int:
    with world.system(CLOCK_SWEEP) as by:
        return tell_senders(by=by, at=NOW + timedelta(minutes=5))


def test_a_first_look_is_told_once_and_never_what_it_said(world: World, school: Client) -> None:
    key = sends(world, "school")
    contact = taken_in(world, key)
    assert told(world) == 0
    with world.system(SEEDER):
        FirstLook.objects.create(
            authority_id=PETERBOROUGH, contact=contact, danger="no", line="Known to us for neglect", looked_by=1,
            looked_at=NOW,
        )  # fmt: skip
    assert told(world) == 1
    assert told(world) == 0
    page = school.get(f"/sender/sent/{key}/").content.decode()
    assert "A social worker has looked at it" in page
    assert "neglect" not in page


def test_the_list_shows_the_furthest_step_with_who_has_it_and_what_was_decided(world: World, school: Client) -> None:
    key = sends(world, "school")
    agency = world.agencies["Whittle Brook Primary School"].key
    shown = []
    steps = (("looked", ""), ("accepted", "The early help hub"), ("answered", "Early help"))
    for minutes, (step, words) in enumerate(steps):
        with world.system(SEEDER):
            Progress.objects.create(
                authority_id=PETERBOROUGH, agency=agency, submission_id=key, step=step, words=words,
                at=NOW + timedelta(minutes=minutes),
            )  # fmt: skip
        shown.append(school.get("/sender/").content.decode())
    assert ["A social worker has looked at it" in page for page in shown] == [True, False, False]
    assert ["A team has taken it on" in page for page in shown] == [False, True, False]
    assert "The early help hub; Early help" in shown[-1]


def test_a_day_is_counted_with_first_last_and_a_digest_that_a_sender_can_work_out(world: World, school: Client) -> None:
    for _ in range(3):
        sends(world, "school")
    sends(world, "police-desk")
    with world.sending("school") as by:
        found = queries.receipts_of(NOW.date(), by=by, at=NOW)
    assert len(found) == 3
    lines = "".join(f"{row.number} {row.digest}\n" for row in sorted(found, key=lambda row: row.number))
    page = school.get(f"/sender/day/{NOW.date()}/").content.decode()
    assert hashlib.sha256(lines.encode()).hexdigest() in page
    assert all(row.number in page for row in found)


def test_a_pasted_or_uploaded_list_is_laid_beside_the_day(world: World, school: Client) -> None:
    sends(world, "school")
    with world.sending("school") as by:
        (ours,) = queries.receipts_of(NOW.date(), by=by, at=NOW)
    page = f"/sender/day/{NOW.date()}/"
    assert "All 1 stand in both lists" in school.post(page, {"theirs": ours.number}).content.decode()
    missing = school.post(page, {"theirs": "our-key-7"}).content.decode()
    assert "our-key-7" in missing
    assert "Received, and not in your list" in missing
    file = SimpleUploadedFile("day.csv", f"{ours.idem.upper()};x\r\nlost-1;y\r\n".encode())
    uploaded = school.post(page, {"file": file}).content.decode()
    assert "1 stand in both lists" in uploaded
    assert "lost-1" in uploaded
    assert school.post(page, {"theirs": ""}).status_code == 422
    assert school.get("/sender/day/2026-13-01/").status_code == 404


def test_everything_read_is_in_the_trail_of_the_council_it_was_read_in(world: World, school: Client) -> None:
    key = sends(world, "school")
    school.get("/sender/")
    school.get(f"/sender/sent/{key}/")
    school.get(f"/sender/day/{NOW.date()}/")
    with world.system(SEEDER), connection.cursor() as cursor:
        cursor.execute("SELECT action, count(*) FROM trail_entry WHERE actor LIKE 'user:%' GROUP BY action")
        left = dict(cursor.fetchall())
    assert left["contacts.list_sent"] == 1
    assert left["contacts.open_sent"] == 1
    assert left["contacts.reconcile"] == 1


def test_the_list_goes_on_over_both_councils_without_a_gap(world: World, school: Client) -> None:
    keys = {
        str(sends(world, "school", council=council, at=NOW - timedelta(minutes=number)))
        for number in range(28) for council in (PETERBOROUGH, CAMBRIDGESHIRE)
    }  # fmt: skip
    first = school.get("/sender/").content.decode()
    (more,) = set(re.findall(r'href="(\?after=[^"]+)"', first))
    second = school.get("/sender/" + more.replace("&amp;", "&")).content.decode()
    found = re.findall(r"/sender/sent/([0-9a-f-]{36})/", first) + re.findall(r"/sender/sent/([0-9a-f-]{36})/", second)
    assert len(found) == 56
    assert set(found) == keys


def test_steps_are_written_once_and_belong_to_one_agency(world: World) -> None:
    key = sends(world, "school")
    agency = world.agencies["Whittle Brook Primary School"].key
    with world.system(SEEDER):
        Progress.objects.create(authority_id=PETERBOROUGH, agency=agency, submission_id=key, step="looked", at=NOW)
    with world.sending("police-desk"):
        assert not Progress.objects.exists()
    with world.sending("school"):
        assert Progress.objects.count() == 1
