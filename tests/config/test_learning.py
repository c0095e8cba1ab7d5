"""Weights are learnt from an index of one's own, read by a manager, and used by nobody before they are chosen."""

from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from copy import deepcopy
from datetime import date
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from frontdoor.config import learning
from frontdoor.config.measuring import training
from frontdoor.config.starting import Misconfigured
from frontdoor.matching.rules import weights
from tests.matching.test_doubles_searching import made
from tests.worlds import World

DAY = date(2026, 11, 22)


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """Where learnt weights are written; what a test chooses ends with it."""
    settings.WEIGHTS_DIRECTORY = tmp_path
    weights.choose(weights.DELIVERED, learnt=tmp_path)
    yield tmp_path
    weights.choose(weights.DELIVERED, learnt=None)


def otherwise(bits: float = 3.25) -> dict[str, Any]:
    """The weights of the release, but that a birthday with day and month swapped says less."""
    told = deepcopy(weights.told(weights.DELIVERED))
    level = next(
        level
        for field in told["fields"]
        for level in field["levels"]
        if (field["field"], level["level"]) == ("born", "swapped")
    )
    level["bits"] = bits
    return told


def test_what_was_learnt_is_a_new_version_that_says_what_would_change_and_nobody_uses_it(
    world: World, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from frontdoor.trail.models import Entry

    made(world, "Alfie", "Setchfield", date(2016, 11, 4))
    read: list[Any] = []

    def learnt(slices: Any, **_: Any) -> dict[str, Any]:
        read.extend(slices)
        return otherwise()

    monkeypatch.setattr(training, "learnt", learnt)
    monkeypatch.setattr(learning, "missing", lambda *_: "")
    monkeypatch.setattr(learning, "FEWEST", 1)
    out, before = StringIO(), weights.weights()
    call_command("match", council="peterborough", train=True, stdout=out)
    assert [len(each) for each in read] == [1]
    assert f"{folder}/101.json" in out.getvalue()
    assert "-> +3.2 Date of birth: " in " ".join(out.getvalue().split())
    assert "FRONTDOOR_WEIGHTS=101" in out.getvalue()
    assert weights.weights() == before
    assert weights.weights(101).of("born", "swapped") == 3.25
    with world.acting("data_protection_officer"):
        assert Entry.objects.get(action="matching.learnt").detail == {"weights": 101, "people": 1}


def test_a_manager_reads_what_would_change_before_it_is_chosen(world: World, client: Client, folder: Path) -> None:
    learning.write(otherwise(), folder)
    world.signed_in(client, world.user("data_quality_manager", council=874))
    address = reverse("matching:weights", args=["peterborough"])
    page = client.get(address).content.decode()
    assert "?version=101" in page
    assert "What would change" not in page
    page = client.get(f"{address}?version=101").content.decode()
    assert "What would change" in page
    assert "not in use" in page
    assert page.count("+3.2") >= 2
    assert client.get(f"{address}?version=102").status_code == 404
    weights.choose(101, learnt=folder)
    assert "not in use" not in client.get(address).content.decode()


def test_a_version_is_never_written_over_and_none_takes_the_number_of_a_release(folder: Path) -> None:
    assert [learning.write(otherwise(bits), folder) for bits in (3, 4)] == [101, 102]
    (folder / "1.json").write_text("{}")
    weights.choose(1, learnt=folder)
    assert [weights.weights(each).of("born", "swapped") for each in (101, 102)] == [3, 4]
    assert weights.versions() == [1, 101, 102]
    assert sorted(path.name for path in folder.iterdir()) == ["1.json", "101.json", "102.json"]


@pytest.mark.parametrize(("version", "right"), [(1, True), (101, True), (2, False), (102, False), (103, False)])
def test_nothing_starts_with_weights_that_are_not_there(folder: Path, version: int, right: bool) -> None:
    learning.write(otherwise(), folder)
    (folder / "103.json").write_text((folder / "101.json").read_text())  # a copy that says another number
    with nullcontext() if right else pytest.raises(Misconfigured, match=f"no weights of version {version} in"):
        learning.use(version, folder)
    assert weights.current() == (version if right else 1)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"train": True, "council": "peterborough"}, r"learning needs.*frontdoor\[matching\]"),
        ({"measure": True}, r"measuring needs.*frontdoor\[matching,measure\]"),
        ({}, "Whose index"),
        ({"train": True}, "Whose index"),
        ({"train": True, "council": "nowhere"}, "no council"),
    ],
)
def test_what_is_missing_is_said(db: None, monkeypatch: pytest.MonkeyPatch, asked: dict[str, Any], said: str) -> None:
    monkeypatch.setattr(learning, "find_spec", lambda _name: None)
    with pytest.raises(CommandError, match=said):
        call_command("match", **asked)


def test_too_few_people_teach_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning, "missing", lambda *_: "")
    with pytest.raises(CommandError, match="5,000 people or more; these are 0"):
        call_command("match", council="peterborough", train=True)


def test_a_name_that_few_bear_stands_in_no_file() -> None:
    found = training._shares(Counter({"amina": 40, "reuben": 12, "quenby": 9, "zephyrine": 1}))
    assert set(found["shares"]) == {"amina", "reuben"}
    assert found["rare"] < found["shares"]["reuben"]


@pytest.mark.thorough
@pytest.mark.skipif(not find_spec("splink"), reason="the extra `matching` is not installed (since 22 November 2026)")
def test_weights_learnt_slice_by_slice_from_an_invented_index_match_as_well_as_those_delivered(folder: Path) -> None:
    from frontdoor.config.measuring.data import generated
    from frontdoor.config.measuring.figures import figures
    from frontdoor.config.measuring.ours import verdicts
    from frontdoor.config.measuring.report import everybody

    data = generated(6_000, looked_for=1_500, seed=5)
    people = list(everybody(data).items())
    slices = [dict(people[start : start + 1_000]) for start in range(0, len(people), 1_000)]
    version = learning.write(training.learnt(slices, on="an invented index", at=DAY), folder)
    whole = training.learnt([dict(people)], on="an invented index", at=DAY)
    assert weights.weights(version).bits == training.as_weights(whole).bits
    table = weights.weights(version)
    assert table.bits != weights.weights().bits
    assert all(weights.LEAST <= bits <= weights.MOST for (_, level), bits in table.bits.items() if level != "odds")

    def f1(by: weights.Weights) -> float:
        pairs = {pair: verdict.probability for pair, verdict in verdicts(data, by).items()}
        return figures(pairs, data.truth, least=0.85).f1

    assert f1(table) >= f1(weights.weights()) - 0.01


@pytest.mark.thorough
@pytest.mark.skipif(
    not (find_spec("splink") and find_spec("recordlinkage")),
    reason="the extras `matching` and `measure` are not installed (since 22 November 2026)",
)
@pytest.mark.filterwarnings("default")
def test_the_figures_are_measured_by_one_command() -> None:
    out = StringIO()
    call_command("match", measure=True, people=1_000, stdout=out)
    lines = [line.split(" | ") for line in out.getvalue().splitlines()[2:]]
    assert len(lines) == 3 * 3 * 2
    ours = [float(line[5]) for line in lines if line[1] == "ours, weights as delivered"]
    assert min(ours) > 0.9
