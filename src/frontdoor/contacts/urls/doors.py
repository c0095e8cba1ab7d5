"""Addresses of reports that may not be genuine."""

from django.urls import path

from frontdoor.contacts.views import doors as views

council = [
    path("contacts/genuine/", views.doubts, name="doubts"),
    path("contacts/genuine/<uuid:key>/", views.doubt, name="doubt"),
    path("contacts/genuine/<uuid:key>/alike/", views.doubts_alike, name="doubts-alike"),
    path("contacts/genuine/<uuid:key>/agree/", views.doubts_agree, name="doubts-agree"),
]
