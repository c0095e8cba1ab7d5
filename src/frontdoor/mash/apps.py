"""Django's entry for this room."""

from django.apps import AppConfig


class MashConfig(AppConfig):
    name = "frontdoor.mash"
    label = "mash"

    def ready(self) -> None:
        """Let the page of a contact show what is disputed about it, and hear of the clocks of requests to agencies."""
        from frontdoor.clocks.actions import listen as listen_to_clocks
        from frontdoor.contacts.rules.beyond import declare_part
        from frontdoor.mash.actions.asking.chasing import on_clock
        from frontdoor.mash.views.disagreements import part as disputed

        declare_part(disputed)
        listen_to_clocks("mash", on_clock)
