"""The forms of the site as a browser finds them: read off every page that somebody may open, by the address they go to.

So a form that is new is found by itself, with its fields and its hidden values, and swept (`test_hostile.py`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

from frontdoor.access.rules import Kind, Role
from tests.separation.planted_states import other_states
from tests.separation.planting import Ground
from tests.separation.routes import ROUTES
from tests.separation.walking import STAFF, Person, Walker
from tests.shell.markup import Element, parse
from tests.worlds import CAMBRIDGESHIRE, PASSWORD, PETERBOROUGH, World

TYPED = {"text", "email", "tel", "search", "password", "number", "url", "textarea"}


@dataclass(frozen=True)
class Field:
    """One input: its kind as HTML names it, what stands in it, and what may be chosen."""

    name: str
    kind: str
    value: str = ""
    choices: tuple[str, ...] = ()

    @property
    def usual(self) -> str:
        """What somebody who fills the form in without thinking would send."""
        if self.choices:
            return self.value or next(filter(None, self.choices), "")
        return self.value or ("Something" if self.kind in {"text", "textarea"} else "")


@dataclass(frozen=True)
class Sheet:
    """One form with one of its buttons, and who found it where."""

    route: str
    path: str
    fields: tuple[Field, ...]
    client: Client = field(repr=False, compare=False)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(each.name for each in self.fields)


def sheets_on(page: Element, here: str, client: Client) -> Iterator[Sheet]:
    """Every form of a page that posts, once for each of its buttons."""
    for form in page.every("form"):
        if form.attributes.get("method", "get").lower() != "post":
            continue
        inputs, own = tuple(_inputs(form)), form.attributes.get("action") or ""
        mine = form.attributes.get("id", "")
        buttons = [*form.every("button"), *(each for each in page.every("button") if _of(each) == mine != "")]
        if not own and not buttons:
            continue
        for button in [each for each in buttons if each.attributes.keys() & {"name", "formaction"}] or [None]:
            said = button.attributes if button else {}
            path = said.get("formaction") or own or here
            more = (Field(said["name"], "button", said.get("value", "")),) if "name" in said else ()
            try:
                route = resolve(urlsplit(path).path).view_name
            except Resolver404:
                continue
            if own or "formaction" in said or route not in READ_ONLY:  # else scripts alone press it
                yield Sheet(route, path, inputs + more, client)


def _of(button: Element) -> str:
    return button.attributes.get("form", "")


def _inputs(form: Element) -> Iterator[Field]:
    groups: dict[str, list[Element]] = {}
    for each in form.every("input", "textarea", "select"):
        name, kind = each.attributes.get("name", ""), each.attributes.get("type", "text")
        if not name or name == "csrfmiddlewaretoken" or kind in {"submit", "file"}:
            continue
        if each.name == "textarea":
            yield Field(name, "textarea", "".join(part for part in each.inside if isinstance(part, str)).strip())
        elif each.name == "select":
            options = [option.attributes.get("value", "") for option in each.every("option")]
            yield Field(name, "select", "", tuple(options))
        elif kind in {"radio", "checkbox"}:
            groups.setdefault(name, []).append(each)
        else:
            yield Field(name, kind, each.attributes.get("value", ""))
    for name, found in groups.items():
        chosen = next((one.attributes["value"] for one in found if "checked" in one.attributes), "")
        yield Field(name, found[0].attributes["type"], chosen, tuple(one.attributes.get("value", "") for one in found))


WHO = (
    (Role.HEAD_OF_SERVICE, CAMBRIDGESHIRE), (Role.CONTACT_OFFICER, CAMBRIDGESHIRE), (Role.ADMINISTRATOR, PETERBOROUGH),
    (Role.DATA_PROTECTION_OFFICER, PETERBOROUGH), (Role.SOCIAL_WORKER, CAMBRIDGESHIRE),
    (Role.TEAM_MANAGER, CAMBRIDGESHIRE), (Role.DESIGNATED_OFFICER, PETERBOROUGH),
    (Role.DATA_QUALITY_MANAGER, CAMBRIDGESHIRE), (Role.ASSESSMENT_MANAGER, PETERBOROUGH),
)  # fmt: skip
"""Between them they open every page of Peterborough; the one who may most first."""

NOT_OPENED = {"account_logout", "shell:leave", "shell:gallery", "shell:gallery-part"}
"""Pages that end the session of whoever opens them or forget it, and the samples of the gallery."""


SEEN = (Field("seen", "hidden", "1"),)
CODE = (Field("code", "text"),)
ELSEWHERE: dict[str, tuple[Role, tuple[Field, ...]]] = {
    "people:glass": (Role.DUTY_WORKER, (Field("why", "textarea"),)),
    "people:glass-end": (Role.SOCIAL_WORKER, ()),
    "directory:read-now": (Role.ADMINISTRATOR, ()),
    "familyhelp:status": (Role.HEAD_OF_SERVICE, (*SEEN, Field("status", "text"), Field("why", "textarea"))),
    "contacts:keep": (Role.HEAD_OF_SERVICE, ()),
    "contacts:take-flag": (Role.HEAD_OF_SERVICE, ()),
    "directions:check": (Role.HEAD_OF_SERVICE, SEEN),
    "letters:send-again": (Role.HEAD_OF_SERVICE, SEEN),
    "mash:strategy-ask-core": (Role.HEAD_OF_SERVICE, SEEN),
    "mash:strategy-send": (Role.HEAD_OF_SERVICE, SEEN),
    "letters:posted": (Role.HEAD_OF_SERVICE, SEEN),
    "letters:print": (Role.HEAD_OF_SERVICE, SEEN),
    "handovers:refuse": (Role.HEAD_OF_SERVICE, (*SEEN, Field("reason", "textarea"))),
    "clocks:seen": (Role.HEAD_OF_SERVICE, SEEN),
    "clocks:pause": (Role.HEAD_OF_SERVICE, SEEN),
    "clocks:resume": (Role.HEAD_OF_SERVICE, SEEN),
    "handovers:take-over": (Role.HEAD_OF_SERVICE, SEEN),
    "contacts:step-draft": (Role.HEAD_OF_SERVICE, SEEN),
    "contacts:step-draft-drop": (Role.HEAD_OF_SERVICE, SEEN),
    "contacts:step-draft-take-over": (Role.HEAD_OF_SERVICE, SEEN),
    "contacts:mistake": (Role.HEAD_OF_SERVICE, SEEN),
    "contacts:mistake-said": (Role.HEAD_OF_SERVICE, SEEN),
    "contacts:sampled": (Role.HEAD_OF_SERVICE, SEEN),
    "contacts:notice-file": (Role.CONTACT_OFFICER, (*SEEN, Field("do", "select", "take", ("take", "drop")))),
    "access:wake": (Role.ADMINISTRATOR, ()),
    "desk:typed": (Role.HEAD_OF_SERVICE, (Field("q", "text"),)),
    "people:change-undo": (Role.HEAD_OF_SERVICE, (*SEEN, Field("why", "text"))),
    "sender:typed": (Role.HEAD_OF_SERVICE, (Field("draft_version", "hidden", "0"), Field("story", "textarea"))),
    "sender:notice-file": (Role.HEAD_OF_SERVICE, (*SEEN, Field("do", "select", "take", ("take", "drop")))),
    "sender:leaver": (Role.HEAD_OF_SERVICE, (Field("why", "textarea"),)),
    "partner:typed": (Role.HEAD_OF_SERVICE, (Field("draft_version", "hidden", "0"), Field("facts", "textarea"))),
    "partner:confirm": (Role.HEAD_OF_SERVICE, SEEN),
    "partner:confirm-all": (Role.HEAD_OF_SERVICE, ()),
    "partner:more": (Role.HEAD_OF_SERVICE, (*SEEN, Field("facts", "textarea"))),
    "partner:leaver": (Role.HEAD_OF_SERVICE, (Field("why", "textarea"),)),
    "familyhelp:assessment-keep": (
        Role.HEAD_OF_SERVICE, (Field("seen-going_on", "hidden", "1:0"), Field("going_on", "textarea"))
    ),
    "referrals:pick-up": (Role.HEAD_OF_SERVICE, SEEN),
    "contacts:telephone-take-over": (Role.CONTACT_OFFICER, ()),
    "mfa_authenticate": (Role.HEAD_OF_SERVICE, CODE),
    "mfa_activate_totp": (Role.HEAD_OF_SERVICE, CODE),
    "mfa_remove_webauthn": (Role.HEAD_OF_SERVICE, ()),
    "mfa_edit_webauthn": (Role.HEAD_OF_SERVICE, (Field("name", "text"),)),
    "mfa_reauthenticate_webauthn": (Role.HEAD_OF_SERVICE, (Field("credential", "hidden"),)),
    "account_reset_password_from_key": (
        Role.HEAD_OF_SERVICE, (Field("password1", "password"), Field("password2", "password"))
    ),
    "usersessions_list": (Role.HEAD_OF_SERVICE, ()),
}  # fmt: skip
"""Forms that the planted ground does not show, since they lie in another state: who sends them, and what."""

OF_A_CALL = {
    "contacts:telephone-draft": (),
    "contacts:telephone-earlier": (),
    "contacts:telephone": (Field("do", "button", "move"),),
}
"""Where scripts send the form of a call, and where it goes when the call is moved to another council."""

READ_ONLY = {
    "people:family", "people:household", "people:change", "people:person", "people:brought", "people:brought-run",
    "people:brought-refused", "people:declared", "people:glasses", "people:restriction", "people:restrictions",
    "people:liftings", "people:watched", "people:asked",
    "directory:services", "directory:service", "directory:keep", "directory:source", "directory:reading",
    "directory:findings", "directory:corrections", "directory:correction", "directory:old", "open:about",
    "open:services", "open:service", "open:taxonomies", "open:taxonomy", "open:terms", "open:term",
    "open:at-locations", "open:at-location", "portal:services-where", "portal:service",
    "contacts:match", "contacts:matches", "matching:doubles", "matching:doubles-search", "matching:join",
    "matching:joins", "matching:of-person", "matching:told-list", "matching:weights",
    "matching:apart", "partner:home", "partner:minutes", "partner:people",
    "sender:home", "sender:sent", "sender:people", "sender:notice-sample", "sender:notice-refused",
    "sender:notice-receipts",
    "alive", "contacts:drafts", "contacts:mistakes", "contacts:passed", "contacts:received-report", "contacts:sample",
    "contacts:sample-counts", "desk:figure", "desk:notices",
    "health", "account_inactive", "account_reset_password_done", "account_reset_password_from_key_done", "mfa_index",
    "mfa_view_recovery_codes", "mfa_download_recovery_codes", "mfa_list_webauthn", "openid_connect_login",
    "openid_connect_callback", "socialaccount_login_cancelled", "socialaccount_login_error", "account_signup",
    "socialaccount_signup", "socialaccount_connections", "account_set_password", "account_email", "shell:gallery",
    "shell:gallery-part", "shell:leave", "api:openapi-json", "api:report", "api:notices", "api:receipts_of",
    "api:api-root",
    "desk:home", "desk:queue", "desk:board", "desk:stay", "settings:overview", "settings:one",
    "portal:start", "portal:young-sent", "contacts:waiting", "contacts:replay", "contacts:night",
    "contacts:queue", "contacts:doubts", "contacts:calls", "contacts:advice", "contacts:oversight", "contacts:detail",
    "contacts:look",
    "contacts:telephone-ended", "clocks:missed", "handovers:inbox", "handovers:accepted", "handovers:given",
    "handovers:escalated", "handovers:detail", "handovers:print", "handovers:copy", "directions:mine",
    "directions:back", "directions:detail", "letters:to-be-told", "letters:about", "letters:letter",
    "files:download", "files:file", "files:page",
    "contacts:sent", "contacts:families", "contacts:safe-reviews", "down:sheet", "down:paper",
    "contacts:notices", "contacts:notice-sample", "contacts:notice-refused", "contacts:notice-answers",
    "contacts:incident", "contacts:take-in", "contacts:taken-in", "complaints:complaints", "complaints:complaint",
    "mash:disagreements", "mash:disagreement", "mash:asking", "mash:agencies", "desk:agencies",
    "mash:huddles",
    "mash:strategies", "mash:strategy", "mash:discussed", "mash:strategy-minutes",
    "mash:enquiry", "mash:child", "mash:of-slip", "desk:enquiries", "mash:deciding", "mash:known",
    "desk:referrals", "referrals:referral", "desk:early-help", "earlyhelp:of-slip", "earlyhelp:providers",
    "earlyhelp:episode", "desk:my-families", "familyhelp:family", "familyhelp:plan",
    "familyhelp:edition", "familyhelp:print", "familyhelp:meeting", "familyhelp:invitation",
    "familyhelp:standing", "familyhelp:outcomes", "desk:family-help",
    "familyhelp:assessment", "familyhelp:assessment-compare", "familyhelp:assessment-earlier",
    "disclosures:requests", "disclosures:request", "disclosures:ledger", "disclosures:of-contact",
    "disclosures:of-person", "disclosures:copies-waiting",
    "access:accounts", "access:clients", "access:client", "access:account", "access:agreements",
    "access:trail-subject", "access:trail-actor", "child:chronology", "desk:afterwards",
}  # fmt: skip
"""Addresses that take nothing typed: pages to read, pages that are closed, and the interface (`tests/api`)."""

STEPS = (
    "you", "worry", "danger", "words", "where", "helping", "family", "details", "answer", "tried", "wanted",
    "agreement", "organisation",
)  # fmt: skip


def referrer() -> Client:
    """Somebody on the public pages, some way into a report that was put aside once."""
    client = Client(raise_request_exception=False)
    client.post("/", {"way": "worry"})
    client.get("/peterborough/report/worry/start/")
    client.post("/peterborough/report/you/", {"kind": "public", "version": "1", "save": "1"})
    return client


def reporter() -> Client:
    """Somebody whose report has arrived."""
    client = Client(raise_request_exception=False)
    client.post("/", {"way": "now"})
    client.get("/peterborough/report/now/start/")
    client.post("/peterborough/report/worry/", {"story": "Something", "version": "1"})
    client.post("/peterborough/report/check/", {"version": "2"})
    return client


def find(world: World, grounds: dict[int, Ground]) -> list[Sheet]:
    """Every form of the site, each shape of it once, with somebody before whom it lies."""
    found: dict[tuple[str, tuple[str, ...]], Sheet] = {}
    closed = {
        name for name, route in ROUTES.items()
        if route.kind in {*STAFF, Kind.MERGED, Kind.NONE} and route.get != 405 and name not in NOT_OPENED
    }  # fmt: skip
    for role, of in WHO:
        client = world.signed_in(Client(raise_request_exception=False), world.user(role, council=of))
        walker, person = Walker(client, grounds), Person(role, of)
        mine = [name for name in ROUTES if name in closed and person.may_open(name, PETERBOROUGH)]
        closed -= {name for name in mine if _gather(found, client, walker.path(name, PETERBOROUGH))}
    for role, path in other_states(grounds[PETERBOROUGH]):
        user = world.user(role, council=dict(WHO).get(role, CAMBRIDGESHIRE))
        client = world.signed_in(Client(raise_request_exception=False), user)
        _gather(found, client, path)
    for code in ("school-lead", "police-desk"):
        sends = world.signed_in(Client(raise_request_exception=False), world.sender(code))
        for name in (name for name, route in ROUTES.items() if route.kind is Kind.PARTNER):
            _gather(found, sends, Walker(sends, grounds).path(name, PETERBOROUGH))
    answers = world.signed_in(Client(raise_request_exception=False), world.partner("police-mash"))
    for name in (name for name, route in ROUTES.items() if route.kind is Kind.AGENCY):
        _gather(found, answers, Walker(answers, grounds).path(name, PETERBOROUGH))
    for client in (Client(raise_request_exception=False), referrer(), reporter()):
        for path in _public():
            _gather(found, client, path)
    return [*found.values(), *_elsewhere(world, grounds, list(found.values()))]


def _elsewhere(world: World, grounds: dict[int, Ground], found: list[Sheet]) -> Iterator[Sheet]:
    """The forms that no page of the planted ground shows."""
    for route, (role, fields) in ELSEWHERE.items():
        of = PETERBOROUGH if role is Role.ADMINISTRATOR else CAMBRIDGESHIRE
        client = world.signed_in(Client(raise_request_exception=False), world.user(role, council=of))
        if route == "mfa_authenticate":
            client = Client(raise_request_exception=False)
            client.post("/account/login/", {"login": world.user(role, council=of).email, "password": PASSWORD})
        yield Sheet(route, Walker(client, grounds).path(route, PETERBOROUGH), fields, client)
    call = next(sheet for sheet in found if sheet.route == "contacts:telephone-call")
    for route, more in OF_A_CALL.items():
        path = Walker(call.client, grounds).path(route, PETERBOROUGH)
        yield Sheet(route, path, tuple(each for each in call.fields if each.kind != "button") + more, call.client)


def _public() -> Iterable[str]:
    here = "/peterborough/"
    yield from ("/", "/account/login/", "/account/password/reset/")
    yield from (
        "/report/worry/where/",
        "/report/now/where/",
        "/report/come-back/",
        "/report/forgotten/",
        "/speak-to-a-social-worker/",
        "/young-people/",
        here + "young-people/",
        here + "speak-to-a-social-worker/",
        here + "speak-to-a-social-worker/asked/",
        "/help-for-families/",
        here + "help-for-families/",
        here + "report/check/",
        here + "report/saved/",
        here + "report/sent/",
        here + "report/sent/files/",
    )
    yield from (f"{here}report/{step}/" for step in STEPS)
    yield from (f"{here}report/{people}/0/" for people in ("children", "adults"))


def _gather(found: dict[tuple[str, tuple[str, ...]], Sheet], client: Client, path: str) -> bool:
    """Take the forms of a page; whether it could be opened."""
    response: Any = client.get(path)
    if response.status_code != 200 or not response["Content-Type"].startswith("text/html"):
        return False
    for sheet in sheets_on(parse(response.content.decode()), path, client):
        found.setdefault((sheet.route, sheet.names), sheet)
    return True
