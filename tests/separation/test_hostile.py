"""Bad input: whatever is sent to any form of the site, nobody sees a fault, and what was typed is not lost.

The forms are found on the pages themselves (`sheets.py`), so that a new one is swept without being named anywhere; an
address that takes a POST and whose form is found nowhere fails `test_every_address_that_takes_a_form_is_swept`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from frontdoor.access.checks import LIBRARY_MODULES, routes
from frontdoor.access.rules import Kind as Door
from tests.separation.planting import Ground, token, tokens
from tests.separation.routes import ROUTES
from tests.separation.sheets import ELSEWHERE, READ_ONLY, TYPED, Field, Sheet, find
from tests.separation.walking import Answer, Walker
from tests.shell.markup import parse
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World

THEIRS = tokens(CAMBRIDGESHIRE)
FAULTS = ("Traceback", "psycopg", "django.", "frontdoor.", "DETAIL:", "SELECT ", "Fault of ours")
SCRIPT = "<script>alert('canaryscript')</script>"
ODD = (
    f'=1+1\u202e "quoted" {SCRIPT} {{{{7*7}}}} ${{7*7}} %s \' OR 1=1-- '
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 Z\u0351\u036b\u0343a\u0334lgo "
    "\u0627\u0644\u0639\u0631\u0628\u064a\u0629"
)
"""What people may well type, or paste, and what must be kept as it is: script, formula, right to left, emoji."""

PARTS = ("day", "month", "year", "time")


@dataclass(frozen=True)
class Kind:
    """One way to be hostile.

    :param typed: what goes into every field that somebody types into; None leaves what is usual
    :param parts: what goes into the parts of days and moments
    :param chosen: what goes into every choice
    :param hidden: what goes into every hidden field
    :param change: what is done with the pairs at last
    :param send: how they are sent, where not as a browser does
    :param also: statuses that are right besides
    :param size: whether it is only about how much is sent, whatever the form: not every form is asked (`some`)
    """

    typed: str | None = None
    parts: tuple[str, str, str, str] | None = None
    chosen: str | None = None
    hidden: str | None = None
    change: Callable[[list[tuple[str, str]]], list[tuple[str, str]]] = list
    send: dict[str, Any] | None = None
    also: frozenset[int] = frozenset()
    size: bool = False

    def concerns(self, sheet: Sheet) -> bool:
        """Whether a form has fields of the kind that this goes into."""
        wanted = {
            "typed": self.typed is not None, "part": self.parts is not None, "chosen": self.chosen is not None,
            "hidden": self.hidden is not None,
        }  # fmt: skip
        return not any(wanted.values()) or any(wanted[kind_of(each)] for each in sheet.fields if kind_of(each))

    def pairs(self, sheet: Sheet) -> list[tuple[str, str]]:
        given = [(each.name, self.value(each)) for each in sheet.fields]
        return self.change([(name, value) for name, value in given if value is not None])

    def value(self, each: Field) -> str:
        kind = kind_of(each)
        if kind == "part" and self.parts is not None:
            return self.parts[PARTS.index(each.name.rsplit("-", 1)[1])]
        instead = {"typed": self.typed, "chosen": self.chosen, "hidden": self.hidden}.get(kind)
        return each.usual if instead is None else instead


def kind_of(each: Field) -> str:
    if each.name.rsplit("-", 1)[-1] in PARTS and "-" in each.name:
        return "part"
    if each.kind in TYPED:
        return "typed"
    return {"hidden": "hidden", "button": ""}.get(each.kind, "chosen")


def sent(kind: str, body: bytes) -> Kind:
    """A body that no form of ours makes. Without its token a browser's is refused with 403 before anybody reads it."""
    given = {"content_type": "application/octet-stream", "data": body, "CONTENT_TYPE": kind}
    return Kind(send=given, also=frozenset({200, 400}))


