"""Fifty people write the assessments of ten families at once: what keeping a text costs, and that none is lost."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from frontdoor.config.bench.timing import Line, Times, counted

if TYPE_CHECKING:
    from frontdoor.actors.rules import Actor
    from frontdoor.config.bench.measuring import Bench

COUNCIL = 874
FAMILIES, WRITERS = 10, 50
PAUSE = 0.8
"""Seconds after the last letter when a page sends what was typed (`autosave.js`)."""
FIELDS = ("housing_well", "housing_worry", "income_well", "income_worry", "wider_well")
_BARE = "UPDATE familyhelp_passage SET text = %s, version = version + 1, at = now() WHERE id = %s"
SINCE = date(2019, 1, 1)


class Lost(Exception):
    """A text that was said to be kept does not stand."""


def kept(bench: "Bench") -> list[Line]:
    """Each writer keeps a longer text in a field of their own, five to a family, as fast as a page sends them."""
    actors, families = _staff(), _families()
    own = [(families[number % FAMILIES], FIELDS[number // FAMILIES]) for number in range(WRITERS)]
    statements = _one_update(actors[0], *own[0])
    seen = _first(actors, own)
    whole = _at_once(bench.seconds, lambda number: _writer(actors[number], *own[number], seen, number))
    _none_lost(actors, own, seen)
    floor = _at_once(bench.seconds, lambda number: _bare(bench, *own[number]))
    ratio = f"{whole.p50 / floor.p50:.2f}x"
    return [
        Line("an assessment: one field kept while 50 people write", str(floor), str(whole), ratio),
        counted("an assessment: statements that change rows, for one field kept", [statements], 1),
    ]


def _staff() -> "list[Actor]":
    """Fifty officers of the hub."""
    from frontdoor.access.actions import give_post, make_account
    from frontdoor.access.models import User
    from frontdoor.access.queries import actor_for
    from frontdoor.access.rules import Role
    from frontdoor.actors.actions import acting_for
    from frontdoor.actors.rules import SEEDER
    from frontdoor.organisations.models import Agency, Function, Team

    at, made = timezone.now(), []
    with acting_for(COUNCIL, by=SEEDER) as by:
        employer = Agency.objects.get(kind="council", name__icontains="Peterborough")
        team = Team.objects.filter(authority_id=COUNCIL, function=Function.EARLY_HELP)[0]
        for number in range(WRITERS):
            email = f"bench-helper-{number}@example.org"
            user = User.objects.filter(email=email).first()
            if user is None:
                user = make_account(email, f"Helper {number}", by=by, at=at)
                give_post(user, team=team, role=Role.EARLY_HELP_OFFICER, agency=employer, starts_on=SINCE, by=by, at=at)
            made.append(actor_for(user, at=at).at(COUNCIL))
    return made


def _families() -> list[UUID]:
    """Ten families that were taken on and agree, each with an assessment that is being written."""
    from frontdoor.actors.actions import acting_for
    from frontdoor.actors.rules import SEEDER
    from frontdoor.contacts.models import Contact
    from frontdoor.earlyhelp.models import Agreement, Episode, Member
    from frontdoor.familyhelp.models import Assessment
    from frontdoor.organisations.models import Team

    at, keys = timezone.now(), []
    with acting_for(COUNCIL, by=SEEDER):
        contact, team = Contact.objects.order_by("id")[0], Team.objects.filter(authority_id=COUNCIL)[0]
        for number in range(FAMILIES):
            row = Episode.objects.create(
                authority_id=COUNCIL, contact=contact, family=uuid4(), reference=f"B-{uuid4()}", state="allocated",
                received_at=at, opened_at=at, team_id=team.pk, due_at=at + timedelta(days=60),
            )  # fmt: skip
            child = Member.objects.create(
                authority_id=COUNCIL, episode=row, slip=uuid4(), is_child=True, position=number
            )
            Agreement.objects.create(
                authority_id=COUNCIL, episode=row, member=child, purpose="help", status="given", on=at.date(),
                way="phone", by_user=0, by_name="Bench", at=at,
            )  # fmt: skip
            Assessment.objects.create(
                authority_id=COUNCIL, episode=row, number=1, state="writing", begun_at=at, begun_by=0,
                begun_name="Bench",
            )  # fmt: skip
            keys.append(row.key)
    return keys


def _write(actor: "Actor", family: UUID, field: str, text: str, seen: int) -> int:
    from frontdoor.actors.actions import acting_for
    from frontdoor.familyhelp.actions import assessing
    from frontdoor.familyhelp.rules.assessing import Written

    with acting_for(COUNCIL, by=actor) as by:
        done = assessing.write(family, part="family", given=[Written(field, text, seen)], by=by, at=timezone.now())
    if done.overtaken:
        raise Lost(f"{field} of {family} was overtaken by nobody")
    return done.stands[field][0]


def _first(actors: "list[Actor]", own: list[tuple[UUID, str]]) -> dict[int, int]:
    """The first text of each writer: from then on each goes on in a row of their own."""
    return {number: _write(actors[number], *own[number], f"Begun {number}", int(number == 0) * 2)
            for number in range(WRITERS)}  # fmt: skip


def _one_update(actor: "Actor", family: UUID, field: str) -> int:
    """How many rows' statements going on in a field is."""
    seen = _write(actor, family, field, "A warm", 0)
    with CaptureQueriesContext(connection) as caught:
        _write(actor, family, field, "A warm flat", seen)
    return sum(each["sql"].startswith(("INSERT", "UPDATE", "DELETE")) for each in caught)


