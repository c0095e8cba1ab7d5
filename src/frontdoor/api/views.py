"""Endpoints for systems: the same actions as the pages, with an idempotency key on every create."""

from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from typing import Annotated, Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja import Header, NinjaAPI, Status
from ninja.errors import HttpError, ValidationError
from ninja.security import HttpBearer

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import (
    Error,
    InvalidInput,
    NotFound,
    NotPermitted,
    Permission,
    SameKeyOtherBody,
)
from frontdoor.api.forms import Day, DayOut, NoticesIn, NoticesOut, Problem, ReceiptOut, ReceivedOut, ReportIn, TallyOut
from frontdoor.contacts import actions as contacts
from frontdoor.contacts.actions import notices as police
from frontdoor.contacts.queries import senders
from frontdoor.contacts.rules.notices import MOST_NOTICES, SENT_AT_MOST, readable
from frontdoor.contacts.rules.senders import tally

View = Callable[..., Any]


class Client(HttpBearer):
    """The token of an API client. Reach has checked it before the view runs; here it is documented."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        return request.actor  # type: ignore[attr-defined]  # set by Reach


api = NinjaAPI(
    title="Front Door",
    version="1",
    description="Hand in a report about a child and reconcile receipts. If a child is in danger now, ring 999 first.",
    auth=Client(),
    docs_url=None,
    urls_namespace="api",
)

ANSWERS = dict.fromkeys((400, 401, 403, 404, 409, 422, 500, 503), Problem)
STATUSES: tuple[tuple[type[Error], int, str], ...] = (
    (InvalidInput, 422, "What was sent cannot be kept"),
    (SameKeyOtherBody, 422, "This idempotency key was used for another report; its receipt stands"),
    (NotPermitted, 403, "This client may not do that"),
    (NotFound, 404, "Not found"),
)

WORDS = {
    "string_pattern_mismatch": "Does not match the pattern of the document: a control character, or nothing written"
}


def _problem(request: HttpRequest, status: int, title: str, problems: dict[str, str] | None = None) -> HttpResponse:
    return api.create_response(request, {"title": title, "status": status, "problems": problems or {}}, status=status)


@api.exception_handler(Error)
def refused(request: HttpRequest, refusal: Any) -> HttpResponse:
    """An error of ours as JSON; what the view wrote is rolled back."""
    request.failure = refusal  # type: ignore[attr-defined]  # Reach rolls back by it
    transaction.set_rollback(True)
    for kind, status, title in STATUSES:
        if isinstance(refusal, kind):
            return _problem(request, status, title, getattr(refusal, "problems", None))
    return _problem(request, 409, "That is not possible as things stand")


@api.exception_handler(ValidationError)
def not_valid(request: HttpRequest, refusal: ValidationError) -> HttpResponse:
    """Fields that do not fit, each by its place in the body; never the value itself."""
    problems = {_place(*error["loc"]): WORDS.get(error["type"]) or _words(error) for error in refusal.errors}
    return _problem(request, 422, "What was sent does not fit", problems)


def _place(source: str, *parts: Any) -> str:
    """Where in what was sent: `people.0.given_name`; the body itself goes by the name of the view's parameter."""
    return ".".join(str(part) for part in (parts[1:] if source == "body" else parts)) or source


def _words(error: dict[str, Any]) -> str:
    return str(error["msg"]).removeprefix("Value error, ")


@api.exception_handler(HttpError)
def not_read(request: HttpRequest, refusal: HttpError) -> HttpResponse:
    """A body that is no JSON, and the like."""
    return _problem(request, refusal.status_code, "The request could not be read")


