"""Joins that stand in both councils: one proposed, one made, one parted of which a row waits to be divided.

`planting` takes it in at its end.
"""

from datetime import timedelta
from typing import Any

from tests.separation.planting import Ground, plants, token


def _two(ground: Ground, number: int) -> list[Any]:
    """Two records full of words that must not cross."""
    from frontdoor.people.actions import index
    from frontdoor.people.models import Fact

    name = token(ground.council, "case")
    with ground.acting("social_worker") as by:
        return [
            index.make(
                given_name=f"{name}double{number}{which}", family_name=f"{name}family", at=ground.at, by=by,
                rows=[Fact(kind="school", value=f"{name} School {which}")], source=index.Source("worker"),
            )
            for which in "ab"
        ]  # fmt: skip


def _proposed(ground: Ground, kept: Any, gone: Any) -> Any:
    from frontdoor.matching.actions import joining

    with ground.acting("social_worker") as by:
        seen = (kept.version, gone.version)
        return joining.propose(kept=kept.key, gone=gone.key, seen=seen, why=ground.said(), by=by, at=ground.at)


def _made(ground: Ground, kept: Any, gone: Any) -> Any:
    from frontdoor.matching.actions import joining

    join = _proposed(ground, kept, gone)
    with ground.acting("data_quality_manager") as by:
        versions = (kept.version, gone.version)
        return joining.approve(join.key, seen=1, seen_people=versions, why=ground.said(), by=by, at=ground.at)


@plants("join")
def join(ground: Ground) -> Any:
    """A proposal that waits for somebody else."""
    return _proposed(ground, *_two(ground, 1)).key


@plants("made-join")
def made_join(ground: Ground) -> Any:
    """Two records that are one."""
    return _made(ground, *_two(ground, 2)).key


@plants("parted-join")
def parted_join(ground: Ground) -> Any:
    """Two records that were one, with a row that was added meanwhile by whoever is told to look again."""
    from frontdoor.matching.actions import joining_undoing
    from frontdoor.people.actions import index
    from frontdoor.people.models import Caution

    kept, gone = _two(ground, 3)
    made = _made(ground, kept, gone)
    with ground.acting("social_worker") as by:
        row = Caution(kind="dogs", words=ground.said())
        index.add(kept.key, row, source=index.Source("worker"), by=by, at=ground.at + timedelta(minutes=1))
    with ground.acting("data_quality_manager") as by:
        later = ground.at + timedelta(minutes=2)
        return joining_undoing.undo(made.key, seen=made.version, why=ground.said(), by=by, at=later).key


@plants("told")
def told(ground: Ground) -> Any:
    """What the social worker is asked to look at again."""
    from frontdoor.matching.models import Told

    with ground.acting("social_worker"):
        return Told.objects.get(join__key=ground.keys["parted-join"]).key


@plants("double")
def double(ground: Ground) -> Any:
    """Two records that a search found alike."""
    from frontdoor.actors.rules import SEEDER
    from frontdoor.matching.models import Search, Suspicion

    one, other = _two(ground, 4)
    with ground.world.system(SEEDER, council=ground.council):
        here = {"authority_id": ground.council}
        told = {"state": "done", "engine": "sql", "begun_by": "test", "begun_at": ground.at, "moved_at": ground.at}
        search = Search.objects.create(**here, **told)
        found = {"state": "waiting", "strength": "likely", "bits": 9.0, "reasons": [ground.said()]}
        return Suspicion.objects.create(**here, search=search, person=one, other=other, **found).key


@plants("apart")
def apart(ground: Ground) -> Any:
    """Two records of one name that are kept apart."""
    from frontdoor.matching.actions.apart import keep_apart

    one, other = _two(ground, 6)
    why = f"{ground.said()} and more"
    with ground.acting("data_quality_manager") as by:
        return keep_apart(one.key, other.key, ground="same_name", why=why, by=by, at=ground.at).key
