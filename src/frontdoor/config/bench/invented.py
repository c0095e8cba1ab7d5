"""Invented contacts without number: the same seed gives the same rows. No name is anybody's; no NHS numbers."""

import hashlib
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from frontdoor.contacts.rules.intake import SCHEMA, folded

SEED = 20261101
ANCHOR = datetime(2026, 11, 1, 12, tzinfo=UTC)
"""When the newest of them arrived; ages grow with the real clock, the rows stay the same."""
YEARS = 5
HIGHEST_WAITING = 5_000

GIVEN = (
    "Abel", "Ada", "Aisha", "Alfie", "Amara", "Anya", "Arlo", "Beatrix", "Ben", "Bilal", "Bronwen", "Caleb", "Carys",
    "Cora", "Dalia", "Daniel", "Dara", "Edie", "Elif", "Elis", "Emil", "Esme", "Ewa", "Farah", "Finn", "Flora",
    "Gabriel", "Grace", "Hana", "Harris", "Hugo", "Ibrahim", "Ida", "Imogen", "Iris", "Isla", "Ivan", "Jakub", "Jonah",
    "Joy", "Kaja", "Karim", "Kit", "Lamar", "Lena", "Leo", "Lowri", "Luca", "Mabel", "Magda", "Malik", "Marta", "Max",
    "Mina", "Nadia", "Nell", "Noor", "Olive", "Omar", "Oskar", "Pearl", "Petra", "Quinn", "Rafe", "Rhys", "Rosa",
    "Ruben", "Saba", "Sami", "Sofia", "Stefan", "Tamar", "Tess", "Theo", "Tomas", "Una", "Vera", "Victor", "Willa",
    "Yara", "Yusuf", "Zara", "Zofia",
)  # fmt: skip
_BEGINNINGS = (
    "Alder", "Ash", "Barn", "Black", "Bram", "Brook", "Cal", "Clay", "Cran", "Dun", "East", "Elm", "Fal", "Fen",
    "Gold", "Gran", "Hal", "Hare", "Hather", "Holl", "Kel", "Lang", "Lind", "Mar", "Mel", "Nor", "Oak", "Pem", "Quar",
    "Rad", "Raven", "Sal", "Sel", "Stan", "Sten", "Thorn", "Under", "Wal", "West", "Wick", "Wind", "Wood", "Yar",
)  # fmt: skip
_ENDINGS = (
    "beck", "bourne", "bridge", "bury", "by", "combe", "cote", "croft", "dale", "den", "field", "ford", "gate", "ham",
    "holt", "hurst", "ing", "land", "ley", "low", "mere", "more", "ridge", "shaw", "stead", "ton", "wick", "worth",
)  # fmt: skip
FAMILY = tuple(begin + end for begin in _BEGINNINGS for end in _ENDINGS)
_STREETS = (
    "Mill Lane",
    "Station Road",
    "Church Street",
    "Fen Way",
    "Orchard Close",
    "The Drove",
    "Eastgate",
    "Park View",
)
_WORRIES = (
    "came to school hungry three times this week", "was outside alone after dark", "said that home is loud at night",
    "has bruises that nobody explains", "has missed most of this half-term", "is afraid to go home on Fridays",
    "looks after the younger ones alone", "was seen with older people at the station",
)  # fmt: skip
_CHANNELS = (("web", 40), ("phone", 35), ("police_notification", 15), ("email", 10))
_SOURCES = ("1A", "1B", "2A", "2B", "3A", "4", "5A", "6", "8", "10")
_POSTCODES = {873: ("CB1", "CB4", "CB24", "PE27", "PE29"), 874: ("PE1", "PE2", "PE3", "PE4", "PE7")}
_OUTCOMES = ("early_help", "information_advice", "referral_assessment", "nfa")
_WAITS = (("received", 45), ("looked", 30), ("screening", 15), ("waiting", 10))

DueAt = Callable[[datetime], datetime]
"""When the decision on what arrived at an instant is due: the product's own rule, given by the caller."""


