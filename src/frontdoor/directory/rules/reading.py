"""Reading one service of another maker's feed: what fits the profile is taken, what does not is named by its place."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from html.parser import HTMLParser
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from frontdoor.directory.rules.profile import NEEDED, OBJECTS, Field

LONGEST: Final = 10_000
"""Characters of one text; a description longer than that is no description."""

MOST_PARTS: Final = 300
"""Parts of one kind in one object: schedules, phones, terms."""

MINTED: Final = UUID("5d0c1f0e-6c7b-5b1a-9a35-0f6a4f7f0d52")
"""Under it a part without an identifier of its own gets one, the same at every reading."""

_MAIL = re.compile(r"[^@\s]{1,120}@[^@\s]{1,120}\.[^@\s.]{2,60}")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?(Z|[+-]\d\d:?\d\d)?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


class Kind(StrEnum):
    """What is wrong at one place."""

    EXTRA = "extra"
    MISSING = "missing"
    TYPE = "type"
    VALUE = "value"
    REPEATED = "repeated"
    UNREAD = "unread"


KINDS: Final = [
    (Kind.EXTRA.value, "A field that the profile does not have"), (Kind.MISSING.value, "A field that must be there"),
    (Kind.TYPE.value, "Of the wrong type"), (Kind.VALUE.value, "A value that cannot be"),
    (Kind.REPEATED.value, "The same identifier again"), (Kind.UNREAD.value, "Could not be read"),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with one service.

    :param service: its identifier as the feed says it, cut to 80 characters
    :param path: where in the service: `contacts[0].phones[1].number`
    :param left_out: whether the whole service is left out because of it
    """

    service: str
    path: str
    kind: Kind
    why: str
    left_out: bool = False


@dataclass(slots=True)
class Read:
    """One service as it was read: its values where it can be taken, and what was wrong."""

    said: dict[str, Any] | None
    findings: list[Finding] = field(default_factory=list)


class _Wrong(ValueError):
    def __init__(self, kind: Kind, why: str) -> None:
        super().__init__(why)
        self.kind = kind


def read_service(raw: object) -> Read:
    """A service with everything in it, checked against the profile. It raises nothing, whatever was sent.

    A service without identifier, name or status is left out; a part without what makes it one is left out of its
    service; any other field that does not fit is left out of its part. All of it is told.
    """
    return read_object("service", raw)


def read_object(name: str, raw: object) -> Read:
    """The same for another object that a feed lists by itself: a taxonomy, a term."""
    if not isinstance(raw, Mapping):
        return Read(None, [Finding("", "", Kind.TYPE, f"a {type(raw).__name__}, not an object", left_out=True)])
    found = Read(None)
    reader = _Reader(_shown(raw.get("id")), found.findings)
    found.said = reader.whole(name, raw)
    if found.said is None:
        last = found.findings[-1]
        found.findings[-1] = Finding(last.service, last.path, last.kind, last.why, left_out=True)
    return found


def _shown(value: object) -> str:
    return _CONTROL.sub("", str(value))[:80] if isinstance(value, str | int) else ""


