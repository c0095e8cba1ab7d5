"""The search for doubles on Apache Spark: by a setting, with the pairs that DuckDB finds, and no name left behind."""

from contextlib import nullcontext
from datetime import date
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from frontdoor.config import environment, sparking
from frontdoor.config.population.mentions import USUAL, mention
from frontdoor.config.population.people import households
from frontdoor.config.starting import Misconfigured
from frontdoor.people.rules.records import Record
from tests.matching.test_doubles_searching import laid, made
from tests.worlds import World

COMMAND = "frontdoor.config.management.commands.match"


def invented(people: int) -> dict[int, Record]:
    """An index in which one in five is written down twice, the second time as people make mistakes."""
    rng = Random(11)  # noqa: S311 (the same people every time)
    found: dict[int, Record] = {}
    for family in households(11, people=people):
        for someone in family:
            found[len(found)] = someone.record
            if rng.random() < 0.2:
                found[len(found)] = mention(someone, rng, USUAL)
    return found


@pytest.mark.spark
@pytest.mark.filterwarnings("default")  # Spark's own packages warn of each other
def test_spark_finds_the_very_pairs_that_duckdb_finds_and_leaves_no_name_behind(tmp_path: Path) -> None:
    from frontdoor.config import doubling
    from frontdoor.config.measuring import splinked

    records = invented(1_500)
    half = len(records) // 2
    slices = [
        splinked.table({number: record for number, record in records.items() if (number < half) is first})
        for first in (True, False)
    ]
    model = splinked.linker([splinked.table(records)], doubling.comparisons(), splinked.BLOCKS)
    rows = model.inference.predict(threshold_match_weight=0.0).as_record_list()
    expected = {frozenset((each["unique_id_l"], each["unique_id_r"])) for each in rows}
    with sparking.folder(tmp_path, "match-874") as place:
        found = list(sparking.pairs(slices, doubling.comparisons(), least=0.0, master="local[2]", place=place))
    assert len(expected) > 500
    assert {frozenset(pair) for pair in found} == expected
    assert len(found) == len(expected)
    assert [path.name for path in tmp_path.iterdir()] == ["match-874.lock"]


@pytest.mark.spark
@pytest.mark.filterwarnings("default")
def test_the_command_runs_on_spark_where_the_setting_names_one(world: World, settings: Any, tmp_path: Path) -> None:
    settings.SPARK, settings.SPARK_DIRECTORY = "local[2]", tmp_path
    made(world, "Alfie-James", "Setchfield", date(2016, 11, 4))
    made(world, "Alfie James", "Setchfeild", date(2016, 11, 4))
    made(world, "Reuben", "Marlowe", date(2011, 2, 9), street="24 Welbourne Rise")
    out = StringIO()
    call_command("match", council="peterborough", stdout=out, stderr=StringIO())
    assert out.getvalue() == "3 people looked at, 1 pairs to look at.\n"
    assert len(laid(world)) == 1


def test_what_spark_finds_is_judged_by_our_own_weights_and_laid_before_somebody(
    world: World, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SPARK, settings.SPARK_DIRECTORY = "spark://example:7077", tmp_path
    one = made(world, "Alfie-James", "Setchfield", date(2016, 11, 4))
    other = made(world, "Alfie James", "Setchfeild", date(2016, 11, 4))
    far = made(world, "Zofia", "Marlowe", date(2011, 2, 9), sex="F", street="Long Lane")
    asked: dict[str, Any] = {}

    def pairs(_slices: Any, _comparisons: Any, **more: Any) -> list[tuple[int, int]]:
        asked.update(more)
        return [(other.pk, one.pk), (one.pk, far.pk)]

    monkeypatch.setattr(sparking, "pairs", pairs)
    monkeypatch.setattr(sparking, "installed", lambda: True)
    monkeypatch.setattr("frontdoor.config.doubling.comparisons", list)
    call_command("match", council="peterborough", stdout=StringIO(), stderr=StringIO())
    assert laid(world) == [(one.label, other.label)]
    assert asked["master"] == "spark://example:7077"
    assert asked["place"].parent == tmp_path
    assert not asked["place"].exists()


@pytest.mark.parametrize("asked", ["by name", "by the setting"])
def test_where_spark_is_asked_for_and_not_installed_that_is_said(
    db: None, settings: Any, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    monkeypatch.setattr(sparking, "installed", lambda: False)
    if asked == "by the setting":
        settings.SPARK = "local[*]"
    with pytest.raises(CommandError, match=r"matching,spark.*Java 17"):
        call_command("match", council="peterborough", engine="spark" if asked == "by name" else None)


def test_a_folder_is_held_by_one_and_emptied_whatever_happens(tmp_path: Path) -> None:
    (tmp_path / "match-874").mkdir()
    (tmp_path / "match-874" / "left by one that was killed").write_text("a name")
    broken, ours = KeyError(), sparking.folder(tmp_path, "match-874")
    with pytest.raises(KeyError), ours as place:  # noqa: PT012 (what is left after a failure is the promise)
        assert list(place.iterdir()) == []
        assert place.stat().st_mode & 0o077 == 0
        with pytest.raises(sparking.InUse), sparking.folder(tmp_path, "match-874"):
            raise AssertionError
        (place / "people").write_text("a name")
        raise broken
    assert not (tmp_path / "match-874").exists()


@pytest.mark.parametrize(
    ("master", "directory", "right"),
    [
        ("", "", True), ("local[*]", "", True), ("local[2]", "/srv/spark", True),
        ("spark://example:7077", "/srv/spark", True), ("spark://example:7077", "", False),
        ("spark://example:7077", "spark", False), ("local[*]", "spark", False),
    ],
)  # fmt: skip
def test_a_cluster_is_told_which_folder_its_machines_share(
    monkeypatch: pytest.MonkeyPatch, master: str, directory: str, right: bool
) -> None:
    monkeypatch.setenv("FRONTDOOR_SPARK", master)
    monkeypatch.setenv("FRONTDOOR_SPARK_DIRECTORY", directory)
    with nullcontext() if right else pytest.raises(Misconfigured, match="FRONTDOOR_SPARK_DIRECTORY"):
        assert environment.read().spark_directory.is_absolute()
