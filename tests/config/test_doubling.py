"""Splink finds doubles in a council's index, where its packages are installed; our own weights judge them."""

import gc
from collections.abc import Iterator
from datetime import date
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from random import Random

import pytest
from django.core.management import CommandError, call_command

from frontdoor.config.population.mentions import mention
from frontdoor.config.population.people import households
from frontdoor.people.rules.records import Record
from tests.matching.test_doubles_searching import laid, made
from tests.worlds import World


def test_splink_is_asked_for_by_name_and_where_it_is_not_installed_that_is_said(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("frontdoor.config.management.commands.match.installed", lambda: False)
    with pytest.raises(CommandError, match="not installed"):
        call_command("match", council="peterborough", engine="splink")


def test_a_small_index_is_asked_itself(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("frontdoor.config.management.commands.match.installed", lambda: True)
    made(world, "Alfie", "Setchfield", date(2016, 11, 4))
    made(world, "Alfie", "Setchfeild", date(2016, 11, 4))
    bar = StringIO()
    call_command("match", council="peterborough", stderr=bar, stdout=StringIO())
    assert "are few" in bar.getvalue()
    assert len(laid(world)) == 1


@pytest.mark.thorough
@pytest.mark.skipif(not find_spec("splink"), reason="the extra `matching` is not installed (since 22 November 2026)")
def test_splink_finds_the_doubles_of_an_invented_index(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("frontdoor.config.management.commands.match.FEWEST", 10)
    given = ["Alfie", "Zofia", "Amina", "Jonas", "Reuben", "Noor", "Callum", "Ioana", "Grace", "Tomasz"]
    family = ["Setchfield", "Nowak", "Khan", "Petrauskas", "Marlowe", "Begum", "Doherty", "Popescu", "Osei", "Wrona"]
    for place in range(300):
        made(
            world, given[place % 10], family[place // 10 % 10] + "xyz"[place // 100],
            date(2008 + place % 11, 1 + place % 12, 1 + place % 27), street=f"{place} Welbourne Rise",
        )  # fmt: skip
    for place in range(0, 300, 15):
        made(
            world, given[place % 10] + "e", family[place // 10 % 10] + "xyz"[place // 100],
            date(2008 + place % 11, 1 + place % 12, 1 + place % 27), street=f"{place} Welbourne Rise",
        )  # fmt: skip
    call_command("match", council="peterborough", engine="splink", stderr=StringIO(), stdout=StringIO())
    assert len(laid(world)) >= 18


@pytest.mark.skipif(not find_spec("splink"), reason="the extra `matching` is not installed (since 22 November 2026)")
def test_of_the_pairs_of_a_household_those_are_left_out_that_nobody_would_be_shown(db: None) -> None:
    """Those whom the second story, a relative who must agree, rules out: and hardly one that would be proposed."""
    from frontdoor.config import doubling
    from frontdoor.config.doubling_households import worth_weighing
    from frontdoor.config.measuring import splinked
    from frontdoor.matching.rules.scoring import weigh
    from frontdoor.matching.rules.weights import weights

    records = dict(enumerate(_registered_again(1_500)))
    database = splinked.opened(memory="300MB")
    frame = database.register(splinked.table(records), dataset_display_name="t0")
    model = splinked.linked([frame], doubling.comparisons(), splinked.BLOCKS)
    found = model.inference.predict(threshold_match_weight=0.0)
    every = {tuple(sorted((each["unique_id_l"], each["unique_id_r"]))) for each in found.as_record_list()}
    worth = set(worth_weighing(database, found, frame))
    table = weights().among(len(records))
    shown = {(one, other) for one, other in every if weigh(records[one], records[other], by=table).proposed}
    assert worth <= every
    assert len(worth) < 0.6 * len(every)
    assert len(shown - worth) <= 0.01 * len(shown)


def _registered_again(people: int) -> Iterator[Record]:
    """The invented population, a quarter of its families registered twice, the second time with slips."""
    chance = Random(7)  # noqa: S311 (the same ones each time)
    for family in households(7, people=people):
        again = chance.random() < 0.24
        for who in family:
            yield who.record
            if again:
                yield mention(who, chance)


@pytest.mark.skipif(not find_spec("splink"), reason="the extra `matching` is not installed (since 22 November 2026)")
def test_what_does_not_fit_into_memory_is_kept_from_others_under_a_key_and_goes_with_the_search() -> None:
    from frontdoor.config.measuring import splinked

    database = splinked.opened(memory="60MB")
    ask = database.duckdb_con.execute
    folder = Path(ask("select current_setting('temp_directory')").fetchone()[0])
    ask("set preserve_insertion_order = false")
    ask("create table t as select 'Nobody Inparticular ' || i as n, repeat('x' || i, 8) as m from range(2000000) r(i)")
    assert any(each.stat().st_size for each in folder.iterdir())
    assert folder.stat().st_mode & 0o077 == 0
    assert ask("select current_setting('temp_file_encryption')").fetchone() == (True,)
    del database, ask
    gc.collect()
    assert not folder.exists()
