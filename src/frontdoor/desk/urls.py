"""Addresses of the desk: the pages over all councils, and the settings of one."""

from typing import Any

from django.urls import path

from frontdoor.desk.views import clocks, home, settings

app_name = "desk"

merged: list[Any] = [
    path("", home.home, name="home"),
    path("queue/", home.queue, name="queue"),
    path("clocks/", home.board, name="board"),
    path("search/", home.search, name="search"),
    path("stay/", home.stay, name="stay"),
]

council_settings = [
    path("settings/", settings.overview, name="overview"),
    path("settings/details/", settings.details, name="details"),
    path("settings/<str:name>/", settings.one, name="one"),
    path("settings/<str:name>/decide/", settings.decide, name="decide"),
]

council_clocks = [
    path("clocks/missed/", clocks.missed, name="missed"),
    path("clocks/<uuid:key>/explain/", clocks.explain, name="explain"),
]
