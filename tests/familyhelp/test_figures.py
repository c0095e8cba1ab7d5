"""Counts without names: from nothing that is shown can one family be told."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from frontdoor.actors.rules import NotPermitted
from frontdoor.earlyhelp.models import Signpost, Uptake
from frontdoor.familyhelp.models import Evidence, Outcome
from frontdoor.familyhelp.pages import figures as pages
from frontdoor.familyhelp.queries import figures as queries
from frontdoor.familyhelp.queries.figures import Figures, Month, OfOutcome, Taken
from frontdoor.familyhelp.rules.figures import FEW, chain, parts, share, shown, tells
from frontdoor.trail.models import Entry
from tests.contacts.deciding import AT, arrived
from tests.earlyhelp import helping
from tests.familyhelp.moving import LATER, ended, restrict, taken_on
from tests.worlds import PETERBOROUGH, World


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((20, 10), ("20", "10")), ((20, 0), ("20", "0")), ((20, 20), ("20", "20")), ((20, 3), ("20", "not shown")),
        ((20, 18), ("20", "not shown")), ((4, 2), (FEW, "not shown")), ((0, 0), ("0", "0")),
        ((20, 18, 10), ("20", "not shown", "not shown")), ((1_200, 600), ("1,200", "600")),
    ],
)  # fmt: skip
def test_a_part_is_shown_only_where_neither_it_nor_the_rest_is_small(counts: Any, said: Any) -> None:
    assert chain(*counts) == said


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({"a": 10, "b": 6}, {"a": "10", "b": "6"}),
        ({"a": 10, "b": 3}, {"a": "not shown", "b": "not shown"}),
        ({"a": 10, "b": 3, "c": 7}, {"a": "10", "b": "not shown", "c": "not shown"}),
        ({"a": 10, "b": 3, "c": 3}, {"a": "10", "b": "not shown", "c": "not shown"}),
        ({"a": 10, "b": 0}, {"a": "10", "b": "0"}),
        ({"a": 2, "b": 0}, {"a": "not shown", "b": "not shown"}),
    ],
)  # fmt: skip
def test_of_parts_no_small_one_is_told_by_taking_the_others_from_the_whole(counts: Any, said: Any) -> None:
    assert parts(counts) == said


def test_a_share_tells_no_more_than_its_counts() -> None:
    assert (share(10, 20), share(18, 20), share(0, 0)) == ("50%", "not shown", "none")
    assert (shown(4), shown(5), tells(5, 9)) == (FEW, "5", False)


def month(number: int, left: int, back: int) -> Month:
    return Month(AT.date().replace(month=number, day=1), left, back, 0, whole=True)


def said(rows: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in rows]


def found(months: tuple[Month, ...] = (), outcomes: tuple[OfOutcome, ...] = (), **taken: Any) -> Figures:
    services = taken.pop("services", ())
    told = Taken(taken.pop("told", 0), taken.pop("came", {}), taken.pop("reasons", {}), services)
    return Figures(months, outcomes, told, 182)


def test_the_sum_of_all_months_tells_nothing_of_one_that_is_hidden() -> None:
    one = pages.council("P", found((month(1, 10, 5), month(2, 9, 1))))
    assert [row[0] for row in said(one.back)] == ["January 2026", "February 2026"]
    both = pages.council("P", found((month(1, 10, 5), month(2, 9, 1), month(3, 9, 4))))
    assert said(both.back)[-1] == ["All months", "28", "10", "not shown", "36%"]
    none = pages.council("P", found((month(1, 10, 5), month(2, 10, 0))))
    assert said(none.back)[-1] == ["All months", "20", "5", "not shown", "25%"]


def test_services_are_named_only_where_enough_families_were_told() -> None:
    taken = {"told": 17, "came": {"went": 17, "waits": 0, "not": 0, "unknown": 0}, "reasons": {}}
    few_left = pages.council("P", found(**taken, services=(("Swimming", 8, 8), ("Debt advice", 6, 6), ("Choir", 3, 3))))
    assert said(few_left.services) == [["Swimming", "8", "8"]]
    none_left = pages.council("P", found(**taken | {"told": 14}, services=(("Swimming", 8, 2), ("Debt advice", 6, 6))))
    assert said(none_left.services) == [["Swimming", "8", "not shown"], ["Debt advice", "6", "6"]]


def counted(world: World, *, at: Any = LATER, role: str = "team_manager") -> Figures:
    with world.acting(role, of=PETERBOROUGH, at=at) as by:
        return queries.figures(by=by, at=at)


@pytest.mark.django_db
def test_who_left_and_came_back_is_counted_in_the_month_in_which_they_left(world: World) -> None:
    ended(world, taken_on(world))
    arrived(world, at=LATER + timedelta(days=5), idem="again")
    now = LATER + timedelta(days=30)
    months = {each.first: each for each in counted(world, at=now).months}
    row = months[LATER.date().replace(day=1)]
    assert (row.left, row.back, row.referred, row.whole) == (1, 1, 0, False)
    assert sum(each.left for each in months.values()) == 1


@pytest.mark.django_db
def test_whoever_may_not_see_a_family_counts_it_not(world: World) -> None:
    episode = ended(world, taken_on(world))
    with helping.acting(world):
        row = Outcome.objects.create(
            authority_id=PETERBOROUGH, episode=episode, code="money", heading="Financial stability", wanted="x",
            by_user=1, by_name="x", at=LATER,
        )  # fmt: skip
        _evidence(row, "end", "met")
    assert [(each.marked, each.ended, each.met) for each in counted(world).outcomes] == [(1, 1, 1)]
    restrict(episode, to=world.user("head_of_service", council=PETERBOROUGH))
    assert counted(world).outcomes == ()
    assert sum(each.left for each in counted(world).months) == 0
    assert [each.marked for each in counted(world, role="head_of_service").outcomes] == [1]


def _evidence(row: Outcome, phase: str, stands: str) -> None:
    Evidence.objects.create(
        authority_id=PETERBOROUGH, outcome=row, phase=phase, stands=stands, words="x", by_user=1, by_name="x", at=LATER
    )


@pytest.mark.django_db
def test_what_families_took_up_is_counted_once_by_its_newest_word(world: World) -> None:
    episode = taken_on(world)
    with helping.acting(world):
        for number, words in enumerate((["waits", "went"], ["not"], [])):
            row = Signpost.objects.create(
                authority_id=PETERBOROUGH, episode=episode, service=episode.key, name=f"Service {number}", by_user=1,
                by_name="x", at=AT + timedelta(minutes=number),
            )  # fmt: skip
            for went in words:
                Uptake.objects.create(
                    authority_id=PETERBOROUGH, signpost=row, went=went, why="x" if went == "not" else "",
                    reason="far" if went == "not" else "", by_user=1, by_name="x", at=AT,
                )  # fmt: skip
    taken = counted(world).taken
    assert (taken.told, taken.came) == (3, {"went": 1, "waits": 0, "not": 1, "unknown": 1})
    assert taken.reasons == {"far": 1}
    assert taken.services == (("Service 0", 1, 1), ("Service 1", 1, 0), ("Service 2", 1, 0))


@pytest.mark.django_db
def test_the_page_is_for_whoever_reads_figures_and_leaves_an_entry(world: World, client: Client) -> None:
    with world.acting("lead_practitioner", of=PETERBOROUGH) as by, pytest.raises(NotPermitted):
        queries.figures(by=by, at=AT)
    ended(world, taken_on(world))
    signed = world.signed_in(client, world.user("auditor", council=PETERBOROUGH))
    page = signed.get("/desk/family-help/").content.decode()
    assert "What came of help for families" in page
    assert "Setchfield" not in page
    with world.acting("auditor", of=PETERBOROUGH):
        assert Entry.objects.filter(action="familyhelp.figures").exists()
