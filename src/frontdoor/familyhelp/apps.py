"""Django's entry for this room."""

from django.apps import AppConfig


class FamilyHelpConfig(AppConfig):
    name = "frontdoor.familyhelp"
    label = "familyhelp"

    def ready(self) -> None:
        """Hear of every family that is taken on and of each step; tell of team and assessment on a family's page."""
        from frontdoor.earlyhelp.rules.beyond import (
            declare_agreed,
            declare_carried,
            declare_part,
            declare_stepped,
            declare_stops,
            declare_ways,
        )
        from frontdoor.earlyhelp.rules.taking import declare_hearer
        from frontdoor.familyhelp.actions import assessing, reviewing
        from frontdoor.familyhelp.actions.team import hear_agreed, taken_on
        from frontdoor.familyhelp.pages import assessment, team
        from frontdoor.familyhelp.queries.assessment import as_text
        from frontdoor.familyhelp.queries.prints import of_prints
        from frontdoor.familyhelp.rules import assessing_clock  # noqa: F401 (declared by importing)
        from frontdoor.letters.rules.ledger import declare_source

        declare_hearer(taken_on)
        for page in (team, assessment):
            declare_part(page.part)
            declare_ways(page.ways)
        for acts in (reviewing, assessing):
            declare_stepped(acts.stepped)
        declare_carried(as_text)
        declare_agreed(hear_agreed)
        declare_stops(team.stops)
        declare_source("family help", of_prints)
        _up_and_down()


def _up_and_down() -> None:
    """Tell rooms below of a family's way up and down and of its outcomes, and hear of what happens there."""
    from frontdoor.contacts.rules.beyond import declare_child
    from frontdoor.earlyhelp.rules import beyond as earlyhelp
    from frontdoor.familyhelp.actions import checking
    from frontdoor.familyhelp.pages import standing as pages
    from frontdoor.familyhelp.queries import outcomes, standing
    from frontdoor.familyhelp.rules.standing import SUBJECT
    from frontdoor.handovers.rules import Event, declare_subject, listen, listen_at
    from frontdoor.referrals.rules import beyond as referrals

    declare_subject(SUBJECT, noun="step-down")
    declare_child(SUBJECT, standing.child_of, comes_from=standing.comes_from)
    for event in set(Event) - {Event.ARRIVED, Event.SENT}:
        listen(SUBJECT, event, "familyhelp.follow")
    listen_at("assessment", Event.ACCEPTED, "familyhelp.taken_up")
    earlyhelp.declare_part(pages.part)
    earlyhelp.declare_ways(pages.ways)
    earlyhelp.declare_stepped(checking.hear)
    earlyhelp.declare_holds(outcomes.holds)
    earlyhelp.declare_holds(standing.goes_on)
    referrals.declare_part(pages.of_referral)
    referrals.declare_ways(pages.of_referral_ways)
    referrals.declare_holds(standing.holds)
