"""The sheet for a day without the system: what it holds, who opens it, and how old it may be."""

import base64
import hashlib
import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from frontdoor.actors.rules import CLOCK_SWEEP, NotFound, NotPermitted
from frontdoor.config import down
from frontdoor.contacts.actions import safe
from frontdoor.contacts.models import Named
from frontdoor.contacts.rules.intake import PersonGiven, ReferrerGiven
from frontdoor.desk import actions
from frontdoor.desk.models import DownKey
from frontdoor.desk.queries import down as queries
from frontdoor.letters.rules import Sealed, open_sealed
from frontdoor.letters.rules.sealing import CannotOpen
from frontdoor.trail.models import Entry
from tests.contacts.arriving import arrive, child
from tests.worlds import World

STORY = "Noah is alone again."


@pytest.fixture(autouse=True)
def directory(tmp_path: Path, settings: Any) -> Path:
    settings.DOWN_DIRECTORY = tmp_path
    return tmp_path


@pytest.fixture
def contact(world: World) -> Any:
    now = timezone.now() - timedelta(minutes=20)
    teller = ReferrerGiven("professional", "given", "Canary Referrer", agency="Canary School", phone="07700 900987")
    with world.acting("contact_officer") as by:
        return arrive(by=by, at=now, story=STORY, danger="yes", where_now="At 9 Hidden Close", referrer=teller,
                      people=(child(given_name="Noah", family_name="Nowak"),
                              PersonGiven("adult", "Lena", "Nowak", address="9 Hidden Close, Ely")))  # fmt: skip


def passphrase(world: World) -> str:
    with world.acting("team_manager") as by:
        return actions.make_passphrase(by=by, at=timezone.now())


def opened(file: Path, words: str) -> dict[str, Any]:
    """What the browser does, in Python."""
    envelope = down.envelope_of(file)
    key = hashlib.pbkdf2_hmac("sha256", words.encode(), base64.b64decode(envelope["salt"]), envelope["rounds"])
    sealed = Sealed(base64.b64decode(envelope["nonce"]), base64.b64decode(envelope["content"]))
    sheet: dict[str, Any] = json.loads(open_sealed(sealed, key, bound_to=envelope["bound_to"]))
    return sheet


def test_without_a_passphrase_nothing_is_written(world, directory, contact):
    down.write_everything(timezone.now())
    assert list(directory.iterdir()) == []
    with pytest.raises(NotFound):
        down.write(874, "peterborough", at=timezone.now())


def test_the_sheet_holds_the_open_work_and_opens_with_the_passphrase_alone(world, contact):
    words = passphrase(world)
    down.write_everything(timezone.now())
    file = down.file_of("peterborough")
    for part in ("Noah", "Nowak", STORY, contact.receipt):
        assert part not in file.read_text()
    (one,) = opened(file, words)["contacts"]
    assert (one["receipt"], one["children"][0][:10], one["story"]) == (contact.receipt, "Noah Nowak", STORY)
    assert any("First look" in clock for clock in one["clocks"])
    assert ["Danger now", "999"] in opened(file, words)["telephones"]
    with pytest.raises(CannotOpen):
        opened(file, "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF")


def test_the_sheet_says_nothing_of_who_told_us_and_no_protected_address(world, contact):
    words = passphrase(world)
    with world.acting("contact_officer") as by:
        mother = Named.objects.get(given_name="Lena")
        safe.protect(contact.key, whose=[str(mother.key)], why="Fled", by=by, at=timezone.now())
    text = json.dumps(opened(down.write(874, "peterborough", at=timezone.now()), words))
    for never in ("Canary", "900987", "Hidden Close"):
        assert never not in text


def test_danger_stands_first(world, contact):
    with world.acting("contact_officer") as by:
        arrive(by=by, at=timezone.now() - timedelta(hours=3), danger="no", people=(child(given_name="Calm"),))
    words = passphrase(world)
    found = opened(down.write(874, "peterborough", at=timezone.now()), words)["contacts"]
    assert [one["children"][0][:4] for one in found] == ["Noah", "Calm"]


