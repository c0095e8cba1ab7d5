"""Addresses of letters, e-mails and other councils' reports. Taking in works for any council; sorting needs reach."""

from django.urls import path

from frontdoor.contacts.views import correspondence as views
from frontdoor.contacts.views import sorting

council = [
    path("contacts/<uuid:key>/original/", views.sort, name="sort"),
    path("contacts/<uuid:key>/original/reopen/", sorting.reopen, name="reopen-original"),
    path("contacts/<uuid:key>/responsible/", views.council_word, name="council-word"),
]
receiving = [
    path("take-in/", views.take_in, name="take-in"),
    path("take-in/letter/", views.letter, name="take-in-letter"),
    path("take-in/council/", views.from_council, name="take-in-council"),
    path("take-in/<uuid:key>/", views.taken_in, name="taken-in"),
]
