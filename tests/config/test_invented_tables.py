"""The invented tables that a large index is brought in from: taken as they are, and true to who is who."""

from pathlib import Path

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import BRINGER
from tests.worlds import MADE_AT, PETERBOROUGH


def test_invented_tables_are_brought_in_whole_and_tell_who_is_who(tmp_path: Path, own_database: str) -> None:
    from frontdoor.config.measuring import batch, tables
    from frontdoor.people.actions.bringing import bring
    from frontdoor.people.models import Identifier
    from frontdoor.people.queries import index

    once, again = tables.write(tmp_path / "once", tmp_path / "again", people=150)
    assert once == 150
    assert again > 10
    for folder, count in (("once", once), ("again", again)):
        run = bring(tmp_path / folder, council=PETERBOROUGH, at=MADE_AT).bringing
        assert (run.counts["new"], run.counts["held"]) == (count, 0)
        assert all(table["refused"] == 0 for table in run.counts["tables"].values())
    with acting_for(PETERBOROUGH, by=BRINGER) as by:
        numbers = list(Identifier.objects.filter(kind="local").values_list("person_id", "value"))
        records = index.records([person for person, _ in numbers], by=by)
    pairs = batch.truth(numbers)
    assert len(pairs) == again
    held = dict(numbers)
    for one, other in pairs:
        assert held[one][1:] == held[other][1:]
    person, number = next(each for each in numbers if each[1].startswith("C"))
    assert records[person].names[0].family == tables.somebody(number, people=150).record.names[0].family


def test_figures_of_the_whole_index_count_each_pair_once() -> None:
    from frontdoor.config.measuring import batch

    told: list[str] = []
    batch.said(
        "ours", {(1, 2): 0.95, (3, 4): 0.6}, batch.truth([(1, "C5"), (2, "D5"), (3, "C6"), (9, "D6")]), told.append
    )
    assert told[1] == "| ours | 0.9 | 1.0000 | 0.5000 | 0.6667 | 0.5000 |"
