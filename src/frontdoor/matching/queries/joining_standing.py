"""What of two records cannot both stand, and what hinders their being joined."""

from typing import Any
from uuid import UUID

from django.db.models import Q

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, StepNotAllowed
from frontdoor.matching.models import Join, NotSame
from frontdoor.matching.queries.joining_whole import whole
from frontdoor.matching.rules import joining as rules
from frontdoor.matching.rules.joining import Clash, Differs
from frontdoor.people.models import Birth, Fact, Identifier, Name, Person, Relationship
from frontdoor.people.models.index import Recorded
from frontdoor.people.rules.index_summary import names_in_order

ONCE: dict[Clash, tuple[type[Recorded], Q, str]] = {
    Clash.BIRTH: (Birth, ~Q(basis="disputed"), "day"),
    Clash.SEX: (Fact, Q(kind="sex"), "value"),
    Clash.NHS: (Identifier, Q(kind="nhs"), "value"),
    Clash.DIED: (Fact, Q(kind="died"), "value"),
}
"""Where the index keeps what a person has once only; a disputed birth stands beside others until it is decided."""


def standing(person: Person, *, by: Actor) -> dict[Clash, tuple[str, ...]]:
    """The different values that stand of each thing that a person has once only."""
    return {
        what: tuple(sorted({str(value) for value in _stands(what, person, by=by).values_list(column, flat=True)}))
        for what, (_, _, column) in ONCE.items()
    }


def losing(what: Clash, loser: Person, winner: Person, *, by: Actor) -> list[int]:
    """The rows of the record whose word is not taken that say something else than the other's."""
    column = ONCE[what][2]
    taken = _stands(what, winner, by=by).values_list(column, flat=True)
    differ = _stands(what, loser, by=by).exclude(**{f"{column}__in": list(taken)})
    return list(differ.order_by("pk").values_list("pk", flat=True))


def _stands(what: Clash, person: Person, *, by: Actor):  # type: ignore[no-untyped-def]  # a QuerySet, for this module
    model: Any = ONCE[what][0]
    which = ONCE[what][1]
    return within(by, model.objects.filter(which, person=person, struck_at=None))


def differing(kept: Person, gone: Person, *, by: Actor) -> tuple[Differs, ...]:
    """What cannot both stand of the two."""
    return rules.clashes(standing(kept, by=by), standing(gone, by=by))


def names_of(one: Person, other: Person, *, by: Actor) -> list[Name]:
    """The names of the two that stand and have no end, as they would count in one record; what is alike once."""
    stands = within(by, Name.objects.filter(person__in=[one.pk, other.pk], struck_at=None, until=None))
    alike: dict[str, Name] = {}
    for row in names_in_order(stands.order_by("pk")):
        alike.setdefault(str(row), row)
    return list(alike.values())


def of_pair(one: Person, other: Person, first: str, second: str) -> Q:
    """Rows of a table that stand between the two, whichever way round."""
    return Q(**{first: one.pk, second: other.pk}) | Q(**{first: other.pk, second: one.pk})


def may_join(one: Person, other: Person, *, by: Actor, but: UUID | None = None) -> None:
    """See that nothing hinders the two from being joined; looked at behind the wall, for what is not told hinders too.

    :param but: key of the join that is being answered
    :raises NotFound: they are two identities of which nobody is told
    :raises StepNotAllowed: they are known not to be one, are twins, or one of them is in another join
    """
    if one.pk == other.pk:
        raise StepNotAllowed("This is one record, not two.")
    if one.shut and other.shut:
        raise StepNotAllowed("Both records are restricted, each open to people of its own. End one restriction first.")
    with whole(by) as matcher:
        _not_two_on_purpose(one, other, by=matcher)
        _in_no_other(one, other, by=matcher, but=but)


def _not_two_on_purpose(one: Person, other: Person, *, by: Actor) -> None:
    pair = within(by, NotSame.objects.filter(of_pair(one, other, "first_id", "second_id"), ended_at=None))
    grounds = list(pair.order_by("-hidden", "pk").values_list("ground", "hidden"))
    if any(hidden or ground == "adoption" for ground, hidden in grounds):
        raise NotFound
    if grounds:
        rules.refuse_not_same(grounds[0][0])
    between = Relationship.objects.filter(of_pair(one, other, "person_id", "other_id"), struck_at=None)
    if within(by, between.exclude(twin="")).exists():
        rules.refuse_not_same("twin")


def _in_no_other(one: Person, other: Person, *, by: Actor, but: UUID | None) -> None:
    for person in (one, other):
        if person.joined_into_id is not None:
            raise StepNotAllowed("One of these records was joined into another. Open that one.")
    mine = Q(kept__in=[one.pk, other.pk]) | Q(gone__in=[one.pk, other.pk])
    others = within(by, Join.objects.filter(mine, state__in=[state.value for state in rules.OPEN]))
    if but is not None:
        others = others.exclude(key=but)
    if (found := others.order_by("pk").first()) is not None:
        waits = found.state == rules.State.PROPOSED
        raise StepNotAllowed(
            "One of these records is in a join that waits for an answer."
            if waits
            else "One of these records was parted from another, and not every later row has been given to one of them."
        )
