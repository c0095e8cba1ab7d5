"""A record that few may open, in both councils: nobody of those who walk the matrix is named for it.

`planting` takes it in at its end. Whatever is written in the record itself is a canary that nobody may see.
"""

from datetime import date, timedelta
from typing import Any

from tests.separation.planting import Ground, plants, token


def _given(ground: Ground, **given: Any) -> Any:
    from frontdoor.people.rules.restricting import Why

    told = {
        "ground": "high_risk", "why": ground.said(), "call_whom": token(ground.council, "case"),
        "call_number": "01632 960123",
    }  # fmt: skip
    return Why(**told, **given)


@plants("restriction")
def restriction(ground: Ground) -> Any:
    """A child whose record is shut, written down before it was."""
    from frontdoor.people.actions import index, restricting
    from frontdoor.people.models import Caution, Fact, Name
    from frontdoor.people.rules.index_rows import Source

    word = token(ground.council, "shut")
    with ground.acting("social_worker") as by:
        made = index.make(
            given_name=word, family_name=f"{word}family", born=date(2016, 2, 3), sex="M",
            rows=[
                Name(kind="known_as", given_name=f"{word}short"), Fact(kind="school", value=f"{word} School"),
                Caution(kind="dogs", words=word),
            ],
            source=Source("worker", word), by=by, at=ground.at,
        )  # fmt: skip
    with ground.acting("head_of_service") as by:
        given = _given(ground, owner=by.user_id)
        return restricting.restrict(made.key, given=given, by=by, at=ground.at).key


@plants("shut-person")
def shut_person(ground: Ground) -> Any:
    """The record itself: for everybody who walks the matrix there is none."""
    from frontdoor.actors.rules import MATCHER
    from frontdoor.people.models import Person

    with ground.world.system(MATCHER, council=ground.council):
        return Person.objects.get(shut=True).key


@plants("reader")
def reader(ground: Ground) -> Any:
    """Somebody who may open it, and does not walk the matrix."""
    from frontdoor.people.actions import restricting

    user = ground.world.user("team_manager", second=True).pk
    with ground.acting("head_of_service") as by:
        return restricting.name_reader(
            ground.keys["restriction"], user=user, why=ground.said(), since=ground.at, until=None, by=by, at=ground.at
        ).key


@plants("bar")
def bar(ground: Ground) -> Any:
    """Somebody who may never open it."""
    from frontdoor.people.actions import restricting

    user = ground.world.user("contact_officer", second=True).pk
    with ground.acting("head_of_service") as by:
        return restricting.bar(
            ground.keys["restriction"], user=user, ground="relative", why=ground.said(), by=by, at=ground.at
        ).key


@plants("glass")
def glass(ground: Ground) -> Any:
    """Glass that a colleague broke and nobody has looked at."""
    from frontdoor.people.actions import restricting_glass

    with ground.world.acting("duty_worker", second=True, council=ground.council, at=ground.at) as by:
        return restricting_glass.break_glass(
            ground.keys["restriction"], why=ground.said(), factor_given_at=ground.at - timedelta(seconds=9), by=by,
            at=ground.at,
        ).key  # fmt: skip


@plants("declared")
def declared(ground: Ground) -> Any:
    """A relative whom a colleague declared, with the record that was found."""
    from frontdoor.actors.rules import MATCHER
    from frontdoor.people.actions import restricting_declared

    word = token(ground.council, "case")
    with ground.world.acting("social_worker", second=True, council=ground.council, at=ground.at) as by:
        made = restricting_declared.declare(
            ground="relative", given_name=word, family_name=f"{word}family", born_on=date(2017, 5, 4), by=by,
            at=ground.at,
        )  # fmt: skip
    with ground.world.system(MATCHER, council=ground.council) as by:
        restricting_declared.match_declared(by=by, at=ground.at)
    return made.key
