"""The matching as a whole, on a small invented population with known truth: floors that no change may fall below."""

from functools import lru_cache

from frontdoor.config.measuring.data import generated
from frontdoor.config.measuring.figures import Figures, figures
from frontdoor.config.measuring.ours import verdicts
from frontdoor.config.population.people import household, households
from frontdoor.matching.rules.scoring import ALMOST_CERTAIN

PEOPLE, LOOKED_FOR, SEED = 3_000, 700, 41


@lru_cache(1)
def measured() -> tuple[Figures, int]:
    """Figures at even odds, and how many were called almost certain who are somebody else."""
    data = generated(PEOPLE, looked_for=LOOKED_FOR, seed=SEED)
    said = verdicts(data)
    wrong = sum(verdict.strength == ALMOST_CERTAIN and pair not in data.truth for pair, verdict in said.items())
    return figures({pair: verdict.probability for pair, verdict in said.items()}, data.truth, least=0.85), wrong


def test_nearly_everybody_who_is_known_is_among_the_candidates_and_comes_first():
    found, _ = measured()
    assert found.found >= 0.98
    assert found.rank_1 >= 0.97


def test_what_is_called_likely_is_right_and_what_is_right_is_called_likely():
    found, _ = measured()
    assert found.precision >= 0.93
    assert found.recall >= 0.9


def test_almost_nobody_is_taken_for_somebody_else_for_certain():
    assert measured()[1] <= 1


def test_the_same_seed_gives_the_same_people_whoever_begins_where():
    first = [someone for family in households(7, people=200) for someone in family]
    again = [someone for family in households(7, people=200) for someone in family]
    assert first == again
    assert household(7, first[-1].household, people=200)[-1] == first[-1]
    assert len({someone.number for someone in first}) == len(first)


def test_every_community_and_every_hard_case_lives_there():
    people = [someone for family in households(7, people=12_000) for someone in family]
    assert len({someone.community for someone in people}) >= 20
    assert {someone.role for someone in people} == {"adult", "child", "unborn"}
    assert any(
        someone.record.born and (someone.record.born.day, someone.record.born.month) == (1, 1) for someone in people
    )
    assert any(not someone.record.names[0].family for someone in people)
    births: dict[tuple[int, object], int] = {}
    for someone in people:
        if someone.role == "child":
            key = (someone.household, someone.record.born)
            births[key] = births.get(key, 0) + 1
    assert max(births.values()) >= 2
