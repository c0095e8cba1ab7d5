"""Django's entry for this room."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "frontdoor.letters"
    label = "letters"

    def ready(self) -> None:
        """Keep the addresses of the index of people that nobody may find."""
        from frontdoor.letters.actions import protect
        from frontdoor.letters.queries import open_protected
        from frontdoor.people.rules.beyond import Vault, declare_vault

        declare_vault(Vault(protect, open_protected))
