"""The keys under which protected addresses are sealed: changed while people work, ended half-way, and lost."""

import threading
from io import StringIO
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from frontdoor.actors.rules import MIGRATION, NotPermitted
from frontdoor.config.commands.make_field_key import add_before, make_field_key
from frontdoor.contacts.queries import safe as queries
from frontdoor.letters import actions as letters
from frontdoor.letters.models import DataKey, ProtectedAddress
from frontdoor.letters.queries import keys
from tests.contacts.deciding import AT, arrived, minutes
from tests.contacts.test_family import FATHER, MOTHER, YOUNG
from tests.contacts.test_safe import CANARY, person, protect
from tests.worlds import CAMBRIDGESHIRE


def rotated() -> str:
    said = StringIO()
    call_command("rotate_keys", stdout=said)
    return said.getvalue()


def test_keys_are_changed_and_every_address_still_opens(world, tmp_path, monkeypatch):
    contact = arrived(world, people=(YOUNG, MOTHER))
    mother = person(world, contact)
    protect(world, contact, mother)
    file = tmp_path / "field.key"
    file.write_text(settings.FIELD_KEY_FILE.read_text())
    add_before(file)
    monkeypatch.setattr(settings, "FIELD_KEY_FILE", file)
    with world.system(MIGRATION, council=874):
        before = ProtectedAddress.objects.get()
    assert "Peterborough: 1 protected addresses sealed again" in rotated()
    with world.system(MIGRATION, council=874):
        after = ProtectedAddress.objects.get()
        assert before.data_key != after.data_key
        assert bytes(before.sealed) != bytes(after.sealed)
        assert {row.master for row in DataKey.objects.all()} == {keys.current()[0]}
    # The former outer key is needed no more.
    alone = tmp_path / "alone.key"
    alone.write_text(file.read_text().splitlines()[0])
    monkeypatch.setattr(settings, "FIELD_KEY_FILE", alone)
    with world.acting("social_worker", at=AT) as by:
        assert queries.open_address(mother.key, why="To visit", by=by, at=AT) == CANARY


def test_people_change_no_keys(world):
    with world.acting("team_manager", at=AT) as by:
        for act in (letters.begin_rotation, letters.rotate):
            with pytest.raises(NotPermitted):
                act(by=by, at=AT)


def test_a_change_ended_half_way_opens_both_and_goes_on_where_it_was(world):
    contact = arrived(world, people=(YOUNG, MOTHER, FATHER))
    mother, father = person(world, contact), person(world, contact, "Rob")
    protect(world, contact, mother)
    protect(world, contact, father, address="1 Other Street, Ely")
    with world.acting("contact_officer", council=CAMBRIDGESHIRE, at=AT) as by:
        letters.protect(("contacts.named", uuid4()), address="2 Third Row, Ely", why="Fled", by=by, at=AT)
    with world.system(MIGRATION, council=874) as by:
        letters.begin_rotation(by=by, at=minutes(5))
        assert letters.rotate(by=by, at=minutes(5), most=1) == 1
        assert keys.standing(by=by).left
    with world.acting("social_worker", at=AT) as by:
        assert queries.open_address(mother.key, why="To visit", by=by, at=AT) == CANARY
        assert queries.open_address(father.key, why="To visit", by=by, at=AT) == "1 Other Street, Ely"
    said = rotated()
    assert "Going on with what was begun" in said
    assert "Peterborough: 1 protected addresses sealed again" in said
    assert "Cambridgeshire: 1 protected addresses sealed again" in said
    with world.system(MIGRATION, council=874) as by:
        assert DataKey.objects.count() == 2  # none was made a second time
        assert not keys.standing(by=by).left
    assert "Going on" not in rotated()


@pytest.mark.usefixtures("own_database")
def test_nobody_meets_an_error_while_keys_are_changed(world):
    """Three people protect and open addresses without a pause, the first of them ever, while keys change four times."""
    contacts = [arrived(world, idem=f"call-{number}", people=(YOUNG, MOTHER)) for number in range(3)]
    whose = [person(world, contact) for contact in contacts]
    changed, faults, opened = threading.Event(), [], [0, 0, 0]

    def work(number: int) -> None:
        contact, mother = contacts[number], whose[number]
        try:
            while opened[number] < 3 or not changed.is_set():
                address = f"{number}{opened[number]} Zzquagga Lane, Wisbech"
                protect(world, contact, mother, address=address)
                with world.acting("social_worker", at=AT) as by:
                    assert queries.open_address(mother.key, why="To visit", by=by, at=AT) == address
                opened[number] += 1
        except Exception as fault:  # noqa: BLE001  # whatever somebody meets
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(4):
            rotated()
    finally:
        changed.set()
        for thread in threads:
            thread.join()
    assert faults == []
    assert min(opened) >= 3
    rotated()
    with world.system(MIGRATION, council=874) as by:
        assert not keys.standing(by=by).left
        assert DataKey.objects.filter(retired_at=None).count() == 1


def test_the_drill_of_a_lost_key(world, tmp_path, monkeypatch):
    """As the guide says: nothing opens without it, a new one opens nothing old, and the copy brings all of it back."""
    contact = arrived(world, people=(YOUNG, MOTHER))
    mother = person(world, contact)
    protect(world, contact, mother)
    kept = settings.FIELD_KEY_FILE
    monkeypatch.setattr(settings, "FIELD_KEY_FILE", tmp_path / "lost")
    with world.acting("social_worker", at=AT) as by, pytest.raises(keys.NoKey):
        queries.open_address(mother.key, why="To visit", by=by, at=AT)
    make_field_key(tmp_path / "new.key")
    monkeypatch.setattr(settings, "FIELD_KEY_FILE", tmp_path / "new.key")
    with world.acting("social_worker", at=AT) as by, pytest.raises(keys.NoKey):
        queries.open_address(mother.key, why="To visit", by=by, at=AT)
    monkeypatch.setattr(settings, "FIELD_KEY_FILE", kept)
    with world.acting("social_worker", at=AT) as by:
        assert queries.open_address(mother.key, why="To visit", by=by, at=AT) == CANARY
