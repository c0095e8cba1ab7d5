"""Saying that children of an incident are another council's."""

from django.urls import path

from frontdoor.contacts.views import beside

council = [path("contacts/<uuid:key>/other-council/", beside.children, name="beside")]