TOO_MUCH = frozenset({400})
GONE = frozenset({404})
MORE = [(name, "1") for name in (
    "is_staff", "is_superuser", "is_active", "role", "authority_id", "authority", "council", "version", "state",
    "owner", "owner_id", "made_by", "received_at", "id", "pk", "key", "user", "user_id", "by", "at", "qualified",
)]  # fmt: skip

KINDS = {
    "odd but honest": Kind(typed=ODD),
    "NUL": Kind(typed="A\x00b"),
    "control characters": Kind(typed="A\x07b\x1b[31m"),
    "an invisible nothing": Kind(typed=" \u200b\u2060\ufeff\t"),
    "300 characters": Kind(typed="n" * 300),
    "25,000 characters": Kind(typed="n " * 12_500),
    "a megabyte": Kind(typed="n" * 1_000_001, also=TOO_MUCH, size=True),
    "10,000 fields": Kind(
        change=lambda given: [*given, *((f"x{each}", "") for each in range(10_000))], also=TOO_MUCH, size=True
    ),
    "every field empty": Kind(typed="", parts=("", "", "", ""), chosen=""),
    "each field twice": Kind(change=lambda given: [*given, *((name, "other") for name, _ in given)]),
    "fields that are not the form's": Kind(change=lambda given: [*given, *MORE]),
    "31 February": Kind(parts=("31", "2", "2026", "9:00")),
    "a day of no year": Kind(parts=("1", "1", "0000", "24:00")),
    "the last of all years": Kind(parts=("31", "12", "9999", "23:59")),
    "digits of another script": Kind(parts=("\u0661", "\u0662", "\u0662\u0660\u0662\u0666", "\u0661:\u0660\u0660")),
    "words for a day": Kind(parts=(ODD, ODD, ODD, ODD)),
    "half past one when clocks go forward": Kind(parts=("29", "3", "2026", "1:30am")),
    "half past one when clocks go back": Kind(parts=("25", "10", "2026", "1:30am")),
    "a choice that is none": Kind(chosen="nonsense\x00"),
    "a choice beyond all numbers": Kind(chosen="9" * 40, also=GONE),
    "a choice of minus one": Kind(chosen="-1", also=GONE),
    "another's key": Kind(chosen="{theirs}", hidden="{theirs}", also=GONE),
    "a version beyond all numbers": Kind(hidden="9" * 40),
    "a version that is no number": Kind(hidden="1e3\x00"),
    "a version that never was": Kind(hidden="-7"),
    "JSON": sent("application/json", b'{"a": [1]}'),
    "a broken multipart": sent("multipart/form-data; boundary=x", b"--y\r\nno"),
    "no boundary": sent("multipart/form-data", b"x"),
    "an unknown alphabet": sent("application/x-www-form-urlencoded; charset=x", b"a=%FF"),
    "broken escapes": sent("application/x-www-form-urlencoded", b"a=%FF%ZZ&&=&%00=%ED%A0%80"),
}  # fmt: skip


BY_SCRIPTS = {"contacts:telephone-draft", "contacts:telephone-earlier"}
"""Asked by a script, which keeps what was typed in the page that it runs in."""


@dataclass
class Swept:
    grounds: dict[int, Ground]
    sheets: list[Sheet]


