"""The frame around every page: collected from the rooms for one request."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from frontdoor.access.queries import sending
from frontdoor.access.queries import standing as standing_of
from frontdoor.access.rules import Kind
from frontdoor.config import down
from frontdoor.config.navigation import navigation, place
from frontdoor.config.sealing import trouble
from frontdoor.councils import queries as councils
from frontdoor.desk.queries import banners
from frontdoor.people.views.restricting_glass import GLASS_BROKEN
from frontdoor.portal import pages as portal
from frontdoor.portal.pages import partners, senders
from frontdoor.shell.pages import Frame, Item, Notice, Person, Session, telephones
from frontdoor.shell.pages.demonstration import of_the_site

ACCOUNT = "/account/"
"""Where the pages of an account lie."""


def frame(request: HttpRequest) -> dict[str, Frame]:
    """Give templates the frame; error pages get the empty one by themselves."""
    return {"frame": _frame(request)}


def _banners(request: Any) -> list[Notice]:
    """What must be seen: on a council's page asked here, on a page over several as its view found it."""
    if request.council is None or request.failure is not None:
        found = list(getattr(request, "notices", []))
    else:
        here = request.council
        found = banners(
            by=request.actor, at=request.at, slug=here.slug, name=here.name, glass=_may_have_broken(request)
        )
        if old := down.trouble(request.council.slug, at=request.at):
            found.append(old)
    unsealed = trouble()
    return [*found, unsealed] if unsealed else found


def _may_have_broken(request: Any) -> bool:
    """Whether to ask for broken glass: on every page of people, and everywhere in the session that broke one."""
    return request.resolver_match.namespace in {"people", "matching"} or GLASS_BROKEN in request.session


def _frame(request: Any) -> Frame:
    view = getattr(getattr(request, "resolver_match", None), "func", None)
    kind = getattr(getattr(view, "address", None), "kind", Kind.NONE)
    council = getattr(request, "council", None)
    notices = of_the_site()
    if kind is Kind.PORTAL:
        full = councils.council(council.id) if council else None
        to = portal.speak_to([full] if full else councils.councils(on=request.at))
        if full:
            telephones.remember(full.id, to.telephones)  # for the pages of a fault
        return Frame(
            council=full.name if full else "", slug=full.slug if full else "", home=reverse("portal:begin"),
            notices=notices, speak_to=to, at=request.at, reading=portal.reading_of(request.COOKIES),
        )  # fmt: skip
    if kind is Kind.PARTNER and getattr(request, "sending", None):
        return _of_sender(request)
    if kind is Kind.AGENCY and getattr(request, "answering", None):
        return _of_partner(request)
    standing = getattr(request, "standing", None)
    if standing is None:
        home, at = reverse("portal:begin"), getattr(request, "at", None)
        return Frame(notices=notices, home=home, at=at, account=_own_pages(request))
    return Frame(
        council=council.name if council else "", slug=council.slug if council else "", home=reverse("desk:home"),
        navigation=navigation(request), place=place(request), notices=(*notices, *_banners(request)), at=request.at,
        person=Person(
            standing.actor.label, standing.actor.post, account_href=reverse("mfa_index"),
            sign_out_href=reverse("account_logout"),
        ),
        session=Session(settings.SESSION_COOKIE_AGE - 5 * 60, reverse("desk:stay")),
        footer=(Item("What the public sees", reverse("portal:begin")),),
    )  # fmt: skip


def _own_pages(request: Any) -> tuple[Item, ...]:
    """What belongs to an account beside its password: where somebody of a council says who their family is."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not request.path.startswith(ACCOUNT):
        return ()
    if not hasattr(request, "own_pages"):  # the pieces of such a page are drawn one by one
        places = sorted(standing_of(user, at=request.at).councils, key=lambda each: each.name)
        request.own_pages = tuple(
            Item(f"You and your family: {each.name}", reverse("people:mine", args=[each.slug])) for each in places
        )
    return tuple(request.own_pages)


def _of_sender(request: Any) -> Frame:
    """Around the pages of somebody who sends for an agency: their own pages alone."""
    held = request.sending
    pages = senders.navigation(request.path, lead=held.lead, notices=held.notices)
    return _of_agency(request, held, reverse("sender:home"), pages)


def _of_partner(request: Any) -> Frame:
    """Around the pages of somebody who answers for an agency; who sends for it too finds the way there."""
    held = request.answering
    sends = sending(request.user, at=request.at) is not None
    pages = partners.navigation(request.path, lead=held.lead, sends=sends)
    return _of_agency(request, held, reverse("partner:home"), pages)


def _of_agency(request: Any, held: Any, home: str, pages: tuple[Item, ...]) -> Frame:
    return Frame(
        home=home, navigation=pages, notices=of_the_site(), at=request.at,
        person=Person(
            held.actor.label, held.agency.name, account_href=reverse("mfa_index"),
            sign_out_href=reverse("account_logout"),
        ),
        session=Session(settings.SESSION_COOKIE_AGE - 5 * 60, reverse("desk:stay")),
        footer=(Item("What the public sees", reverse("portal:begin")),),
    )  # fmt: skip
