"""Addresses of this room, joined from its parts; each names one row by its random key."""

from django.urls import URLPattern

from frontdoor.mash.urls import asking, disagreements, enquiries

app_name = "mash"
council: list[URLPattern] = [*enquiries.council, *asking.council, *disagreements.council]
