"""What a data-quality manager of the demonstration finds: who is open to whom, a pair kept apart, joins in every state.

One council's case system was read this morning, the other's four days ago: there pages say so in red.
"""

from datetime import datetime, timedelta

from frontdoor.access.models import User
from frontdoor.access.queries import actor_for
from frontdoor.access.rules import Role
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import SEEDER, Actor
from frontdoor.config.demo import organisation
from frontdoor.matching.actions import apart, joining, joining_undoing
from frontdoor.matching.models import Join, Link
from frontdoor.people.actions import index
from frontdoor.people.models import Bringing, Fact, Involvement, Person
from frontdoor.people.queries.index import open_person

AGE = {organisation.PETERBOROUGH: timedelta(hours=5), organisation.CAMBRIDGESHIRE: timedelta(days=4)}
OPEN = (
    ("protection", "Safeguarding team 2", "Ruth Pell", "accepted"),
    ("in_need", "Children in need team", "Omar Dhillon", "accepted"),
    ("looked_after", "Children in care team", "Grace Achebe", "left"),
)
"""Plan, team, worker, and whether the worker is there: one has left, so the manager owns it."""


def make(*, now: datetime) -> None:
    """All of it, in each of our councils."""
    for council in AGE:
        with acting_for(council, by=SEEDER):
            known = Link.objects.filter(state="confirmed", ended_at=None, person__shut=False, person__joined_into=None)
            born = known.filter(person__born_on__isnull=False).exclude(person__family_name="").exclude(
                person__given_name=""
            )  # fmt: skip
            people = list(Person.objects.filter(pk__in=born.values("person_id")).order_by("-born_on", "id")[:12])
        if len(people) < len(OPEN) + 3:
            continue
        _feed(council, people[: len(OPEN)], now)
        _joins(council, people[len(OPEN) :], now)


def _feed(council: int, people: list[Person], now: datetime) -> None:
    at = now - AGE[council]
    with acting_for(council, by=SEEDER):
        run = Bringing.objects.create(
            authority_id=council, kind="feed", state="done", as_at=at, begun_by="The refresh of every night",
            begun_at=at, moved_at=at, ended_at=at, total=len(people), done=len(people), counts={},
        )  # fmt: skip
        for number, (person, (plan, team, worker, state)) in enumerate(zip(people, OPEN, strict=True)):
            Involvement.objects.create(
                authority_id=council, person=person, external=f"INV{number:04}", kind="worker", worker=worker,
                worker_state=state, team=team, manager="Judith Marsh", phone="01632 960170",
                plan=plan, since=(now - timedelta(days=120 + 30 * number)).date(), as_at=at, bringing=run,
            )  # fmt: skip


def _acting(role: Role, council: int, at: datetime, *, second: bool = False) -> Actor:
    user = User.objects.get(email=organisation.email_of(role, authority=council, second=second))
    return actor_for(user, at=at).at(council)


def _joins(council: int, people: list[Person], now: datetime) -> None:
    """One join that waits, one that was undone with a row to divide, and two of one name who are two people."""
    early, worker = now - timedelta(hours=30), Role.SOCIAL_WORKER
    for number, person in enumerate(people[:2]):
        with acting_for(council, by=_acting(worker, council, early)) as by:
            double = index.make(
                given_name=person.given_name[:-1] or person.given_name, family_name=person.family_name,
                born=person.born_on, source=index.Source("worker", "Written down again by mistake"), by=by, at=early,
            )  # fmt: skip
            person.refresh_from_db()
            join = joining.propose(
                kept=person.key, gone=double.key, seen=(person.version, double.version), by=by, at=early,
                why="The same child, written down twice: one letter is missing.",
            )  # fmt: skip
        if number:
            _undone(council, join, now)
    with acting_for(council, by=_acting(worker, council, early)) as by:
        one = people[2]
        namesake = index.make(
            given_name=one.given_name, family_name=one.family_name, born=(one.born_on or early) - timedelta(days=100),
            source=index.Source("worker", "A call with another school"), by=by, at=early,
        )  # fmt: skip
    with acting_for(council, by=_acting(Role.DATA_QUALITY_MANAGER, council, early)) as by:
        why = "Their schools confirmed that they are two children."
        apart.keep_apart(one.key, namesake.key, ground="same_name", why=why, by=by, at=early)


def _undone(council: int, join: Join, now: datetime) -> None:
    """Joined yesterday, read and added to by a social worker, and parted this morning."""
    made, used, undone = (now - timedelta(hours=hours) for hours in (28, 26, 3))
    with acting_for(council, by=_acting(Role.DATA_QUALITY_MANAGER, council, made)) as by:
        seen = (join.kept.version, join.gone.version)
        joining.approve(join.key, seen=join.version, seen_people=seen, why="Agreed.", by=by, at=made)
    with acting_for(council, by=_acting(Role.SOCIAL_WORKER, council, used)) as by:
        open_person(join.kept.key, by=by, at=used)
        row = Fact(kind="school", value="Larkspur Fen Primary School")
        index.add(join.kept.key, row, source=index.Source("worker", "A call with the school"), by=by, at=used)
    with acting_for(council, by=_acting(Role.DATA_QUALITY_MANAGER, council, undone)) as by:
        join.refresh_from_db()
        why = "Two cousins: the school has both."
        joining_undoing.undo(join.key, seen=join.version, why=why, by=by, at=undone)
