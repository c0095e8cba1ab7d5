"""Visitors of the load: what one member of staff and one partner do, page after page, as browsers do it."""

import re
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from random import Random
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

Answer = tuple[int, str, str]
"""Status, where it leads, and the page."""

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_SEEN = re.compile(r'name="seen"[^>]*value="(\d+)"|value="(\d+)"[^>]*name="seen"')
DONE, REFUSED = 302, frozenset({403, 404, 409, 422})
"""A post that was done leads on; one refused for what stands, or has been done meanwhile, says so."""
FAULTS = frozenset({400, 403})
"""What no visitor should be answered, besides what begins with 5."""


class Browser:
    """One person's browser: cookies, tokens of forms, and how long each page took.

    :param told: by words for what was asked: milliseconds; `errors` are answers that no page should give
    """

    def __init__(self, host: str, port: int, cookies: Mapping[str, str]) -> None:
        self.host, self.port, self.cookies = host, port, dict(cookies)
        self.told: dict[str, list[float]] = {}
        self.errors: list[str] = []
        self._line: HTTPConnection | None = None

    def get(self, what: str, path: str) -> Answer:
        """Open a page."""
        return self._ask(what, "GET", path, "")

    def post(
        self, what: str, path: str, page: str, typed: Mapping[str, Any], *, faults: frozenset[int] = FAULTS
    ) -> Answer:
        """Send a form of a page that was opened.

        :param faults: answers that count as errors
        """
        token = _TOKEN.search(page)
        body = urlencode({"csrfmiddlewaretoken": token[1] if token else "", **typed}, doseq=True)
        return self._ask(what, "POST", path, body, faults)

    def _ask(self, what: str, method: str, path: str, body: str, faults: frozenset[int] = FAULTS) -> Answer:
        began = time.perf_counter()
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), "Host": "localhost"}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            status, where, text = self._once(method, path, body, headers)
        except (OSError, HTTPException) as broken:
            self._line = None
            self.errors.append(f"{what}: {type(broken).__name__}")
            return 0, "", ""
        self.told.setdefault(what, []).append(1_000 * (time.perf_counter() - began))
        if status >= 500 or status in faults:
            self.errors.append(f"{what}: {status}")
        return status, where, text

    def _once(self, method: str, path: str, body: str, headers: dict[str, str]) -> Answer:
        if self._line is None:
            self._line = HTTPConnection(self.host, self.port, timeout=120)
        self._line.request(method, path, body or None, headers)
        answer = self._line.getresponse()
        text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.headers.get("Location", ""), text


def seen(page: str) -> str:
    """The version that a form carries."""
    found = _SEEN.search(page)
    return (found[1] or found[2]) if found else ""


@dataclass
class Account:
    """What one visitor was told was done: it must stand in the database once, and what was refused not at all.

    :param done: marks of what was done, by what it was; `refused` those of what was not
    :param held: contacts that the queue gave
    :param versions: of each enquiry the versions on which an act was accepted
    """

    done: dict[str, set[str]] = field(default_factory=dict)
    refused: dict[str, set[str]] = field(default_factory=dict)
    held: list[str] = field(default_factory=list)
    versions: list[tuple[str, str, str]] = field(default_factory=list)

    def note(self, what: str, mark: str, status: int) -> bool:
        """Write down how an act ended; whether it was done."""
        kept = self.done if status == DONE else self.refused if status in REFUSED else None
        if kept is not None:
            kept.setdefault(what, set()).add(mark)
        return status == DONE


class Visitor(ABC):
    """Somebody at work.

    :param number: of the visitor, which makes marks of its own
    """

    def __init__(self, browser: Browser, number: int) -> None:
        self.browser, self.number, self.account, self._marks = browser, number, Account(), 0
        self.chance = Random(number)  # noqa: S311 (the same choices each time)

    def mark(self) -> str:
        """Words that nobody else writes."""
        self._marks += 1
        return f"Mark {type(self).__name__} {self.number} {self._marks} end"

    def run(self, until: Callable[[], bool], pause: float) -> None:
        """Go on until told to stop, with a breath between."""
        while not until():
            self.step()
            time.sleep(pause * self.chance.uniform(0.5, 1.5))

    @abstractmethod
    def step(self) -> None:
        """One thing somebody does."""


