"""Django's entry for this room."""

from django.apps import AppConfig


class FamilyHelpConfig(AppConfig):
    name = "frontdoor.familyhelp"
    label = "familyhelp"
