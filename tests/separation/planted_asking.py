"""An agency that each council asks, and what was written about asking for its enquiry. Declared for `planting.py`."""

from datetime import date
from typing import Any

from tests.separation import planted_enquiries  # noqa: F401  (its enquiry is planted first)
from tests.separation.planting import Ground, plants


@plants("desk")
def desk(ground: Ground) -> Any:
    """The advocates' desk, with grounds, agreement and what it can do today."""
    from frontdoor.mash.actions import asking
    from frontdoor.mash.models import Enquiry
    from frontdoor.mash.rules.asking.grounds import Grounds

    said, at = ground.said(), ground.at
    kept = {
        "line": "idva", "covers": said, "ratings": ["green"], "agreement": said, "agreement_version": "1",
        "basis": "public_task", "condition": "safeguarding", "necessity": said, "proportionality": said, "email": "",
        "telephone": "01632 960140", "out_of_hours": "", "lead_name": said, "lead_email": "",
        "starts_on": date(2019, 1, 1), "ends_on": None,
    }  # fmt: skip
    agency = ground.world.agencies["Ouse Valley Advocacy"].key
    with ground.acting("team_manager") as by:
        made = asking.keep_desk(agency, kept, by=by, at=at)
    with ground.acting("social_worker") as by:
        asking.declare_capacity(made.key, line="Two of two are in", said_by="Their desk", by=by, at=at)  # theirs to see
        enquiry = Enquiry.objects.get(key=ground.keys["enquiry"])
        asking.say_agreement(enquiry.key, seen=enquiry.version, position="given", words=said[:500], by=by, at=at)
        written = Grounds(
            purpose=said[:300], basis="public_task", condition="safeguarding", necessity=said, proportionality=said,
        )  # fmt: skip
        asking.set_grounds(enquiry.key, written, seen=enquiry.version, by=by, at=at)
    return made.key


@plants("huddle")
def huddle(ground: Ground) -> Any:
    """One in which the enquiry's child was taken, and which is still open."""
    from frontdoor.mash.actions import huddles
    from frontdoor.mash.models import Desk

    said, at = ground.said(), ground.at
    with ground.acting("social_worker") as by:
        sits = Desk.objects.get(key=ground.keys["desk"])
        return huddles.begin({sits.key: said[:200]}, by=by, at=at).key
