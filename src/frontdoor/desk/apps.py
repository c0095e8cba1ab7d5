"""Django's entry for this room."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "frontdoor.desk"
    label = "desk"

    def ready(self) -> None:
        """Hear of every clock, and have people told; stand beside the record of every person."""
        from frontdoor.clocks.actions import listen_to_sweeps
        from frontdoor.desk.actions import on_clocks
        from frontdoor.people.pages.index_around import add_part
        from frontdoor.people.rules.beyond import declare_search

        listen_to_sweeps("desk", on_clocks)
        declare_search("desk:search")
        add_part("Chronology", "child:chronology")
