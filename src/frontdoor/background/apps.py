"""Django's entry for this room."""

from django.apps import AppConfig


class BackgroundConfig(AppConfig):
    name = "frontdoor.background"
    label = "background"
