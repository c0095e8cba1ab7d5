"""A family in both councils: a mother, a household, a change of it that waits and one that was made."""

from datetime import timedelta
from typing import Any

from tests.separation import planted_people  # noqa: F401 (its child comes first)
from tests.separation.planting import Ground, plants, token


def _source(ground: Ground) -> Any:
    from frontdoor.people.rules.index_rows import Source

    return Source("worker", ground.said())


@plants("relationship")
def relationship(ground: Ground) -> Any:
    """That somebody is the mother of the child."""
    from frontdoor.people.actions import index
    from frontdoor.people.actions.families import Said, relate, strike_relationship

    name = token(ground.council, "case")
    with ground.acting("social_worker") as by:
        said = {"source": _source(ground), "by": by, "at": ground.at}
        mother = index.make(given_name=f"{name}mother", family_name=f"{name}family", **said)
        row = relate(mother.key, ground.keys["person"], Said("mother", "yes", ground.said()), **said)
        struck = relate(mother.key, ground.keys["person"], Said("other_relative"), **said)
        strike_relationship(struck.key, why=ground.said(), by=by, at=ground.at)
        return row.key


@plants("household")
def household(ground: Ground) -> Any:
    """Where the child and the mother live."""
    from frontdoor.people.actions import families
    from frontdoor.people.models import Relationship

    with ground.acting("social_worker") as by:
        said = {"source": _source(ground), "by": by, "at": ground.at, "pattern": ground.said()[:100]}
        mother = Relationship.objects.get(key=ground.keys["relationship"]).person
        home = families.make_household(ground.said()[:100], ground.keys["person"], **said)
        families.join_household(home.key, mother.key, since=None, seen=home.version, **said)
        return home.key


@plants("membership")
def membership(ground: Ground) -> Any:
    """The child's part in the household."""
    from frontdoor.people.models import Membership

    with ground.acting("social_worker"):
        rows = Membership.objects.filter(household__key=ground.keys["household"], person__key=ground.keys["person"])
        return rows.get().key


def _asked(ground: Ground, by: Any) -> Any:
    from frontdoor.people.actions.families_moving import ask
    from frontdoor.people.models import Household
    from frontdoor.people.rules.families import Wanted

    home = Household.objects.get(key=ground.keys["household"])
    on = ground.at.date() - timedelta(days=1)
    label = ground.said()[:100]
    wanted = Wanted("split", str(home.key), (str(ground.keys["person"]),), on, label=label, stay=True)
    return ask(wanted, why=ground.said(), seen=home.version, by=by, at=ground.at)


@plants("made-change")
def made_change(ground: Ground) -> Any:
    """A change of the household that was made."""
    from frontdoor.people.actions.families_moving import make

    with ground.acting("social_worker") as by:
        change = _asked(ground, by)
        return make(change.key, seen=change.version, by=by, at=ground.at).key


@plants("household-change")
def household_change(ground: Ground) -> Any:
    """A change of the household that waits."""
    with ground.acting("social_worker") as by:
        return _asked(ground, by).key
