"""Django's entry for this room."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CouncilsConfig(AppConfig):
    name = "frontdoor.councils"
    label = "councils"

    def ready(self) -> None:
        autodiscover_modules("rules")  # every room declares its settings beside its rules
