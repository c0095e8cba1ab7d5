"""The directory of the demonstration: services of both councils, an old feed, a correction, a reading that waits."""

from datetime import UTC, datetime

from frontdoor.config.demo import signposting
from frontdoor.directory.models import Finding, Location
from frontdoor.directory.queries import keeping, searching
from frontdoor.directory.rules.asking import Cut, Wanted
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World


def test_the_demonstration_has_services_to_find_and_work_to_do(world: World) -> None:
    now = datetime.now(UTC)
    assert signposting.make(now=now) == 61
    with world.acting("early_help_officer", of=PETERBOROUGH, at=now) as by:
        kept = keeping.kept(by=by, at=now)
        assert [each.source.name for each in kept.sources if each.old] == ["List of the voluntary sector"]
        (corrected,) = keeping.corrections(by=by)
        assert (corrected.service.name, corrected.value) == ("Penny Wise", "01632 960499")
        (heading,) = [each for each in searching.needs(by=by) if each[1] == "Family support"]
        found = searching.search(Wanted(terms=(heading[0],), place="PE1 1QN"), Cut(), by=by)
        assert found.total > 3
        assert all(hit.km is not None for hit in found.hits)
        assert not Location.objects.filter(postcode="").exists()
    with world.acting("early_help_officer", of=CAMBRIDGESHIRE, council=CAMBRIDGESHIRE, at=now) as by:
        (waits,) = [each.waits for each in keeping.sources(by=by, at=now) if each.waits]
        assert (waits.counts["changed"], waits.counts["left_out"]) == (1, 1)
        assert {each.path for each in Finding.objects.filter(run=waits)} == {"id", "opening_hours"}
