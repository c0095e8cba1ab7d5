"""Django's entry for this room."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "frontdoor.desk"
    label = "desk"

    def ready(self) -> None:
        """Hear of every clock, and have people told."""
        from frontdoor.clocks.actions import listen_to_sweeps
        from frontdoor.desk.actions import on_clocks

        listen_to_sweeps("desk", on_clocks)
