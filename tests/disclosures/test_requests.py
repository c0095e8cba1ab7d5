"""A request is timed from first receipt, prepared, proposed by one, approved by another, sent word for word, kept."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from frontdoor.actors.rules import COURIER, Conflict, InvalidInput, NotFound, NotPermitted, StepNotAllowed
from frontdoor.clocks import queries as clocks
from frontdoor.clocks.rules import london_date
from frontdoor.codes import rules as codes
from frontdoor.contacts.models import Contact, Matter
from frontdoor.disclosures import actions, queries
from frontdoor.disclosures.models import Answer, Disclosure, Request, Risk
from frontdoor.disclosures.queries import children
from frontdoor.disclosures.rules import answering, kinds
from frontdoor.trail.models import Entry
from tests.contacts.arriving import NOON, arrive, child
from tests.disclosures.asking import (
    ASKER,
    EWA,
    GROUNDS,
    LATER,
    approved,
    asked,
    earlier,
    newest,
    proposed,
    taken,
    version,
)
from tests.worlds import World

OFFICER = "information_officer"


def test_every_kind_of_request_that_the_lists_know_has_its_route_and_its_clock() -> None:
    assert set(kinds.KINDS) == {row.code for row in codes.contact_kinds(kinds.CATEGORY)}


TIMES = {
    "cafcass_s7": (kinds.COURT, 10), "court_s37": (kinds.COURT, 10), "other_la_check": (kinds.CHECK, 10),
    "fostering_check": (kinds.CHECK, 10), "adoption_check": (kinds.CHECK, 10), "dbs_check": (kinds.CHECK, 10),
    "marac_research": (kinds.MEETING, 3), "mappa_research": (kinds.MEETING, 3), "police_enquiry": (kinds.ENQUIRY, 0),
    "health_enquiry": (kinds.ENQUIRY, 0), "subject_access": (kinds.SUBJECT_ACCESS, 1),
    "private_law_letter": (kinds.PRIVATE_LAW, 10),
}  # fmt: skip


@pytest.mark.parametrize("sub_type", kinds.KINDS)
def test_each_kind_gets_its_own_clock_from_first_receipt(sub_type: str, world: World) -> None:
    came = NOON + timedelta(hours=1)
    request = asked(world, sub_type, at=came)
    kind, days = TIMES[sub_type]
    with world.acting(OFFICER, at=came) as by:
        (clock,) = clocks.for_subject(("disclosures.request", request.key), by=by, at=came)
    assert (clock.kind, clock.started_at, clock.reading.due_at) == (kind, came, request.due_at)
    # Tuesday 24 March 2026; Good Friday is 3 April and Easter Monday the 6th.
    ends = {0: date(2026, 3, 24), 1: date(2026, 3, 25), 3: date(2026, 3, 27), 10: date(2026, 4, 9)}
    assert london_date(request.due_at) == ends[days]


@pytest.mark.parametrize("sub_type", kinds.KINDS)
def test_each_kind_is_answered_here_or_by_information_governance(sub_type: str, world: World) -> None:
    earlier(world)
    if sub_type != "subject_access":
        assert proposed(world, sub_type).state == "proposed"
        return
    request = taken(world, sub_type)
    with world.acting(OFFICER, at=LATER) as by, pytest.raises(StepNotAllowed, match="information governance"):
        actions.propose(request.key, seen=request.version, kind="refusal", reason="no_basis", by=by, at=LATER)


def test_a_request_for_ones_own_records_is_passed_to_somebody_by_name_and_the_month_is_named(world: World) -> None:
    request = taken(world, "subject_access")
    with world.acting(OFFICER, at=LATER) as by:
        with pytest.raises(InvalidInput) as refused:
            actions.redirect(request.key, seen=request.version, to="", taken_by="", why="", by=by, at=LATER)
        assert set(refused.value.problems) == {"to", "taken_by"}
        actions.redirect(
            request.key, seen=request.version, to="Information governance", taken_by="The officer on duty", why="",
            by=by, at=LATER,
        )  # fmt: skip
        assert Request.objects.get().state == "redirected"
        assert Disclosure.objects.get().kind == "redirected"
    assert kinds.one_month_after(date(2026, 1, 31)) == date(2026, 2, 28)
    assert kinds.one_month_after(date(2026, 12, 29)) == date(2027, 1, 29)


def test_the_courts_own_day_takes_the_place_of_the_setting_and_only_a_court_or_a_meeting_names_one(
    world: World,
) -> None:
    request, check = taken(world), taken(world, "dbs_check")
    with world.acting(OFFICER, at=LATER) as by:
        for named, sub_type, key in (
            (date(2026, 5, 15), "dbs_check", check.key), (date(2026, 3, 1), "court_s37", request.key),
        ):  # fmt: skip
            row = Request.objects.get(key=key)
            with pytest.raises(InvalidInput):
                actions.sort(key, seen=row.version, sub_type=sub_type, needed_by=named, by=by, at=LATER)
        actions.sort(
            request.key, seen=version(request), sub_type="court_s37", needed_by=date(2026, 5, 15), by=by, at=LATER
        )
        request.refresh_from_db()
        running = [
            clock
            for clock in clocks.for_subject(("disclosures.request", request.key), by=by, at=LATER)
            if clock.stopped_at is None
        ]
    assert [london_date(clock.reading.due_at) for clock in running] == [date(2026, 5, 15)]
    assert london_date(request.due_at) == date(2026, 5, 15)


def test_the_minutes_sweep_gives_what_has_arrived_to_the_desk_once(world: World) -> None:
    with world.acting("contact_officer", at=LATER) as by:
        told: dict[str, Any] = {"category": "request_for_information", "sub_type": "police_enquiry"}
        contact = arrive(by=by, at=LATER, **told)
        arrive(by=by, at=LATER)
    with world.system(COURIER) as by:
        assert actions.begin_arrived(by=by, at=LATER) == 1
        assert actions.begin_arrived(by=by, at=LATER) == 0
        assert Request.objects.get().contact == contact


def test_a_contact_that_asks_may_be_given_to_the_desk_by_whoever_holds_it_and_only_once(world: World) -> None:
    with world.acting("contact_officer", at=LATER) as by:
        contact = arrive(by=by, at=LATER)
        with pytest.raises(InvalidInput):
            actions.begin(contact.key, by=by, at=LATER)
        actions.begin(contact.key, sub_type="health_enquiry", by=by, at=LATER)
        with pytest.raises(StepNotAllowed):
            actions.begin(contact.key, sub_type="health_enquiry", by=by, at=LATER)
        contact.refresh_from_db()
        assert contact.state == "received"  # what screens the contact is slowed by nothing


def test_the_facts_are_days_outcomes_and_teams_of_the_child_asked_about_alone(world: World) -> None:
    sister = child(given_name="Zofia", family_name="Nowak", date_of_birth=date(2019, 1, 1))
    before = earlier(world, people=(child(**EWA), sister), story="Mr Tell heard shouting")
    with world.acting("team_manager", at=NOON) as by:
        _decided(Matter.objects.get(contact=before, child__given_name="Zofia"), "early_help", by=by)
    request = taken(world)
    with world.acting(OFFICER, at=LATER) as by:
        (fact,) = queries.facts(request, by=by)
    assert (fact.on, fact.outcome, fact.team, fact.sure) == (date(2026, 3, 24), "", "", True)


def _decided(matter: Matter, outcome: str, **more: Any) -> None:
    """A decision, written as it stands after two people have acted."""
    from frontdoor.contacts.models import Decision, Recommendation, Snapshot

    by = more.pop("by")
    row = {"authority_id": matter.authority_id, "matter": matter}
    given = Recommendation.objects.create(
        **row, outcome=outcome, known="A", means="B", decided="C", threshold_level="2", made_by=by.user_id, made_at=NOON
    )
    known = Snapshot.objects.create(
        authority_id=matter.authority_id, contact=matter.contact, schema=1, content=b"{}", hash=b"0" * 32, taken_at=NOON
    )
    Decision.objects.create(
        **row, recommendation=given, snapshot=known, outcome=outcome, agreed=True, threshold_level="2",
        matter_version=1, made_by=by.user_id, made_at=NOON, **more,
    )  # fmt: skip


def test_a_childs_own_outcome_is_told_and_one_that_is_for_other_eyes_is_not(world: World) -> None:
    first, second = earlier(world), earlier(world)
    with world.acting("team_manager", at=NOON) as by:
        _decided(Matter.objects.get(contact=first), "early_help", by=by)
        _decided(Matter.objects.get(contact=second), "lado", by=by)
    request = taken(world)
    with world.acting(OFFICER, at=LATER) as by:
        facts = queries.facts(request, by=by)
    assert [(fact.outcome, fact.team) for fact in facts] == [("Early help", "Early help hub")]


def test_a_contact_of_a_restricted_kind_is_counted_and_never_offered_nor_said_to_be_nothing(world: World) -> None:
    earlier(world, sub_type="lado")
    request = taken(world, "dbs_check")
    with world.acting(OFFICER, at=LATER) as by:
        (search,) = request.searches.all()
        assert (search.found, search.closed) == ([], 1)
        assert queries.facts(request, by=by) == []
        with pytest.raises(InvalidInput, match="they are known"):
            actions.propose(request.key, seen=request.version, kind="not_known", by=by, at=LATER)


def test_another_date_of_birth_is_another_person_and_no_date_is_told_apart(world: World) -> None:
    twin = {**EWA, "date_of_birth": date(2011, 1, 1)}
    earlier(world, people=(child(**twin),))
    nameless = earlier(world, people=(child(**{**EWA, "date_of_birth": None}),))
    request = taken(world)
    with world.acting(OFFICER, at=LATER):
        (search,) = request.searches.all()
    assert search.found == [{"contact": str(nameless.key), "sure": False}]


def test_not_known_is_an_answer_only_after_a_search_and_never_where_something_was_found(world: World) -> None:
    request = asked(world)
    with world.acting(OFFICER, at=LATER) as by:
        actions.take(request.key, seen=version(request), by=by, at=LATER)
        actions.check_asker(request.key, seen=version(request), **ASKER, by=by, at=LATER)
        actions.set_grounds(request.key, seen=version(request), **GROUNDS, by=by, at=LATER)
        with pytest.raises(InvalidInput, match="Search for each person"):
            actions.propose(request.key, seen=version(request), kind="not_known", by=by, at=LATER)
    known = _second_search(world, earlier(world))
    with world.acting(OFFICER, at=LATER) as by, pytest.raises(InvalidInput, match="they are known"):
        actions.propose(known.key, seen=known.version, kind="not_known", by=by, at=LATER)


def _second_search(world: World, before: Contact) -> Request:
    request = taken(world)
    with world.acting(OFFICER, at=LATER):
        (search,) = request.searches.all()
        assert search.found == [{"contact": str(before.key), "sure": True}]
    return request


def test_somebody_of_whom_something_is_held_back_is_never_said_to_be_unknown(world: World) -> None:
    earlier(world)
    brother = {"given_name": "Jan", "family_name": "Nowak", "date_of_birth": date(2015, 2, 3)}
    earlier(world, people=(child(**brother),))
    request = taken(world, people=(child(**EWA), child(**brother)))
    with world.acting(OFFICER, at=LATER) as by:
        ewas = [
            fact
            for fact in queries.facts(request, by=by)
            if fact.about == str(request.people.order_by("position")[0].key)
        ]
        answer = actions.propose(
            request.key, seen=request.version, kind="facts", facts=[fact.code for fact in ewas], by=by, at=LATER
        )
    assert answering.NOTHING_TOLD in answer.text
    assert answering.NOT_KNOWN not in answer.text


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Mrs Quill next door rang us.", "who told us"),
        ("Her brother Zbigniew was seen too.", "name somebody"),
        ("She lives at 3 Cooper's Row now.", "address"),
        ("Write to CB6 1RT.", "address"),
    ],
)
def test_free_words_name_nobody_else_and_tell_neither_who_told_us_nor_where_anybody_lives(
    words: str, why: str, world: World
) -> None:
    from frontdoor.contacts.rules.intake import ReferrerGiven

    zbigniew = child(given_name="Zbigniew", family_name="Nowak", address="3 Cooper's Row", postcode="CB6 1RT")
    earlier(
        world, people=(child(**EWA), zbigniew),
        referrer=ReferrerGiven(kind="public", identity="withheld", name="Quill", route="none_possible"),
    )  # fmt: skip
    request = taken(world)
    with world.acting(OFFICER, at=LATER) as by:
        facts = [fact.code for fact in queries.facts(request, by=by)]
        given: dict[str, Any] = {"kind": "facts", "facts": facts, "by": by, "at": LATER}
        with pytest.raises(InvalidInput, match=why):
            actions.propose(request.key, seen=request.version, words=words, **given)
        actions.propose(request.key, seen=request.version, words="Ewa Nowak is not open to us.", **given)


def test_nothing_is_proposed_before_it_is_written_down_who_asks_and_on_which_basis(world: World) -> None:
    request = asked(world)
    with world.acting(OFFICER, at=LATER) as by:
        actions.take(request.key, seen=version(request), by=by, at=LATER)
        with pytest.raises(StepNotAllowed, match="who asks"):
            actions.propose(request.key, seen=version(request), kind="refusal", reason="no_basis", by=by, at=LATER)
        unsaid = {**ASKER, "checked": "not_checked", "how": ""}
        with pytest.raises(InvalidInput) as refused:
            actions.check_asker(request.key, seen=version(request), **unsaid, by=by, at=LATER)
        assert refused.value.problems == {"checked_how": "Say why it was not checked"}
        actions.check_asker(request.key, seen=version(request), **ASKER, by=by, at=LATER)
        with pytest.raises(StepNotAllowed, match="lawful basis"):
            actions.propose(request.key, seen=version(request), kind="not_known", by=by, at=LATER)


def test_nobody_approves_what_they_proposed_and_the_database_says_so_too(world: World) -> None:
    earlier(world)
    request = taken(world)
    with world.acting("team_manager", at=LATER) as by:
        actions.take(request.key, seen=request.version, by=by, at=LATER)
        actions.propose(request.key, seen=version(request), kind="refusal", reason="no_basis", by=by, at=LATER)
        with pytest.raises(StepNotAllowed, match="Another person"):
            actions.approve(request.key, seen=version(request), digest=newest(request).digest, by=by, at=LATER)
        with pytest.raises(StepNotAllowed, match="Another person"):
            actions.send_back(request.key, seen=version(request), why="No", by=by, at=LATER)
        with pytest.raises(DatabaseError), transaction.atomic():
            Answer.objects.update(approved_by=by.user_id, approved_at=LATER)


def test_an_information_officer_does_not_approve_and_a_contact_officer_does_not_open(world: World) -> None:
    earlier(world)
    request = proposed(world)
    with world.acting(OFFICER, at=LATER) as by, pytest.raises(NotPermitted):
        actions.approve(request.key, seen=request.version, digest=newest(request).digest, by=by, at=LATER)
    with world.acting("contact_officer", at=LATER) as by, pytest.raises(NotPermitted):
        queries.open_request(request.key, by=by, at=LATER)
    with world.acting(OFFICER, council=873, at=LATER) as by, pytest.raises(NotFound):
        queries.open_request(request.key, by=by, at=LATER)


def test_only_the_words_that_were_read_are_approved(world: World) -> None:
    earlier(world)
    request = proposed(world)
    with world.acting("team_manager", at=LATER) as by:
        with pytest.raises(InvalidInput):
            actions.approve(request.key, seen=request.version, digest="0" * 64, by=by, at=LATER)
        with pytest.raises(Conflict):
            actions.approve(request.key, seen=1, digest=newest(request).digest, by=by, at=LATER)


def test_what_was_approved_is_sent_word_for_word_and_kept_with_its_hash_and_stands_in_the_ledger(world: World) -> None:
    before = earlier(world)
    request = approved(world)
    with world.acting(OFFICER, at=LATER) as by:
        sent = actions.send(
            request.key, seen=request.version, how="secure_email", to_whom="checks@example.org", by=by, at=LATER
        )
        (line,) = Disclosure.objects.all()
        assert sent.digest == answering.digest(sent.text)
        assert "24 March 2026" in sent.text
        assert "A worry" not in sent.text
        assert (line.kind, line.to_whom) == ("told", "Officer One, Family court adviser, Cafcass")
        assert (line.basis, line.approved_by) == ("legal_obligation", world.user("team_manager").pk)
        assert [told.contact for told in line.told.all()] == [before]
        (clock,) = clocks.for_subject(("disclosures.request", request.key), by=by, at=LATER)
        assert clock.stopped_at == LATER
        with pytest.raises(DatabaseError), transaction.atomic():
            Answer.objects.update(text="Something else")
        with pytest.raises(DatabaseError), transaction.atomic():
            Disclosure.objects.update(what="Something else")


def test_words_that_are_not_those_that_were_approved_are_not_sent_and_stand_in_no_ledger(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier(world)
    request = approved(world)
    # The database lets nobody change the words; whoever came past it would be found out here.
    monkeypatch.setattr("frontdoor.disclosures.rules.answering.digest", lambda text: "other words")
    with world.acting(OFFICER, at=LATER) as by:
        with pytest.raises(StepNotAllowed, match="not those that were approved"):
            actions.send(request.key, seen=request.version, how="post", to_whom="Cafcass", by=by, at=LATER)
        assert not Disclosure.objects.exists()


def test_what_is_found_wrong_before_sending_is_put_right_and_read_again(world: World) -> None:
    earlier(world)
    request = approved(world)
    with world.acting(OFFICER, at=LATER) as by:
        actions.correct(request.key, seen=request.version, why="A day is wrong", by=by, at=LATER)
        with pytest.raises(StepNotAllowed):
            actions.send(request.key, seen=version(request), how="post", to_whom="Cafcass", by=by, at=LATER)
        assert Request.objects.get().state == "in_work"


def test_after_sending_a_correction_is_an_answer_of_its_own_and_the_first_stays(world: World) -> None:
    earlier(world)
    request = approved(world)
    with world.acting(OFFICER, at=LATER) as by:
        actions.send(request.key, seen=request.version, how="post", to_whom="Cafcass", by=by, at=LATER)
        actions.reopen(request.key, seen=version(request), why="A day is wrong", by=by, at=LATER + timedelta(hours=1))
        facts = [fact.code for fact in queries.facts(request, by=by)]
        second = actions.propose(
            request.key, seen=version(request), kind="facts", facts=facts, words="The day is right now.", by=by,
            at=LATER + timedelta(hours=2),
        )  # fmt: skip
        first = Answer.objects.get(number=1)
        assert second.corrects == first
        assert first.sent_at == LATER
        running = clocks.for_subject(("disclosures.request", request.key), by=by, at=LATER + timedelta(hours=2))
        assert [clock.stopped_at is None for clock in running] == [False, True]


def test_an_open_request_is_not_opened_again(world: World) -> None:
    earlier(world)
    request = approved(world)
    with world.acting(OFFICER, at=LATER) as by, pytest.raises(StepNotAllowed):
        actions.reopen(request.key, seen=request.version, why="A day is wrong", by=by, at=LATER)


@pytest.mark.parametrize(
    ("kind", "ends", "line"), [("not_known", "answered", "not_known"), ("refusal", "refused", "refused")]
)
def test_not_known_and_a_refusal_go_the_same_way_and_stand_in_the_ledger(
    kind: str, ends: str, line: str, world: World
) -> None:
    request = approved(world, kind=kind)
    with world.acting(OFFICER, at=LATER) as by:
        actions.send(request.key, seen=request.version, how="post", to_whom="Cafcass", by=by, at=LATER)
        assert Request.objects.get().state == ends
        assert Disclosure.objects.get().kind == line


def test_a_second_person_sends_back_with_a_reason_and_whoever_asks_may_take_the_request_back(world: World) -> None:
    earlier(world)
    request = proposed(world)
    with world.acting("team_manager", at=LATER) as by:
        with pytest.raises(InvalidInput):
            actions.send_back(request.key, seen=request.version, why=" ", by=by, at=LATER)
        actions.send_back(request.key, seen=request.version, why="Too much", by=by, at=LATER)
        assert newest(request).back_why == "Too much"
    with world.acting(OFFICER, at=LATER) as by:
        actions.end(request.key, seen=version(request), why="The hearing was vacated", by=by, at=LATER)
        assert (Request.objects.get().state, Disclosure.objects.count()) == ("ended", 0)


def test_people_asked_about_are_chosen_and_added_and_nobody_else_is_told_of(world: World) -> None:
    earlier(world)
    other = child(given_name="Adam", family_name="Winter", date_of_birth=date(1980, 1, 1), kind="adult")
    request = taken(world, people=(child(**EWA), other))
    with world.acting(OFFICER, at=LATER) as by:
        keep = str(request.people.get(given_name="Ewa").key)
        with pytest.raises(InvalidInput):
            actions.choose_people(request.key, seen=request.version, asked=[], by=by, at=LATER)
        actions.choose_people(request.key, seen=request.version, asked=[keep], by=by, at=LATER)
        assert [person.name for person in queries.asked(request, by=by)] == ["Ewa Nowak"]
        actions.add_person(
            request.key, seen=version(request), kind="adult", given_name="Maria", family_name="Nowak", born=None,
            relationship="mother", by=by, at=LATER,
        )  # fmt: skip
        assert not queries.all_searched(request, by=by)


def test_a_request_that_shows_a_risk_becomes_a_contact_at_once_timed_from_the_first_receipt(world: World) -> None:
    request = taken(world, "police_enquiry")
    with world.acting(OFFICER, at=LATER) as by:
        later = LATER + timedelta(hours=2)
        contact = actions.show_risk(
            request.key, seen=request.version, why="She is missing tonight", danger="yes", flag=True, by=by, at=later
        )
        contact.refresh_from_db()
        assert (contact.category, contact.channel, contact.received_at) == ("request_for_service", "email", LATER)
        assert contact.flag_stands
        assert contact.danger_rank == 0
        assert request.contact.receipt in contact.story
        assert contact.family == request.contact.family
        assert Risk.objects.get().contact == contact
        assert Request.objects.get(key=request.key).state == "in_work"


def test_the_ledger_of_a_childs_contact_shows_what_was_told_of_the_child_and_leaves_an_entry(world: World) -> None:
    before, other = earlier(world), earlier(world, people=(child(family_name="Stranger"),))
    request = approved(world, "marac_research")
    with world.acting(OFFICER, at=LATER) as by:
        actions.send(request.key, seen=request.version, how="secure_email", to_whom="MARAC", by=by, at=LATER)
    with world.acting("social_worker", at=LATER) as by:
        _, _, found = children.of_contact(before.key, by=by, at=LATER)
        assert [(line.what, line.about, line.recipient) for line in found.lines] == [
            ("Restricted: ask the information desk", "", "")
        ]
        assert children.of_contact(other.key, by=by, at=LATER)[2].lines == ()
        assert Entry.objects.filter(action="disclosures.ledger_of").count() == 2
    with world.acting("data_protection_officer", of=874, at=LATER) as by:
        (line,) = queries.ledger(by=by, at=LATER)
        assert (line.masked, line.person, line.kind) == (False, "Ewa Nowak", "Told")


def test_the_lists_show_what_is_late_nobodys_mine_and_waits_for_a_second_person(world: World) -> None:
    earlier(world)
    free, mine, second = asked(world, "police_enquiry"), taken(world, "dbs_check"), proposed(world)
    later = LATER + timedelta(days=3)
    with world.acting(OFFICER, at=later) as by:
        shown = {
            which: {row.key for row in queries.requests(which=which, by=by, at=later)}
            for which in ("", "late", "mine", "free", "second", "settled")
        }
    assert shown == {
        "": {free.key, mine.key, second.key}, "late": {free.key}, "mine": {mine.key, second.key}, "free": {free.key},
        "second": {second.key}, "settled": set(),
    }  # fmt: skip


def test_what_waits_for_me_is_mine_to_work_on_and_another_persons_to_approve(world: World) -> None:
    earlier(world)
    free, mine, second = asked(world), taken(world), proposed(world)
    with world.acting(OFFICER, at=LATER) as by:
        assert {row.key for row in queries.waits_for(by=by, at=LATER)} == {free.key, mine.key}
    with world.acting("team_manager", at=LATER) as by:
        assert {row.key for row in queries.waits_for(by=by, at=LATER)} == {second.key}
