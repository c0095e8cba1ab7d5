"""Seeded documents, all of it invented, with one kept fact written in one of many ways, or with none: what is missed.

A document is a letter of a few sentences with other people's addresses, numbers, schools and names in it, so that what
is raised without cause is counted too. The same seed gives the same documents.
"""

import random
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from frontdoor.letters.rules.hidden import Kept, Kind
from frontdoor.letters.rules.passages import Sealed, address_marks, passages

SEED = 2026
EACH = 100
"""Documents of each written form."""
CLEAN = 1_000
KEY = b"the key of a measurement, no more"

_STREETS = (
    "Hidden Lane", "Cooper's Row", "Rosewood Avenue", "Saint Audrey Close", "Old Brickfield Road", "Marsh Gate",
    "Kingfisher Drive", "Lark Rise", "Welland Crescent", "Fen End Road", "Orchard Gardens", "Windmill Street",
    "Priory Square", "Eastfield Grove", "Bell Foundry Court", "Long Drove", "Nightingale Walk", "Ferry Terrace",
)  # fmt: skip
_TOWNS = ("Peterborough", "Ely", "March", "Wisbech", "Huntingdon", "St Neots", "Whittlesey", "Soham")
_DISTRICTS = ("PE1", "PE2", "PE13", "PE15", "PE27", "PE29", "CB6", "CB7")
_SCHOOLS = (
    "Larkspur Fen Primary School", "Saint Wendreda's Academy", "Old Brickfield Junior School", "Kingfisher Nursery",
    "Nene Meadow Community College", "The Orchard Infant School", "Bell Foundry Church of England Primary School",
    "Ouse Valley High School", "Windmill Hill Preschool", "Marshgate Academy",
)  # fmt: skip
_PEOPLE = (
    ("Ewa", "Nowak", "Ева Новак", "Eva Novack"), ("Thomas", "Hargreave", "Томас Харгрив", "Thomas Hargreve"),
    ("Catherine", "Ashdown", "Кэтрин Эшдаун", "Katherine Ashdowne"), ("Oleksandr", "Kovalenko", "Олександр Коваленко",
    "Olexander Kovalenko"), ("Žydrūnė", "Petrauskienė", "Жидруне Петраускене", "Zydrune Petrauskiene"),
    ("Michael", "Sandringford", "Майкл Сандрингфорд", "Micheal Sandringford"), ("Rebecca", "Oakenhall",
    "Ребекка Окенхолл", "Rebeca Oakenhall"), ("Mohammed", "Rahimzadeh", "محمد رحیم‌زاده", "Muhamad Rahimzadeh"),
    ("Benjamin", "Wexcombe", "Бенджамин Уэкскомб", "Benjamin Wexcomb"), ("Zoë", "Fitzlangley", "Зои Фицлэнгли",
    "Zoe Fitz-Langley"),
)  # fmt: skip
_OTHERS = (
    "Janet Field",
    "Mark Osborne",
    "Priya Natarajan",
    "Ian Locke",
    "Grace Adeyemi",
    "Piotr Zielinski",
    "Sue Marlow",
)
_SENTENCES = (
    "We spoke with you on {day} about how things are at home.", "You told us that mornings are the hardest part.",
    "{other} from our team will visit on {day} at 10:30.", "Our office is at {office}.",
    "Please ring us on {office_phone} between 9 and 5 if the day does not suit you.",
    "The meeting is at {other_school} and lasts about an hour.", "Your reference is CAM-2026-{number}.",
    "We have asked the health visitor, {other}, to ring you on {other_phone}.", "We wrote down what you told us.",
    "Two of the three appointments were kept, one at four and one at twelve.", "Nobody has decided anything yet.",
    "You may bring somebody whom you trust to the meeting.", "{other} lives at {other_address} and cannot come.",
    "If anybody is in danger now, ring 999.", "The next look at the plan is in {weeks} weeks.",
    "The taxi leaves from {other_street} at a quarter past eight.", "We keep this letter for as long as the law asks.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facts:
    """What is kept of one invented person."""

    number: int
    street: str
    town: str
    postcode: str
    phone: str
    email: str
    school: str
    name: tuple[str, str, str, str]
    before: str = ""

    @property
    def address(self) -> str:
        return f"{self.before}{self.number} {self.street}, {self.town}, {self.postcode}"

    @property
    def known(self) -> tuple[Kept, ...]:
        """All but the address, in clear."""
        return (
            Kept(Kind.PHONE, self.phone), Kept(Kind.EMAIL, self.email), Kept(Kind.SCHOOL, self.school),
            Kept(Kind.NAME, " ".join(self.name[:2])),
        )  # fmt: skip

    @property
    def sealed(self) -> tuple[Sealed, ...]:
        """The address, as it is kept."""
        marks = frozenset(address_marks(self.address, KEY))
        return (Sealed(KEY, marks, marks),)


def facts(dice: random.Random) -> Facts:
    """Somebody of whom all this is kept."""
    person = dice.choice(_PEOPLE)
    letters = "".join(dice.choices("ABDEFGHJLNPQRSTUWXYZ", k=2))
    postcode = f"{dice.choice(_DISTRICTS)} {dice.randint(1, 9)}{letters}"
    first = person[0][:3].encode("ascii", "ignore").decode().lower()
    return Facts(
        dice.randint(2, 96), dice.choice(_STREETS), dice.choice(_TOWNS), postcode, _number(dice),
        f"{first}.{dice.randint(10, 99)}@example.org", dice.choice(_SCHOOLS), person,
        dice.choice(("", "", "", "Flat 2, ", "Rosewood House, ", "c/o Open Door, ")),
    )  # fmt: skip


def _number(dice: random.Random) -> str:
    return dice.choice(["01632 960", "07700 900"]) + f"{dice.randint(0, 999):03}"


_DIGITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


def _spelled(digits: str) -> str:
    return " ".join(_DIGITS[int(digit)] for digit in digits if digit.isdigit())


def _doubled(digits: str) -> str:
    made, place, bare = [], 0, [digit for digit in digits if digit.isdigit()]
    while place < len(bare):
        twice = place + 1 < len(bare) and bare[place] == bare[place + 1]
        made.append(("double " if twice else "") + ("oh" if bare[place] == "0" else _DIGITS[int(bare[place])]))
        place += 1 + twice
    return " ".join(made)


def _in_words(number: int) -> str:
    teens = [
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ]
    tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    if number < 10:
        return _DIGITS[number]
    if number < 20:
        return teens[number - 10]
    return tens[number // 10 - 2] + (f" {_DIGITS[number % 10]}" if number % 10 else "")


def _slip(text: str, dice: random.Random) -> str:
    """One letter of a longer word left out, doubled or exchanged with the next."""
    places = [place for place in range(2, len(text) - 1) if text[place].isalpha() and text[place + 1].isalpha()]
    at = dice.choice(places)
    return dice.choice(
        [
            text[:at] + text[at + 1 :],
            text[:at] + text[at] + text[at:],
            text[:at] + text[at + 1] + text[at] + text[at + 2 :],
        ]
    )


_ABBREVIATED = {
    "Lane": "Ln", "Avenue": "Ave.", "Close": "Cl", "Road": "Rd", "Drive": "Dr", "Crescent": "Cres", "Street": "St.",
    "Gardens": "Gdns", "Square": "Sq", "Court": "Ct", "Terrace": "Terr", "Saint": "St",
}  # fmt: skip
_LOOKALIKE = str.maketrans("aeopcxiHTMBKE", "аеорсхіНТМВКЕ")
_SCHOOL_KINDS = (
    " Church of England Primary School", " Primary School", " Junior School", " Infant School", " Community College",
    " High School", " Academy", " Nursery", " Preschool",
)  # fmt: skip


def _line(f: Facts) -> str:
    return f"{f.number} {f.street}"


def _short_line(f: Facts) -> str:
    return " ".join(_ABBREVIATED.get(word, word) for word in _line(f).split())


def _apart(text: str) -> str:
    return " ".join(text.replace(" ", ""))


def _school_core(f: Facts) -> str:
    said = f.school.removeprefix("The ")
    return next((said.removesuffix(kind) for kind in _SCHOOL_KINDS if said.endswith(kind)), said)


Writes = Callable[[Facts, random.Random], str]
FORMS: dict[tuple[str, str], Writes] = {
    ("address", "as it stands"): lambda f, _: f.address,
    ("address", "first line alone"): lambda f, _: _line(f),
    ("address", "capitals, no commas"): lambda f, _: f"{_line(f)} {f.town} {f.postcode}".upper(),
    ("address", "abbreviated"): lambda f, _: _short_line(f),
    ("address", "split over lines"): lambda f, _: f"{_line(f)}\n{f.town}".replace(" ", "\n", 1),
    ("address", "broken by a hyphen"): lambda f, _: f"{f.number} {f.street[:3]}-\n{f.street[3:]}",
    ("address", "number in words"): lambda f, _: f"{_in_words(f.number)} {f.street}",
    ("address", "number behind"): lambda f, _: f"{f.street}, number {f.number}",
    ("address", "letters apart"): lambda f, _: _apart(_line(f)),
    ("address", "a slip of the pen"): lambda f, d: f"{f.number} {_slip(f.street, d)}",
    ("address", "look-alike letters"): lambda f, _: _line(f).translate(_LOOKALIKE),
    ("address", "unseen signs between"): lambda f, _: "\u200b".join(_line(f)),
    ("address", "street alone"): lambda f, _: f"somewhere in {f.street}",
    ("postcode", "as it stands"): lambda f, _: f.postcode,
    ("postcode", "small, no space"): lambda f, _: f.postcode.replace(" ", "").lower(),
    ("postcode", "letters apart"): lambda f, _: _apart(f.postcode),
    ("postcode", "dots and dashes"): lambda f, _: f.postcode.replace(" ", " - "),
    ("postcode", "split over lines"): lambda f, _: f.postcode.replace(" ", "\n"),
    ("postcode", "o for 0, l for 1"): lambda f, _: f.postcode[:2] + f.postcode[2:].replace("1", "l").replace("0", "O"),
    ("postcode", "digits in words"): lambda f, _: " ".join(
        _DIGITS[int(s)] if s.isdigit() else s for s in f.postcode if s != " "
    ),
    ("postcode", "wide letters"): lambda f, _: "".join(chr(ord(s) + 0xFEE0) if s != " " else s for s in f.postcode),
    ("postcode", "without the last two"): lambda f, _: f.postcode[:-2],
    ("postcode", "first half alone"): lambda f, _: f"the {f.postcode.split()[0]} area",
    ("telephone", "as it stands"): lambda f, _: f.phone,
    ("telephone", "grouped otherwise"): lambda f, _: (
        f"{f.phone.replace(' ', '')[:4]} {f.phone.replace(' ', '')[4:7]} {f.phone.replace(' ', '')[7:]}"
    ),
    ("telephone", "dots and dashes"): lambda f, _: f"({f.phone[:5]})-{f.phone[6:9]}.{f.phone[9:]}",
    ("telephone", "with +44"): lambda f, _: f"+44 (0){f.phone[1:]}",
    ("telephone", "digits apart"): lambda f, _: _apart(f.phone),
    ("telephone", "digits in words"): lambda f, _: _spelled(f.phone),
    ("telephone", "double and oh"): lambda f, _: _doubled(f.phone),
    ("telephone", "split over lines"): lambda f, _: f.phone.replace(" ", "\n"),
    ("telephone", "last six alone"): lambda f, _: f.phone.replace(" ", "")[-6:],
    ("telephone", "O for 0"): lambda f, _: f.phone.replace("0", "O"),
    ("telephone", "a word between"): lambda f, _: f"{f.phone[:5]} then {f.phone[6:]}",
    ("e-mail", "as it stands"): lambda f, _: f.email,
    ("e-mail", "capitals"): lambda f, _: f.email.upper(),
    ("e-mail", "as it is said"): lambda f, _: f.email.replace("@", " at ").replace(".", " dot "),
    ("e-mail", "spaces between"): lambda f, _: f.email.replace("@", " @ ").replace(".", " . "),
    ("school", "as it stands"): lambda f, _: f.school,
    ("school", "capitals"): lambda f, _: f.school.upper(),
    ("school", "without its kind"): lambda f, _: _school_core(f),
    ("school", "another kind of school"): lambda f, _: f"{_school_core(f)} School",
    ("school", "split over lines"): lambda f, _: f.school.replace(" ", "\n"),
    ("school", "a slip of the pen"): lambda f, d: _slip(f.school, d),
    ("school", "first letters"): lambda f, _: "".join(word[0] for word in f.school.split() if word[0].isupper()),
    ("name", "as it stands"): lambda f, _: " ".join(f.name[:2]),
    ("name", "family name first"): lambda f, _: f"{f.name[1]}, {f.name[0]}",
    ("name", "capitals, apart"): lambda f, _: _apart(" ".join(f.name[:2]).upper()),
    ("name", "without accents"): lambda f, _: _bare(" ".join(f.name[:2])),
    ("name", "with an initial"): lambda f, _: f"{f.name[0][0]}. {f.name[1]}",
    ("name", "pet name"): lambda f, d: f"{_pet(f.name[0], d)} {f.name[1]}",
    ("name", "family name alone"): lambda f, _: f.name[1],
    ("name", "another script"): lambda f, _: f.name[2],
    ("name", "spelt otherwise"): lambda f, _: f.name[3],
    ("name", "given name alone"): lambda f, _: f.name[0],
}


def _bare(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


_PETS = {
    "Thomas": ["Tom", "Tommy"], "Catherine": ["Kate", "Cathy"], "Oleksandr": ["Sasha", "Alex"],
    "Michael": ["Mike", "Mick"], "Rebecca": ["Becky", "Becca"], "Mohammed": ["Mo"], "Benjamin": ["Ben", "Benji"],
}  # fmt: skip


def _pet(given: str, dice: random.Random) -> str:
    return dice.choice(_PETS.get(given, [given]))


def document(dice: random.Random, planted: str, avoid: Facts) -> str:
    """A letter of four to nine sentences with what is planted somewhere in it; empty plants nothing.

    :param avoid: whose facts must not stand in the rest of it by chance
    """
    made = dice.sample(_SENTENCES, k=dice.randint(4, 9))
    said = [_filled(sentence, dice, avoid) for sentence in made]
    if planted:
        frame = dice.choice(
            (
                "They can be found here: {}.",
                "We were told of {} on Monday.",
                "Please send it to {} soon.",
                "It is about {}, as you know.",
            )
        )
        said.insert(dice.randint(0, len(said)), frame.format(planted))
    return dice.choice((" ", "\n", "\n\n")).join(said)


def _shares_with(other: Facts, avoid: Facts) -> bool:
    """Whether two share what would be found rightly: a street, most of a postcode or number, a named house."""
    return (
        other.street == avoid.street
        or other.postcode[:-2] == avoid.postcode[:-2]
        or other.phone[-6:] == avoid.phone[-6:]
        or (other.before == avoid.before and "Flat" not in other.before and bool(other.before))
    )


def _filled(sentence: str, dice: random.Random, avoid: Facts) -> str:
    other = facts(dice)
    while _shares_with(other, avoid):
        other = facts(dice)
    schools = [each for each in _SCHOOLS if each != avoid.school]
    return sentence.format(
        day=f"{dice.randint(1, 28)} {dice.choice(('March', 'May', 'June'))}", other=dice.choice(_OTHERS),
        office="Sand Martin House, Bittern Way, Peterborough, PE2 8TY", office_phone="01632 960001",
        other_school=dice.choice(schools), number=f"{dice.randint(0, 99999):05}", other_phone=other.phone,
        other_address=other.address, other_street=other.street, weeks=dice.randint(2, 12),
    )  # fmt: skip


@dataclass
class Counted:
    """What was found and missed of each written form, and raised without cause of each kind."""

    seed: int
    each: int
    clean: int
    found: Counter[tuple[str, str]] = field(default_factory=Counter)
    alarms: Counter[str] = field(default_factory=Counter)
    false_documents: int = 0

    def missed(self, form: tuple[str, str]) -> float:
        """The share of documents with this form in which it was not found."""
        return 1 - self.found[form] / self.each

    def missed_of(self, kind: str) -> float:
        """The share over all forms of a kind."""
        of_kind = [form for form in FORMS if form[0] == kind]
        return sum(map(self.missed, of_kind)) / len(of_kind)


KINDS = tuple(dict.fromkeys(kind for kind, _ in FORMS))


def measure(*, seed: int = SEED, each: int = EACH, clean: int = CLEAN) -> Counted:
    """Write all these documents and look at each; a form counts as found where a passage touches what was planted."""
    dice = random.Random(seed)  # noqa: S311 (invented documents)
    counted = Counted(seed, each, clean)
    for form, write in FORMS.items():
        for _ in range(each):
            kept = facts(dice)
            planted = write(kept, dice)
            text = document(dice, planted, kept)
            begins = text.index(planted)
            seen = passages(text, kept.known, kept.sealed)
            counted.found[form] += any(p.starts < begins + len(planted) and p.ends > begins for p in seen)
    for _ in range(clean):
        kept = facts(dice)
        seen = passages(document(dice, "", kept), kept.known, kept.sealed)
        counted.false_documents += bool(seen)
        counted.alarms.update({p.kind.value for p in seen})
    return counted


def table(counted: Counted) -> Iterator[str]:
    """The figures as a table of a document: each written form with the share missed, and what is raised in vain."""
    yield f"Seed {counted.seed}, {counted.each} documents of each form, {counted.clean} with nothing to find."
    yield ""
    yield "| what | written | missed |"
    yield "|---|---|---:|"
    for kind in KINDS:
        yield f"| **{kind}** | **all forms** | **{counted.missed_of(kind):.1%}** |"
        yield from (f"| {form[0]} | {form[1]} | {counted.missed(form):.1%} |" for form in FORMS if form[0] == kind)
    yield ""
    yield f"Raised without cause: {counted.false_documents / counted.clean:.2%} of documents with nothing to find"
    yield f"({_shares(counted.alarms.items(), counted.clean)})."


def _shares(alarms: Iterable[tuple[str, int]], clean: int) -> str:
    return ", ".join(f"{kind} {count / clean:.2%}" for kind, count in sorted(alarms)) or "none"
