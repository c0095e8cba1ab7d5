"""Every reading of screening: who may not, and the one entry that it leaves."""

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import Actor, NotFound, NotPermitted
from frontdoor.contacts.actions import screening
from frontdoor.contacts.models import CallBack, Consultation, Contact, Protection, Question
from frontdoor.contacts.queries import record
from frontdoor.contacts.queries import screening as queries
from frontdoor.trail.models import Entry
from tests.contacts.arriving import NOON, arrive
from tests.worlds import PETERBOROUGH

Read = Callable[[Actor], Any]

LISTS: dict[str, Read] = {
    "queue": lambda by: queries.shown_queue(by=by, at=NOON),
    "call_backs": lambda by: queries.call_backs(by=by, at=NOON),
    "consultations": lambda by: queries.consultations(by=by, at=NOON),
    "unseen_protections": lambda by: queries.unseen_protections(by=by, at=NOON),
}
ONES: dict[str, tuple[type, Callable[..., Any]]] = {
    "open": (Contact, record.open_contact),
    "open_referrer": (Contact, record.open_referrer),
    "open_look": (Contact, lambda key, *, by, at: queries.open_look(by=by, at=at, key=key)),
    "open_people": (Contact, lambda key, *, by, at: queries.brief(key, by=by, at=at, people=True)),
    "open_question": (Question, queries.open_question),
    "open_consultation": (Consultation, queries.open_consultation),
    "open_protection": (Protection, queries.open_protection),
    "open_call_back": (CallBack, queries.open_call_back),
}


@pytest.fixture
def keys(world):
    """One of each, by kind."""
    with world.acting("social_worker") as by:
        contact = arrive(by=by)
        screening.ask(contact.key, seen=1, asked_of="The school", text="When?", by=by, at=NOON)
        screening.consult(named=False, question="What do I do?", by=by, at=NOON)
        started = {"kind": "strategy_discussion", "reason": "Marks.", "with_whom": "DS Hale"}
        screening.protect(contact.key, **started, by=by, at=NOON)
        CallBack.objects.create(authority_id=PETERBOROUGH, phone="01632 960124", asked_at=NOON)
        kinds = (Contact, Question, Consultation, Protection, CallBack)
        return {kind: getattr(kind.objects.get(), "key", None) or kind.objects.get().pk for kind in kinds}


def _bare(world):
    """A registered social worker who reaches the council and may do nothing there."""
    return replace(world.actor("social_worker"), reach=MappingProxyType({PETERBOROUGH: frozenset()}))


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_one_entry_and_asks_its_permission(world, keys, name):
    with world.acting("team_manager") as by:
        LISTS[name](by)
        assert Entry.objects.filter(action=f"contacts.{name}").count() == 1
    with acting_for(PETERBOROUGH, by=_bare(world)) as by, pytest.raises(NotPermitted):
        LISTS[name](by)


@pytest.mark.parametrize("name", ONES)
def test_an_opening_is_one_entry_asks_its_permission_and_finds_no_other_councils(world, keys, name):
    kind, read = ONES[name]
    with world.acting("team_manager") as by:
        read(keys[kind], by=by, at=NOON)
        assert Entry.objects.filter(action=f"contacts.{name}").count() == 1
    with acting_for(PETERBOROUGH, by=_bare(world)) as by, pytest.raises(NotPermitted):
        read(keys[kind], by=by, at=NOON)
    with world.acting("team_manager", council=873) as by, pytest.raises(NotFound):
        read(keys[kind], by=by, at=NOON)


def test_a_number_is_looked_up_by_those_who_may_read_contacts_alone(world, keys):
    with world.acting("social_worker") as by:
        receipt = Contact.objects.get().receipt
        assert record.by_receipt(receipt, by=by) == keys[Contact]
    with acting_for(PETERBOROUGH, by=_bare(world)) as by, pytest.raises(NotPermitted):
        record.by_receipt(receipt, by=by)
    with world.acting("social_worker", council=873) as by, pytest.raises(NotFound):
        record.by_receipt(receipt, by=by)
