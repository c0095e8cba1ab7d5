"""Django's entry for this room."""

from django.apps import AppConfig


class MashConfig(AppConfig):
    name = "frontdoor.mash"
    label = "mash"

    def ready(self) -> None:
        """Let a contact's page show what is disputed about it; hear of slips that come here and of clocks."""
        from frontdoor.clocks.actions import listen as listen_to_clocks
        from frontdoor.contacts.rules.beyond import declare_child, declare_part
        from frontdoor.handovers.rules import Event, declare_subject, listen_at
        from frontdoor.mash.actions.asking.chasing import on_clock
        from frontdoor.mash.queries.enquiries.finding import named_child
        from frontdoor.mash.views.disagreements import part as disputed
        from frontdoor.mash.views.enquiries import part as enquired

        declare_part(enquired)
        declare_child("mash.subject", named_child)
        declare_part(disputed)
        declare_subject("mash.subject", noun="child of an enquiry", address="mash:child")
        declare_subject("mash.enquiry", noun="enquiry", address="mash:enquiry")
        listen_at("mash", Event.ACCEPTED, "mash.follow")
        listen_to_clocks("mash", on_clock)
