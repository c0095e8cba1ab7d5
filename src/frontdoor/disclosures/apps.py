"""Django's entry for this room."""

from django.apps import AppConfig


class DisclosuresConfig(AppConfig):
    name = "frontdoor.disclosures"
    label = "disclosures"

    def ready(self) -> None:
        """Let the page of a contact lead to the desk and to the ledger, and hear of what was handed to another team."""
        from frontdoor.actors.rules import Permission
        from frontdoor.contacts.rules.beyond import declare_way
        from frontdoor.handovers.rules import Event, declare_subject, listen

        declare_way("Give to the information desk", "disclosures:begin", Permission.CONTACT_TAKE, while_open=True)
        declare_way("What was disclosed about this child", "disclosures:of-contact", Permission.DISCLOSURE_READ)
        declare_subject("disclosures.request", noun="request for information")
        for event in (Event.ACCEPTED, Event.WITHDRAWN):
            listen("disclosures.request", event, "disclosures.follow")
