"""A family's assessment as it stands in tests: taken on, begun, written, complete."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from frontdoor.familyhelp.rules.assessing import Written
from tests.contacts.deciding import AT
from tests.earlyhelp import helping
from tests.worlds import PETERBOROUGH, World

if TYPE_CHECKING:
    from frontdoor.earlyhelp.models import Episode
    from frontdoor.familyhelp.actions.assessing import Outcome
    from frontdoor.familyhelp.models import Assessment

LEAD = "lead_practitioner"
OFFICER = helping.OFFICER


def taken_on(world: World, *, at: datetime = AT, **more: Any) -> "Episode":
    """A family that somebody has taken on, and whose lead practitioner is in its team."""
    from frontdoor.earlyhelp import actions

    episode = helping.offered(world, at=at, **more)
    with helping.acting(world, at=at) as by:
        actions.answer(
            episode.key, seen=episode.version, accepted=True, answered_with="Jo", worker="Ada Fenn", by=by, at=at
        )
        row = helping.again(episode)
    joins(world, row, at=at)
    return row


def joins(world: World, episode: "Episode", *, at: datetime = AT) -> None:
    """The lead practitioner works with the family."""
    from frontdoor.familyhelp.models import Practitioner

    user = world.user(LEAD, council=PETERBOROUGH).pk
    with helping.acting(world, at=at):
        if not Practitioner.objects.filter(episode=episode, user=user, until=None).exists():
            Practitioner.objects.create(
                authority_id=episode.authority_id, episode=episode, user=user, name="Rowan Fell", agency="A school",
                own=True, leads=False, since=at, by_name="Rowan",
            )  # fmt: skip


def lead(world: World, *, at: datetime = AT) -> Any:
    return world.acting(LEAD, of=PETERBOROUGH, at=at)


def begun(world: World, *, at: datetime = AT, **more: Any) -> "Episode":
    """A family whose assessment was begun by its lead practitioner."""
    from frontdoor.familyhelp.actions import assessing

    episode = taken_on(world, at=at, **more)
    with lead(world, at=at) as by:
        assessing.begin(episode.key, by=by, at=at)
    return episode


def child(world: World, episode: "Episode") -> str:
    """How the child's page is called."""
    with helping.acting(world):
        return str(helping.child(episode).key)


def writes(
    world: World, episode: "Episode", text: str, *, part: str = "family", field: str = "housing_well", seen: int = 0,
    base: str = "", keep: str = "", at: datetime = AT, role: str = LEAD, pressed: bool = False,
) -> "Outcome":  # fmt: skip
    """One field is written."""
    from frontdoor.familyhelp.actions import assessing

    with world.acting(role, of=PETERBOROUGH, at=at) as by:
        return assessing.write(
            episode.key, part=part, given=[Written(field, text, seen, base, keep)], pressed=pressed, by=by, at=at
        )


def complete(world: World, episode: "Episode", *, at: datetime = AT, role: str = LEAD) -> None:
    """Everything that it needs before it is shared, written in one sitting over what stands."""
    from frontdoor.familyhelp.actions import assessing
    from frontdoor.familyhelp.queries import assessment as queries

    whole = {
        child(world, episode): {
            "health_well": "Sleeps well.", "education_worry": "Late every day.", "voice_words": "I want to be on time.",
            "voice_how": "On a walk", "voice_who": "Rowan, on Monday", "scale_home": "4",
        },
        "family": {"housing_well": "A warm flat.", "income_worry": "The money ends on the 20th."},
        "thinking": {"going_on": "Nights and mornings collide.", "change": "Somebody is there at seven."},
    }  # fmt: skip
    with world.acting(role, of=PETERBOROUGH, at=at) as by:
        for part, texts in whole.items():
            stands = queries.passages(queries.rounds(episode, by=by)[-1], by=by)
            place = queries.part_named(episode, part, by=by)
            given = [
                Written(code, text, stands[place.of, code].version if (place.of, code) in stands else 0)
                for code, text in texts.items() if code in place.fields
            ]  # fmt: skip
            assert not assessing.write(episode.key, part=part, given=given, by=by, at=at).overtaken


def shared(world: World, episode: "Episode", *, at: datetime = AT, **more: Any) -> "Assessment":
    """It is shared with the family, which agrees."""
    from frontdoor.familyhelp.actions import assessing
    from frontdoor.familyhelp.queries import assessment as queries

    said = {"agrees": "yes", "comments": "That is us.", "how": "together", "who": "Mum and Tess", **more}
    with lead(world, at=at) as by:
        seen = queries.version_of(queries.passages(queries.rounds(episode, by=by)[-1], by=by))
        return assessing.share(episode.key, **{"seen": seen, **said}, by=by, at=at)
