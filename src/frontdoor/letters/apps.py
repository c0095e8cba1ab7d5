"""Django's entry for this room."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "frontdoor.letters"
    label = "letters"

    def ready(self) -> None:
        """Keep the addresses of the index of people that nobody may find, and say what went out."""
        from frontdoor.letters.actions import lift_protection, protect
        from frontdoor.letters.queries import open_protected
        from frontdoor.letters.queries.ledger import of_given, of_letters
        from frontdoor.letters.rules.ledger import declare_source
        from frontdoor.people.rules.beyond import Vault, declare_vault

        declare_vault(Vault(protect, open_protected, lift_protection))
        declare_source("letters", of_letters)
        declare_source("given", of_given)
