"""Addresses of reports that may not be genuine."""

from django.urls import path

from frontdoor.contacts.views import doors as views

council = [
    path("contacts/genuine/", views.doubts, name="doubts"),
    path("contacts/genuine/<uuid:key>/", views.doubt, name="doubt"),
]
