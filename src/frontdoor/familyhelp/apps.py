"""Django's entry for this room."""

from django.apps import AppConfig


class FamilyHelpConfig(AppConfig):
    name = "frontdoor.familyhelp"
    label = "familyhelp"

    def ready(self) -> None:
        """Hear of every family that is taken on: whoever takes it on leads its team. Tell of it on its page."""
        from frontdoor.earlyhelp.rules.beyond import declare_part, declare_stepped, declare_ways
        from frontdoor.earlyhelp.rules.taking import declare_hearer
        from frontdoor.familyhelp.actions.reviewing import stepped
        from frontdoor.familyhelp.actions.team import taken_on
        from frontdoor.familyhelp.pages.team import part, ways
        from frontdoor.familyhelp.queries.prints import of_prints
        from frontdoor.letters.rules.ledger import declare_source

        declare_hearer(taken_on)
        declare_part(part)
        declare_ways(ways)
        declare_stepped(stepped)
        declare_source("family help", of_prints)
