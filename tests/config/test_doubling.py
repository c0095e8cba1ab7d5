"""Splink finds doubles in a council's index, where its packages are installed; our own weights judge them."""

from datetime import date
from importlib.util import find_spec
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

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
