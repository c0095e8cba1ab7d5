"""Every address, put together from the rooms' own lists."""

from types import ModuleType
from typing import Any

from django.urls import URLResolver, include, path

from frontdoor.access import urls as access
from frontdoor.access.rules import Kind, address
from frontdoor.api import urls as api
from frontdoor.complaints import urls as complaints
from frontdoor.config.health import alive, health
from frontdoor.contacts import urls as contacts
from frontdoor.desk import urls as desk
from frontdoor.directions import urls as directions
from frontdoor.directory import urls as directory
from frontdoor.disclosures import urls as disclosures
from frontdoor.earlyhelp import urls as earlyhelp
from frontdoor.familyhelp import urls as familyhelp
from frontdoor.files import urls as files
from frontdoor.handovers import urls as handovers
from frontdoor.letters import urls as letters
from frontdoor.mash import urls as mash
from frontdoor.matching import urls as matching
from frontdoor.people import urls as people
from frontdoor.portal import urls as portal
from frontdoor.referrals import urls as referrals
from frontdoor.shell import urls as shell

COUNCIL_ROOMS = (
    familyhelp, mash, referrals, earlyhelp, disclosures, complaints, contacts, handovers, directions, letters, files,
    matching, people, directory, access,
)  # fmt: skip
"""Rooms with pages about one council's records; the order is that of the addresses alone."""


def _under_council(room: ModuleType) -> list[URLResolver]:
    """A room's pages below `/<council>/`, also those that receive for a council out of reach."""
    pages: list[Any] = [*getattr(room, "council", []), *getattr(room, "receiving", [])]
    return [path("<slug:council>/", include((pages, room.app_name)))] if pages else []


for page in shell.plain:
    address(Kind.NONE)(page.callback)  # the shell lies below access and cannot say so itself

urlpatterns = [
    path("health/", health, name="health"),
    path("health/alive/", alive, name="alive"),
    path("account/", include(access.sign_in)),
    path("", include((shell.plain, shell.app_name))),
    path("", include((access.plain, "sign_in"))),
    path("api/v1/", include((api.plain, api.app_name))),
    path("api/open/<slug:council>/", include((directory.opened, "open"))),
    path("desk/", include((desk.merged, desk.app_name))),
    path("<slug:council>/", include((desk.council_settings, "settings"))),
    path("<slug:council>/", include((desk.council_clocks, "clocks"))),
    path("<slug:council>/", include((desk.council_down, "down"))),
    path("<slug:council>/", include((desk.council_child, "child"))),
    path("sender/", include((portal.partner, "sender"))),
    path("partner/", include((portal.agency, "partner"))),
    path("", include((portal.portal, portal.app_name))),
    *[resolver for room in COUNCIL_ROOMS for resolver in _under_council(room)],
]

handler400 = "frontdoor.shell.views.bad_request"
handler404 = "frontdoor.shell.views.not_found"
handler500 = "frontdoor.shell.views.failure"
handler403 = "frontdoor.shell.views.forbidden"
