"""Django's entry for this room."""

from django.apps import AppConfig


class CodesConfig(AppConfig):
    name = "frontdoor.codes"
    label = "codes"
