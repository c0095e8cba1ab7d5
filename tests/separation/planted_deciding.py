"""An enquiry that was analysed, recommended on, decided, taken back and recommended on again. For `planting.py`."""

from datetime import date, timedelta
from typing import Any

from tests.separation import planted_asking  # noqa: F401  (its enquiry is asked about first)
from tests.separation.planting import Ground, plants


@plants("enquiry-decision")
def decision(ground: Ground) -> Any:
    """A decision that its maker took back, with what lay before it; a recommendation waits again."""
    from frontdoor.contacts.rules.decisions import Action
    from frontdoor.mash.actions.deciding import analysing, recommending, signing
    from frontdoor.mash.models import Enquiry
    from frontdoor.mash.rules import deciding as rules

    said, at = ground.said(), ground.at
    child = ground.keys["enquired-child"]

    def seen() -> int:
        return Enquiry.objects.get(key=ground.keys["enquiry"]).version

    advised = rules.Recommended(
        outcome="referral_assessment", level="3", rationale=said, why_not_more=said, why_not_less=said,
        contingency=said,
    )  # fmt: skip
    with ground.acting("social_worker") as by:
        meant = rules.Meant(child=child, means=said, voice=said, voice_on=date(2020, 1, 1))
        given = rules.Analysed(
            known=said, history=said, strengths=said, not_known=said, change_mind=said, children=(meant,)
        )
        analysing.analyse(ground.keys["enquiry"], seen=seen(), given=given, by=by, at=at)
        recommending.recommend(child, seen=seen(), given=advised, by=by, at=at)
    signed = rules.Decided(
        outcome="referral_assessment", risk_seen=said, direction=said,
        actions=(Action(said, f"team:{ground.world.team('mash', council=ground.council).pk}", at + timedelta(days=1)),),
    )  # fmt: skip
    with ground.acting("team_manager") as by:
        made = signing.decide(child, seen=seen(), given=signed, by=by, at=at)
        signing.take_back(child, seen=seen(), why=said, by=by, at=at)
    with ground.acting("social_worker") as by:
        recommending.recommend(child, seen=seen(), given=advised, by=by, at=at)
    return made.key
