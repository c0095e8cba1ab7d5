"""The plain value that people are compared by: of one known, and of one named in a contact."""

from dataclasses import dataclass
from datetime import date

LEGAL, KNOWN_AS, FORMER, MAIDEN, ALIAS, UNBORN = "legal", "known_as", "former", "maiden", "alias", "unborn"
"""Kinds of name, as the index keeps them."""

KNOWN, ESTIMATED, DISPUTED = "known", "estimated", "disputed"
"""What a date of birth rests on: an estimated or disputed one counts for little when it differs."""


@dataclass(frozen=True, slots=True)
class Called:
    """One name that somebody has or had, as it is written; a one-part name stands in either place."""

    given: str = ""
    family: str = ""
    kind: str = LEGAL
    patronymic: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """What is compared of a person. Whoever builds it leaves out protected addresses and telephones.

    `names`: every name of every kind, the present first. `born_said`: a date as written that is none (31.02.2015).
    `expected`: of an unborn child. `age`: years as said on `age_on`, exact or not. `sex`: M, F or empty.
    `postcodes`, `addresses`: present and earlier; `uprns`: property numbers. `identifiers`: (kind, value), e.g.
    ("nhs", "9990871779"), ("upn", "…"), ("system:Youth justice", "…"). `relatives`: names of
    those in the household and the family.
    """

    names: tuple[Called, ...] = ()
    born: date | None = None
    born_basis: str = KNOWN
    born_said: str = ""
    expected: date | None = None
    age: int | None = None
    age_on: date | None = None
    sex: str = ""
    postcodes: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    uprns: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()
    relatives: tuple[Called, ...] = ()
