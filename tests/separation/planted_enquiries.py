"""An enquiry of several agencies in each council, rated, asked about, answered. Declared for `planting.py`."""

from datetime import timedelta
from typing import Any

from tests.separation.planting import Ground, _contact, plants


@plants("enquiry")
def enquiry(ground: Ground) -> Any:
    """One with a child, an adult, a question, a rating, and an answer to whether the child is safe."""
    from frontdoor.contacts.models import Matter
    from frontdoor.handovers import actions as handovers
    from frontdoor.mash.actions import enquiries as actions
    from frontdoor.mash.models import Subject
    from frontdoor.mash.rules.safety import Answered

    contact, at = _contact(ground, 33), ground.at
    with ground.acting("team_manager") as by:
        matter = Matter.objects.filter(contact=contact).order_by("id")[0]
        slip = handovers.send(
            matter, to="mash", summary="MASH enquiry", why=ground.said(), rating="amber", by=by, at=at
        )
    with ground.acting("social_worker") as by:
        made = actions.accept(slip.key, seen=slip.version, by=by, at=at)
        assert made is not None
        actions.rate(made.key, seen=made.version, rating="amber", why=ground.said(), by=by, at=at)
        actions.ask_question(made.key, seen=made.version + 1, question=ground.said(), by=by, at=at)
        child = Subject.objects.get(enquiry=made, is_child=True)
        given = Answered(
            answer="no", how="saw", who=ground.said(), seen_at=at - timedelta(minutes=5), where=ground.said(),
            said=ground.said(), own_words=ground.said(), action=ground.said(), owner=f"user:{by.user_id}",
            until=at + timedelta(hours=1),
        )  # fmt: skip
        actions.answer_safety(made.key, seen=made.version + 2, those=[str(child.key)], given=given, by=by, at=at)
    return made.key


@plants("enquired-child")
def enquired_child(ground: Ground) -> Any:
    from frontdoor.mash.models import Subject

    with ground.acting("social_worker"):
        return Subject.objects.get(enquiry__key=ground.keys["enquiry"], is_child=True).key
