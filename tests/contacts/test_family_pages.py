"""The pages of telling a family, of reaching people safely, and of a call from a parent."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from frontdoor.contacts.actions import decisions
from frontdoor.contacts.models import Contact, FamilyCall, Matter, Named, Telling
from frontdoor.contacts.rules.decisions import Decided, Recommended
from frontdoor.contacts.rules.intake import PersonGiven, ReferrerGiven
from tests.contacts.arriving import arrive, child
from tests.worlds import World

ADVICE = Recommended(
    outcome="information_advice", known="One late collection.", means="He was tired.", decided="Advice is enough.",
    voice="I am tired.", threshold_level="1", detail="Advice about bedtimes.",
)  # fmt: skip
MOTHER = PersonGiven("adult", "Lena", "Nowak", relationship="mother", address="9 Hidden Close, Ely", postcode="CB6 1RT")


def at_(name: str, *args: object) -> str:
    return reverse(f"contacts:{name}", args=["peterborough", *args])


@pytest.fixture
def contact(world: World) -> Contact:
    """Decided half an hour ago: the mother is to be told."""
    now = timezone.now() - timedelta(minutes=30)
    teacher = ReferrerGiven("professional", "given", "Canary Referrer", agency="Canary School", route="phone",
                            phone="01632 960123")  # fmt: skip
    with world.acting("social_worker") as by:
        made = arrive(
            by=by, at=now, sub_type="early_help_request", danger="no", referrer=teacher,
            people=(child(given_name="Ewa", family_name="Nowak", school="Fen School"), MOTHER),
        )  # fmt: skip
        matter = Matter.objects.get(contact=made)
        decisions.recommend(matter.key, seen=matter.version, given=ADVICE, by=by, at=now)
        matter.refresh_from_db()
    with world.acting("team_manager") as by:
        agreed = Decided("information_advice", detail="Advice about bedtimes.")
        decisions.decide(matter.key, seen=matter.version, given=agreed, by=by, at=now)
    return made


def asked(world: World, client: Client, role: str, path: str, *, second: bool = False, **typed: Any) -> HttpResponse:
    world.signed_in(client, world.user(role, council=873, second=second))
    return client.post(path, typed) if typed else client.get(path)


def text(answer: HttpResponse, status: int = 200) -> str:
    assert answer.status_code == status, answer.content.decode()[:2_000]
    return " ".join(answer.content.decode().split())


def telling(world: World) -> Telling:
    with world.acting("social_worker"):
        return Telling.objects.select_related("person", "matter").get()


def choice(world: World, one: Telling, **more: Any) -> dict[str, Any]:
    soon = timezone.localtime() + timedelta(days=1)
    usual = {
        "seen": one.version, "responsibility": "yes", "known_from": "Birth certificate", "how": "in_person",
        "teller": world.user("social_worker").pk, "tell_at-day": soon.day, "tell_at-month": soon.month,
        "tell_at-year": soon.year, "tell_at-time": "10:00", "worry": "wellbeing", "reason": "advice_enough",
    }  # fmt: skip
    return usual | more


def test_from_the_list_to_told_by_two_people(world, client, contact):
    one = telling(world)
    listing = text(asked(world, client, "social_worker", at_("families")))
    assert "Lena Nowak" in listing
    page = text(asked(world, client, "social_worker", at_("telling", one.key)))
    assert "The words as they usually are" in page
    assert "Release these words" not in page
    answer = asked(world, client, "social_worker", at_("telling-choose", one.key), **choice(world, one))
    assert answer.status_code == 302, answer.content.decode()
    one = telling(world)
    page = text(asked(world, client, "team_manager", at_("telling", one.key)))
    assert "Release these words" in page
    assert "Canary" not in page
    sent = {"do": "release", "seen": one.version}
    assert asked(world, client, "team_manager", at_("telling", one.key), **sent).status_code == 302
    one = telling(world)
    assert one.state == "released"
    done = asked(world, client, "social_worker", at_("telling-tell", one.key), seen=one.version, answer="She agreed.")
    assert done.status_code == 302
    record = text(asked(world, client, "social_worker", at_("detail", contact.key)))
    assert "Who of the family was told" in record
    assert "In person" in record
    assert "Every family has been told" in text(asked(world, client, "social_worker", at_("families")))


def test_a_choice_that_is_not_whole_keeps_what_was_typed(world, client, contact):
    one = telling(world)
    typed = choice(world, one, known_from="", how="letter")
    page = text(asked(world, client, "social_worker", at_("telling-choose", one.key), **typed), 422)
    assert "Say from where this is known" in page


def test_a_manager_says_why_somebody_is_not_told_and_it_shows_on_the_record(world, client, contact):
    one = telling(world)
    again = timezone.localdate() + timedelta(days=7)
    typed = {"seen": one.version, "why": "raises_risk", "words": "He threatened her.", "again_on-day": again.day,
             "again_on-month": again.month, "again_on-year": again.year}  # fmt: skip
    assert asked(world, client, "social_worker", at_("telling-not", one.key), **typed).status_code == 403
    assert asked(world, client, "team_manager", at_("telling-not", one.key), **typed).status_code == 302
    record = text(asked(world, client, "social_worker", at_("detail", contact.key)))
    assert "telling them would raise the risk" in record
    assert "Not told for now" in text(asked(world, client, "social_worker", at_("families")))
    one = telling(world)
    page = text(asked(world, client, "team_manager", at_("telling", one.key)))
    assert "They may be told after all" in page


def test_somebody_else_is_added(world, client, contact):
    with world.acting("social_worker"):
        matter, mother = Matter.objects.get(), Named.objects.get(given_name="Lena")
    typed = {"matter": matter.key, "person": mother.key, "told": "arrived"}
    assert asked(world, client, "contact_officer", at_("telling-add", contact.key), **typed).status_code == 302
    with world.acting("social_worker"):
        assert Telling.objects.filter(told="arrived").count() == 1
    page = text(asked(world, client, "contact_officer", at_("telling-add", contact.key), **typed), 409)
    assert "listed already" in page


def test_a_rule_is_set_down_and_taken_back_on_the_page(world, client, contact):
    with world.acting("social_worker"):
        mother = Named.objects.get(given_name="Lena")
    typed = {"do": "rule", "whom": mother.key, "way": "voicemail", "never": "yes", "why": "He listens to it"}
    assert asked(world, client, "contact_officer", at_("safe", contact.key), **typed).status_code == 302
    page = text(asked(world, client, "contact_officer", at_("safe", contact.key)))
    assert "Voicemail: never" in page
    assert "Voicemail: never" in text(asked(world, client, "social_worker", at_("detail", contact.key)))
    from frontdoor.letters.models import SafeContact

    with world.acting("social_worker"):
        rule = SafeContact.objects.get()
    end = at_("safe-end", rule.key)
    assert "Voicemail: never" in text(asked(world, client, "contact_officer", end))
    assert asked(world, client, "contact_officer", end, why="A new number").status_code == 302
    assert asked(world, client, "contact_officer", end).status_code == 404


def test_an_address_is_protected_shown_nowhere_and_opened_with_a_reason(world, client, contact):
    with world.acting("social_worker"):
        mother = Named.objects.get(given_name="Lena")
    before = text(asked(world, client, "social_worker", at_("detail", contact.key)))
    assert "9 Hidden Close" in before
    typed = {"do": "protect", "whose": [mother.key], "address": "", "why": "In a refuge"}
    assert asked(world, client, "contact_officer", at_("safe", contact.key), **typed).status_code == 302
    for name in ("detail", "safe"):
        page = text(asked(world, client, "social_worker", at_(name, contact.key)))
        assert "9 Hidden Close" not in page
        assert "ddress is protected" in page
    asks = at_("safe-address", mother.key)
    assert asked(world, client, "contact_officer", asks).status_code == 403
    assert "9 Hidden Close" not in text(asked(world, client, "social_worker", asks))
    assert "Write why" in text(asked(world, client, "social_worker", asks, why=""), 422)
    shown = asked(world, client, "social_worker", asks, why="To visit tonight")
    assert "9 Hidden Close, Ely, CB6 1RT" in text(shown)
    assert shown["Cache-Control"] == "no-store"
    lift = at_("safe-lift", mother.key)
    assert asked(world, client, "social_worker", lift, why="She asked").status_code == 403
    assert asked(world, client, "team_manager", lift, why="She asked").status_code == 302
    assert "9 Hidden Close" in text(asked(world, client, "social_worker", at_("detail", contact.key)))
    assert asked(world, client, "social_worker", asks).status_code == 404


def call_of(world: World) -> FamilyCall:
    with world.acting("contact_officer"):
        return FamilyCall.objects.get()


def test_a_parent_rings_is_checked_hears_what_is_theirs_and_nothing_else(world, client, contact):
    officer = "contact_officer"
    assert "A parent or carer is asking" in text(asked(world, client, officer, at_("telephone")))
    answer = asked(world, client, officer, at_("family-calls"), caller="Lena Nowak, mother")
    assert answer.status_code == 302
    here = at_("family-call", call_of(world).key)
    page = text(asked(world, client, officer, here))
    assert "Confirm nothing yet" in page
    assert "Ewa" not in page
    found = text(asked(world, client, officer, here, do="find", given_name="Ewa", family_name="Nowak"))
    assert contact.receipt in found
    assert "Nowak" not in answer["Location"]
    typed = {"do": "pick", "seen": call_of(world).version, "contact": contact.key}
    assert asked(world, client, officer, here, **typed).status_code == 302
    assert "Which school or nursery does the child go to?" in text(asked(world, client, officer, here))
    with world.acting(officer):
        mother, matter = Named.objects.get(given_name="Lena"), Matter.objects.get()
    typed = {"do": "check", "seen": call_of(world).version, "made": "facts", "right": ["name-1", "born-1"],
             "person": mother.key, "children": [matter.key], "known_from": "Birth certificate"}  # fmt: skip
    assert "3 right answers are needed" in text(asked(world, client, officer, here, **typed), 422)
    typed["right"] = ["name-1", "born-1", "school-1"]
    assert asked(world, client, officer, here, **typed).status_code == 302
    page = text(asked(world, client, officer, here))
    assert "What you may say to Lena Nowak" in page
    assert "Do not say: who told us" in page
    for never in ("Canary", "9 Hidden Close", "960123"):
        assert never not in page
    typed = {"do": "end", "seen": call_of(world).version, "asked": "What is going on?", "said": "That it was decided.",
             "worry": "Another child is hungry."}  # fmt: skip
    assert asked(world, client, officer, here, **typed).status_code == 302
    page = text(asked(world, client, officer, here))
    assert "The worry that they told became a contact" in page
    assert "Calls from parents" in text(asked(world, client, officer, at_("detail", contact.key)))


def test_a_press_that_says_nothing_changes_nothing(world, client, contact):
    asked(world, client, "contact_officer", at_("family-calls"), caller="Somebody")
    here = at_("family-call", call_of(world).key)
    for typed in ({"do": "x"}, {"do": "pick", "contact": "x", "seen": "1"}, {"do": "end", "seen": "1"}):
        text(asked(world, client, "contact_officer", here, **typed), 422)


def test_whoever_only_audits_tells_nobody(world, client, contact):
    world.signed_in(client, world.user("auditor", council=874))
    for path in (at_("family-calls"), at_("safe", contact.key), at_("telling-choose", telling(world).key)):
        assert client.get(path).status_code == 403