def _writer(actor: "Actor", family: UUID, field: str, seen: dict[int, int], number: int) -> Callable[[], None]:
    def once() -> None:
        seen[number] = _write(actor, family, field, f"{number} " + "and so it goes on, " * seen[number], seen[number])

    return once


def _none_lost(actors: "list[Actor]", own: list[tuple[UUID, str]], seen: dict[int, int]) -> None:
    """What was said to be kept stands, of the version that was said.

    :raises Lost: it does not
    """
    from frontdoor.actors.actions import acting_for
    from frontdoor.familyhelp.models import Passage

    with acting_for(COUNCIL, by=actors[0]):
        for number, (family, field) in enumerate(own):
            row = Passage.objects.filter(assessment__episode__key=family, field=field).order_by("-version")[0]
            if row.version != seen[number] or (number and not row.text.startswith((f"{number} ", "Begun"))):
                raise Lost(f"{field} of {family}: {row.version}, not {seen[number]}")


def _bare(bench: "Bench", family: UUID, field: str) -> Callable[[], None]:
    """The row's UPDATE alone, past the policies, each in a transaction of its own."""
    (pk,) = bench.rows(
        "SELECT p.id FROM familyhelp_passage p JOIN familyhelp_assessment a ON a.id = p.assessment_id"
        " JOIN earlyhelp_episode e ON e.id = a.episode_id WHERE e.key = %s AND p.field = %s"
        " ORDER BY p.version DESC LIMIT 1", [family, field],
    )[0]  # fmt: skip
    session: list[Any] = []

    def once() -> None:
        if not session:
            session.append(bench.cluster.connect("postgres", bench.name).__enter__())
            session[0].execute("SELECT set_config('frontdoor.actor', 'system:seeder', false)")
        with session[0].transaction():
            session[0].execute(_BARE, ["and so it goes on, " * 20, pk])

    return once


def _at_once(seconds: float, one: Callable[[int], Callable[[], None]]) -> Times:
    """Everybody does theirs again and again, each in a pause of their own; how long each time took, in milliseconds."""
    acts = [one(number) for number in range(WRITERS)]
    ends = time.perf_counter() + max(seconds, 5.0)

    def work(number: int) -> list[float]:
        taken: list[float] = []
        chance = Random(number)  # noqa: S311 (the same pauses each time)
        try:
            while True:
                time.sleep(PAUSE * (0.5 + chance.random()))
                if (began := time.perf_counter()) >= ends:
                    return taken
                acts[number]()
                taken.append(1_000 * (time.perf_counter() - began))
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as writers:
        return Times(tuple(each for taken in writers.map(work, range(WRITERS)) for each in taken))