@pytest.fixture(scope="module")
def swept(planted: dict[int, Ground], django_db_blocker: DjangoDbBlocker) -> Iterator[Swept]:
    """Every form that lies on the planted ground, found once for this file: each request is taken back by itself."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Swept(planted, find(World(), planted))
        transaction.set_rollback(True)


def test_every_address_is_swept_or_takes_nothing_typed(swept: Swept) -> None:
    found = {sheet.route for sheet in swept.sheets}
    missing = " ".join(sorted((found | READ_ONLY) ^ set(ROUTES)))
    assert not missing, f"plant its form, or name it in ELSEWHERE or READ_ONLY of sheets.py: {missing}"
    assert not found & READ_ONLY, "a page of these shows a form that leads there: take it out of READ_ONLY"


@pytest.mark.parametrize("name", sorted(READ_ONLY - {"api:report"}))
def test_what_is_said_to_take_nothing_typed_takes_nothing(swept: Swept, name: str) -> None:
    walker = Walker(swept.sheets[0].client, swept.grounds)
    path = walker.path(name, PETERBOROUGH)
    read, sent = walker.ask("get", path), walker.ask("post", path)
    assert sent.status in {read.status, 401, 403, 404, 405}, (read.status, sent.status)


SIZES = [name for name, kind in KINDS.items() if kind.size]
EVERY = [pytest.param(name, False, id=name) for name in KINDS] + [
    pytest.param(name, True, id=f"{name}, sent to every form", marks=pytest.mark.thorough) for name in SIZES
]


def some(sheets: list[Sheet], kind: str) -> list[Sheet]:
    """The forms that are sent too much: a third of them, others for the next kind, and one of each file of views.

    Django counts what is sent before any view looks at a field, the same way at every address; 25,000 characters go to
    every form. `--thorough` sends too much to every form as well.
    """
    views = {name: view.__module__ for _, name, view in routes()}
    turn = SIZES.index(kind)
    first = {views[sheet.route]: place for place, sheet in reversed(list(enumerate(sheets)))}
    return [sheet for place, sheet in enumerate(sheets) if place % 3 == turn % 3 or first[views[sheet.route]] == place]


@pytest.mark.parametrize(("kind", "whole"), EVERY)
def test_no_form_shows_a_fault_or_loses_what_was_typed(swept: Swept, kind: str, whole: bool) -> None:
    faults = []
    for sheet in some(swept.sheets, kind) if KINDS[kind].size and not whole else swept.sheets:
        if KINDS[kind].concerns(sheet):
            walker = Walker(sheet.client, swept.grounds)
            _try(walker, sheet, KINDS[kind])
            faults += walker.faults
    assert not faults, "\n".join(faults)


HIDDEN = "9 Zzquagga Lane"
"""An address that somebody asks to be kept from others."""


def test_an_address_that_is_to_be_kept_from_others_reaches_no_row_of_the_database_in_clear(swept: Swept) -> None:
    """Whatever form has the mark, whichever button is pressed, and what is typed while somebody types (S24)."""
    said: list[str] = []

    def hear(execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        said.append(f"{sql} {parameters!r}")
        return execute(sql, parameters, many, context)

    marked = [sheet for sheet in swept.sheets if any(name.split("-")[-1] == "keep" for name in sheet.names)]
    for sheet in marked:
        walker, typed = (
            Walker(sheet.client, swept.grounds),
            {"keep": "on", "address": HIDDEN, "postcode": "", "sealed": ""},
        )
        given = [(each.name, typed.get(each.name.split("-")[-1], each.usual)) for each in sheet.fields]
        with connection.execute_wrapper(hear):
            walker.ask("post", sheet.path, **encoded(given))
        assert not [each for each in said if "zzquagga" in each.casefold()], sheet.route
    wanted = {"contacts:telephone-call", "contacts:telephone-draft", "contacts:sort", "portal:person", "sender:new"}
    assert wanted <= {sheet.route for sheet in marked}
    assert said


RIGHT = {302, 409, 422}
OWN = {
    "desk:search": 200, "desk:typed": 200, "contacts:take-next": 200, "contacts:referrer": 200, "portal:where": 200,
    "access:new-client": 201, "access:rotate": 201, "contacts:telephone-draft": 200, "contacts:telephone-earlier": 200,
    "letters:print": 200, "files:original": 200, "contacts:telephone-take-over": 404,
    "account_reset_password_from_key": 200, "mfa_remove_webauthn": 404, "mfa_edit_webauthn": 404,
    "contacts:telephone": 404, "contacts:safe-address": 200, "contacts:family-call": 200, "down:down": 200,
    "sender:of-day": 200, "people:sealed": 200, "disclosures:copy-print": 200,
}  # fmt: skip
"""Addresses whose right answer to a form is a page of its own."""

AGAIN = {"reading", "add"}
"""Buttons that show the page again with what was typed: in easy words, or with room for one child more."""

TRAP = "website"
"""A field that nobody sees: only programs fill it in, and it is not given back."""

TO_BOTH = (token(CAMBRIDGESHIRE, "sent"), token(CAMBRIDGESHIRE, "police"))
"""What a school or a police desk sent to the other council stands on its own pages, since it is its own."""


def _try(walker: Walker, sheet: Sheet, kind: Kind) -> None:
    theirs = walker.grounds[CAMBRIDGESHIRE].keys["contact"]
    pairs = [(name, value.replace("{theirs}", theirs)) for name, value in kind.pairs(sheet)]
    given = kind.send or encoded(pairs)
    answer = walker.ask("post", sheet.path, **given)
    where = f"{sheet.route} {sheet.path}"
    right = RIGHT | kind.also | rights(sheet, len(given["data"]))
    walker.expect(answer.status in right, f"{where}: {answer.status}")
    page = answer.body.decode(errors="replace")
    walker.expect(SCRIPT not in page, f"{where}: a script stands in the page")
    own = TO_BOTH if ROUTES[sheet.route].kind is Door.PARTNER else ()
    shows = [word for word in answer.shows(THEIRS) if word not in own]
    walker.expect(not shows, f"{where}: shows {shows}")
    shown = unescape(page)
    walker.expect(not any(word in shown for word in FAULTS), f"{where}: {[word for word in FAULTS if word in shown]}")
    again = answer.status in {409, 422} or (answer.status == 200 and shown_again(sheet))
    if again and not kind.send and sheet.route not in {*BY_SCRIPTS, *ELSEWHERE}:
        _kept(walker, sheet, kind, answer, where)


def rights(sheet: Sheet, size: int) -> set[int]:
    """The statuses that are right for one form besides, whatever is sent.

    :param size: of the body, in characters
    """
    right = {OWN.get(sheet.route, 302)}
    if sheet.route in ELSEWHERE:
        right |= {200, 403, 404}
    if of_library(sheet.route) or shown_again(sheet):
        right |= {200}
    if size > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        right |= TOO_MUCH
    return right


def shown_again(sheet: Sheet) -> bool:
    """Whether the button of a form shows the page again."""
    return any(each.kind == "button" and each.name in AGAIN for each in sheet.fields)


def _kept(walker: Walker, sheet: Sheet, kind: Kind, answer: Answer, where: str) -> None:
    """The page says what is wrong, each line leads to an input that is there, and every text that was typed stands."""
    page = parse(answer.body.decode())
    ids = [each.attributes["id"] for each in page.every() if each.attributes.get("id")]
    links = [
        each.attributes["href"][1:] for box in page.every("div")
        if "govuk-error-summary" in box.attributes.get("class", "").split() for each in box.every("a")
    ]  # fmt: skip
    walker.expect(set(links) <= set(ids), f"{where}: errors lead to {set(links) - set(ids)}")
    typed = [
        each for each in sheet.fields if kind_of(each) == "typed" and each.kind != "password" and each.name != TRAP
    ]
    if typed and kind.typed:
        stands = squeezed(kind.typed) in squeezed(page_words(page))
        walker.expect(stands, f"{where}: what was typed into {' '.join(each.name for each in typed)} is gone")


def page_words(page: Any) -> str:
    return page.text + " ".join(each.attributes.get("value", "") for each in page.every("input"))


def squeezed(text: str) -> str:
    """Without what HTML cannot carry, and what typed text is rid of: controls, and marks that turn writing around."""
    return re.sub(r"[\x00-\x20\x7f\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\ufffd]+", "", text)


def encoded(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    return {"data": urlencode(pairs), "content_type": "application/x-www-form-urlencoded"}


def of_library(route: str) -> bool:
    view = next(view for _, name, view in routes() if name == route)
    return bool(view.__module__.startswith(LIBRARY_MODULES))
