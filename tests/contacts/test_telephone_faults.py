"""A call that is cut off anywhere in its end, its flag or its move: either all of it stands, or the draft as it was."""

import threading

import pytest
from django.db import connections

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import SEALER, Conflict
from frontdoor.contacts.actions import telephone as actions
from frontdoor.contacts.actions.telephone import ending, moving
from frontdoor.contacts.models import Contact, Draft, Receipt, SafetyCall
from frontdoor.contacts.queries import telephone as queries
from frontdoor.contacts.queries.receipts import broken
from tests.contacts.arriving import NOON, child
from tests.contacts.calling import LATER, STORY, begun, told
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH


class Cut(Exception):
    """The machine is gone at this statement."""


def _cut(*args, **options):
    raise Cut


MIA = child(given_name="Mia", family_name="Brook")
TOM = child(given_name="Tom", family_name="Brook")


@pytest.mark.parametrize(
    "at_step",
    [
        (ending, "submit_and_take_in"), (ending.handovers, "send_to_council"), (ending.safety, "tie"),
        (ending.safety, "start"), (ending.clocks, "stop"), (ending.trail, "record"),
    ],
    ids=["taking in", "passing on", "tying", "call back", "clock", "entry"],
)  # fmt: skip
def test_a_call_that_is_cut_off_while_it_ends_is_whole_in_its_draft(world, monkeypatch, at_step):
    both = told(MIA, TOM, councils=(PETERBOROUGH, CAMBRIDGESHIRE))
    call_back = {"rings": "us", "whom": "", "minutes": 5}
    with world.acting("contact_officer") as by:
        call = begun(by=by, typed={"story": STORY})
        monkeypatch.setattr(*at_step, _cut)
        with pytest.raises(Cut):
            actions.end(call.key, seen=call.version, told=both, way="contact", safety_call=call_back, by=by, at=LATER)
        monkeypatch.undo()
        assert queries.open_call(call.key, by=by, at=LATER).story == STORY
        assert not Contact.objects.exists()
        assert not Receipt.objects.exists()
        assert not SafetyCall.objects.exists()
        ended = actions.end(call.key, seen=call.version, told=both, way="contact", by=by, at=LATER)
        assert ended.receipt == "874-T-000001"


@pytest.mark.parametrize("at_step", [(ending.screening, "flag"), (ending.trail, "record")], ids=["flag", "entry"])
def test_a_red_flag_that_is_cut_off_leaves_the_call_as_it_was(world, monkeypatch, at_step):
    with world.acting("contact_officer") as by:
        call = begun(by=by, typed={"story": STORY})
        monkeypatch.setattr(*at_step, _cut)
        with pytest.raises(Cut):
            actions.flag(call.key, seen=call.version, told=told(), why="Now", by=by, at=LATER)
        monkeypatch.undo()
        assert queries.open_call(call.key, by=by, at=LATER).receipt == ""
        call = actions.flag(call.key, seen=call.version, told=told(), why="Now", by=by, at=LATER)
        assert call.data["receipt"] == "874-T-000001"


def test_a_move_that_is_cut_off_leaves_the_call_where_it_was(world, monkeypatch):
    with world.acting("contact_officer") as by:
        call = begun(by=by, typed={"story": STORY})
    origin = actions.Origin(str(call.key), PETERBOROUGH, call.owner, call.made_at)
    with world.acting("contact_officer", council=CAMBRIDGESHIRE) as by:
        monkeypatch.setattr(moving, "later", _cut)
        with pytest.raises(Cut):
            actions.carry({"story": STORY}, [], origin=origin, seen=call.version, by=by, at=LATER)
        monkeypatch.undo()
        assert not Draft.objects.exists()
    with world.acting("contact_officer") as by:
        assert queries.open_call(call.key, by=by, at=LATER).story == STORY


@pytest.mark.usefixtures("own_database")
def test_of_two_windows_that_end_one_call_at_once_both_get_the_one_number(world):
    with world.acting("contact_officer") as by:
        call = begun(by=by, typed={"story": STORY})
    given, ready = [], threading.Barrier(4)

    def end():
        try:
            ready.wait()
            with world.acting("contact_officer") as by:
                given.append(
                    actions.end(call.key, seen=call.version, told=told(), way="contact", by=by, at=LATER).receipt
                )
        finally:
            connections.close_all()

    threads = [threading.Thread(target=end) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert given == ["874-T-000001"] * 4
    with acting_for(PETERBOROUGH, by=SEALER) as by:
        assert Contact.objects.count() == 1
        assert list(broken(by=by)) == []


@pytest.mark.usefixtures("own_database")
def test_of_two_windows_that_save_at_once_one_is_told_of_the_other(world):
    with world.acting("contact_officer") as by:
        call = begun(by=by, typed={"story": ""})
    said, ready = [], threading.Barrier(4)

    def save(words):
        try:
            ready.wait()
            with world.acting("contact_officer") as by:
                actions.save(call.key, seen=call.version, typed={"story": words}, by=by, at=NOON)
            said.append(words)
        except Conflict as conflict:
            said.append(dict(conflict.current))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=save, args=(f"window {number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (kept,) = [words for words in said if isinstance(words, str)]
    assert [words for words in said if isinstance(words, dict)] == [{"story": kept}] * 3
