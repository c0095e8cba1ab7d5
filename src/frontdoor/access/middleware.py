"""The inner middleware: reads the address and sets who acts for which council, for as long as the view lasts."""

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.urls import reverse

from frontdoor.access.queries import Place, answering, api_client, client_actor, sending, standing
from frontdoor.access.rules import (
    BEFORE_SECOND_FACTOR,
    SEEN_AT,
    Address,
    Kind,
    second_factor_given,
    session_over,
)
from frontdoor.actors.actions import acting_for, forget, tell
from frontdoor.actors.rules import PUBLIC, SERVICE, SIGN_IN, Actor, Error, NotFound, NotPermitted
from frontdoor.councils.queries import by_slug, councils, read_once
from frontdoor.shell.views import answer_to
from frontdoor.trail import actions as trail

WAYS = ("GET", "HEAD", "POST")
"""What pages are asked by; a view need not think of other methods, which no form and no script of ours sends."""

POSTED = "posted"
"""What a session notes once it was used in a post."""

SENT, ANSWERED = "sent", "answered"
"""What a session notes once it was used to send, or to answer, for an agency."""

KEEP_SEEN = 60
"""Seconds after which a session notes again that somebody was there: not every request writes it."""


class Reach:
    """Stands last in the list; its savepoint around view and rendering is rolled back when the view raised anything.

    Settings and role outlive a savepoint, so they are taken back in a `finally`, before the session is saved: the
    portal's role may not write sessions. The entry of a refusal is written afterwards, into the outer transaction.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.failure = request.council = request.actor = request.standing = None
        request.sending = request.answering = None
        request.out_of_reach, request.signed_out = "", False
        try:
            with transaction.atomic(), _settings_once(request):
                response = self.get_response(request)
                if request.failure is not None or response.status_code >= 500:
                    transaction.set_rollback(True)
        finally:
            forget()
        _keep_refusal(request)
        response.headers.setdefault("Cache-Control", "no-store")
        if request.signed_out:
            response.headers["Clear-Site-Data"] = '"cookies", "storage"'
        return response

    def process_exception(self, request: Any, failure: Exception) -> HttpResponse | None:
        """Turn a refusal into its answer; None leaves a fault to Django, which answers 500.

        A row that `get()` does not find under the policy is not found, whosever it is.
        """
        request.failure = NotFound() if isinstance(failure, ObjectDoesNotExist) else failure
        return answer_to(request, request.failure) if isinstance(request.failure, Error) else None

    def process_view(self, request: Any, view: Any, args: Any, kwargs: dict[str, Any]) -> HttpResponse | None:
        """Set council, actor and role as the address of the view says, or answer instead of it."""
        address: Address = getattr(view, "address", Address(Kind.NONE))
        if request.method not in WAYS and address.kind is not Kind.CLIENT:
            return HttpResponseNotAllowed(WAYS)
        try:
            return _ENTER[address.kind](request, address, kwargs) or self._library(request, view)
        except Error as refusal:
            request.failure = refusal
            return answer_to(request, refusal)

    def _library(self, request: Any, view: Any) -> HttpResponse | None:
        """A password alone opens no more of the sign-in library's pages than lead to a second factor."""
        if not view.__module__.startswith("allauth.") or not request.user.is_authenticated:
            return None
        if request.resolver_match.view_name in BEFORE_SECOND_FACTOR or _has_second_factor(request):
            return None
        return HttpResponseRedirect(reverse("mfa_activate_totp"))


def _settings_once(request: Any) -> AbstractContextManager[None]:
    """A page that only reads asks for a council's settings in many places: they are read together, once."""
    return read_once() if request.method in ("GET", "HEAD") else nullcontext()


