"""Django's entry for this room."""

from django.apps import AppConfig


class MashConfig(AppConfig):
    name = "frontdoor.mash"
    label = "mash"

    def ready(self) -> None:
        """Let a contact's page show what is disputed about it; hear of slips that come here and of clocks."""
        from frontdoor.clocks.actions import listen as listen_to_clocks
        from frontdoor.contacts.rules.beyond import declare_child, declare_part, declare_protected, declare_section47
        from frontdoor.directions.rules import declare_subject as declare_for_directions
        from frontdoor.handovers.rules import Event, declare_subject, listen, listen_at
        from frontdoor.mash.actions.asking.chasing import on_clock
        from frontdoor.mash.actions.strategy import lead_into
        from frontdoor.mash.queries.enquiries.finding import contact_of, named_child
        from frontdoor.mash.queries.strategy import finding as strategies
        from frontdoor.mash.views.disagreements import part as disputed
        from frontdoor.mash.views.enquiries import part as enquired
        from frontdoor.mash.views.strategy import part as discussed

        declare_part(enquired)
        declare_child("mash.subject", named_child, comes_from=contact_of)
        declare_part(discussed)
        declare_part(disputed)
        declare_protected(lead_into)
        declare_child("mash.discussed", strategies.named_child, comes_from=strategies.contact_of)
        declare_section47("mash.discussed", strategies.began_on)
        declare_subject("mash.discussed", noun="child of a strategy discussion", address="mash:discussed")
        declare_for_directions("mash.discussion", noun="strategy discussion", address="mash:strategy")
        declare_subject(
            "mash.subject", noun="child of an enquiry", address="mash:child", received="contacts:received-report"
        )
        declare_subject("mash.enquiry", noun="enquiry", address="mash:enquiry")
        listen_at("mash", Event.ACCEPTED, "mash.follow")
        for event in set(Event) - {Event.ARRIVED}:
            listen("mash.subject", event, "mash.carry")
        listen("mash.subject", Event.ARRIVED, "contacts.receive_copy")
        listen_to_clocks("mash", on_clock)
        _say_what_left()
        _keep_what_is_typed()


def _keep_what_is_typed() -> None:
    """The long pages of an enquiry keep what is typed as it is typed."""
    from frontdoor.actors.rules import Permission
    from frontdoor.contacts.queries.drafting import declare_about
    from frontdoor.contacts.rules.drafting import Kind, declare_step
    from frontdoor.mash.models import Discussion, Enquiry, Subject

    declare_about("enquiry", Enquiry, "reference")
    declare_about("child of an enquiry", Subject, "enquiry__reference")
    declare_about("strategy discussion", Discussion, "reference")
    works, decides = Permission.MASH_WORK, Permission.MASH_DECIDE
    declare_step("enquiry-analysis", Kind("Analysis of an enquiry", "enquiry", "mash:analyse", works, inputs=200))
    declare_step("enquiry-recommend", Kind("Recommendation", "child of an enquiry", "mash:recommend", works))
    declare_step("enquiry-decide", Kind("Decision", "child of an enquiry", "mash:decide", decides))
    record = Kind("Record of a strategy discussion", "strategy discussion", "mash:strategy-record", works)
    declare_step("strategy-record", record)


def _say_what_left() -> None:
    """What agencies were asked and told stands in the ledger of each child."""
    from frontdoor.letters.rules.ledger import declare_source
    from frontdoor.mash.queries.ledger import of_enquiries

    declare_source("enquiries", of_enquiries)
