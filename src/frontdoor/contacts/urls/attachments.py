"""Addresses of a contact's files."""

from django.urls import path

from frontdoor.contacts.views import attachments as views

council = [
    path("contacts/<uuid:key>/files/", views.files, name="files"),
    path("contacts/sent/<uuid:key>/", views.sent, name="sent"),
]
