"""Django's entry for the wiring: its commands span rooms."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "frontdoor.config"
    label = "config"

    def ready(self) -> None:
        from django.conf import settings

        from frontdoor.config.learning import use
        from frontdoor.config.starting import safe

        safe(settings)
        use(settings.WEIGHTS, settings.WEIGHTS_DIRECTORY)
