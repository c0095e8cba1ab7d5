"""Django's entry for this room."""

from django.apps import AppConfig


class MashConfig(AppConfig):
    name = "frontdoor.mash"
    label = "mash"

    def ready(self) -> None:
        """Let the page of a contact show what is disputed about it."""
        from frontdoor.contacts.rules.beyond import declare_part
        from frontdoor.mash.views.disagreements import part as disputed

        declare_part(disputed)
