"""Django's entry for this room."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "frontdoor.organisations"
    label = "organisations"
