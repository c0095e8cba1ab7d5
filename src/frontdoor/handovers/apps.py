"""Django's entry for this room."""

from django.apps import AppConfig


class HandoversConfig(AppConfig):
    name = "frontdoor.handovers"
    label = "handovers"

    def ready(self) -> None:
        from frontdoor.clocks.actions import listen
        from frontdoor.handovers.actions.reminding import on_clock

        listen("handovers", on_clock)
