"""Analysis, recommendation and decision as somebody types them: what is wrong stays beside its field."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from frontdoor.contacts.rules.decisions import Action
from frontdoor.handovers.models import Handover
from frontdoor.mash.actions.disagreements import disagree
from frontdoor.mash.models import Analysis, Decision, Recommendation, View, Waiting
from frontdoor.mash.rules.disagreements import Raised
from tests.mash.asking import asked
from tests.mash.deciding import ASSESS, SIGNED, WORDS, analysed, decided, only_child, recommended, waiting
from tests.mash.enquiring import children, opened, rated, stands
from tests.worlds import World


def recently():
    return timezone.now() - timedelta(minutes=30)


ANALYSIS = {
    "known": "School saw a mark on Monday.", "history": "Two contacts.", "strengths": "Nan is there.",
    "not_known": "What health knows.", "change_mind": "A likely explanation.",
}  # fmt: skip
RECOMMENDED = {
    "outcome": "referral_assessment", "level": "3", "rationale": "No explanation.", "why_not_more": "No harm is said.",
    "why_not_less": "Help alone finds nothing out.", "contingency": "If another mark, then a strategy discussion.",
}  # fmt: skip


def of_child(child, **more):
    key, on = child.key, timezone.now() - timedelta(days=1)
    return {
        f"means_{key}": "Afraid on Sundays.", f"voice_{key}": WORDS, f"voice_on_{key}-day": on.day,
        f"voice_on_{key}-month": on.month, f"voice_on_{key}-year": on.year, f"unheard_{key}": "", **more,
    }  # fmt: skip


def signed(**more):
    tomorrow = timezone.now() + timedelta(days=1)
    return {
        "outcome": "referral_assessment", "risk_seen": "Tonight.", "direction": "See the child today.",
        "what_1": "See the child alone", "owner_1": "Peterborough assessment team", "due_1-day": tomorrow.day,
        "due_1-month": tomorrow.month, "due_1-year": tomorrow.year, "due_1-time": "16:00", **more,
    }  # fmt: skip


def seen(world, enquiry):
    with world.acting("team_manager"):
        return str(stands(enquiry).version)


def test_a_social_worker_analyses_and_recommends_and_a_manager_signs(world: World, client: Client):
    enquiry = rated(world, at=recently())
    child = only_child(world, enquiry)
    start = f"/peterborough/enquiries/{enquiry.key}/"
    world.signed_in(client, world.user("social_worker"))
    assert f"{start}deciding/" in client.get(start).content.decode()
    wrong = client.post(f"{start}deciding/analysis/", {"seen": seen(world, enquiry), **ANALYSIS, "known": " "})
    assert wrong.status_code == 422
    assert "Write what is known, and who knows it" in wrong.content.decode()
    assert "Nan is there." in wrong.content.decode()
    typed = {"seen": seen(world, enquiry), **ANALYSIS, **of_child(child)}
    shown = client.post(f"{start}deciding/analysis/", typed, follow=True).content.decode()
    assert WORDS.replace("'", "&#39;") in shown
    about = f"/peterborough/enquiries/children/{child.key}/"
    lacking = client.post(f"{about}recommend/", {"seen": seen(world, enquiry), **RECOMMENDED, "contingency": ""})
    assert lacking.status_code == 422
    assert "if, then who does what" in lacking.content.decode()
    shown = client.post(f"{about}recommend/", {"seen": seen(world, enquiry), **RECOMMENDED}, follow=True)
    assert "Waiting for a manager" in shown.content.decode()
    assert client.get(f"{about}decide/").status_code == 403
    world.signed_in(client, world.user("team_manager"))
    assert "An enquiry that waits for a manager" in client.get("/desk/").content.decode()
    assert enquiry.reference in client.get("/desk/enquiries/?which=decide").content.decode()
    empty = client.post(f"{about}decide/", {"seen": seen(world, enquiry), **signed(direction="")})
    assert empty.status_code == 422
    assert "Write what must be done from now on" in empty.content.decode()
    undirected = client.post(f"{about}decide/", {"seen": seen(world, enquiry), **signed(what_1="", owner_1="")})
    assert undirected.content.decode().count("There is a problem") == 1
    shown = client.post(f"{about}decide/", {"seen": seen(world, enquiry), **signed()}, follow=True).content.decode()
    assert "Decided: waiting to be taken on" in shown
    assert "Decided for every child" in shown
    with world.acting("team_manager"):
        decision = Decision.objects.get()
        slip = Handover.objects.get(subject_key=child.key)
    assert f"/peterborough/handovers/{slip.key}/" in shown
    frozen = client.get(f"/peterborough/enquiries/decisions/{decision.key}/known/").content.decode()
    assert "Version 1" in frozen
    assert client.get(f"{about}decide/").status_code == 302


def test_who_has_not_replied_stands_on_every_page_and_is_named_before_anything_is_signed(world: World, client: Client):
    at = recently()
    enquiry = rated(world, at=at)
    requests = asked(world, enquiry, at=at)
    analysed(world, enquiry, at=at)
    child = only_child(world, enquiry)
    recommended(world, child, at=at)
    world.signed_in(client, world.user("team_manager"))
    shown = client.get(f"/peterborough/enquiries/{enquiry.key}/deciding/").content.decode()
    assert "have not replied" in shown
    about = f"/peterborough/enquiries/children/{child.key}/decide/"
    assert "Why you decide without Nene Community Health" in client.get(about).content.decode()
    refused = client.post(about, {"seen": seen(world, enquiry), **signed()})
    assert refused.status_code == 422
    assert "Write why you decide without Nene Community Health" in refused.content.decode()
    where = f"/peterborough/enquiries/{enquiry.key}/deciding/missing/"
    health = requests["health"].key
    words = {f"waited_{health}": "yes", f"why_{health}": "The hospital rings at four."}
    assert client.post(where, {"seen": seen(world, enquiry), **words}).status_code == 302
    assert "The hospital rings at four." in client.get(where.replace("missing/", "")).content.decode()
    without = {f"without_{row.key}": "Nothing they know changes it." for row in requests.values()}
    assert client.post(about, {"seen": seen(world, enquiry), **signed(**without)}).status_code == 302
    with world.acting("team_manager"):
        assert Waiting.objects.filter(waited=False).count() == 3


def test_a_dissent_said_in_the_room_is_written_down_and_shows_the_decision_as_disputed(world: World, client: Client):
    at = recently()
    enquiry = rated(world, at=at)
    requests = asked(world, enquiry, at=at)
    world.signed_in(client, world.user("social_worker"))
    where = f"/peterborough/asked/{requests['police'].key}/view/"
    assert "There is no analysis yet" in client.get(where).content.decode()
    analysed(world, enquiry, at=at)
    typed = {"agrees": "no", "words": "", "how": "room", "said_by": "Sgt Osei"}
    assert client.post(where, typed).status_code == 422
    shown = client.post(where, {**typed, "words": "He was there."}, follow=True).content.decode()
    assert "Sees it otherwise" in shown
    assert "has not confirmed it yet" in shown
    child = only_child(world, enquiry)
    recommended(world, child, at=at)
    without = {str(row.key): "Nothing they know changes it." for row in requests.values()}
    action = Action("See the child", "The receiving team", timezone.now() + timedelta(days=1))
    decided(world, child, replace(SIGNED, actions=(action,)), at=at, without=without)
    assert "Disputed" in client.get(f"/peterborough/enquiries/{enquiry.key}/deciding/").content.decode()
    assert "Disputed" in client.get(f"/peterborough/enquiries/{enquiry.key}/").content.decode()
    with world.acting("team_manager"):
        assert View.objects.get().how == "room"


def test_somebody_who_was_overtaken_keeps_what_they_typed(world: World, client: Client):
    enquiry = rated(world, at=recently())
    child = only_child(world, enquiry)
    world.signed_in(client, world.user("social_worker"))
    where = f"/peterborough/enquiries/{enquiry.key}/deciding/analysis/"
    page = client.post(where, {"seen": "1", **ANALYSIS, **of_child(child)})
    assert page.status_code == 409
    assert "School saw a mark on Monday." in page.content.decode()
    with world.acting("social_worker"):
        assert not Analysis.objects.exists()


def test_older_versions_and_what_ended_stay_readable(world: World, client: Client):
    at = recently()
    enquiry = waiting(world, at=at)
    child = only_child(world, enquiry)
    world.signed_in(client, world.user("team_manager"))
    about = f"/peterborough/enquiries/children/{child.key}/send-back/"
    assert client.post(about, {"seen": seen(world, enquiry), "why": " "}).status_code == 422
    assert client.post(about, {"seen": seen(world, enquiry), "why": "Speak to nan first"}).status_code == 302
    analysed(world, enquiry, at=at, why="The hospital rang.")
    shown = client.get(f"/peterborough/enquiries/{enquiry.key}/deciding/").content.decode()
    assert "Speak to nan first" in shown
    assert "Older: Version 1" in shown
    assert "A recommendation that has ended" in shown
    with world.acting("team_manager"):
        assert Recommendation.objects.filter(ended_at=None).count() == 0


@pytest.mark.parametrize("role", ["contact_officer", "assessment_worker", "auditor"])
def test_who_works_on_no_enquiries_reads_none_of_it(world: World, client: Client, role: str):
    enquiry = waiting(world, ASSESS, at=recently())
    with world.acting("social_worker"):
        child = children(enquiry)[0]
    world.signed_in(client, world.user(role))
    for where in (f"{enquiry.key}/deciding/", f"children/{child.key}/recommend/", f"children/{child.key}/decide/"):
        assert client.get(f"/peterborough/enquiries/{where}").status_code in (403, 404)


def test_a_disagreement_about_a_child_of_an_enquiry_is_about_what_the_enquiry_decided(world: World, client: Client):
    at = recently()
    enquiry = waiting(world, at=at)
    child = only_child(world, enquiry)
    action = Action("See the child", "The receiving team", timezone.now() + timedelta(days=1))
    world.signed_in(client, world.user("team_manager"))
    before = client.get(f"/peterborough/enquiries/children/{child.key}/decide/").content.decode()
    assert "No agency is asked in this enquiry" in before
    decision = decided(world, child, replace(SIGNED, actions=(action,)), at=at)
    with world.acting("social_worker", at=at) as by:
        raised = Raised(
            about="risk", who="Ade Cole", role="Nurse", agency="Nene Community Health", way="phone", position="Too low",
            wanted="A strategy discussion", safety="The child is on the ward tonight.",
        )  # fmt: skip
        made = disagree(enquiry.contact.key, raised, matter=child.matter.key, by=by, at=at)
        assert made.decision == decision.key
    world.signed_in(client, world.user("team_manager"))
    shown = client.get(f"/peterborough/enquiries/{enquiry.key}/deciding/").content.decode()
    assert "Disputed by Nene Community Health" in shown
    shown = client.get(f"/peterborough/enquiries/{enquiry.key}/").content.decode()
    assert "is disputed. It stands until somebody changes it." in shown
    assert "Disputed" in shown.split("What is decided for each child")[1].split("</table>")[0]
    assert f"/peterborough/disagreements/{made.key}/" in shown


def test_what_cannot_be_done_yet_is_said_before_anybody_types(world: World, client: Client):
    at = recently()
    enquiry = opened(world, at=at)
    child = only_child(world, enquiry)
    world.signed_in(client, world.user("social_worker"))
    page = client.get(f"/peterborough/enquiries/{enquiry.key}/deciding/").content.decode()
    assert f"/peterborough/enquiries/{enquiry.key}/rate/" in page
    for where, why in (
        (f"enquiries/{enquiry.key}/deciding/analysis/", "is not rated yet"),
        (f"enquiries/children/{child.key}/recommend/", "The analysis says nothing of this child yet"),
        (f"enquiries/{enquiry.key}/asking/send/", "is not rated yet"),
        (f"enquiries/{enquiry.key}/said/", "Nobody was asked in this enquiry yet"),
    ):
        shown = client.get(f"/peterborough/{where}").content.decode()
        assert why in shown
        assert "<textarea" not in shown


def test_before_a_family_was_asked_to_agree_nothing_can_be_typed_to_the_agencies(world: World, client: Client):
    enquiry = rated(world, at=recently())
    world.signed_in(client, world.user("social_worker"))
    shown = client.get(f"/peterborough/enquiries/{enquiry.key}/asking/send/").content.decode()
    assert "whether the family was asked to agree" in shown
    assert "<textarea" not in shown
