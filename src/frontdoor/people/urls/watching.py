"""Addresses of openings that nothing explains."""

from django.urls import path

from frontdoor.people.views import watching

council = [
    path("people/watched/", watching.watched, name="watched"),
    path("people/watched/<uuid:key>/", watching.watched_one, name="watched-one"),
    path("people/asked/", watching.asked, name="asked"),
    path("people/asked/<uuid:key>/", watching.asked_one, name="asked-one"),
]
