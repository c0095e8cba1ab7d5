"""Addresses of huddles."""

from django.urls import path

from frontdoor.mash.views import huddles

council = [
    path("huddles/", huddles.huddles, name="huddles"),
    path("huddles/begin/", huddles.begin, name="huddle-begin"),
    path("huddles/<uuid:key>/", huddles.huddle, name="huddle"),
    path("huddles/<uuid:key>/came/", huddles.come, name="huddle-come"),
    path("huddles/<uuid:key>/end/", huddles.end, name="huddle-end"),
]