@dataclass
class Chain:
    """The head of each channel's receipts in one council, chained as the database does it."""

    numbers: dict[str, int] = field(default_factory=dict)
    hashes: dict[str, bytes] = field(default_factory=dict)

    def give(self, channel: str, submission: int, digest: bytes) -> tuple[int, bytes]:
        """The next number of a channel, and its hash."""
        number = self.numbers.get(channel, 0) + 1
        whole = self.hashes.get(channel, b"") + number.to_bytes(8, "big") + submission.to_bytes(16, "big") + digest
        self.numbers[channel], self.hashes[channel] = number, hashlib.sha256(whole).digest()
        return number, self.hashes[channel]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Lines of some contacts of one council in the text format of COPY.

    :param first: the first contact's number, :param last: the last one's
    """

    first: int
    last: int
    arrivals: bytes
    people: bytes


def waiting_of(size: int) -> int:
    """How many of so many contacts wait to be screened: five thousand, fewer where there are few."""
    return min(HIGHEST_WAITING, size // 20)


def chunks(
    authority: int, *, first: int, count: int, waiting: int, chain: Chain, due_at: DueAt, size: int = 20_000
) -> Iterator[Chunk]:
    """The contacts of one council in the order in which they arrived, so many at a time.

    :param first: number of the first one; numbers of people and matters follow from it
    :param waiting: how many of them, the newest, wait to be screened
    """
    chance = random.Random(f"{SEED}-{authority}")  # noqa: S311 (invented data, the same again for the same seed)
    waiting_from = first + count - waiting
    maker = Maker(authority, chance, chain, due_at)
    for start in range(first, first + count, size):
        end = min(start + size, first + count)
        pairs = [maker.make(number, (number - first) / count, number >= waiting_from) for number in range(start, end)]
        arrivals, people = "".join(one for one, _ in pairs), "".join(many for _, many in pairs)
        yield Chunk(start, end - 1, arrivals.encode(), people.encode())


class Maker:
    """Makes one contact after the other, as lines of COPY."""

    def __init__(self, authority: int, chance: random.Random, chain: Chain, due_at: DueAt) -> None:
        self.authority, self.chance, self.chain, self.due_at = authority, chance, chain, due_at
        self.channels = [name for name, weight in _CHANNELS for _ in range(weight)]
        self.waits = [name for name, weight in _WAITS for _ in range(weight)]

    def make(self, number: int, share: float, waits: bool) -> tuple[str, str]:
        """The line of one contact, and the lines of its people.

        :param share: how far along all contacts of its council it stands, which gives its time
        """
        chance = self.chance
        received = self._received(share, waits)
        people, said = self._people(received.date())
        channel, danger = chance.choice(self.channels), chance.choice(("no", "no", "no", "unknown", "unknown", "yes"))
        body = {
            "schema": SCHEMA, "story": f"{said[0]['given_name']} {chance.choice(_WORRIES)}.", "danger": danger,
            "category": "request_for_service", "sub_type": "cp_concern", "source_code": chance.choice(_SOURCES),
            "postcode": people[0]["postcode"], "people": said,
            "referrer": {"kind": "professional", "identity": "given", "name": self._name(), "route": "email",
                         "email": f"sender-{number}@example.org"},
            "agreement": {"status": "not_sought"},
        }  # fmt: skip
        text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        digest = hashlib.sha256(text.encode()).digest()
        submission = chance.getrandbits(128)
        receipt, chained = self.chain.give(channel, submission, digest)
        ended = None if waits else received + timedelta(minutes=chance.randint(40, 2_400))
        arrival = (
            number, f"{submission:032x}", f"{chance.getrandbits(128):032x}", channel, receipt, text,
            rf"\\x{digest.hex()}", rf"\\x{chained.hex()}", received.isoformat(), self.due_at(received).isoformat(),
            chance.choice(self.waits) if waits else "closed", ended.isoformat() if ended else r"\N",
            "" if waits else chance.choice(_OUTCOMES), chance.randint(5, 65), f"{chance.getrandbits(128):032x}",
        )  # fmt: skip
        lines = "".join(f"{number}\t{position}\t{_line(person)}\n" for position, person in enumerate(people))
        return "\t".join(map(str, arrival)) + "\n", lines

    def _received(self, share: float, waits: bool) -> datetime:
        if waits:
            return ANCHOR - timedelta(minutes=self.chance.randint(0, 4 * 24 * 60))
        minutes = YEARS * 365 * 24 * 60 * (1 - share) + 5 * 24 * 60
        return ANCHOR - timedelta(minutes=minutes, seconds=self.chance.randint(0, 3_000))

    def _name(self) -> str:
        return f"{self.chance.choice(GIVEN)} {self.chance.choice(FAMILY)}"

    def _people(self, day: date) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
        """One or two children, one or two adults of one address: with stored keys, and as the sender said them."""
        chance = self.chance
        family, street = chance.choice(FAMILY), f"{chance.randint(1, 240)} {chance.choice(_STREETS)}"
        postcode = f"{chance.choice(_POSTCODES[self.authority])} {chance.randint(1, 9)}{chance.choice('ABDEFGHJLNPQ')}Z"
        kinds = ["child"] * (2 if chance.random() < 0.3 else 1) + ["adult"] * (2 if chance.random() < 0.3 else 1)
        place = f"{folded(postcode)}|{folded(street)}|{folded(family)}"[:120]
        people, said = [], []
        for kind in kinds:
            given, days = (
                chance.choice(GIVEN),
                chance.randint(0, 6_500) if kind == "child" else chance.randint(7_000, 20_000),
            )
            born = (day - timedelta(days=days)).isoformat()
            told = {"kind": kind, "given_name": given, "family_name": family, "date_of_birth": born,
                    "sex": chance.choice("FM"), "address": street, "postcode": postcode}  # fmt: skip
            keys = {"match_name": f"{given.casefold()}|{family.casefold()}", "match_place": place,
                    "match_family": family.casefold(), "match_postcode": folded(postcode)}  # fmt: skip
            said.append(told)
            people.append(told | keys)
        return people, said


_PERSON = (
    "kind", "given_name", "family_name", "date_of_birth", "sex", "address", "postcode", "match_name", "match_place",
    "match_family", "match_postcode",
)  # fmt: skip


def _line(person: dict[str, str]) -> str:
    return "\t".join(person[name] for name in _PERSON)
