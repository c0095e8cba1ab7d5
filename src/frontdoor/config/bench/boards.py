"""What one large enquiry and a full clock board cost, beside the least that the same page could take."""

from typing import TYPE_CHECKING

from django.urls import reverse

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import SEEDER
from frontdoor.clocks.models import Clock
from frontdoor.config.bench.enquiring import Size
from frontdoor.config.bench.pages import beside_its_floor, opened
from frontdoor.config.bench.timing import Line, compared, counted, side_by_side
from frontdoor.config.demo.organisation import PETERBOROUGH, SLUGS
from frontdoor.mash.models import Enquiry, Rating, Reply, SafetyCheck, Turn

if TYPE_CHECKING:
    from frontdoor.config.bench.measuring import Bench

STATEMENTS, ENQUIRY = 12, 1.7
BOARD = 2
"""The 95th percentile of the clock board against that of its statements and its template."""


def enquiry(bench: "Bench") -> list[Line]:
    """The page of the large enquiry against its own template on a context that is ready."""
    with acting_for(PETERBOROUGH, by=SEEDER):
        row = Enquiry.objects.get()
        entries = sum(
            rows.count()
            for rows in (
                Reply.objects.filter(request__enquiry=row), Turn.objects.filter(enquiry=row),
                Rating.objects.filter(enquiry=row), SafetyCheck.objects.filter(subject__enquiry=row),
            )
        )  # fmt: skip
    page = opened(bench, reverse("mash:enquiry", args=[SLUGS[PETERBOROUGH], row.key]), "mash/enquiry.html")
    below, whole = side_by_side(bench.rounds, page.draw, lambda: bench.browser.get(page.path))
    own, asked = sum(each.own for each in page.said), sum(not each.own for each in page.said)
    size = Size()
    about = f"{size.children + size.adults} people, {size.agencies} agencies, {entries} entries"
    return [
        counted(f"enquiry page, {about}: statements in all ({own} more of the transaction's own)", [asked], STATEMENTS),
        compared(f"enquiry page, {about}: beside its template on a ready context", below, whole, ENQUIRY),
    ]


def clocks(bench: "Bench") -> list[Line]:
    """The clock board of two councils against its own statements and its template on a context that is ready."""
    running = 0
    for council in SLUGS:
        with acting_for(council, by=SEEDER):
            running += Clock.objects.filter(authority_id=council, stopped_at=None).count()
    page = opened(bench, reverse("desk:board"), "desk/board.html")
    below, whole = beside_its_floor(bench, page)
    ratio = whole.p95 / below.p95
    return [
        Line(
            f"clock board, {running:,} running clocks", str(below), str(whole), f"p95 {ratio:.2f}x",
            f"p95 under {BOARD}x", ratio < BOARD,
        ),
        Line("clock board: statements, both councils", "", str(sum(not each.own for each in page.said))),
    ]  # fmt: skip
