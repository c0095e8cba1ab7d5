"""Django's entry for this room."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "frontdoor.matching"
    label = "matching"

    def ready(self) -> None:
        """Stand beside the record of every person."""
        from frontdoor.actors.rules import Permission
        from frontdoor.people.pages.index_around import add_part

        add_part("Doubles and joins", "matching:of-person", Permission.JOIN_PROPOSE)
        add_part("Keep apart", "matching:keep-apart", Permission.APART_KEEP)
