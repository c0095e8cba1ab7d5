"""Django's entry for this room."""

from django.apps import AppConfig


class DirectionsConfig(AppConfig):
    name = "frontdoor.directions"
    label = "directions"

    def ready(self) -> None:
        from frontdoor.clocks.actions import listen
        from frontdoor.directions.actions import on_clock

        listen("directions", on_clock)
