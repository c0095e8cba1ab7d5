"""The hub: a family comes, agrees, is triaged, offered, taken on; what is refused is looked at for risk."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from frontdoor.actors.rules import COURIER, Conflict, InvalidInput, NotFound, NotPermitted, StepNotAllowed
from frontdoor.clocks.models import Clock
from frontdoor.contacts.models import Contact, Named
from frontdoor.earlyhelp import actions
from frontdoor.earlyhelp.models import Agreement, Episode, Member, Offer, Provider, StepUp, Turn
from frontdoor.earlyhelp.queries import episodes, waits_for
from frontdoor.earlyhelp.queries.lists import providers
from frontdoor.earlyhelp.queries.opening import open_episode
from frontdoor.earlyhelp.rules.hub import Looked, Triaged
from frontdoor.handovers.models import Handover
from frontdoor.people.models import NamedAccess, Restriction
from tests.contacts.deciding import arrived
from tests.earlyhelp.helping import (
    AT,
    CALM,
    DAY,
    TARGETED,
    accepted,
    acting,
    again,
    agreed,
    child,
    follow,
    given,
    offered,
    opened,
    provider,
    screening,
    sent,
    waiting,
)
from tests.mash.enquiring import opened as enquired
from tests.referrals.referring import confirm, person, world_of_seeder
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World

pytestmark = pytest.mark.django_db


def running(episode: Episode) -> set[str]:
    found = Clock.objects.filter(subject_key=str(episode.key), stopped_at=None).values_list("kind", flat=True)
    return {name.removeprefix("earlyhelp.") for name in found}


def test_what_the_hub_accepts_opens_once(world: World) -> None:
    slip = accepted(world, sent(world))
    first, second = follow(world, slip), follow(world, slip)
    assert first is not None
    assert second is not None
    assert first.pk == second.pk
    with acting(world):
        assert Member.objects.filter(episode=first, is_child=True).count() == 1
        assert running(first) == {"reach", "triage"}


def test_nothing_opens_before_the_hub_has_accepted(world: World) -> None:
    assert follow(world, sent(world)) is None


def test_a_child_of_an_enquiry_whom_nobody_could_name_comes_to_the_hub_too(world: World) -> None:
    from frontdoor.handovers import actions as handovers
    from frontdoor.mash.models import Subject

    enquiry = enquired(world)
    with world.acting("team_manager", at=AT) as by:
        child = Subject.objects.get(enquiry=enquiry, is_child=True)
        child.named = None
        child.save(update_fields=["named"])
        slip = handovers.send(
            ("mash.subject", child.key), to="early_help", summary="Early help", why="Agreed.",
            received_at=AT, by=by, at=AT,
        )  # fmt: skip
    made = follow(world, accepted(world, slip))
    assert made is not None
    with acting(world) as by:
        assert made.family == enquiry.family
        assert [each.named for each in open_episode(made.key, by=by, at=AT).children] == [None]


def test_the_sweep_opens_what_a_lost_message_left(world: World) -> None:
    accepted(world, sent(world))
    with world.system(COURIER) as by:
        assert actions.open_accepted(by=by, at=AT + timedelta(minutes=1)) == 1
        assert actions.open_accepted(by=by, at=AT + timedelta(minutes=2)) == 0


def test_accepting_at_the_hub_opens_in_the_same_act(world: World) -> None:
    slip = sent(world)
    with acting(world) as by:
        episode = actions.accept(slip.key, seen=slip.version, by=by, at=AT)
        assert episode is not None
        assert Handover.objects.get(key=slip.key).state == "accepted"


def test_the_same_child_handed_over_again_joins_and_stands_once(world: World) -> None:
    episode = opened(world)
    joined = follow(world, accepted(world, sent(world, idem="call-2"), at=AT + timedelta(hours=1)))
    assert joined is not None
    assert joined.pk == episode.pk
    with acting(world) as by:
        assert len(open_episode(episode.key, by=by, at=AT).children) == 1
    with world.system(COURIER) as courier:
        assert actions.open_accepted(by=courier, at=AT) == 0


def test_agreement_brings_a_family_to_triage_and_triage_to_the_waiting_list(world: World) -> None:
    episode = opened(world)
    with acting(world) as by, pytest.raises(StepNotAllowed):
        actions.triage(episode.key, seen=episode.version, given=TARGETED, by=by, at=AT)
    episode = agreed(world, episode)
    assert episode.state == "agreed"
    with acting(world) as by:
        actions.triage(episode.key, seen=episode.version, given=TARGETED, by=by, at=AT)
        assert again(episode).state == "waiting"
        assert running(episode) == {"reach", "review"}


def test_an_agreement_that_ran_out_lets_nothing_go_on(world: World) -> None:
    episode = agreed(world, opened(world), expires_on=DAY + timedelta(days=2))
    later = AT + timedelta(days=4)
    with acting(world, at=later) as by:
        with pytest.raises(StepNotAllowed, match="holds any more"):
            actions.triage(episode.key, seen=episode.version, given=TARGETED, by=by, at=later)
        assert [each.lapsed for each in episodes(which="ran_out", by=by, at=later)] == [True]
        assert not list(episodes(which="ran_out", by=by, at=AT))


@pytest.mark.parametrize("outcome", ["universal", "not_at_threshold"])
def test_what_is_not_for_early_help_ends_with_alternatives_and_never_without(world: World, outcome: str) -> None:
    episode = opened(world)
    below = Triaged(outcome=outcome, level="1", needs="A playgroup.", why="No more is needed.", unheard="A baby.")
    with acting(world) as by:
        with pytest.raises(InvalidInput) as refusal:
            actions.triage(episode.key, seen=episode.version, given=below, by=by, at=AT)
        assert set(refusal.value.problems) == {"alternatives"}
        named = Triaged(**{**{name: getattr(below, name) for name in below.__slots__}, "alternatives": "Sure Start."})
        actions.triage(episode.key, seen=episode.version, given=named, by=by, at=AT)
        assert (again(episode).state, episode.ending) == ("closed", outcome)
        assert running(episode) == set()


def test_who_takes_agreement_back_stops_the_work_and_is_looked_at_for_risk(world: World) -> None:
    episode = offered(world)
    with acting(world) as by:
        withdrawn = given(status="withdrawn", why="We manage.")
        actions.record_agreement(
            episode.key, seen=episode.version, member=child(episode).key, given=withdrawn, by=by, at=AT
        )
        assert (again(episode).state, episode.stopping) == ("screening", "declined")
        assert running(episode) == {"screen"}
        assert Offer.objects.get(episode=episode).answer == "taken_back"
        assert Agreement.objects.filter(episode=episode).count() == 2


def test_one_persons_no_stops_nothing_while_another_agrees(world: World) -> None:
    episode = agreed(world, opened(world))
    with acting(world) as by:
        adult = Member.objects.filter(episode=episode, is_child=False).first()
        if adult is None:
            named = Named.objects.create(authority_id=PETERBOROUGH, contact=episode.contact, position=9, kind="adult")
            adult = Member.objects.create(
                authority_id=PETERBOROUGH, episode=episode, named=named, is_child=False, position=9
            )
        refused = given(status="refused")
        actions.record_agreement(episode.key, seen=episode.version, member=adult.key, given=refused, by=by, at=AT)
        assert again(episode).state == "agreed"


def test_an_agency_is_asked_only_while_the_family_agrees_that_it_is_told(world: World) -> None:
    episode, taker = waiting(world), provider(world, kind="agency", name="Ouse Valley Homes")
    with acting(world) as by:
        asked = {"provider": taker.key, "words": "Two children.", "by": by, "at": AT}
        with pytest.raises(StepNotAllowed, match="not agreed"):
            actions.offer(episode.key, seen=episode.version, **asked)
    episode = agreed(world, episode, purpose="sharing")
    with acting(world) as by:
        actions.offer(episode.key, seen=episode.version, provider=taker.key, words="Two children.", by=by, at=AT)
        unsaid = given(purpose="sharing", status="withdrawn", why="Not them.")
        episode = again(episode)
        actions.record_agreement(
            episode.key, seen=episode.version, member=child(episode).key, given=unsaid, by=by, at=AT
        )
        assert again(episode).state == "waiting"
        assert Offer.objects.get(episode=episode).answer == "taken_back"


def test_the_database_tells_no_agency_without_agreement(world: World) -> None:
    episode, taker = waiting(world), provider(world, kind="agency")
    with acting(world) as by, pytest.raises(DatabaseError, match="agrees that agencies"), transaction.atomic():
        Offer.objects.create(
            authority_id=PETERBOROUGH, episode=episode, provider=taker, words="x", by_user=by.user_id or 0, at=AT
        )


def test_a_family_is_the_hubs_until_somebody_has_taken_it_on(world: World) -> None:
    episode = offered(world)
    assert episode.state == "offered"
    with acting(world) as by:
        assert running(episode) >= {"answer", "review"}
        told = {"answered_with": "Ada Fenn", "by": by, "at": AT}
        with pytest.raises(InvalidInput):
            actions.answer(episode.key, seen=episode.version, accepted=True, **told)
        with pytest.raises(InvalidInput):
            actions.answer(episode.key, seen=episode.version, accepted=False, **told)
        actions.answer(episode.key, seen=episode.version, accepted=False, words="No room.", **told)
        assert again(episode).state == "waiting"
        taker = providers(by=by)[0].provider
        actions.offer(episode.key, seen=episode.version, provider=taker.key, words="Two.", by=by, at=AT)
        actions.answer(again(episode).key, seen=episode.version, accepted=True, worker="Ada Fenn", **told)
        assert again(episode).state == "allocated"
        assert running(episode) <= {"reach", "familyhelp.assess"}
        assert [(each.has, each.asked) for each in providers(by=by)] == [(1, 0)]


def test_an_answered_offer_never_changes(world: World) -> None:
    episode = offered(world)
    with acting(world) as by:
        actions.answer(
            episode.key, seen=episode.version, accepted=False, answered_with="Ada", words="No room.", by=by, at=AT
        )
        row = Offer.objects.get(episode=episode)
        row.answer = "accepted"
        row.worker = "Nobody"
        with pytest.raises(DatabaseError, match="answered once"), transaction.atomic():
            row.save(update_fields=["answer", "worker"])


def test_a_look_at_the_waiting_list_is_due_again_and_again(world: World) -> None:
    episode, later = waiting(world), AT + timedelta(days=5)
    with acting(world, at=later) as by:
        before = Clock.objects.get(subject_key=str(episode.key), kind="earlyhelp.review", stopped_at=None).due_at
        actions.review(episode.key, seen=episode.version, change="same", words="Spoke with school.", by=by, at=later)
        after = Clock.objects.get(subject_key=str(episode.key), kind="earlyhelp.review", stopped_at=None).due_at
        assert after > before
        assert again(episode).state == "waiting"


def test_silence_is_none_before_anybody_has_tried(world: World) -> None:
    episode = opened(world)
    with acting(world) as by:
        silent: dict[str, Any] = {"why": "disengaged", "words": "No answer since May.", "by": by, "at": AT}
        with pytest.raises(InvalidInput):
            actions.stop(episode.key, seen=episode.version, **silent)
        actions.record_attempt(
            episode.key, seen=episode.version, made_at=AT, way="phone", reached=False, said="", by=by, at=AT
        )
        actions.stop(again(episode).key, seen=episode.version, **silent)
        assert again(episode).stopping == "disengaged"


def test_reaching_the_family_stops_the_clock_at_the_time_it_was(world: World) -> None:
    episode, later = opened(world), AT + timedelta(days=1)
    with acting(world, at=later) as by:
        spoke = {"made_at": AT + timedelta(hours=2), "way": "phone", "reached": True, "by": by, "at": later}
        with pytest.raises(InvalidInput):
            actions.record_attempt(episode.key, seen=episode.version, said=" ", **spoke)
        actions.record_attempt(episode.key, seen=episode.version, said="They would like help.", **spoke)
        clock = Clock.objects.get(subject_key=str(episode.key), kind="earlyhelp.reach")
        assert clock.stopped_at == AT + timedelta(hours=2)


def test_nothing_ends_by_refusal_before_a_social_worker_has_looked(world: World) -> None:
    episode = screening(world)
    with acting(world) as by:
        for do in (
            lambda: actions.close(episode.key, seen=episode.version, ending="moved", why="Gone.", by=by, at=AT),
            lambda: actions.triage(episode.key, seen=episode.version, given=TARGETED, by=by, at=AT),
        ):
            with pytest.raises(StepNotAllowed):
                do()
        with pytest.raises(NotPermitted):
            actions.look(episode.key, seen=episode.version, given=CALM, by=by, at=AT)
    with acting(world, role="social_worker") as by:
        assert [each.key for each in waits_for(by=by, at=AT)] == [episode.key]
        with pytest.raises(InvalidInput):
            actions.look(episode.key, seen=episode.version, given=Looked(finding="no_worry"), by=by, at=AT)
        actions.look(episode.key, seen=episode.version, given=CALM, by=by, at=AT)
        assert (again(episode).state, episode.ending) == ("closed", "declined")


def test_the_database_ends_nothing_by_refusal_without_a_look(world: World) -> None:
    episode = screening(world)
    with acting(world):
        episode.state, episode.ending, episode.stopping = "closed", "declined", ""
        episode.settled_at, episode.settled_why = AT, "They said no."
        with pytest.raises(DatabaseError, match="looked at this family"), transaction.atomic():
            episode.save(update_fields=["state", "ending", "stopping", "settled_at", "settled_why"])


def test_a_worry_goes_back_to_the_front_door_with_a_receipt_and_a_contacts_clock(world: World) -> None:
    episode = screening(world)
    worry = Looked(finding="worry", known="Not in school for a week.", tried="Calls.", why="Nobody has seen them.")
    with acting(world, role="social_worker") as by:
        actions.look(episode.key, seen=episode.version, given=worry, by=by, at=AT)
        assert (again(episode).state, episode.ending) == ("closed", "stepped_up")
        made = StepUp.objects.get(episode=episode).contact
        assert made.receipt
        assert made.family == episode.family
        assert "Nobody has seen them." in made.submission.body["story"]
        assert Clock.objects.filter(subject_key__in=[str(made.key), str(made.submission_id)], stopped_at=None).exists()


def test_trying_again_asks_the_family_anew(world: World) -> None:
    episode = screening(world)
    again_given = Looked(finding="again", known="Seen at school.", tried="Two calls.", why="Aunt will speak to them.")
    with acting(world, role="social_worker") as by:
        actions.look(episode.key, seen=episode.version, given=again_given, by=by, at=AT)
        assert (again(episode).state, episode.stopping) == ("requested", "")
        assert running(episode) == {"reach", "triage"}


def test_going_back_to_the_front_door_ends_nothing(world: World) -> None:
    episode = waiting(world)
    with acting(world) as by:
        row = actions.step_up(episode.key, seen=episode.version, why="A bruise.", danger="yes", by=by, at=AT)
        assert again(episode).state == "waiting"
        people = Named.objects.filter(contact=row.contact)
        assert {each.label for each in people} >= {child(episode).named.label}  # type: ignore[union-attr]
        assert not people.exclude(address="").exists()
        assert Contact.objects.get(pk=row.contact_id).danger_said == "yes"


def test_work_ends_with_a_reason_and_is_opened_again(world: World) -> None:
    episode = offered(world)
    with acting(world) as by:
        actions.answer(
            episode.key, seen=episode.version, accepted=True, answered_with="Ada", worker="Ada", by=by, at=AT
        )
        ends = {"why": "Mornings go well.", "by": by, "at": AT}
        with pytest.raises(InvalidInput):
            actions.close(again(episode).key, seen=episode.version, ending="declined", **ends)
        with pytest.raises(InvalidInput):
            actions.close(episode.key, seen=episode.version, ending="stepped_up", **ends)
        actions.close(episode.key, seen=episode.version, ending="outcomes_met", **ends)
        assert again(episode).ending == "outcomes_met"
        actions.reopen(episode.key, seen=episode.version, why="It is hard again.", by=by, at=AT)
        assert (again(episode).state, episode.ending) == ("requested", "")


def test_what_an_agency_was_told_stands_in_the_ledger_and_what_our_own_team_was_does_not(world: World) -> None:
    from frontdoor.earlyhelp.queries.ledger import of_early_help
    from frontdoor.letters.rules.ledger import Scope

    told = offered(world, kind="agency")
    with acting(world) as by:
        named = child(told).named
        assert named is not None
        scope = Scope({named.key: named.label}, frozenset(), frozenset())
        (line,) = of_early_help(scope, by=by, at=AT)
        assert (line.about, line.agency) == (named.label, "Family workers East")
        Provider.objects.update(kind="own")
        assert list(of_early_help(scope, by=by, at=AT)) == []


def test_something_new_about_a_family_shows_that_early_help_works_with_it(world: World) -> None:
    from frontdoor.earlyhelp.queries.finding import of_contact

    episode = opened(world)
    contact = arrived(world, idem="call-9")
    with acting(world) as by:
        assert contact.family == episode.family
        assert [each.pk for each in of_contact(contact, by=by)] == [episode.pk]


def test_a_family_with_a_child_whose_record_few_may_open_is_there_for_those_named_alone(world: World) -> None:
    episode = opened(world)
    officer = world.user("early_help_officer", council=PETERBOROUGH)
    with acting(world):
        contact = Contact.objects.get(pk=episode.contact_id)
    someone = person()
    confirm(someone, contact)
    with world_of_seeder() as by:
        Restriction.objects.create(
            authority_id=by.authority, person=someone, ground="staff", why="A colleague's child", call_whom="Head",
            call_number="01632 960001", owner=1, set_at=AT, review_on=DAY + timedelta(days=60),
        )  # fmt: skip
        NamedAccess.objects.create(
            authority_id=by.authority, person=someone, user_id=officer.pk, why="Has the family", since=AT
        )
    with acting(world) as by:
        assert open_episode(episode.key, by=by, at=AT).episode.pk == episode.pk
    with acting(world, role="team_manager") as by:
        with pytest.raises(NotFound):
            open_episode(episode.key, by=by, at=AT)
        assert not Episode.objects.filter(pk=episode.pk).exists()  # the database itself
    with world.system(COURIER):
        assert Episode.objects.filter(pk=episode.pk).exists()  # no clock stands still


def test_who_was_overtaken_is_told(world: World) -> None:
    episode = opened(world)
    with acting(world) as by:
        actions.take(episode.key, seen=episode.version, by=by, at=AT)
        with pytest.raises(Conflict):
            actions.note(episode.key, seen=episode.version, text="Late.", by=by, at=AT)


def test_another_council_sees_nothing_and_the_history_is_written_once(world: World) -> None:
    episode = opened(world)
    with world.acting("team_manager", council=CAMBRIDGESHIRE) as by:
        assert not list(episodes(by=by, at=AT))
    with acting(world):
        row = Turn.objects.filter(episode=episode).first()
        assert row is not None
        row.text = "otherwise"
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            row.save(update_fields=["text"])
