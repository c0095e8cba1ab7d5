"""Django's entry for this room."""

from django.apps import AppConfig


class DisclosuresConfig(AppConfig):
    name = "frontdoor.disclosures"
    label = "disclosures"

    def ready(self) -> None:
        """Let the page of a contact lead to the desk and to the ledger, and hear of what was handed to another team."""
        from frontdoor.actors.rules import Permission
        from frontdoor.contacts.rules.beyond import declare_way
        from frontdoor.disclosures.queries.children import of_requests
        from frontdoor.disclosures.queries.copies import of_copies
        from frontdoor.handovers.rules import Event, declare_subject, listen
        from frontdoor.letters.rules.ledger import declare_source
        from frontdoor.people.pages.index_around import add_part

        declare_way("Give to the information desk", "disclosures:begin", Permission.CONTACT_TAKE, while_open=True)
        declare_way(
            "What was shared about this child, and what was not", "disclosures:of-contact", Permission.DISCLOSURE_READ
        )
        declare_source("requests", of_requests)
        declare_source("copies", of_copies)
        add_part("What was shared", "disclosures:of-person", Permission.DISCLOSURE_READ)
        declare_way("Make a copy for somebody", "disclosures:copy-for", Permission.LETTER_SEND)
        declare_subject("disclosures.request", noun="request for information")
        for event in (Event.ACCEPTED, Event.WITHDRAWN):
            listen("disclosures.request", event, "disclosures.follow")
