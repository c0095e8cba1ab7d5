"""An invented family of the gallery, with every symbol and line of a genogram."""

from datetime import date

from frontdoor.shell.pages.genogram import Couple, Family, Home, Member, Parentage, Relative, Tie, Together

ON = date(2026, 4, 2)
BEFORE = date(2018, 4, 2)


def _people() -> tuple[Relative, ...]:
    return (
        Relative("gran", "Zofia Example", "F", born=date(1952, 3, 4)),
        Relative("grandad", "Jan Example", "M", born=date(1949, 5, 1), died=date(2019, 11, 3)),
        Relative("mother", "Ewa Example", "F", born=date(1990, 8, 12), href="/gallery/record/"),
        Relative("aunt", "Maria Sample-Example", "F", born=date(1987, 2, 2)),
        Relative("aunts_wife", "Nia Sample", "F", born=date(1986, 7, 9)),
        Relative("father", "Sam Sample", "M", born=date(1988, 1, 30)),
        Relative("first", "Lee Placeholder", "M", age="about 40"),
        Relative("partner", "Ash Invented", "F", "X", born=date(1992, 12, 5)),
        Relative("child", "Ola Sample", "F", born=date(2017, 6, 6), about=True, href="/gallery/record/"),
        Relative("one", "Piotr Sample", "M", born=date(2019, 9, 1)),
        Relative("two", "Pawel Sample", "M", born=date(2019, 9, 1), note="May be known in Cambridgeshire too"),
        Relative("half", "Tom Placeholder-Example", "M", born=date(2011, 4, 2)),
        Relative("unborn", "Unborn Example", "U", expected=date(2026, 8, 20)),
        Relative("cousin", "Kit Sample", "U", born=date(2015, 10, 10)),
        Relative("shut", "Restricted record", restricted="Call 01632 960001"),
        Relative("friend", "Robin Friend", "M", born=date(2016, 1, 1)),
        Relative("risk", "Name not known", "M", age="about 30"),
        Relative("carer", "Grace Carer", "F", born=date(1970, 3, 3)),
    )


def _parents() -> tuple[Parentage, ...]:
    def of(parent: str, child: str, words: str, may: str = "", kind: str = "birth") -> Parentage:
        return Parentage(parent, child, kind, words, "child", may, "birth certificate seen" if may == "yes" else "")

    return (
        *(of("gran", child, "mother") for child in ("mother", "aunt")),
        *(of("grandad", child, "father") for child in ("mother", "aunt")),
        *(of("mother", child, "mother", "yes") for child in ("half", "child", "one", "two", "unborn")),
        *(of("father", child, "father", "yes") for child in ("child", "one", "two")),
        of("first", "half", "father", "disputed"),
        of("partner", "child", "step-parent", "no", kind="step"),
        *(of(parent, "cousin", "adoptive parent", "yes", "adopted") for parent in ("aunt", "aunts_wife")),
        Parentage("carer", "half", "foster", "foster carer", "fostered child", "no", since=date(2025, 1, 6)),
        Parentage("shut", "child", "carer", "family friend, caring", "child cared for", "no"),
    )


def sample() -> Family:
    """The family of the gallery."""
    return Family(
        _people(),
        _parents(),
        (
            Couple("gran", "grandad", "married", since=date(1985, 6, 1)),
            Couple("mother", "first", "former", since=date(2010, 1, 1), until=date(2012, 5, 1)),
            Couple("mother", "father", "divorced", since=date(2022, 2, 1)),
            Couple("mother", "partner", "together", since=date(2023, 7, 1)),
            Couple("aunt", "aunts_wife", "married", since=date(2014, 4, 1)),
        ),
        (
            Tie("friend", "child", "friend", "other", "friend"),
            Tie("risk", "half", "person who may be a risk", "risk", "child at risk"),
        ),
        (Together(frozenset({"one", "two"}), identical=True),),
        _homes(),
    )


def _homes() -> tuple[Home, ...]:
    shared = ("child", "one", "two")
    with_mother = tuple(Member(key) for key in ("mother", "partner", "unborn"))
    return (
        Home("a", "12 Example Street", with_mother + tuple(Member(key, "Monday to Thursday") for key in shared)),
        Home("b", "3 Sample Road", (Member("father"), *(Member(key, "Friday to Sunday") for key in shared))),
        Home("c", "Carer's home", (Member("carer"), Member("half", since=date(2025, 1, 6)))),
    )
