"""Addresses of what was brought in; a run is named by its random key."""

from django.urls import path

from frontdoor.people.views import bringing

council = [
    path("people/brought/", bringing.brought, name="brought"),
    path("people/brought/<uuid:key>/", bringing.brought_run, name="brought-run"),
    path("people/brought/<uuid:key>/refused.csv", bringing.brought_refused, name="brought-refused"),
]
