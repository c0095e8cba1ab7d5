"""Which persons are one family, so that a family is brought in whole or not at all.

Persons are one family where a row of mothers or of families names them together. Only numbers are held, a place a
person: a million people fit into some hundred megabytes.
"""

from array import array
from collections.abc import Iterator

MOST_OF_A_FAMILY = 60
"""More people than this under one family number are a number that stands for nothing."""


class Families:
    """Persons in the order in which they first stood in a table, and who belongs with whom."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self._parents = array("l")
        self._held: set[int] = set()

    def __len__(self) -> int:
        return len(self._places)

    def place(self, person: str) -> int:
        """The place of a person, made where there was none."""
        place = self._places.setdefault(person, len(self._parents))
        if place == len(self._parents):
            self._parents.append(place)
        return place

    def known(self, person: str) -> int | None:
        """The place of a person that has one."""
        return self._places.get(person)

    def join(self, one: int, other: int) -> None:
        """Put two persons, and all who are with them, into one family; the earliest place names it."""
        first, second = sorted((self.family(one), self.family(other)))
        self._parents[second] = first

    def family(self, place: int) -> int:
        """The family of a person: the earliest place in it."""
        parents = self._parents
        while parents[place] != place:
            parents[place] = parents[parents[place]]
            place = parents[place]
        return place

    def hold(self, place: int) -> None:
        """Hold a person's family back: a row of theirs could not be taken."""
        self._held.add(place)

    def held(self) -> frozenset[int]:
        """Families that are held back."""
        return frozenset(self.family(place) for place in self._held)

    def batches(self, size: int, *, after: int = -1) -> Iterator[list[list[int]]]:
        """Whole families in their order, in batches of about `size` people; those up to `after` are done already.

        The order depends on the files alone, so that a run that was killed goes on where it stopped.
        """
        following: dict[int, list[int]] = {}
        sizes = array("l", bytes(8 * len(self._parents)))
        for place in range(len(self._parents)):
            sizes[self.family(place)] += 1
        batch: list[list[int]] = []
        count = 0
        for place in range(len(self._parents)):
            first = self.family(place)
            if first <= after:
                continue
            following.setdefault(first, []).append(place)
        for first in sorted(following):
            batch.append(following.pop(first))
            count += sizes[first]
            if count >= size:
                yield batch
                batch, count = [], 0
        if batch:
            yield batch