def _keep_refusal(request: Any) -> None:
    """Write down that somebody signed in was refused: a permission in reach, or a council out of it."""
    refused = isinstance(request.failure, NotPermitted)
    if not (refused or request.out_of_reach) or request.actor is None:
        return
    place = request.council.id if refused and request.council else SERVICE
    detail = {"permission": request.failure.permission} if refused else {"council": _number(request)}
    with acting_for(place, by=request.actor) as by:
        subject = ("address", request.resolver_match.view_name)
        trail.record("access.refused", subject=subject, by=by, at=request.at, **detail)


def _number(request: Any) -> int | None:
    """The council of a slug out of reach; None where nothing is so called, since a slug is typed and may be a name."""
    council = by_slug(request.out_of_reach, on=request.at)
    return council.id if council else None


def _signed_in(request: Any) -> HttpResponse | None:
    """Let in an account with a fresh session and a second factor; answer where to go otherwise."""
    _load_account(request)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path() if request.method in ("GET", "HEAD") else request.path)
    if not _has_second_factor(request):
        return HttpResponseRedirect(reverse("mfa_activate_totp"))
    request.standing = standing(request.user, at=request.at)
    request.actor = request.standing.actor
    return _still_posted(request)


def _still_posted(request: Any) -> HttpResponse | None:
    """End the session of somebody whose last post has ended since they signed in; a newcomer has none yet."""
    if request.standing.councils:
        if not request.session.get(POSTED):
            request.session[POSTED] = True
    elif request.session.get(POSTED):
        with acting_for(SERVICE, by=SIGN_IN):
            logout(request)
        return redirect_to_login(request.path)
    return None


def _has_second_factor(request: Any) -> bool:
    return second_factor_given(get_authentication_records(request, request.user))


def _council(request: Any, address: Address, kwargs: dict[str, Any]) -> HttpResponse | None:
    """A page of one council's records: only in reach."""
    if answer := _signed_in(request):
        return answer
    slug = kwargs.pop("council")
    request.council = request.standing.place(slug)
    if request.council is None:
        request.out_of_reach = slug
        raise NotFound
    _enter(request, address)
    return None


def _receiving(request: Any, address: Address, kwargs: dict[str, Any]) -> HttpResponse | None:
    """A page that takes in, looks first, hands over or protects: any practitioner, for any council.

    So a call begun before midnight is finished after it, though the agreement ended between.
    """
    if answer := _signed_in(request):
        return answer
    slug = kwargs.pop("council")
    if not request.standing.receiving and request.standing.place(slug) is None:
        request.out_of_reach = slug
        raise NotFound
    request.council = request.standing.place(slug) or _place(slug, request)
    reach = request.actor.reach
    held = reach.get(request.council.id, frozenset()) | request.standing.receiving
    request.actor = replace(request.actor, reach={**reach, request.council.id: held})
    _enter(request, address)
    return None


def _place(slug: str, request: Any) -> Place:
    council = by_slug(slug, on=request.at)
    if council is None or council.id == SERVICE:
        raise NotFound
    return Place(council.id, council.slug, council.name)


def _enter(request: Any, address: Address) -> None:
    request.actor = request.actor.at(request.council.id)
    if address.permission and not request.actor.may(address.permission):
        raise NotPermitted(address.permission)
    tell(request.actor)


def _portal(request: Any, address: Address, kwargs: dict[str, Any]) -> None:
    """A page for people who are not staff: the portal's role, for the council of the address or for none yet."""
    _load_account(request)
    if (slug := kwargs.pop("council", None)) is not None:
        request.council = _place(slug, request)
    token = request.COOKIES.get(settings.DRAFT_COOKIE_NAME, "")
    draft = f"resume:{hashlib.sha256(token.encode()).hexdigest()}" if token else ""
    request.actor = replace(PUBLIC, draft=draft).at(request.council.id if request.council else None)
    tell(request.actor)


def _merged(request: Any, address: Address, kwargs: dict[str, Any]) -> HttpResponse | None:
    """No council is set: the view reads each council of the reach inside `acting_for`."""
    if answer := _signed_in(request):
        return answer
    held = request.actor.reach.values()
    if address.permission and not any(address.permission in permissions for permissions in held):
        raise NotPermitted(address.permission)
    return None


