"""Django's entry for this room."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "frontdoor.matching"
    label = "matching"
