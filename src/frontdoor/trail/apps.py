"""Django's entry for this room."""

from django.apps import AppConfig


class TrailConfig(AppConfig):
    name = "frontdoor.trail"
    label = "trail"

    def ready(self) -> None:
        from frontdoor.trail import checks  # noqa: F401  (registers the start-up check)