def test_the_passphrase_is_kept_nowhere_and_a_new_one_takes_its_place(world, contact):
    first, second = passphrase(world), passphrase(world)
    with world.acting("team_manager"):
        rows = list(DownKey.objects.order_by("id"))
        assert [row.retired_at is None for row in rows] == [False, True]
        assert not any(part in str(Entry.objects.values_list("detail")) for part in (first, second))
    file = down.write(874, "peterborough", at=timezone.now())
    assert opened(file, second)
    with pytest.raises(CannotOpen):
        opened(file, first)


def test_writing_a_sheet_is_an_entry_with_what_it_held(world, contact):
    passphrase(world)
    down.write(874, "peterborough", at=timezone.now())
    with world.system(CLOCK_SWEEP, council=874):
        assert Entry.objects.get(action="desk.sheet").detail["shown"] == [str(contact.key)]


def test_a_changed_sheet_is_found_out(world, contact, tmp_path, capsys):
    passphrase(world)
    file = down.write(874, "peterborough", at=timezone.now())
    call_command("verify_down", str(file))
    assert "not changed since" in capsys.readouterr().out
    envelope = down.envelope_of(file)
    later = (timezone.now() + timedelta(hours=1)).isoformat()
    forged = tmp_path / "forged.html"
    forged.write_text(file.read_text().replace(envelope["written_at"], later))
    with pytest.raises(CommandError, match="changed since"):
        call_command("verify_down", str(forged))
    other = tmp_path / "none.html"
    other.write_text("nothing")
    with pytest.raises(CommandError, match="no sheet"):
        call_command("verify_down", str(other))


def test_managers_alone_keep_it(world, client, contact):
    with world.acting("social_worker") as by, pytest.raises(NotPermitted):
        actions.make_passphrase(by=by, at=timezone.now())
    world.signed_in(client, world.user("social_worker"))
    assert client.get(reverse("down:down", args=["peterborough"])).status_code == 403
    assert client.get(reverse("down:sheet", args=["peterborough"])).status_code == 403
    paper = client.get(reverse("down:paper", args=["peterborough"]))
    assert "Where is the child now?" in paper.content.decode()


def test_the_page_shows_the_passphrase_once_and_gives_the_file(world, client, contact):
    world.signed_in(client, world.user("team_manager"))
    here = reverse("down:down", args=["peterborough"])
    assert "Nobody has made one" in client.get(here).content.decode()
    assert client.get(reverse("down:sheet", args=["peterborough"])).status_code == 404
    made = client.post(here, {"do": "passphrase"})
    assert "shown once" in made.content.decode()
    assert made["Cache-Control"] == "no-store"
    assert "shown once" not in client.get(here).content.decode()
    down.write_everything(timezone.now())
    taken = client.get(reverse("down:sheet", args=["peterborough"]))
    assert b"envelope" in b"".join(taken.streaming_content)
    with world.acting("team_manager"):
        assert Entry.objects.filter(action="desk.take_sheet").count() == 1


def test_an_old_sheet_is_a_banner_on_every_page_of_its_council(world, client, contact):
    passphrase(world)
    file = down.write(874, "peterborough", at=timezone.now())
    world.signed_in(client, world.user("social_worker"))
    page = reverse("contacts:queue", args=["peterborough"])
    words = "The sheet for a day without the system was last written"
    assert words not in client.get(page).content.decode()
    old = (timezone.now() - timedelta(minutes=16)).timestamp()
    os.utime(file, (old, old))
    assert words in client.get(page).content.decode()
    assert words not in client.get(reverse("contacts:queue", args=["cambridgeshire"])).content.decode()


def test_without_the_key_outside_the_other_councils_are_still_written(world, contact, caplog, tmp_path):
    passphrase(world)
    good, settings.FIELD_KEY_FILE = settings.FIELD_KEY_FILE, tmp_path / "none"
    try:
        down.write_everything(timezone.now())
    finally:
        settings.FIELD_KEY_FILE = good
    assert "the sheet was not written" in caplog.text
    with world.acting("team_manager") as by:
        assert queries.passphrase_made(by=by) is not None