@dataclass(slots=True)
class _Reader:
    service: str
    findings: list[Finding]

    def tell(self, path: str, kind: Kind, why: str) -> None:
        self.findings.append(Finding(self.service, _CONTROL.sub("", path)[:200], kind, why[:300]))

    def whole(self, name: str, raw: Mapping[Any, Any]) -> dict[str, Any] | None:
        """The object that everything else is in; its identifier is never made up."""
        values = self._values(name, raw, "")
        lacking = [each for each in ("id", *NEEDED.get(name, ())) if not values.get(each)]
        for each in lacking:
            if not any(told.path == each for told in self.findings):
                self.tell(each, Kind.MISSING, "must be there")
        if lacking:
            self.findings.sort(key=lambda one: one.path in lacking)
            return None
        return self._filled(name, values, "")

    def part(self, name: str, raw: object, path: str) -> dict[str, Any] | None:
        """A part, or None where what makes it one is not there."""
        if not isinstance(raw, Mapping):
            self.tell(path, Kind.TYPE, f"a {type(raw).__name__}, not an object")
            return None
        values = self._values(name, raw, f"{path}.")
        for each in NEEDED.get(name, ()):
            if not values.get(each):
                self.tell(f"{path}.{each}", Kind.MISSING, "must be there: this part is left out")
                return None
        if "id" not in values:
            if raw.get("id") in (None, ""):
                self.tell(f"{path}.id", Kind.MISSING, "must be there: it was given one here")
            values["id"] = str(uuid5(MINTED, f"{self.service}/{path}"))
        return self._filled(name, values, f"{path}.")

    def _filled(self, name: str, values: dict[str, Any], path: str) -> dict[str, Any]:
        """The same with every field that must be there, empty where nobody said it: what we give out fits."""
        for each, said in OBJECTS[name].items():
            if said.required and each not in values:
                self.tell(
                    f"{path}{each}", Kind.MISSING, f"must be there: taken as {said.enum[0] if said.enum else 'empty'}"
                )
                values[each] = said.enum[0] if said.enum else ""
        return values

    def _values(self, name: str, raw: Mapping[Any, Any], path: str) -> dict[str, Any]:
        fields, values = OBJECTS[name], {}
        for key in list(raw)[:MOST_PARTS]:
            here = f"{path}{str(key)[:60]}"
            if key not in fields:
                self.tell(here, Kind.EXTRA, "the profile does not have it: not taken")
                continue
            if raw[key] is None or raw[key] == "":
                continue
            try:
                value = self._one(fields[key], raw[key], here)
            except _Wrong as wrong:
                self.tell(here, wrong.kind, str(wrong))
                continue
            if value is not None:
                values[key] = value
        return values

    def _one(self, said: Field, raw: object, path: str) -> Any:
        if said.type == "array":
            return self._array(said, raw, path)
        if said.type == "object":
            return self.part(said.of, raw, path)
        if said.type == "number":
            return _number(said, raw)
        return self._string(said, raw, path)

    def _array(self, said: Field, raw: object, path: str) -> list[dict[str, Any]]:
        if not isinstance(raw, list):
            raise _Wrong(Kind.TYPE, f"a {type(raw).__name__}, not a list")
        if len(raw) > MOST_PARTS:
            self.tell(path, Kind.VALUE, f"{len(raw)} parts: the first {MOST_PARTS} are taken")
        found: dict[str, dict[str, Any]] = {}
        for place, each in enumerate(raw[:MOST_PARTS]):
            value = self.part(said.of, each, f"{path}[{place}]")
            if value is not None and value["id"] in found:
                self.tell(f"{path}[{place}].id", Kind.REPEATED, "stands there before: the first is taken")
            elif value is not None:
                found[value["id"]] = value
        return list(found.values())

    def _string(self, said: Field, raw: object, path: str) -> str | None:
        if not isinstance(raw, str):
            raise _Wrong(Kind.TYPE, f"a {type(raw).__name__}, not a text")
        if len(raw) > LONGEST:
            raise _Wrong(Kind.VALUE, f"{len(raw)} characters: at most {LONGEST}")
        if said.enum and raw not in said.enum:
            raise _Wrong(Kind.VALUE, f"not one of {', '.join(said.enum)}")
        value = _CONTROL.sub("", raw)
        if said.format:
            return _FORMATS[said.format](value.strip())
        if "<" in value and (text := plain(value)) != value:
            self.tell(path, Kind.VALUE, "markup was taken out")
            value = text
        return value.strip() or None


def _number(said: Field, raw: object) -> float | int:
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise _Wrong(Kind.TYPE, f"a {type(raw).__name__}, not a number")
    if not math.isfinite(raw):
        raise _Wrong(Kind.VALUE, "not a number that can be")
    if (said.least is not None and raw < said.least) or (said.most is not None and raw > said.most):
        raise _Wrong(Kind.VALUE, f"not between {said.least:g} and {said.most:g}")
    return raw


def _uuid(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        raise _Wrong(Kind.VALUE, "not an identifier of the form 8-4-4-4-12 (UUID)") from None


def _uri(text: str) -> str:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        raise _Wrong(Kind.VALUE, "not an address of a page") from None
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"\s", text) or parts.username:
        raise _Wrong(Kind.VALUE, "not an address of a page, beginning with https")
    return text


def _email(text: str) -> str:
    if not _MAIL.fullmatch(text):
        raise _Wrong(Kind.VALUE, "not an e-mail address")
    return text


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        raise _Wrong(Kind.VALUE, "not a day of the form 2026-11-23") from None


def _instant(text: str) -> str:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        raise _Wrong(Kind.VALUE, "not an instant of the form 2026-11-23T09:00:00Z") from None
    return text


def _time(text: str) -> str:
    if not _TIME.fullmatch(text):
        raise _Wrong(Kind.VALUE, "not a time of the form 09:30")
    return text


_FORMATS = {"uuid": _uuid, "uri": _uri, "email": _email, "date": _day, "date-time": _instant, "time": _time}


class _Text(HTMLParser):
    """The words of a text with markup; what scripts and styles say are no words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("script", "style")
        self.words.append("\n" if tag in ("br", "p", "li", "div", "h1", "h2", "h3") else "")

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in ("script", "style")))

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)


def plain(text: str) -> str:
    """A text without its markup, its lines kept; a sign that opens no element stays."""
    parser = _Text()
    parser.feed(text)
    parser.close()
    return re.sub(r"\n\s*\n+", "\n", "".join(parser.words)).strip()
