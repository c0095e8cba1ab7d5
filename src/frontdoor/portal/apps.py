"""Django's entry for this room."""

from importlib import import_module

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "frontdoor.portal"
    label = "portal"

    def ready(self) -> None:
        """Declare the numbers that councils set, also where no page of this room is served."""
        for rules in ("doors", "remembering", "returning"):
            import_module(f"frontdoor.portal.rules.{rules}")
