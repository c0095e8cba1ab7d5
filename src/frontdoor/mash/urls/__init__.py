"""Addresses of this room, joined from its parts; each names one row by its random key."""

from django.urls import URLPattern

from frontdoor.mash.urls import disagreements

app_name = "mash"
council: list[URLPattern] = [*disagreements.council]
