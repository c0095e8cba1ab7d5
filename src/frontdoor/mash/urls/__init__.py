"""Addresses of this room, joined from its parts; each names one row by its random key."""

from django.urls import URLPattern

from frontdoor.mash.urls import asking, deciding, disagreements, enquiries, huddles, strategy

app_name = "mash"
council: list[URLPattern] = [
    *enquiries.council,
    *asking.council,
    *deciding.council,
    *disagreements.council,
    *huddles.council,
    *strategy.council,
]
