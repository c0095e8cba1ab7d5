"""Django's entry for this room."""

from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    name = "frontdoor.complaints"
    label = "complaints"

    def ready(self) -> None:
        """Let the page of a contact lead here."""
        from frontdoor.actors.rules import Permission
        from frontdoor.contacts.rules.beyond import declare_way

        declare_way("A complaint or a compliment", "complaints:of-contact", Permission.COMPLAINT_TAKE)
