"""What every act of screening has in common: who may not, what a stale page gets, and the entry that it leaves."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from types import MappingProxyType
from typing import Any

import pytest

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import CLOCK_SWEEP, Conflict, InvalidInput, NotFound, NotPermitted, StepNotAllowed
from frontdoor.contacts.actions import screening
from frontdoor.contacts.models import CallBack, Consultation, Contact, Link, Protection, Question
from frontdoor.contacts.rules.intake import Report
from frontdoor.trail.models import Entry
from tests.contacts.arriving import NOON, arrive
from tests.worlds import PETERBOROUGH

LATER = NOON + timedelta(minutes=5)
NOBODY = "00000000-0000-4000-8000-000000000000"


@dataclass
class Stage:
    """One of everything, so that each act finds what it needs."""

    contact: Contact
    other: Contact
    call: Contact
    question: Question
    wish: CallBack
    consultation: Consultation
    link: Link
    protection: Protection
    colleague: int


@pytest.fixture
def stage(world):
    with world.acting("social_worker") as by:
        contact, other = arrive(by=by), arrive(by=by, at=LATER)
        call = arrive(by=by, at=LATER, category="wrong_number", sub_type="", story="", people=(), danger="no")
        question = screening.ask(contact.key, seen=1, asked_of="The school", text="When?", by=by, at=NOON)
        wish = CallBack.objects.create(authority_id=PETERBOROUGH, phone="01632 960124", asked_at=NOON)
        consultation = screening.consult(named=False, question="What do I do?", by=by, at=NOON)
        link = screening.link(other.key, contact.key, seen=1, kind="related", why="One street.", by=by, at=NOON)
        started = screening.protect(
            contact.key, kind="strategy_discussion", reason="Marks.", with_whom="DS Hale", by=by, at=NOON
        )
        screening.flag(contact.key, why="He is back.", by=by, at=NOON)
        screening.take_next(by=by, at=NOON)
        for row in (contact, other, call):
            row.refresh_from_db()
    colleague = world.user("social_worker", second=True).pk
    return Stage(contact, other, call, question, wish, consultation, link, started, colleague)


Act = Callable[[Stage], tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]]

SEEN: dict[str, Act] = {
    "look": lambda s: (screening.look, (s.contact.key,), {"seen": s.contact.version, "danger": "no", "line": "Read."}),
    "give": lambda s: (screening.give, (s.contact.key,), {"seen": s.contact.version, "to": s.colleague}),
    "give_back": lambda s: (screening.give_back, (s.contact.key,), {"seen": s.contact.version}),
    "ask": lambda s: (screening.ask, (s.contact.key,), {"seen": s.contact.version, "asked_of": "GP", "text": "Well?"}),
    "answer": lambda s: (screening.answer, (s.question.key,), {"seen": 1, "answer": "Yes."}),
    "end_call": lambda s: (screening.end_call, (s.call.key,), {"seen": s.call.version, "why": "Wrong number."}),
    "advise": lambda s: (
        screening.advise, (s.consultation.key,), {"seen": 1, "advice": "Refer.", "referral_advised": True},
    ),
    "convert": lambda s: (screening.convert, (s.consultation.key,), {"seen": 1, "report": Report(story="Bruises.")}),
    "link": lambda s: (
        screening.link, (s.contact.key, s.other.key),
        {"seen": s.contact.version, "kind": "sibling", "why": "Brothers."},
    ),
    "record_agreement": lambda s: (
        screening.record_agreement, (s.contact.key,),
        {"seen": s.contact.version, "purpose": "checks", "status": "given"},
    ),
    "record_basis": lambda s: (
        screening.record_basis, (s.contact.key,),
        {
            "seen": s.contact.version, "purpose": "checks", "basis": "public_task", "necessity": "x",
            "proportionality": "y",
        },
    ),
    "write_after": lambda s: (screening.write_after, (s.protection.key,), {"seen": 1, "text": "They met."}),
    "oversee": lambda s: (screening.oversee, (s.protection.key,), {"seen": 1, "oversight": "Right."}),
}  # fmt: skip
"""Acts on a row that the person has seen."""

UNSEEN: dict[str, Act] = {
    "flag": lambda s: (screening.flag, (s.other.key,), {"why": "Look!"}),
    "take_flag": lambda s: (screening.take_flag, (s.contact.key,), {}),
    "keep": lambda s: (screening.keep, (s.contact.key,), {}),
    "attempt": lambda s: (screening.attempt, (s.contact.key,), {"whom": "The school", "outcome": "spoke"}),
    "screen_again": lambda s: (screening.screen_again, (s.question.key,), {}),
    "try_call_back": lambda s: (screening.try_call_back, (s.wish.pk,), {"outcome": "no_answer"}),
    "called_back": lambda s: (screening.called_back, (s.wish.pk,), {"outcome": "Spoke."}),
    "unlink": lambda s: (screening.unlink, (s.link.key,), {"why": "Not so."}),
    "protect": lambda s: (
        screening.protect, (s.other.key,),
        {"kind": "immediate_protection", "reason": "Alone.", "with_whom": "PC Hale"},
    ),
}  # fmt: skip
"""Acts that only add, or that nothing may stop: they ask for no version."""

NEW: dict[str, Act] = {
    "consult": lambda s: (screening.consult, (), {"named": False, "question": "What now?"}),
    "take_next": lambda s: (screening.take_next, (), {}),
}
EVERY = {**SEEN, **UNSEEN, **NEW}
MANAGERS = {"give", "oversee"}


def _role(name):
    """Who takes the step; what a social worker holds is theirs to keep, and a manager gives and oversees."""
    return "team_manager" if name in MANAGERS else "social_worker"


@pytest.mark.parametrize("name", EVERY)
def test_every_act_leaves_one_entry_of_its_own_and_names_nobody(world, stage, name):
    act, args, given = EVERY[name](stage)
    with world.acting(_role(name)) as by:
        before = set(Entry.objects.values_list("pk", flat=True))
        act(*args, **given, by=by, at=LATER)
        made = [entry for entry in Entry.objects.order_by("pk") if entry.pk not in before]
    own = [entry for entry in made if entry.action == f"contacts.{name}"]
    if name == "take_next":
        assert len(own) >= 1
    else:
        assert len(own) == 1
        assert made[-1].action == own[0].action, "the entry is the last statement"
    assert {entry.actor for entry in own} == {by.name}
    told = " ".join(str(value) for entry in own for value in entry.detail.values())
    assert "Robin" not in told
    assert "worry" not in told.lower()


@pytest.mark.parametrize("name", EVERY)
def test_a_registered_social_worker_without_the_permission_may_not(world, stage, name):
    act, args, given = EVERY[name](stage)
    actor = world.actor(_role(name))
    bare = replace(actor, reach=MappingProxyType({PETERBOROUGH: frozenset()}))
    with acting_for(PETERBOROUGH, by=bare) as by, pytest.raises(NotPermitted):
        act(*args, **given, by=by, at=LATER)


@pytest.mark.parametrize("name", SEEN)
def test_a_stale_page_changes_nothing(world, stage, name):
    act, args, given = SEEN[name](stage)
    with world.acting(_role(name)) as by:
        before = Entry.objects.count()
        with pytest.raises(Conflict):
            act(*args, **{**given, "seen": given["seen"] - 1}, by=by, at=LATER)
        assert Entry.objects.count() == before


@pytest.mark.parametrize("name", [*SEEN, *UNSEEN])
def test_what_is_not_there_and_what_is_another_councils_are_the_same(world, stage, name):
    act, args, given = EVERY[name](stage)
    with world.acting(_role(name)) as by, pytest.raises(NotFound):
        act(NOBODY, *args[1:], **given, by=by, at=LATER)
    with world.acting(_role(name), council=873) as by, pytest.raises(NotFound):
        act(*args, **given, by=by, at=LATER)


CLOSED = {"look", "give", "give_back", "flag", "ask", "end_call"}


@pytest.mark.parametrize("name", sorted(CLOSED))
def test_what_is_closed_is_not_screened_on(world, stage, name):
    act, args, given = EVERY[name](stage)
    with world.acting(_role(name)) as by:
        Contact.objects.all().update(state="closed", closed_at=NOON)
        with pytest.raises(StepNotAllowed):
            act(*args, **given, by=by, at=LATER)


@pytest.mark.parametrize(
    ("name", "wrong", "field"),
    [
        ("attempt", {"outcome": "perhaps"}, "outcome"),
        ("attempt", {"whom": ""}, "whom"),
        ("try_call_back", {"outcome": ""}, "outcome"),
        ("try_call_back", {"outcome": "spoke", "note": "x" * 501}, "note"),
        ("called_back", {"outcome": " "}, "outcome"),
        ("answer", {"answer": ""}, "answer"),
        ("unlink", {"why": ""}, "why"),
        ("write_after", {"text": " "}, "text"),
        ("record_basis", {"basis": "consent"}, "basis"),
        ("record_basis", {"necessity": ""}, "necessity"),
    ],
)
def test_what_is_missing_is_refused_at_its_field(world, stage, name, wrong, field):
    act, args, given = EVERY[name](stage)
    with world.acting(_role(name)) as by:
        before = Entry.objects.count()
        with pytest.raises(InvalidInput) as refused:
            act(*args, **{**given, **wrong}, by=by, at=LATER)
        assert set(refused.value.problems) == {field}
        assert Entry.objects.count() == before


def test_the_sweep_leaves_an_entry_where_it_joins_a_family(world):
    from tests.contacts.arriving import child

    family = {"people": (child(family_name="Setch"),)}
    with world.acting("social_worker") as by:
        arrive(by=by, **family)
        screening.take_next(by=by, at=NOON)
        later = arrive(by=by, at=LATER, **family)
    with world.system(CLOCK_SWEEP) as by:
        screening.hand_back_untouched(by=by, at=LATER)
        assert Entry.objects.get(action="contacts.join_family").subject_key == str(later.key)
