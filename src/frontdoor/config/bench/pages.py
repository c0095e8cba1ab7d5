"""What the queue and a record cost: against their own statements, without the wall, and without their entry."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from typing import TYPE_CHECKING, Any

import jinja2
from django.urls import reverse
from django.utils import timezone

from frontdoor.access.queries import actor_for
from frontdoor.actors.actions import acting_for
from frontdoor.actors.queries import within
from frontdoor.config.bench.browser import through
from frontdoor.config.bench.recording import Said, Session, recorded, replay
from frontdoor.config.bench.timing import Line, Times, compared, counted, side_by_side
from frontdoor.config.demo.organisation import CAMBRIDGESHIRE, SLUGS
from frontdoor.contacts.models import Contact
from frontdoor.trail import actions as trail

if TYPE_CHECKING:
    from frontdoor.config.bench.measuring import Bench

TEMPLATE_MS = 8
STATEMENTS_A_COUNCIL, STATEMENTS_BEFORE = 6, 4
WALL_LIST, WALL_ROW_MS = 1.08, 0.2
ENTRY, ENTRY_MS = 1.15, 1.0
SAME = "the same"
QUEUE, INDEX = "FROM contacts_contact contact", "Index Scan contact_queue"


def queue(bench: "Bench") -> list[Line]:
    """The queue of two councils: its statements, its template, and the whole page against both."""
    page = opened(bench, reverse("desk:queue"), "desk/queue.html")
    said, draw = page.said, page.draw
    below, whole = beside_its_floor(bench, page)
    _, alone = side_by_side(bench.rounds, lambda: None, draw)
    with bench.session() as session:
        plans = [_plan(session, said, each) for each in said if QUEUE in each.text]
    shown = len(page.context["rows"])
    walks = bool(plans) and all(INDEX in plan for plan in plans)
    by_council = Counter(each.council for each in said if not each.own)
    before = by_council.pop(None, 0)
    own = sum(each.own for each in said)
    return [
        compared("queue page", below, whole, 1.33),
        counted("queue page: statements a council, entry included", list(by_council.values()), STATEMENTS_A_COUNCIL),
        counted(
            f"queue page: statements for session, user and reach ({own} more of the transaction's own)",
            [before], STATEMENTS_BEFORE,
        ),
        Line(
            "queue page: its rows in the database", "", "its index walked" if walks else "all read and sorted", "",
            "its index walked", walks,
        ),
        Line(
            f"queue page: template alone, {shown} rows", "", str(alone), "", f"at most {TEMPLATE_MS} ms",
            alone.p50 <= TEMPLATE_MS,
        ),
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Opened:
    """A page that is warm, opened once more and written down.

    :param said: what it says to the database
    :param context: what its template is rendered with, ready
    """

    path: str
    said: list[Said]
    template: jinja2.Template
    context: Any

    def draw(self) -> str:
        """Its template on its context, and nothing else."""
        return self.template.render(self.context)


def opened(bench: "Bench", path: str, name: str) -> Opened:
    """Open a page until it is warm, then once more with everything written down.

    :param name: of its template
    """
    for _ in range(3):
        bench.browser.get(path)
    with recorded() as said, _rendered(name) as drawn:
        bench.browser.get(path)
    template, context = drawn[0]
    return Opened(path, said, template, context)


def beside_its_floor(bench: "Bench", page: Opened) -> list[Times]:
    """Its own statements said again and its template drawn, and beside them the whole page."""
    with bench.session() as session:

        def floor() -> None:
            replay(session, page.said)
            page.draw()

        return side_by_side(bench.rounds, floor, lambda: bench.browser.get(page.path))


@contextmanager
def _rendered(name: str) -> Iterator[list[tuple[jinja2.Template, Any]]]:
    """Keep the template of a name and the context that it is rendered with, frame and all."""
    kept: list[tuple[jinja2.Template, Any]] = []
    usual = jinja2.Template.render

    def render(self: jinja2.Template, *args: Any, **kwargs: Any) -> str:
        if self.name == name:
            kept.append((self, args[0]))
        return usual(self, *args, **kwargs)

    jinja2.Template.render = render  # type: ignore[method-assign]  # for the length of the block
    try:
        yield kept
    finally:
        jinja2.Template.render = usual  # type: ignore[method-assign]


def walls(bench: "Bench") -> list[Line]:
    """The same list and the same row with the wall and, by a role of the bench's own, without."""
    path = reverse("desk:queue")

    def without() -> None:
        with through(bench.unwalled):
            bench.browser.get(path)

    bench.browser.get(path)
    with recorded() as said:
        bench.browser.get(path)
    below, whole = side_by_side(bench.rounds, without, lambda: bench.browser.get(path))
    with bench.session("frontdoor_unwalled") as open_, bench.session() as walled:
        bare, kept = side_by_side(bench.rounds, lambda: replay(open_, said), lambda: replay(walled, said))
        alike = _alike(open_, walled, said)
    free, found = _one_row(bench)
    more = found.p50 - free.p50
    return [
        compared("row-level security: queue page", below, whole, WALL_LIST),
        compared("row-level security: the queue's statements alone", bare, kept, WALL_LIST),
        Line(
            "row-level security: one contact by key", str(free), str(found), f"{more:+.2f} ms",
            f"at most +{WALL_ROW_MS} ms", more <= WALL_ROW_MS,
        ),
        Line("row-level security: plans of the queue", "", alike, "", "the same shape", alike == SAME),
    ]  # fmt: skip


