"""Addresses of who the people of a contact are."""

from django.urls import path

from frontdoor.contacts.views import matches
from frontdoor.contacts.views import people as views

council = [
    path("contacts/<uuid:key>/people/", views.people, name="people"),
    path("contacts/<uuid:key>/people/take-back/", views.people_back, name="people-back"),
    path("contacts/<uuid:key>/people/referrer/", views.people_referrer, name="people-referrer"),
    path("contacts/matches/", matches.matches, name="matches"),
    path("contacts/matches/<uuid:key>/", matches.match, name="match"),
]
