"""Reading plain decisions again: nobody knows the draw before, anybody works it out after, another manager answers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.actors.rules import InvalidInput, NotFound, NotPermitted, StepNotAllowed
from frontdoor.contacts import actions as contacts
from frontdoor.contacts.actions import decisions, samples
from frontdoor.contacts.models import Contact, Decision, Matter, Review
from frontdoor.contacts.queries import samples as queries
from frontdoor.contacts.rules import samples as rules
from frontdoor.contacts.rules.decisions import Decided, Recommended
from frontdoor.contacts.rules.intake import PersonGiven, Report
from frontdoor.councils.actions import decide_setting
from frontdoor.directions import queries as directions
from frontdoor.directions.models import Direction
from frontdoor.trail.models import Entry
from tests.worlds import World

AT = datetime(2026, 4, 2, 10, 0, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
ADVICE = Recommended(
    outcome="information_advice", known="One late collection.", means="He was tired.", decided="Advice is enough.",
    voice_missing="not seen yet", threshold_level="1", detail="Advice about bedtimes.",
)  # fmt: skip
AGREED = Decided(outcome="information_advice", detail="Advice about bedtimes.")
KEYS = [UUID(int=number * 2**64) for number in range(1_000)]


@given(st.uuids(), st.binary(min_size=32, max_size=32), st.integers(0, 100))
def test_the_number_follows_from_the_record_alone_and_the_share_from_the_number(
    key: UUID, known: bytes, share: int
) -> None:
    number = rules.drawn(key, known)
    assert 0 <= number <= 99
    assert number == rules.drawn(UUID(str(key)), bytes(known))
    assert rules.falls(number, share) == (number < share)


def test_the_draw_takes_about_the_share_and_hangs_on_key_and_on_what_was_known() -> None:
    known = b"k" * 32
    taken = [key for key in KEYS if rules.falls(rules.drawn(key, known), 10)]
    assert 70 <= len(taken) <= 130
    assert taken != [key for key in KEYS if rules.falls(rules.drawn(key, b"x" * 32), 10)]
    assert not any(rules.falls(rules.drawn(key, known), 0) for key in KEYS)
    assert all(rules.falls(rules.drawn(key, known), 100) for key in KEYS)


@pytest.fixture
def share(world: World) -> Callable[[int], None]:
    def decided(percent: int) -> None:
        with world.acting("administrator", of=874, council=874, at=AT) as by:
            decide_setting(
                "sample.percent", value=percent, starts_on=AT.date(), decided_by="Head of service", why="Trial",
                by=by, at=AT,
            )  # fmt: skip

    return decided


def decide(
    world: World, *, given: Decided = AGREED, what: Recommended = ADVICE, role: str = "team_manager",
    second: bool = False, at: datetime = AT,
) -> Decision:  # fmt: skip
    """A child of a family of its own, recommended and decided."""
    name = uuid4().hex[:8]
    report = Report(
        story="He was late.", sub_type="early_help_request", people=(PersonGiven("child", name, f"F{name}"),)
    )
    with world.acting("contact_officer", at=at) as by:
        _, contact = contacts.submit_and_take_in(report, channel="phone", idem=name, by=by, at=at)
    assert contact is not None
    with world.acting("social_worker", at=at) as by:
        matter = Matter.objects.get(contact=contact)
        decisions.recommend(matter.key, seen=matter.version, given=what, by=by, at=at)
        matter.refresh_from_db()
    with world.acting(role, second=second, at=at) as by:
        return decisions.decide(matter.key, seen=matter.version, given=given, by=by, at=at)


@pytest.fixture
def drawn(world: World, share: Callable[[int], None]) -> Decision:
    """One decision by one key, which every one is where the share is everything."""
    share(100)
    return decide(world)


def read(world: World, decision: Decision, answer: str = "agree", words: str = "", *, second: bool = True) -> Review:
    with world.acting("team_manager", second=second, at=LATER) as by:
        return samples.review(decision.key, answer=answer, words=words, by=by, at=LATER)


def test_only_what_was_agreed_by_one_key_is_drawn_with_the_councils_share(
    world: World, share: Callable[[int], None]
) -> None:
    share(100)
    assert (decide(world).sampled, decide(world).sample_share) == (True, 100)
    written = decide(world, given=replace(AGREED, risk_seen="None seen.", direction="Ring the school."))
    assert (written.sampled, written.sample_share) == (False, None)
    other = Decided(outcome="signpost", detail="The children's centre", why_different="They asked for it.")
    with pytest.raises(InvalidInput):  # the family has not agreed; it is refused, so it draws nothing either
        decide(world, given=other)


def test_a_share_of_one_in_a_hundred_draws_by_the_number(world: World, share: Callable[[int], None]) -> None:
    share(1)
    for _ in range(4):
        decision = decide(world)
        number = rules.drawn(decision.key, bytes(decision.snapshot.hash))
        assert (decision.sample_share, decision.sampled) == (1, number < 1)


def test_taking_a_decision_back_does_not_take_it_out_of_the_draw(world: World, drawn: Decision) -> None:
    with world.acting("team_manager", at=LATER) as by:
        matter = Matter.objects.get()
        decisions.void(matter.key, seen=matter.version, why="Another try.", by=by, at=LATER)
    with world.acting("team_manager", second=True, at=LATER) as by:
        waiting, _ = queries.open_sample(by=by, at=LATER)
        assert [(each.key, each.voided) for each in waiting] == [(drawn.key, True)]


@pytest.mark.parametrize("role", ["team_manager", "head_of_service"])
def test_another_manager_finds_it_with_what_was_known_and_whoever_decided_does_not(
    world: World, drawn: Decision, role: str
) -> None:
    with world.acting(role, second=role == "team_manager", at=LATER) as by:
        waiting, _ = queries.open_sample(by=by, at=LATER)
        assert [each.key for each in waiting] == [drawn.key]
        opened = queries.open_sampled(drawn.key, by=by, at=LATER)
        assert opened.known["contact"]["story"] == "He was late."
        assert opened.decision.recommendation.known == "One late collection."
    with world.acting("team_manager", at=LATER) as by:
        assert queries.open_sample(by=by, at=LATER) == ([], [])
        with pytest.raises(NotFound):
            queries.open_sampled(drawn.key, by=by, at=LATER)


def test_nobody_reads_again_what_they_signed(world: World, share: Callable[[int], None]) -> None:
    share(100)
    name = uuid4().hex[:8]
    people = (PersonGiven("child", name, name),)
    with world.acting("contact_officer", at=AT) as by:
        _, contact = contacts.submit_and_take_in(
            Report(story="Late.", sub_type="early_help_request", people=people),
            channel="phone",
            idem=name,
            by=by,
            at=AT,
        )
    with world.acting("team_manager", second=True, at=AT) as by:
        matter = Matter.objects.get(contact=contact)
        decisions.recommend(matter.key, seen=matter.version, given=ADVICE, by=by, at=AT)
        matter.refresh_from_db()
    with world.acting("team_manager", at=AT) as by:
        decision = decisions.decide(matter.key, seen=matter.version, given=AGREED, by=by, at=AT)
    for second in (False, True):
        with pytest.raises(StepNotAllowed, match="You signed this yourself"):
            read(world, decision, second=second)
        with world.acting("team_manager", second=second, at=LATER) as by:
            assert queries.open_sample(by=by, at=LATER)[0] == []


@pytest.mark.parametrize(
    ("answer", "words", "wrong"),
    [("", "", "answer"), ("perhaps", "", "answer"), ("disagree", " ", "words"), ("learn", "", "words"),
     ("agree", "x" * 5_001, "words")],
)  # fmt: skip
def test_an_answer_says_what_it_must(world: World, drawn: Decision, answer: str, words: str, wrong: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read(world, drawn, answer, words)
    assert set(refused.value.problems) == {wrong}


def test_it_is_said_once(world: World, drawn: Decision) -> None:
    read(world, drawn)
    with pytest.raises(StepNotAllowed, match="already"):
        read(world, drawn, "disagree", "Late again.")


def test_who_decides_nothing_says_nothing(world: World, drawn: Decision) -> None:
    with world.acting("social_worker", second=True, at=LATER) as by:
        with pytest.raises(NotPermitted):
            samples.review(drawn.key, answer="agree", by=by, at=LATER)
        with pytest.raises(NotPermitted):
            queries.open_sample(by=by, at=LATER)
    with world.acting("auditor", of=874, at=LATER) as by:
        assert [each.key for each in queries.open_sample(by=by, at=LATER)[0]] == [drawn.key]
        with pytest.raises(NotPermitted):
            samples.review(drawn.key, answer="agree", by=by, at=LATER)


def test_another_councils_decision_and_one_that_was_not_drawn_are_not_found(world: World, drawn: Decision) -> None:
    with world.acting("team_manager", council=873, second=True, at=LATER) as by, pytest.raises(NotFound):
        samples.review(drawn.key, answer="agree", by=by, at=LATER)
    with world.acting("team_manager", second=True, at=LATER) as by:
        Decision.objects.update(sampled=False)
        with pytest.raises(NotFound):
            samples.review(drawn.key, answer="agree", by=by, at=LATER)
        with pytest.raises(NotFound):
            queries.open_sampled(drawn.key, by=by, at=LATER)


def test_not_agreeing_comes_back_to_whoever_decided_and_to_the_head_of_service(world: World, drawn: Decision) -> None:
    read(world, drawn, "disagree", "Nobody spoke to him.")
    for role in ("team_manager", "head_of_service"):
        with world.acting(role, at=LATER) as by:
            (task,) = directions.mine(by=by, at=LATER, team=False)
            assert "Nobody spoke to him." in task.what
            assert (task.subject_kind, task.subject_key) == ("contacts.decision", drawn.key)
    with world.acting("team_manager", at=LATER) as by:
        _, said = queries.open_sample(by=by, at=LATER)
        assert [(each.key, each.words) for each in said] == [(drawn.key, "Nobody spoke to him.")]
        assert queries.open_sampled(drawn.key, by=by, at=LATER).row.words == "Nobody spoke to him."
        assert Decision.objects.get().voided_at is None


def test_the_head_of_service_who_does_not_agree_gives_it_to_whoever_decided(world: World, drawn: Decision) -> None:
    with world.acting("head_of_service", at=LATER) as by:
        samples.review(drawn.key, answer="disagree", words="See him.", by=by, at=LATER)
        owners = {row.owner_user for row in Direction.objects.all()}
        assert world.user("team_manager").pk in owners
        assert by.user_id not in owners


def test_whoever_decided_and_left_leaves_it_to_the_head_of_service(world: World, drawn: Decision) -> None:
    world.agree_until(AT.date())
    with world.acting("team_manager", at=LATER, of=874) as by:
        Decision.objects.update(made_by=world.user("team_manager").pk)
        tomorrow = LATER + timedelta(days=1)
    with world.acting("team_manager", of=874, at=tomorrow) as by:
        samples.review(drawn.key, answer="disagree", words="See him.", by=by, at=tomorrow)
        owners = {row.owner_user for row in Direction.objects.all()}
        assert world.user("team_manager").pk not in owners
        assert owners


@pytest.mark.parametrize(("answer", "words"), [("agree", ""), ("learn", "Say when you ring back.")])
def test_agreeing_and_learning_give_nobody_a_task(world: World, drawn: Decision, answer: str, words: str) -> None:
    read(world, drawn, answer, words)
    with world.acting("team_manager", at=LATER) as by:
        assert not Direction.objects.exists()
        _, said = queries.open_sample(by=by, at=LATER)
        assert [each.words for each in said] == [words]


def test_counts_are_by_whoever_decided(world: World, drawn: Decision) -> None:
    decide(world, second=True)
    third = decide(world)
    read(world, drawn, "disagree", "See him.")
    read(world, third, "learn", "Say when.")
    with world.acting("auditor", of=874, at=LATER) as by:
        rows, _ = queries.counts(since=AT - timedelta(days=1), by=by, at=LATER)
        first = world.user("team_manager").name
        assert [(row.who == first, row.by_one_key, row.drawn, row.waiting) for row in rows] == [
            (True, 2, 2, 0), (False, 1, 1, 1),
        ]  # fmt: skip
        assert (rows[0].agree, rows[0].disagree, rows[0].learn) == (0, 1, 1)
        assert queries.counts(since=LATER, by=by, at=LATER)[0] == []


def test_the_auditor_works_every_draw_out_again_and_sees_what_was_tampered_with(world: World, drawn: Decision) -> None:
    def faults() -> list[str]:
        with world.acting("auditor", of=874, at=LATER) as by:
            return [words for _, words in queries.counts(since=AT - timedelta(days=1), by=by, at=LATER)[1].faults]

    assert faults() == []
    with world.acting("team_manager", at=LATER):
        Decision.objects.update(sampled=False)
    assert faults() == ["Drawn otherwise than its number says"]
    with world.acting("team_manager", at=LATER):
        Decision.objects.update(sampled=False, sample_share=1)
    assert faults() == ["Drawn with a share of 1%, and the council's was 100%"]


def test_the_draw_and_the_answer_stand_in_the_trail(world: World, drawn: Decision) -> None:
    read(world, drawn, "disagree", "See him.")
    with world.acting("team_manager", at=LATER):
        decided = Entry.objects.get(action="contacts.decide")
        assert (decided.detail["decision"], decided.detail["share"]) == (str(drawn.key), 100)
        said = Entry.objects.get(action="contacts.review")
        assert said.detail["answer"] == "disagree"
        assert "See him" not in str(said.detail)
        assert said.subject_key == str(Contact.objects.get().key)
