"""Django's entry for this room."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "frontdoor.referrals"
    label = "referrals"

    def ready(self) -> None:
        """Hear of every slip for an assessment team, and tell on a contact's page what became of it."""
        from frontdoor.contacts.rules.beyond import declare_part
        from frontdoor.handovers.rules import Event, declare_subject, listen_at
        from frontdoor.matching.queries.joining_tables import follows_links
        from frontdoor.referrals.models import Referral
        from frontdoor.referrals.pages.contact import part
        from frontdoor.referrals.rules import kinds  # noqa: F401 (its clocks and settings are declared by importing)

        declare_subject("referrals.referral", noun="referral", address="referrals:referral")
        for event in set(Event) - {Event.ARRIVED}:
            listen_at("assessment", event, "referrals.follow")
        declare_part(part)
        follows_links(Referral, "person_id", "who the child is follows what is confirmed, within the minute")
