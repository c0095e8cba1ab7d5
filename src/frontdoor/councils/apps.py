"""Django's entry for this room."""

from django.apps import AppConfig


class CouncilsConfig(AppConfig):
    name = "frontdoor.councils"
    label = "councils"
