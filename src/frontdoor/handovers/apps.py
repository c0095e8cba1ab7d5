"""Django's entry for this room."""

from django.apps import AppConfig


class HandoversConfig(AppConfig):
    name = "frontdoor.handovers"
    label = "handovers"

    def ready(self) -> None:
        from frontdoor.clocks.actions import listen
        from frontdoor.handovers.actions.reminding import on_clock
        from frontdoor.handovers.queries.ledger import of_slips
        from frontdoor.letters.rules.ledger import declare_source

        listen("handovers", on_clock)
        declare_source("handovers", of_slips)