@api.post("/reports", response={201: ReceiptOut, 200: ReceiptOut, **ANSWERS}, tags=["reports"])
def report(
    request: HttpRequest,
    sent: ReportIn,
    idempotency_key: Annotated[
        str, Header(alias="Idempotency-Key", min_length=8, max_length=120, pattern=r"^[\x21-\x7e]+$")
    ],
) -> Any:
    """Hand in a report. The answer comes only after it is kept.

    The same Idempotency-Key with the same body gives the same receipt (200); with another body it is refused (422).
    """
    given = contacts.submit(sent.report(), channel="system", idem=idempotency_key, by=request.actor, at=request.at)  # type: ignore[attr-defined]  # set by Reach
    answer = {"number": given.number, "council": request.council.name, "again": given.again}  # type: ignore[attr-defined]  # likewise
    return Status(200 if given.again else 201, answer)


@api.post("/notices", response={201: NoticesOut, 200: NoticesOut, **ANSWERS, 413: Problem}, tags=["notices"])
def notices(
    request: HttpRequest,
    sent: NoticesIn,
    idempotency_key: Annotated[
        str, Header(alias="Idempotency-Key", min_length=8, max_length=120, pattern=r"^[\x21-\x7e]+$")
    ],
) -> Any:
    """Hand in many police notices at once. Each is answered by itself, with its receipt or what is wrong with it.

    The Idempotency-Key is that of the whole batch; the key of each notice is its police_reference. What was refused is
    mended and sent again under a new Idempotency-Key; what was received before keeps its first receipt.
    """
    batch, again = police.take_batch(sent.notices, idem=idempotency_key, by=request.actor, at=request.at)  # type: ignore[attr-defined]  # set by Reach
    said = [each["state"] for each in batch.answers]
    answer = {
        "council": request.council.name, "again": again, "notices": batch.answers,  # type: ignore[attr-defined]  # likewise
        **{state: said.count(state) for state in ("accepted", "already", "refused")},
    }  # fmt: skip
    return Status(200 if again else 201, answer)


@api.get("/receipts/{day}", response={200: DayOut, **ANSWERS}, tags=["receipts"])
def receipts_of(request: HttpRequest, day: Day) -> Any:
    """Every receipt that this client's agency was given on a day (London), to lay beside one's own list."""
    found = senders.receipts_of(day, by=request.actor, at=request.at)  # type: ignore[attr-defined]  # set by Reach
    rows = [
        ReceivedOut(
            number=row.number, idempotency_key=row.idem, channel=row.channel, received_at=row.received_at,
            digest=row.digest,
        )
        for row in found
    ]  # fmt: skip
    channels = [TallyOut(**asdict(each)) for each in tally((row.channel, row.number, row.digest) for row in found)]
    return {"day": day, "count": len(rows), "channels": channels, "receipts": rows}


def _long(view: View) -> View:
    """Let this one address take more than the site does: its client is known by now, and its body is read here once.

    Django asks its one limit wherever a body is read first; whoever has read it already asks no more.
    """

    @wraps(view)
    def read_here(request: Any, **parts: Any) -> Any:
        if request.method == "POST":
            body = request.read(SENT_AT_MOST + 1) if _said(request) <= SENT_AT_MOST else None
            if body is None or not readable(body):
                words = f"Send it in parts: at most {SENT_AT_MOST:,} bytes and {MOST_NOTICES:,} notices at once"
                return _problem(request, 413, words)
            request._body = body
        return view(request, **parts)

    return read_here


def _said(request: HttpRequest) -> int:
    return int(request.META.get("CONTENT_LENGTH") or 0)


DOCUMENT = {"openapi-json", "api-root"}


def declared() -> list[Any]:
    """The addresses of the interface, each with its kind: the document is open, all else belongs to a client."""
    patterns: list[Any] = list(api.urls[0])
    for pattern in patterns:
        kind = Kind.NONE if pattern.name in DOCUMENT else Kind.CLIENT
        if pattern.name == "notices":
            pattern.callback = _long(pattern.callback)
        address(kind, None if kind is Kind.NONE else Permission.CONTACT_TAKE)(pattern.callback)
    return patterns
