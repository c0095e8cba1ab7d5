"""Django's entry for this room."""

from django.apps import AppConfig


class EarlyHelpConfig(AppConfig):
    name = "frontdoor.earlyhelp"
    label = "earlyhelp"

    def ready(self) -> None:
        """Hear of every slip that the hub accepts, and tell on a contact's page what became of it."""
        from frontdoor.contacts.rules.beyond import declare_part
        from frontdoor.earlyhelp.pages.contact import part
        from frontdoor.earlyhelp.queries.ledger import of_early_help
        from frontdoor.earlyhelp.rules import kinds  # noqa: F401 (its clocks and settings are declared by importing)
        from frontdoor.handovers.rules import Event, listen_at
        from frontdoor.letters.rules.ledger import declare_source

        listen_at("early_help", Event.ACCEPTED, "earlyhelp.follow")
        declare_part(part)
        declare_source("early help", of_early_help)