def _one_row(bench: "Bench") -> tuple[Times, Times]:
    actor, keys = actor_for(bench.user, at=timezone.now()), cycle(bench.keys(CAMBRIDGESHIRE, 500))

    def find() -> None:
        with acting_for(CAMBRIDGESHIRE, by=actor) as by:
            within(by, Contact.objects.filter(key=next(keys))).get()

    def without() -> None:
        with through(bench.unwalled):
            find()

    free, found = side_by_side(bench.rounds, without, find)
    return free, found


def _alike(one: Session, other: Session, said: list[Said]) -> str:
    """Whether each question of the list is answered by a plan of the same shape; where not, both are shown."""
    asked = [each for each in said if each.council and each.text.startswith("SELECT") and not each.own]
    pairs = [(_plan(one, said, each), _plan(other, said, each)) for each in asked]
    different = [f"`{bare}` became `{walled}`" for bare, walled in pairs if bare != walled]
    return f"{len(different)} of {len(pairs)} differ: {'; '.join(different)}" if different else SAME


def _plan(session: Session, said: list[Said], one: Said) -> str:
    """The shape of a plan: nodes, tables and indexes, without costs and conditions."""
    with session.cursor() as cursor:
        last = [each for each in said[: said.index(one)] if each.own and each.text.startswith("SELECT set_config")][-1]
        cursor.execute(last.text, last.values)
        cursor.execute(f"EXPLAIN (FORMAT JSON) {one.text}", one.values)
        found = cursor.fetchall()[0][0][0]["Plan"]
    session.rollback()
    return _shape(found)


def _shape(plan: dict[str, Any]) -> str:
    """The nodes of a plan with their indexes and tables, and its sub-plans beside it, as a text.

    A Result asks once whether the council is the one acted for, which is the wall itself, or only adds columns: it is
    left out. Sub-plans hang on it or on the node below it, which changes nothing of what they read.
    """
    beside: list[str] = []
    trunk = _tree(plan, beside)
    return f"{trunk} beside {', '.join(sorted(beside))}"


def _tree(node: dict[str, Any], beside: list[str]) -> str:
    below: list[str] = []
    for each in node.get("Plans", []):
        text = _tree(each, beside)
        (beside if each.get("Parent Relationship") == "SubPlan" else below).append(text)
    under = ", ".join(filter(None, below))
    if node["Node Type"] == "Result":
        return under
    name = " ".join(
        each for each in (node["Node Type"], node.get("Index Name") or node.get("Relation Name", "")) if each
    )
    return f"{name} ({under})" if under else name


def record(bench: "Bench") -> list[Line]:
    """The record of one contact with its entry in the trail, and without it."""
    paths = [
        reverse("contacts:detail", kwargs={"council": SLUGS[CAMBRIDGESHIRE], "key": key})
        for key in bench.keys(CAMBRIDGESHIRE, 200)
    ]
    ours, theirs = cycle(paths), cycle(paths)
    silent = _silently(lambda: bench.browser.get(next(theirs)))
    below, whole = side_by_side(bench.rounds, silent, lambda: bench.browser.get(next(ours)))
    flush = bench.flush()
    most = max(ENTRY * below.p50, below.p50 + ENTRY_MS + flush)
    return [
        Line(
            "a read entry: record page with it, and without", str(below), str(whole), f"{whole.p50 / below.p50:.2f}x",
            f"at most {ENTRY}x, or 1 ms and one flush ({flush:.2f} ms)", whole.p50 <= most,
        )
    ]  # fmt: skip


def _silently(call: Callable[[], object]) -> Callable[[], None]:
    """The same call while nothing is written into the trail."""

    def silent() -> None:
        usual, trail.record = trail.record, lambda *args, **kwargs: None
        try:
            call()
        finally:
            trail.record = usual

    return silent
