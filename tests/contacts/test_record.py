"""The page of a contact: at once who, what, where, whose and by when; what to press; and everything that followed."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from frontdoor.actors.rules import SEEDER
from frontdoor.contacts.actions import decisions, screening
from frontdoor.contacts.models import CallBack, Contact, Draft, Matter, SafetyCall
from frontdoor.contacts.pages import glance
from frontdoor.contacts.queries import record
from frontdoor.contacts.rules.decisions import Action, Decided, Recommended
from frontdoor.contacts.rules.intake import ReferrerGiven
from frontdoor.contacts.rules.telephone import FORM
from frontdoor.trail.models import Entry
from tests.contacts.arriving import arrive, child
from tests.contacts.deciding import ADVICE, ENQUIRY
from tests.worlds import PETERBOROUGH, World

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
WORRY = "A bruise on his left ear, the second this month."
REFERRER = ReferrerGiven(kind="professional", name="Canary Teller", phone="01632 960333", email="canary@example.org")


@pytest.fixture
def contact(world: World) -> Contact:
    with world.acting("contact_officer") as by:
        return arrive(
            by=by, at=timezone.now() - 10 * MINUTE, danger="yes", story=WORRY, where_now="In the school office",
            with_whom="His teacher", until_when="Half past three", referrer=REFERRER,
        )  # fmt: skip


def _at(contact: Contact) -> str:
    return reverse("contacts:detail", args=["peterborough", contact.key])


def _page(client: Client, contact: Contact) -> str:
    answer = client.get(_at(contact))
    assert answer.status_code == 200
    return answer.content.decode()


def _words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def _bar(page: str) -> list[tuple[str, str]]:
    """What may be pressed at the top: the key and the address or form that it leads to."""
    bar = page.partition('aria-label="What to do next"')[2].partition("Single keys")[0]
    return [
        (re.findall(r'data-key="(.)"', button)[0], re.findall(r'(?:href|formaction)="([^"]+)"', button)[0])
        for button in re.findall(r"<(?:a|button)[^>]*data-key=[^>]*>", bar)
    ]


def _matter(world: World, contact: Contact) -> Matter:
    with world.system(SEEDER):
        return Matter.objects.select_related("contact").get(contact=contact)


def _recommended(world: World, contact: Contact, given: Recommended = ADVICE) -> Matter:
    matter = _matter(world, contact)
    with world.acting("social_worker") as by:
        decisions.recommend(matter.key, seen=matter.version, given=given, by=by, at=timezone.now())
    return _matter(world, contact)


def _decided(world: World, contact: Contact, outcome: str = "information_advice", **more: Any) -> Matter:
    matter = _recommended(world, contact, ENQUIRY if outcome == "mash_enquiry" else ADVICE)
    whole: dict[str, Any] = {
        "risk_seen": "It may go on tonight.", "direction": "See him today.", "detail": ADVICE.detail,
        "actions": (Action("Speak to Robin alone", "The receiving team", timezone.now() + HOUR),), **more,
    }  # fmt: skip
    with world.acting("team_manager") as by:
        given = Decided(outcome, **whole)
        decisions.decide(matter.key, seen=matter.version, given=given, by=by, at=timezone.now())
    return _matter(world, contact)


def test_the_first_screen_says_who_what_danger_where_with_whom_whose_and_by_when(contact: Contact, signed: Any) -> None:
    words = _words(_page(signed("social_worker"), contact)).partition("What we were told")[0]
    for said in (
        "(9 years)", "Danger now", WORRY, "Where: In the school office", "With whom: His teacher",
        "Until: Half past three", "With: Nobody: in the queue of", "First look by a qualified worker", "minutes left",
    ):  # fmt: skip
        assert said in words


@pytest.mark.parametrize(
    ("role", "key", "name"),
    [("social_worker", "l", "look-at"), ("contact_officer", "q", "ask"), ("team_manager", "l", "look-at")],
)
def test_the_next_thing_is_one_key(contact: Contact, signed: Any, role: str, key: str, name: str) -> None:
    keys = dict(_bar(_page(signed(role), contact)))
    if role == "contact_officer":
        assert key not in keys
        assert keys["c"] == reverse("contacts:attempt", args=["peterborough", contact.key])
    else:
        assert next(iter(keys)) == key
        assert keys[key] == reverse(f"contacts:{name}", args=["peterborough", contact.key])


def test_a_red_flag_is_taken_with_one_key_from_its_page(world: World, contact: Contact, signed: Any) -> None:
    with world.acting("contact_officer") as by:
        screening.flag(contact.key, why="He is back.", by=by, at=timezone.now())
    client = signed("social_worker")
    key, address = _bar(_page(client, contact))[0]
    assert key == "f"
    assert client.post(address).status_code == 302
    assert "Taken by" in _words(_page(client, contact))
    assert "f" not in dict(_bar(_page(client, contact)))


def test_whoever_may_only_read_is_offered_nothing_to_press(contact: Contact, signed: Any) -> None:
    page = _page(signed("auditor", council=PETERBOROUGH), contact)
    assert _bar(page) == []
    assert "Not for you" in _words(page)
    assert "Show who told us" not in page


def test_recommend_then_decide_is_one_key_each_for_two_people(world: World, contact: Contact, signed: Any) -> None:
    with world.acting("social_worker") as by:
        screening.look(contact.key, seen=contact.version, danger="no", line="Read.", by=by, at=timezone.now())
    matter = _matter(world, contact)
    recommend = reverse("contacts:recommend", args=["peterborough", matter.key])
    decide = reverse("contacts:decide", args=["peterborough", matter.key])
    assert _bar(_page(signed("social_worker"), contact))[0] == ("r", recommend)
    _recommended(world, contact)
    assert "d" not in dict(_bar(_page(signed("social_worker"), contact)))
    assert _bar(_page(signed("team_manager"), contact))[0] == ("d", decide)


def test_a_manager_who_recommended_is_not_offered_to_decide(world: World, contact: Contact, signed: Any) -> None:
    matter = _matter(world, contact)
    with world.acting("team_manager") as by:
        decisions.recommend(matter.key, seen=matter.version, given=ADVICE, by=by, at=timezone.now())
    assert "d" not in dict(_bar(_page(signed("team_manager"), contact)))
    assert "d" in dict(_bar(_page(signed("team_manager", second=True), contact)))


def test_a_decision_stands_on_the_page_with_its_parts_its_slip_and_its_directions(
    world: World, contact: Contact, signed: Any
) -> None:
    matter = _decided(world, contact, "mash_enquiry", rating="amber", detail="")
    page = _page(signed("team_manager"), contact)
    words = _words(page)
    for said in (
        "It may go on tonight.", "See him today.", "Speak to Robin alone", "Waiting to be accepted",
        "What was recommended, by", "One late collection.", "Not yet heard, because: not seen yet",
    ):  # fmt: skip
        assert said in words
    for name in ("replay", "correct", "void"):
        assert reverse(f"contacts:{name}", args=["peterborough", matter.key]) in page
    reader = _page(signed("auditor", council=PETERBOROUGH), contact)
    assert reverse("contacts:replay", args=["peterborough", matter.key]) in reader
    assert reverse("contacts:void", args=["peterborough", matter.key]) not in reader


def test_what_was_taken_back_is_kept_on_the_page_with_the_reason(world: World, contact: Contact, signed: Any) -> None:
    matter = _decided(world, contact)
    with world.acting("team_manager") as by:
        decisions.void(matter.key, seen=matter.version, why="His aunt rang.", by=by, at=timezone.now())
    words = _words(_page(signed("team_manager"), contact))
    assert "Decision that was taken back" in words
    assert "His aunt rang." in words
    assert "Advice about bedtimes." in words


def test_an_addendum_stands_beside_the_decision(world: World, contact: Contact, signed: Any) -> None:
    matter = _decided(world, contact)
    with world.acting("team_manager") as by:
        decisions.add(matter.key, words="Setchfield, not Setchfeild.", by=by, at=timezone.now())
    assert "Setchfield, not Setchfeild." in _words(_page(signed("social_worker"), contact))


def _call(contact: Contact, by: Any, **more: Any) -> SafetyCall:
    now = timezone.now()
    known = {"rings": "us", "whom": "Canary Teller 01632 960333", "where_now": "At the clinic", "with_whom": "His aunt",
             "until_when": "Six", "started_by": by.user_id, "started_at": now, "due_at": now + 9 * MINUTE}  # fmt: skip
    return SafetyCall.objects.create(authority_id=PETERBOROUGH, call=contact.key, contact=contact, **(known | more))


def test_a_call_back_on_which_safety_hangs_leads_the_page(world: World, contact: Contact, signed: Any) -> None:
    with world.acting("contact_officer") as by:
        call = _call(contact, by)
    client = signed("contact_officer")
    page = _page(client, contact)
    assert _bar(page)[0] == ("b", reverse("contacts:safety-call", args=["peterborough", call.key]))
    words = _words(page)
    for said in ("Where: At the clinic", "With whom: His aunt", "Until: Six", "Rings back: We ring them"):
        assert said in words
    reader = _words(_page(signed("auditor", council=PETERBOROUGH), contact))
    assert "We ring them" in reader
    assert "01632 960333" not in reader


def test_a_call_that_still_goes_on_says_so(world: World, contact: Contact, signed: Any) -> None:
    now = timezone.now()
    with world.acting("contact_officer") as by:
        Draft.objects.create(
            authority_id=PETERBOROUGH, owner=by.user_id, form=FORM, subject=str(contact.key), data={}, made_at=now,
            saved_at=now, until=now + HOUR,
        )  # fmt: skip
    client = signed("social_worker")
    assert "The call still goes on" in _words(_page(client, contact))
    with world.system(SEEDER):
        Draft.objects.update(ended_at=now)
    assert "The call still goes on" not in _words(_page(client, contact))


def test_nobody_reads_on_the_page_who_told_us(world: World, contact: Contact, signed: Any) -> None:
    known = {"name": "Canary Teller", "phone": "01632 960333", "about": "This is Canary Teller"}
    with world.acting("contact_officer"):
        CallBack.objects.create(authority_id=PETERBOROUGH, contact=contact, asked_at=timezone.now(), **known)
    _decided(world, contact, "mash_enquiry", rating="amber", detail="")
    for role in ("contact_officer", "social_worker", "team_manager", "head_of_service"):
        page = _page(signed(role), contact)
        assert "Ring back somebody" in page
        for known in ("Canary", "01632 960333", "canary@"):
            assert known not in page


def test_the_family_so_far_has_every_other_contact_with_ages_then_and_what_became_of_it(
    world: World, signed: Any
) -> None:
    now = timezone.now()
    tess = child(given_name="Tess", family_name="Setchfield", date_of_birth=date(now.year - 8, 1, 1))
    baby = child(given_name="Alfie", family_name="Setchfield", date_of_birth=date(now.year - 2, 1, 1))
    with world.acting("contact_officer") as by:
        long_ago = arrive(by=by, at=now - timedelta(days=400), people=(tess,), story="Late again.")
        middle = arrive(by=by, at=now - timedelta(days=3), people=(tess, baby), story="He cries.")
        contact = arrive(by=by, at=now - HOUR, people=(tess,), story="She is thin.")
        mistaken = arrive(by=by, at=now - 2 * HOUR, people=(tess,))
    with world.system(SEEDER):
        Contact.objects.filter(pk__in=[long_ago.pk, middle.pk, contact.pk, mistaken.pk]).update(family=contact.family)
        Contact.objects.filter(pk=mistaken.pk).update(state="voided")
    page = _page(signed("social_worker"), contact)
    part = _words(page.partition('id="family"')[2].partition("journey-heading")[0])
    assert part.index(middle.receipt) < part.index(long_ago.receipt)
    assert mistaken.receipt not in part
    assert f"Tess Setchfield, {6 if (now - timedelta(days=400)).year == now.year - 2 else 7} years" in part
    assert "Late again." in part
    assert "Not decided" in part
    earlier = _words(_page(signed("social_worker"), long_ago).partition('id="family"')[2])
    assert "after this one" in earlier
    with world.system(SEEDER):
        entry = Entry.objects.filter(action="contacts.open", subject_key=str(contact.key)).first()
    assert entry is not None
    assert entry.detail["family"] == [str(middle.key), str(long_ago.key)]


def test_a_family_that_is_known_by_this_alone_says_so(contact: Contact, signed: Any) -> None:
    assert "No other contact of this family is known here." in _words(_page(signed("social_worker"), contact))


def test_the_third_contact_tells_its_printed_rule_and_that_nobody_judged_it(world: World, signed: Any) -> None:
    now = timezone.now()
    with world.acting("contact_officer") as by:
        made = [arrive(by=by, at=now - timedelta(days=day)) for day in (9, 5, 1)]
    with world.system(SEEDER):
        Contact.objects.filter(pk__in=[each.pk for each in made]).update(family=made[0].family)
    matter = _recommended(world, made[-1])
    client = signed("team_manager")
    page = _page(client, made[-1])
    assert "3 contacts in 3 months, brothers and sisters counted." in _words(page)
    assert "Nobody has judged the pattern yet" in _words(page)
    assert dict(_bar(page))["p"] == reverse("contacts:pattern", args=["peterborough", matter.key])
    with world.acting("team_manager") as by:
        decisions.judge_pattern(
            made[-1].key, changed="It is worse.", responses="Advice twice.", helped="No.", conclusion="Enquire.", by=by,
            at=now,
        )  # fmt: skip
    words = _words(_page(client, made[-1]))
    assert "Advice twice." in words
    assert "Nobody has judged" not in words


def test_the_journey_goes_from_receipt_over_two_people_into_other_hands(
    world: World, contact: Contact, signed: Any
) -> None:
    with world.acting("social_worker") as by:
        screening.look(contact.key, seen=contact.version, danger="yes", line="Read.", by=by, at=timezone.now())
    _decided(world, contact, "mash_enquiry", rating="amber", detail="")
    drawn = _page(signed("team_manager"), contact).partition('<ol class="fd-path">')[2].partition("</ol>")[0]
    names = re.findall(r'fd-path__name">([^<]+)<', drawn)
    assert names[0] == "Received"
    order = [names.index(name) for name in ("Received", "First look", "Recommended", "Decided", "Handed over", "Now")]
    assert order == sorted(order)


def test_what_one_person_did_at_once_for_several_children_is_one_step(world: World, signed: Any) -> None:
    now = timezone.now()
    with world.acting("social_worker") as by:
        contact = arrive(by=by, at=now - HOUR, people=(child(given_name="Tess"), child(given_name="Alfie")))
        for matter in Matter.objects.filter(contact=contact):
            decisions.recommend(matter.key, seen=matter.version, given=ADVICE, by=by, at=now)
    drawn = _page(signed("team_manager"), contact).partition('<ol class="fd-path">')[2].partition("</ol>")[0]
    assert drawn.count('fd-path__name">Recommended<') == 1
    assert "Tess Example; Alfie Example" in drawn


def test_opening_costs_as_many_statements_for_five_children_as_for_one(
    world: World, django_assert_max_num_queries: Any
) -> None:
    now = timezone.now()
    with world.acting("social_worker") as by:
        several = arrive(by=by, at=now, people=tuple(child(given_name=f"Tess{number}") for number in range(5)))
        for matter in Matter.objects.filter(contact=several):
            decisions.recommend(matter.key, seen=matter.version, given=ADVICE, by=by, at=now)
        with django_assert_max_num_queries(60):
            record.open_contact(several.key, by=by, at=now)


def test_of_what_must_happen_danger_comes_first_then_the_least_time_left() -> None:
    now = timezone.now()
    found = [
        glance.Must("no time", None), glance.Must("later", now + HOUR), glance.Must("late", now - HOUR),
        glance.Must("danger", now + 2 * HOUR, rank=glance.DANGER),
    ]  # fmt: skip
    assert [must.what for must in sorted(found, key=lambda must: must.order)] == ["danger", "late", "later", "no time"]