def _partner(request: Any, address: Address, kwargs: dict[str, Any]) -> HttpResponse | None:
    """A page for those who send for an agency: nothing is set, each council is read by itself under the portal's role.

    Nobody of the staff opens it by being staff, and it opens nothing of the staff's. A leaver's session ends here.
    """
    return _for_agency(request, "sending", sending, SENT)


def _agency(request: Any, address: Address, kwargs: dict[str, Any]) -> HttpResponse | None:
    """A page for those who answer for an agency: as for those who send, and by a right of its own."""
    return _for_agency(request, "answering", answering, ANSWERED)


def _for_agency(request: Any, name: str, held_by: Callable[..., Any], noted: str) -> HttpResponse | None:
    """Let in whoever has the right for an agency today, as its actor; end the session of one who has lost it.

    :param noted: what the session notes once the right was used
    """
    _load_account(request)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path() if request.method in ("GET", "HEAD") else request.path)
    if not _has_second_factor(request):
        return HttpResponseRedirect(reverse("mfa_activate_totp"))
    held = held_by(request.user, at=request.at)
    if held is None:
        if not request.session.get(noted):
            raise NotFound
        with acting_for(SERVICE, by=SIGN_IN):
            logout(request)
        return redirect_to_login(request.path)
    request.session[noted] = True
    setattr(request, name, held)
    request.actor = held.actor
    return None


def _client(request: Any, address: Address, kwargs: dict[str, Any]) -> HttpResponse | None:
    """A system's own page: the client of the bearer token acts, for the one council it belongs to."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    client = api_client(secret, at=request.at) if scheme.lower() == "bearer" and secret else None
    if client is None:
        title = "Give a valid token as Authorization: Bearer"
        answer = JsonResponse({"title": title, "status": 401, "problems": {}}, status=401)
        answer["WWW-Authenticate"] = "Bearer"
        return answer
    request.council = _numbered(client.authority_id, request)
    request.actor = client_actor(client)
    _enter(request, address)
    return None


def _numbered(number: int, request: Any) -> Place:
    council = next((each for each in councils(on=request.at) if each.pk == number), None)
    if council is None:
        raise NotFound
    return Place(council.id, council.slug, council.name)


def _none(request: Any, address: Address, kwargs: dict[str, Any]) -> None:
    """Sign-in, one's own account, the gallery: no council; what is written about accounts is the service's own."""
    _load_account(request)
    user = request.user
    itself = Actor(name=f"user:{user.pk}", label=user.name, user_id=user.pk) if user.is_authenticated else SIGN_IN
    request.actor = itself.at(SERVICE)
    tell(request.actor)


def _load_account(request: Any) -> None:
    """Read session and account before anybody is set to act, since the portal's role may read neither.

    A session that is over ends here; one in use notes now and then that somebody was there.
    """
    if not request.user.is_authenticated:
        return
    if session_over(request.session, at=request.at):
        with acting_for(SERVICE, by=SIGN_IN):
            logout(request)
    elif request.at.timestamp() - request.session[SEEN_AT] > KEEP_SEEN and not _by_itself(request):
        request.session[SEEN_AT] = request.at.timestamp()


def _by_itself(request: Any) -> bool:
    """Whether a page asked without anybody there: a board that renews itself keeps no session alive."""
    asked_by: str = request.headers.get("X-Asked-By", "")
    return asked_by == "page"


_ENTER = {
    Kind.COUNCIL: _council,
    Kind.RECEIVING: _receiving,
    Kind.PORTAL: _portal,
    Kind.MERGED: _merged,
    Kind.PARTNER: _partner,
    Kind.AGENCY: _agency,
    Kind.NONE: _none,
    Kind.CLIENT: _client,
}
