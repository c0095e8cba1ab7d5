"""Django's entry for this room."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "frontdoor.desk"
    label = "desk"

    def ready(self) -> None:
        """Hear of every clock, and have people told; stand beside each person's record; tell what rested on one."""
        from frontdoor.clocks.actions import listen_to_sweeps
        from frontdoor.desk.actions import on_clocks
        from frontdoor.desk.queries.in_hand import in_hand
        from frontdoor.desk.queries.joined import decided, handed, sent
        from frontdoor.matching.rules.joining_telling import declare_finder
        from frontdoor.people.pages.index_around import add_part
        from frontdoor.people.queries.watching import declare_in_hand
        from frontdoor.people.rules.beyond import declare_search

        listen_to_sweeps("desk", on_clocks)
        declare_search("desk:search")
        add_part("Chronology", "child:chronology")
        declare_in_hand("contacts", in_hand)
        declare_finder("decisions", decided)
        declare_finder("letters", sent)
        declare_finder("handovers", handed)
