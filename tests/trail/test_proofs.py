"""A proof of one communication is made by a command, given away as a file, and checked by anybody who has the key."""

import json
import stat
import uuid
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import SEALER
from frontdoor.contacts.actions import submit_and_take_in
from frontdoor.contacts.rules.intake import PersonGiven, Report
from frontdoor.trail.actions import signing_key
from frontdoor.trail.models import Entry
from tests.trail.sealer import settle
from tests.worlds import PETERBOROUGH, World

NUMBER, OTHER = "874-T-000001", "874-T-000002"


def told(**options: Any) -> str:
    words = StringIO()
    call_command("verify_trail", stdout=words, stderr=words, **options)
    return words.getvalue()


@pytest.fixture
def contact(own_database: str, world: World) -> Any:
    """A contact with one child, in the trail with another, sealed."""
    now = datetime.now(UTC)
    made = []
    for number in range(2):
        with world.acting("contact_officer") as by:
            report = Report(story="Hungry", people=(PersonGiven(kind="child", given_name=f"Tia {number}"),))
            made.append(submit_and_take_in(report, channel="phone", idem=f"proof-{number}", by=by, at=now))
    assert [given.number for given, _ in made] == [NUMBER, OTHER]
    settle(signing_key(settings.SEAL_KEY_FILE))
    return made[0][1]


@pytest.fixture
def file(contact: Any, tmp_path: Path) -> Path:
    made = tmp_path / "proof.json"
    assert "entries about 874-T-000001 proved" in told(subject=NUMBER, why="Asked by the court", to=made)
    return made


def test_a_proof_holds_for_whoever_has_the_file_and_the_key(file: Path, contact: Any) -> None:
    proof = json.loads(file.read_text())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert {subject["kind"] for subject in proof["subjects"]} == {
        "contacts.submission", "contacts.contact", "contacts.matter"
    }  # fmt: skip
    with acting_for(PETERBOROUGH, by=SEALER):
        kept = Entry.objects.filter(subject_key=str(contact.key)).exclude(action__startswith="trail.").count()
    shown = next(each for each in proof["subjects"] if each["kind"] == "contacts.contact")
    assert sum(len([leaf for leaf in seal["leaves"] if leaf["fields"]]) for seal in shown["seals"]) == kept > 0
    assert "nothing changed, nothing left out" in told(proof=file)
    assert "the key given" in told(proof=file, key=proof["key"])


def test_that_it_was_made_is_in_the_trail_with_its_reason(file: Path, contact: Any) -> None:
    with acting_for(PETERBOROUGH, by=SEALER):
        entry = Entry.objects.get(action="trail.prove", subject_key=str(contact.key))
    assert (entry.why, entry.actor) == ("Asked by the court", "system:sealer")


def left_out(proof: dict[str, Any]) -> None:
    seal = next(each for each in proof["subjects"][1]["seals"] if any(leaf["fields"] for leaf in each["leaves"]))
    seal["leaves"] = [leaf for leaf in seal["leaves"] if not leaf["fields"]]


def changed(proof: dict[str, Any]) -> None:
    leaf = next(leaf for seal in proof["subjects"][1]["seals"] for leaf in seal["leaves"] if leaf["fields"])
    leaf["fields"][4] = "contacts.nothing"


def of_another(proof: dict[str, Any]) -> None:
    proof["subjects"][1]["key"] = str(uuid.uuid4())


def without_its_end(proof: dict[str, Any]) -> None:
    proof["subjects"][1]["seals"] = proof["subjects"][1]["seals"][1:]


def of_nothing(proof: dict[str, Any]) -> None:
    proof["subjects"][1]["seals"] = []


@pytest.mark.parametrize("tampered", [left_out, changed, of_another, without_its_end, of_nothing])
def test_a_proof_that_was_tampered_with_is_told(file: Path, tampered: Any) -> None:
    proof = json.loads(file.read_text())
    tampered(proof)
    file.write_text(json.dumps(proof))
    with pytest.raises(CommandError, match="faults found"):
        told(proof=file)


def test_another_key_does_not_do(file: Path) -> None:
    with pytest.raises(CommandError, match="faults found"):
        told(proof=file, key="11" * 32)


@pytest.mark.parametrize("words", ["", "[]", "{}", '{"form": 1, "key": "00"}', '{"form": "x", "subjects": 1}'])
def test_what_is_no_proof_is_told(tmp_path: Path, words: str) -> None:
    file = tmp_path / "proof.json"
    file.write_text(words)
    with pytest.raises(CommandError, match="is no proof"):
        told(proof=file)


def test_a_number_that_nobody_gave_and_a_proof_without_a_reason_are_refused(contact: Any, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No council has given"):
        told(subject="874-T-999999", why="x", to=tmp_path / "proof.json")
    with pytest.raises(CommandError, match="Say for whom"):
        told(subject=NUMBER, why=" ", to=tmp_path / "proof.json")
    (tmp_path / "there").touch()
    with pytest.raises(CommandError, match="is there already"):
        told(subject=NUMBER, why="x", to=tmp_path / "there")
    assert not (tmp_path / "proof.json").exists()
