"""Django's entry for this room."""

from django.apps import AppConfig


class DirectionsConfig(AppConfig):
    name = "frontdoor.directions"
    label = "directions"