class Staff(Visitor):
    """Opens boards, takes enquiries, writes notes, rates, answers safety, writes down calls, sends requests, claims."""

    def __init__(self, browser: Browser, number: int, place: str, enquiries: list[UUID], unsent: list[UUID]) -> None:
        super().__init__(browser, number)
        self.place, self.enquiries, self.unsent = place, enquiries, unsent

    def step(self) -> None:
        """A board, and then something done."""
        boards = ("/desk/enquiries/", "/desk/clocks/", "/desk/queue/", "/desk/agencies/")
        self.browser.get("a board", self.chance.choice(boards))
        acts = (self.write, self.write, self.take, self.rate, self.answer, self.claim, self.call, self.send)
        self.chance.choice(acts)()

    def _one(self) -> str:
        return f"/{self.place}/enquiries/{self.chance.choice(self.enquiries)}/"

    def _form(
        self, what: str, name: str, typed: Callable[[str, str], dict[str, Any]], faults: frozenset[int] = FAULTS
    ) -> None:
        """Open a form about one enquiry and send it; of two who saw the same version one is refused."""
        where = self._one()
        _, _, page = self.browser.get(f"the form: {what}", f"{where}{name}/")
        mark, version = self.mark(), seen(page)
        if not version:
            return
        values = {"seen": version, **typed(mark, page)}
        status, _, _ = self.browser.post(what, f"{where}{name}/", page, values, faults=faults)
        if self.account.note(what, mark, status):
            self.account.versions.append((where, version, what))

    def write(self) -> None:
        """Write a note."""
        self._form("note", "note", lambda mark, page: {"text": mark})

    def rate(self) -> None:
        """Rate it again; to rate it lower is a manager's, and refused to anybody else."""
        rating = self.chance.choice(("red", "amber"))
        self._form("rating", "rate", lambda mark, page: {"rating": rating, "why": mark}, faults=FAULTS - {403})

    def answer(self) -> None:
        """Answer whether the children are safe."""

        def typed(mark: str, page: str) -> dict[str, Any]:
            those = re.findall(r'name="those"[^>]*value="([^"]+)"', page)
            return {
                "those": those, "answer": "yes", "who": "The designated lead", "how": "saw", "where": "At school",
                "said": mark, "seen_at-day": "1", "seen_at-month": "11", "seen_at-year": "2026", "seen_at-time": "10am",
            }  # fmt: skip

        self._form("safety", "safety", typed)

    def take(self) -> None:
        """Open an enquiry and take it."""
        where = self._one()
        _, _, page = self.browser.get("an enquiry", where)
        if f"{where}take/" in page and (version := seen(page)):
            status, _, _ = self.browser.post("take", f"{where}take/", page, {"seen": version})
            if status == DONE:
                self.account.versions.append((where, version, "take"))

    def claim(self) -> None:
        """Take the next contact of the queue."""
        _, _, page = self.browser.get("the queue", f"/{self.place}/contacts/")
        status, where, _ = self.browser.post("claim", f"/{self.place}/contacts/next/", page, {})
        if status == DONE and "/contacts/" in where:
            self.account.held.append(where.rstrip("/").rpartition("/")[2])

    def call(self) -> None:
        """Write down what an agency says by telephone."""
        _, _, page = self.browser.get("the agencies of an enquiry", f"{self._one()}asking/")
        asked = re.findall(rf'href="(/{self.place}/asked/[^"/]+/told/)"', page)
        if not asked:
            return
        where, mark = self.chance.choice(asked), self.mark()
        _, _, form = self.browser.get("the form: call", where)
        people = re.findall(r'name="people"[^>]*value="([^"]+)"', form)
        typed = {
            "seen": seen(form), "people": people[:1], "kind": "information", "facts": mark, "mark": "professionals",
            "how": "telephone", "said_by": "Somebody of theirs",
        }  # fmt: skip
        self.account.note("call", mark, self.browser.post("call", where, form, typed)[0])

    def send(self) -> None:
        """Ask all agencies for an enquiry; of several who send, one does."""
        if not self.unsent:
            return
        key = self.chance.choice(self.unsent)
        where = f"/{self.place}/enquiries/{key}/asking/send/"
        _, _, page = self.browser.get("the form: send", where)
        desks = re.findall(r'name="asked"[^>]*value="([^"]+)"', page)
        typed = {"seen": seen(page), "asked": desks, "question": self.mark()}
        if self.account.note("send", str(typed["question"]), self.browser.post("send", where, page, typed)[0]):
            self.account.versions.append((f"/{self.place}/enquiries/{key}/", str(typed["seen"]), "send"))


class Partner(Visitor):
    """Opens requests, answers for one person or more, volunteers, and confirms what was written down of a call."""

    def __init__(self, browser: Browser, number: int, requests: dict[UUID, tuple[UUID, ...]]) -> None:
        super().__init__(browser, number)
        self.requests = list(requests.items())

    def step(self) -> None:
        """The desk, one request, and then something said."""
        self.browser.get("the partner's desk", "/partner/")
        key, people = self.chance.choice(self.requests)
        where = f"/partner/asked/{key}/"
        _, _, page = self.browser.get("a request", where)
        left = [each for each in people if f'name="{each}-facts"' in page]
        if left:
            self._answer(where, page, self.chance.choice(left))
        elif f"{where}confirm/" in page:
            self.browser.post("confirm", f"{where}confirm/", page, {})
        else:
            self._tell(where)

    def _said(self, prefix: str, mark: str) -> dict[str, Any]:
        return {
            f"{prefix}kind": "information", f"{prefix}facts": f"12 March 2025: {mark}", f"{prefix}source": "A record",
            f"{prefix}mark": "professionals",
        }  # fmt: skip

    def _answer(self, where: str, page: str, person: UUID) -> None:
        mark = self.mark()
        status, _, _ = self.browser.post("answer", where, page, self._said(f"{person}-", mark))
        self.account.note("answer", mark, status)

    def _tell(self, where: str) -> None:
        _, _, form = self.browser.get("the form: tell", f"{where}tell/")
        about = re.findall(r'name="about"[^>]*value="([^"]+)"', form)
        mark = self.mark()
        typed = self._said("", mark) | {"about": about[:1]}
        self.account.note("tell", mark, self.browser.post("tell", f"{where}tell/", form, typed)[0])
