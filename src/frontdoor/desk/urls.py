"""Addresses of the desk: the pages over all councils, and the settings of one."""

from typing import Any

from django.urls import path

from frontdoor.desk.views import (
    afterwards,
    agencies,
    chronology,
    clocks,
    down,
    early_help,
    families,
    family_help,
    home,
    notices,
    referrals,
    searching,
    settings,
)
from frontdoor.desk.views.enquiries import enquiries

app_name = "desk"

merged: list[Any] = [
    path("", home.home, name="home"),
    path("figures/<str:name>/", home.figure, name="figure"),
    path("queue/", home.queue, name="queue"),
    path("enquiries/", enquiries, name="enquiries"),
    path("clocks/", home.board, name="board"),
    path("agencies/", agencies.agencies, name="agencies"),
    path("notices/", notices.notices, name="notices"),
    path("search/", searching.search, name="search"),
    path("search/typed/", searching.typed, name="typed"),
    path("afterwards/", afterwards.afterwards, name="afterwards"),
    path("referrals/", referrals.referrals, name="referrals"),
    path("early-help/", early_help.early_help, name="early-help"),
    path("my-families/", families.my_families, name="my-families"),
    path("family-help/", family_help.family_help, name="family-help"),
    path("stay/", home.stay, name="stay"),
]

council_settings = [
    path("settings/", settings.overview, name="overview"),
    path("settings/details/", settings.details, name="details"),
    path("settings/<str:name>/", settings.one, name="one"),
    path("settings/<str:name>/decide/", settings.decide, name="decide"),
]

council_down = [
    path("down/", down.down, name="down"),
    path("down/sheet/", down.sheet, name="sheet"),
    path("down/paper/", down.paper, name="paper"),
]

council_clocks = [
    path("clocks/missed/", clocks.missed, name="missed"),
    path("clocks/<uuid:key>/explain/", clocks.explain, name="explain"),
    path("clocks/<uuid:key>/pause/", clocks.pause, name="pause"),
    path("clocks/<uuid:key>/resume/", clocks.resume, name="resume"),
    path("notices/<uuid:key>/seen/", notices.seen, name="seen"),
]

council_child = [
    path("people/<uuid:key>/chronology/", chronology.chronology, name="chronology"),
    path("people/<uuid:key>/chronology/<uuid:event>/mark/", chronology.mark, name="mark"),
    path("decisions/<uuid:key>/supervision/", afterwards.supervision, name="supervision"),
]
