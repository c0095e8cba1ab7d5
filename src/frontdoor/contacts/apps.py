"""Django's entry for this room."""

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "frontdoor.contacts"
    label = "contacts"

    def ready(self) -> None:
        """Make known to the rooms below who hears of their answers, and who is to be told."""
        from frontdoor.actors.rules import Permission
        from frontdoor.clocks.actions import listen as hear
        from frontdoor.contacts.actions.family import on_letter
        from frontdoor.contacts.actions.night import on_clock
        from frontdoor.contacts.queries.family import recipient as told
        from frontdoor.contacts.queries.ledger import of_family, of_questions
        from frontdoor.contacts.queries.telling import recipient
        from frontdoor.files.rules import holds_files
        from frontdoor.handovers.rules import Event, declare_subject, listen
        from frontdoor.letters.rules import hear as hear_of
        from frontdoor.letters.rules import resolver
        from frontdoor.letters.rules.ledger import declare_source

        received = "contacts:received-report"
        declare_subject("contacts.matter", noun="child's matter", address="contacts:passed", received=received)
        declare_subject("contacts.contact", noun="contact", address="contacts:detail", received=received)
        for event in set(Event) - {Event.ARRIVED}:
            listen("contacts.matter", event, "contacts.follow")
        listen("contacts.contact", Event.WITHDRAWN, "contacts.keep")
        for kind in ("contacts.matter", "contacts.contact"):
            listen(kind, Event.ARRIVED, "contacts.receive_copy")
        resolver("contacts.contact", recipient, address="contacts:detail")
        resolver("contacts.telling", told, address="contacts:telling")
        hear_of("contacts.telling", on_letter)
        hear("contacts.night", on_clock)
        declare_source("families", of_family)
        declare_source("questions", of_questions)
        for kind, page in (("contacts.submission", "contacts:sent"), ("contacts.contact", "contacts:detail")):
            holds_files(kind, read=Permission.CONTACT_READ, keep=Permission.CONTACT_TAKE, address=page)
        self._show()

    @staticmethod
    def _show() -> None:
        """Give parts of pages: of a person's record below, and of a contact's own."""
        from frontdoor.contacts.pages import born_together, safe, signposting
        from frontdoor.contacts.rules.beyond import declare_part
        from frontdoor.people.pages.index_around import add_panel

        add_panel(safe.panel)
        add_panel(born_together.panel)
        declare_part(signposting.part)
