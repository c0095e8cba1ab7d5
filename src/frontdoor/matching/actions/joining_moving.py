"""The journal of a join: each row moved with what it said before and after, and put back exactly."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import F, Model, Q

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor
from frontdoor.matching.models import Join, Move
from frontdoor.matching.queries import joining_standing as standing
from frontdoor.matching.queries.joining_tables import columns_of, digests, moved, rows_of
from frontdoor.matching.rules import joining as rules
from frontdoor.people.models import Mark, Membership, Name, Person, Relationship

STRUCK, ENDED = "struck", "ended"
"""The column of a move that struck a row through, or ended it: `became` holds the columns that say so."""

LED = "led_at"
"""The column of a move by which a name was chosen to lead."""

BEFORE: dict[str, dict[str, Any]] = {
    STRUCK: {"struck_by": None, "struck_at": None, "struck_why": ""},
    ENDED: {"ended_by": None, "ended_at": None},
}
"""What these columns said before."""

Rows = dict[str, set[int]]
"""Numbers of rows by table."""

Aside = dict[type[Model], set[int]]
"""Numbers of rows that are struck through or ended, by model."""


def move_all(join: Join, kept: Person, gone: Person, *, struck_by: int, by: Actor, at: datetime) -> int:
    """Move every row of the one record to the other, and strike through what cannot stand beside the other's.

    :param by: who sees both records whole
    :returns: how many rows were moved
    """
    struck = _cannot_stand(join.choices, kept, gone, by=by)
    between = _between(kept, gone, by=by)
    said = {"struck_by": struck_by, "struck_at": at, "struck_why": rules.STRUCK}
    moves = [*_aside(STRUCK, struck, said, by=by)]
    moves += _aside(ENDED, {Mark: _marked_twice(kept, gone, by=by)}, {"ended_by": struck_by, "ended_at": at}, by=by)
    for each in moved():
        found = within(by, each.model.objects.all())  # type: ignore[attr-defined]  # every model has its manager
        stood = found.filter(**{each.column: kept.pk}).order_by("pk").values_list("pk", flat=True)
        moves += [_move(each.table, row, each.column, kept.pk, kept.pk) for row in stood]
        rows = list(found.filter(**{each.column: gone.pk}).order_by("pk").values_list("pk", flat=True))
        rows = [row for row in rows if row not in between[each.table]]
        found.filter(pk__in=rows).update(**{each.column: kept.pk})
        moves += [_move(each.table, row, each.column, gone.pk, kept.pk) for row in rows]
    moves += _lead(join.choices.get("name"), by=by, at=at)
    moves.append(_move(Person._meta.db_table, gone.pk, "joined_into_id", None, kept.pk))
    within(by, Person.objects.filter(pk=gone.pk)).update(joined_into=kept)
    gone.refresh_from_db(fields=["joined_into"])
    _keep(join, moves)
    return len({(move.table, move.row) for move in moves if move.was != move.became})


def _lead(name: str | None, *, by: Actor, at: datetime) -> list[Move]:
    """Let the chosen name lead, where one was chosen."""
    rows = within(by, Name.objects.filter(key=name)) if name else Name.objects.none()
    led = list(rows.values_list("pk", "led_at"))
    rows.update(led_at=at)
    table = Name._meta.db_table
    return [_move(table, row, LED, before and before.isoformat(), at.isoformat()) for row, before in led]


def _move(table: str, row: int, column: str, was: Any, became: Any) -> Move:
    return Move(table=table, row=row, column=column, was=was, became=became)


def _keep(join: Join, moves: list[Move]) -> None:
    """Write the journal, with what each row says now beside whose it is."""
    changed: Rows = defaultdict(set)
    for move in moves:
        if move.was != move.became:
            changed[move.table].add(move.row)
    said = {table: digests(table, sorted(rows)) for table, rows in changed.items()}
    for move in moves:
        move.authority_id, move.join = join.authority_id, join
        move.digest = said.get(move.table, {}).get(move.row, "") if move.was != move.became else ""
    Move.objects.bulk_create(moves, batch_size=1_000)


def _between(kept: Person, gone: Person, *, by: Actor) -> Rows:
    """Rows that stand between the two: they stay as they are, for nobody is tied to themselves."""
    found: Rows = defaultdict(set)
    for table in {each.table for each in moved()}:
        if len(columns := columns_of(table)) == 2:
            pair = standing.of_pair(kept, gone, *columns)
            found[table] = set(within(by, rows_of(table).filter(pair)).values_list("pk", flat=True))
    return found


def _cannot_stand(choices: dict[str, Any], kept: Person, gone: Person, *, by: Actor) -> Aside:
    """What is struck through: the losers of a choice, ties of somebody to themselves, and what stands twice."""
    struck: Aside = defaultdict(set)
    for each in standing.differing(kept, gone, by=by):
        sides = (gone, kept) if choices[each.what.value] == rules.KEPT else (kept, gone)
        struck[standing.ONCE[each.what][0]].update(standing.losing(each.what, *sides, by=by))
    ties = within(by, Relationship.objects.filter(struck_at=None))
    pair = standing.of_pair(kept, gone, "person_id", "other_id")
    struck[Relationship].update(ties.filter(pair).values_list("pk", flat=True))
    struck[Relationship].update(_twice(ties, "person_id", "other_id", kept, gone))
    struck[Relationship].update(_twice(ties, "other_id", "person_id", kept, gone))
    lives = within(by, Membership.objects.filter(struck_at=None, until=None))
    struck[Membership].update(_twice(lives, "person_id", "household_id", kept, gone))
    return struck


def _twice(rows: Any, whose: str, with_whom: str, kept: Person, gone: Person) -> list[int]:
    """Rows of the one that say what a row of the other says already."""
    said = ["kind", "since", "until"] if rows.model is Relationship else []
    ours = {tuple(row) for row in rows.filter(**{whose: kept.pk}).values_list(with_whom, *said)}
    theirs = rows.filter(**{whose: gone.pk}).exclude(**{with_whom: kept.pk}).order_by("pk")
    return [row[0] for row in theirs.values_list("pk", with_whom, *said) if tuple(row[1:]) in ours]


def _marked_twice(kept: Person, gone: Person, *, by: Actor) -> set[int]:
    """Marks that the same worker put on the same event in both records: one of them goes on."""
    marks = within(by, Mark.objects.filter(ended_at=None))
    ours = set(marks.filter(person=kept).values_list("event_key", "said_by"))
    theirs = marks.filter(person=gone).values_list("pk", "event_key", "said_by")
    return {row for row, *said in theirs if tuple(said) in ours}


def _aside(column: str, chosen: Aside, said: dict[str, Any], *, by: Actor) -> Iterable[Move]:
    """Strike rows through or end them, each with its line in the journal."""
    written = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in said.items()}
    for model, rows in chosen.items():
        within(by, model.objects.filter(pk__in=rows)).update(**said)  # type: ignore[attr-defined]
        yield from (_move(model._meta.db_table, row, column, None, written) for row in sorted(rows))


def put_back(join: Join, *, by: Actor) -> list[tuple[str, int]]:
    """Put every row back where it stood before the join.

    What somebody changed of a row since stays changed.

    :param by: who sees both records whole
    :returns: the rows that were changed since, by table and number
    """
    moves = list(within(by, join.moves.exclude(was=F("became"))).order_by("pk"))
    changed = _changed(moves)
    together: dict[tuple[str, str, Any], list[Move]] = defaultdict(list)
    for move in moves:
        together[move.table, move.column, move.was].append(move)
    # First whose each row is, then what was struck or ended: a mark of the other record must not stand beside it.
    for (table, column, was), some in sorted(together.items(), key=lambda each: each[0][1] in BEFORE):
        rows = within(by, rows_of(table).filter(pk__in=[move.row for move in some]))
        if column in BEFORE:
            stands: dict[str, Any] = {**(some[0].became or {})}
            stands[f"{column}_at"] = datetime.fromisoformat(stands[f"{column}_at"])
            rows.filter(**stands).update(**BEFORE[column])
            continue
        rows.filter(**{column: some[0].became}).update(**{column: was})
    return changed


def _changed(moves: list[Move]) -> list[tuple[str, int]]:
    """The rows that say something else than when they were moved."""
    said: dict[str, dict[int, str]] = defaultdict(dict)
    for move in moves:
        if move.digest and move.table != Person._meta.db_table:
            said[move.table][move.row] = move.digest
    return [
        (table, row)
        for table, rows in sorted(said.items())
        for row, digest in digests(table, sorted(rows)).items()
        if digest != rows[row]
    ]


def touched_later(join: Join, *, by: Actor) -> Join | None:
    """The newest join that still stands and changed a row that this one changed, after it did."""
    mine = within(by, join.moves.exclude(was=F("became"))).values_list("table", "row", "pk")
    rows: Rows = defaultdict(set)
    last = 0
    for table, row, number in mine:
        rows[table].add(row)
        last = max(last, number)
    same = Q(pk=None)
    for table, numbers in rows.items():
        same |= Q(table=table, row__in=numbers)
    later = Move.objects.filter(same, pk__gt=last, join__state=rules.State.MADE).exclude(was=F("became"))
    found = within(by, later).exclude(join=join).select_related("join__kept", "join__gone").order_by("-pk").first()
    return found.join if found else None


def added_since(join: Join, *, by: Actor) -> list[tuple[str, int, str]]:
    """The rows of the record that went on which this join's journal does not know: table, number and column.

    Those that another join brought, and that still stands, are that one's.
    """
    known: dict[tuple[str, str], set[int]] = defaultdict(set)
    brought = Q(join__kept=join.kept_id, join__state=rules.State.MADE) & ~Q(was=F("became"))
    journal = within(by, Move.objects.filter(Q(join=join) | brought))
    for table, column, row in journal.values_list("table", "column", "row"):
        known[table, column].add(row)
    found = []
    for each in moved():
        if each.model is not Person:
            rows = within(by, each.model.objects.filter(**{each.column: join.kept_id})).order_by("pk")  # type: ignore[attr-defined]
            numbers = rows.values_list("pk", flat=True)
            found += [(each.table, row, each.column) for row in numbers if row not in known[each.table, each.column]]
    return found
