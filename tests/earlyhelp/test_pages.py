"""Early help as somebody uses it: accepted from the list, agreed, triaged, offered, looked at for risk."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from frontdoor.contacts.rules.intake import AgreementGiven, ReferrerGiven
from frontdoor.earlyhelp import actions
from frontdoor.earlyhelp.models import Episode, Provider
from tests.earlyhelp.helping import OFFICER, again, child, offered, opened, provider, screening, sent, waiting
from tests.referrals.test_pages import parts
from tests.worlds import PETERBOROUGH, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(world: World, client: Client) -> Client:
    return world.signed_in(client, world.user(OFFICER, council=PETERBOROUGH))


def send(world: World, client: Client, episode: Episode, what: str, **typed: Any) -> Any:
    with world.acting("head_of_service"):
        seen = Episode.objects.get(pk=episode.pk).version
    return client.post(f"/peterborough/early-help/{episode.key}/{what}/", {"seen": str(seen), **typed})


def page_of(client: Client, episode: Episode) -> str:
    return client.get(f"/peterborough/early-help/{episode.key}/").content.decode()


def _child(world: World, episode: Episode) -> Any:
    with world.acting("head_of_service"):
        return child(episode).key


def today(name: str) -> dict[str, str]:
    return {part: typed for part, typed in parts(name, timezone.now()).items() if not part.endswith("time")}


def test_what_waits_for_the_hub_is_accepted_from_its_list_and_leads_to_the_family(
    world: World, officer: Client
) -> None:
    slip = sent(world, at=timezone.now())
    page = officer.get("/desk/early-help/").content.decode()
    assert f"/handovers/{slip.key}/accept-family/" in page
    assert "No family is shown here" in page
    answer = officer.post(
        f"/peterborough/handovers/{slip.key}/accept-family/", {"seen": str(slip.version)}, follow=True
    )
    shown = answer.content.decode()
    assert "Tess0 Setchfield" in shown
    assert "Nobody has decided yet" in shown
    assert "/early-help/" in answer.request["PATH_INFO"]
    record = f"/peterborough/contacts/{_contact(world, slip)}/"
    assert "E-" in world.signed_in(Client(), world.user("social_worker")).get(record).content.decode()


def _contact(world: World, slip: Any) -> Any:
    from frontdoor.contacts.models import Matter

    with world.acting("head_of_service"):
        return Matter.objects.select_related("contact").get(key=slip.subject_key).contact.key


def test_agreement_is_recorded_person_by_person_and_what_is_missing_is_said_beside_it(
    world: World, officer: Client
) -> None:
    episode = opened(world, at=timezone.now())
    what = f"agreement/{_child(world, episode)}"
    wrong = send(world, officer, episode, what, purpose="help", status="given", limits="Not her father", **today("on"))
    assert wrong.status_code == 422
    assert "Choose how they said it" in wrong.content.decode()
    assert "Not her father" in wrong.content.decode()
    typed = {"purpose": "help", "status": "given", "way": "phone", "limits": "Not her father", **today("on")}
    assert send(world, officer, episode, what, **typed).status_code == 302
    page = page_of(officer, episode)
    assert "Not her father" in page
    assert "Agreed: not triaged yet" in page


def test_a_family_is_offered_with_what_it_does_not_want_told_beside_and_taken_on(world: World, officer: Client) -> None:
    at = timezone.now()
    episode = waiting(world, at=at)
    nobody = officer.get(f"/peterborough/early-help/{episode.key}/offer/").content.decode()
    assert "Nobody is in the list of those who take families on" in nobody
    taker = provider(world, at=at)
    what = f"agreement/{_child(world, episode)}"
    limits = {"purpose": "help", "status": "given", "way": "phone", "limits": "Not his school", **today("on")}
    send(world, officer, episode, what, **limits)
    assert "Not his school" in officer.get(f"/peterborough/early-help/{episode.key}/offer/").content.decode()
    assert send(world, officer, episode, "offer", provider=str(taker.key), words="Two children.").status_code == 302
    refused = send(world, officer, episode, "answer", accepted="no", answered_with="Ada Fenn", words="")
    assert refused.status_code == 422
    assert "Write why they do not take the family on" in refused.content.decode()
    taken = send(world, officer, episode, "answer", accepted="yes", answered_with="Ada Fenn", worker="Ada Fenn")
    assert taken.status_code == 302
    assert "Taken on" in page_of(officer, episode)
    assert "Ada Fenn" in officer.get("/desk/early-help/?which=allocated").content.decode()


def test_whom_a_family_that_asked_itself_does_not_want_told_is_read_by_the_hub_before_anybody_is_asked(
    world: World, officer: Client
) -> None:
    own = AgreementGiven(status="given", given_by="Dana Quill", limits="Must not be told: her grandmother")
    episode = waiting(world, at=timezone.now(), agreement=own)
    provider(world, at=timezone.now())
    assert "Must not be told: her grandmother" in page_of(officer, episode)
    offer = officer.get(f"/peterborough/early-help/{episode.key}/offer/").content.decode()
    assert "Must not be told: her grandmother" in offer
    assert "Nothing was said" not in offer


OWN = ReferrerGiven("family", "given", "Dana Quill", route="text", phone="07700 900123", route_note="Not after four")


def test_the_hub_can_reach_a_family_that_asked_for_itself_until_it_has(world: World, officer: Client) -> None:
    asked = {"sub_type": "early_help_request", "referrer": OWN}
    episode = opened(world, at=timezone.now(), channel="web", **asked)
    page = page_of(officer, episode)
    for said in ("How the family asked to be reached", "Dana Quill", "07700 900123", "Not after four"):
        assert said in page
    worker = world.signed_in(Client(), world.user("social_worker", council=PETERBOROUGH))
    reads = page_of(worker, episode)
    assert "Who agrees to what" in reads
    assert "07700 900123" not in reads
    with world.acting(OFFICER, of=PETERBOROUGH) as by:
        actions.record_attempt(
            episode.key, seen=again(episode).version, made_at=timezone.now(), way="phone", reached=True,
            said="Glad of it", by=by, at=timezone.now(),
        )  # fmt: skip
    assert "07700 900123" not in page_of(officer, episode)


@pytest.mark.parametrize(
    ("channel", "more"),
    [
        ("phone", {"sub_type": "early_help_request", "referrer": OWN}),
        ("web", {"sub_type": "cin_request", "referrer": OWN}),
        ("web", {"sub_type": "early_help_request", "referrer": replace(OWN, kind="professional")}),
        ("web", {"sub_type": "early_help_request", "referrer": replace(OWN, identity="withheld")}),
    ],
)
def test_nobody_else_who_told_us_is_named_to_the_hub(
    world: World, officer: Client, channel: str, more: dict[str, Any]
) -> None:
    page = page_of(officer, opened(world, at=timezone.now(), channel=channel, **more))
    assert "How the family asked to be reached" not in page
    assert "Dana Quill" not in page
    assert "07700 900123" not in page


def test_what_a_family_asked_of_us_stands_in_the_form_until_the_person_has_said_it_anew(
    world: World, officer: Client
) -> None:
    own = AgreementGiven(status="given", given_by="Dana Quill", limits="Must not be told: her grandmother")
    episode = opened(world, at=timezone.now(), agreement=own)
    what = f"agreement/{_child(world, episode)}"
    assert "her grandmother" in officer.get(f"/peterborough/early-help/{episode.key}/{what}/").content.decode()
    said = {"purpose": "help", "status": "given", "way": "phone", "limits": "", **today("on")}
    assert send(world, officer, episode, what, **said).status_code == 302
    form = officer.get(f"/peterborough/early-help/{episode.key}/{what}/").content.decode()
    assert "her grandmother" not in form


def test_the_officer_may_not_end_a_refusal_and_the_social_worker_finds_it_among_her_work(
    world: World, officer: Client
) -> None:
    episode = screening(world, at=timezone.now())
    assert "Look at it for risk" not in page_of(officer, episode)
    assert officer.get(f"/peterborough/early-help/{episode.key}/look/").status_code == 403
    worker = world.signed_in(Client(), world.user("social_worker", council=PETERBOROUGH))
    assert "A family to look at for risk" in worker.get("/desk/").content.decode()
    assert "Look at it for risk" in page_of(worker, episode)
    typed = {"known": "Seen at school.", "tried": "Three calls.", "finding": "no_worry", "why": "Own help."}
    assert send(world, worker, episode, "look", **{**typed, "known": " "}).status_code == 422
    assert send(world, worker, episode, "look", **typed).status_code == 302
    assert "The family did not want it" in page_of(worker, episode)


def test_going_back_to_the_front_door_leads_to_a_contact(world: World, officer: Client) -> None:
    episode = waiting(world, at=timezone.now())
    assert send(world, officer, episode, "front-door", danger="yes", why="").status_code == 422
    assert send(world, officer, episode, "front-door", danger="yes", why="A bruise.").status_code == 302
    page = page_of(officer, episode)
    assert "Went back: contact" in page
    assert "A bruise." in page


def test_a_step_that_leads_nowhere_is_said_before_anything_is_typed(world: World, officer: Client) -> None:
    episode = opened(world, at=timezone.now())
    page = officer.get(f"/peterborough/early-help/{episode.key}/offer/")
    assert "Nobody in the family has agreed yet" in page.content.decode()
    assert send(world, officer, episode, "offer", provider="x", words="y").status_code == 409


def test_who_takes_families_on_says_how_much_room_they_have(world: World, officer: Client) -> None:
    assert "Nobody is in the list yet" in officer.get("/peterborough/early-help/providers/").content.decode()
    add = "/peterborough/early-help/providers/add/"
    assert officer.post(add, {"name": " ", "kind": "own"}).status_code == 422
    assert officer.post(add, {"name": "Family workers East", "kind": "own"}).status_code == 302
    assert "in the list already" in officer.post(add, {"name": "family workers east", "kind": "own"}).content.decode()
    with world.acting(OFFICER, of=PETERBOROUGH):
        row = Provider.objects.get()
    there = f"/peterborough/early-help/providers/{row.key}/"
    assert officer.post(there, {"seen": "1", "places": "-1", "said_by": "Ada"}).status_code == 422
    assert officer.post(there, {"seen": "1", "places": "3", "said_by": "Ada"}).status_code == 302
    assert "3 more" in officer.get("/peterborough/early-help/providers/").content.decode()
    assert officer.post(f"{there}end/", {"seen": "2"}).status_code == 302
    assert "Takes nobody on any more" in officer.get("/peterborough/early-help/providers/").content.decode()


def test_nobody_is_taken_off_the_list_while_an_offer_to_them_is_outstanding(world: World, officer: Client) -> None:
    episode = offered(world, at=timezone.now())
    with world.acting(OFFICER, of=PETERBOROUGH):
        row = Provider.objects.get()
    answer = officer.post(f"/peterborough/early-help/providers/{row.key}/end/", {"seen": str(row.version)})
    assert answer.status_code == 409
    assert "An offer to them is outstanding" in answer.content.decode()
    assert send(world, officer, episode, "take-back", why="They asked us to.").status_code == 302
    with world.acting(OFFICER, of=PETERBOROUGH):
        assert again(episode).state == "waiting"
