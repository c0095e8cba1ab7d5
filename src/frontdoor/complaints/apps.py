"""Django's entry for this room."""

from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    name = "frontdoor.complaints"
    label = "complaints"

    def ready(self) -> None:
        """Let the page of a contact lead here, and what is told in contacts be opened here."""
        from frontdoor.actors.rules import Permission
        from frontdoor.complaints import actions, queries
        from frontdoor.contacts.rules.beyond import Complaints, declare_complaints, declare_way

        declare_way("A complaint or a compliment", "complaints:of-contact", Permission.COMPLAINT_TAKE)
        declare_complaints(Complaints(opens=actions.take_told, number=queries.number_of))
