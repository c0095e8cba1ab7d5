"""Addresses of what watches the doors: silent senders and test messages."""

from typing import Any

from django.urls import path

from frontdoor.contacts.views import watching

council: list[Any] = [
    path("senders/", watching.watching, name="watching"),
    path("senders/silent/<uuid:key>/", watching.silent_sender, name="silence"),
]
