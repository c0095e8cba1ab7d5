"""Django's entry for this room."""

from django.apps import AppConfig


class ActorsConfig(AppConfig):
    name = "frontdoor.actors"
    label = "actors"
