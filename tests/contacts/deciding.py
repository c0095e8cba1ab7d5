"""A report that is recommended on and decided in tests, up to the slip that leaves for another team."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from frontdoor.contacts.rules.decisions import Action, Decided, Recommended
from frontdoor.contacts.rules.intake import AgreementGiven, PersonGiven, ReferrerGiven, Report
from tests.worlds import World

if TYPE_CHECKING:  # the models can be imported only when Django stands
    from frontdoor.contacts.models import Contact, Decision, Matter

AT = datetime(2026, 4, 2, 10, 0, tzinfo=UTC)
"""A Thursday morning inside opening hours and inside the agreement."""
STORY = "Tess says her baby brother cries all night and mum does not get up."
ADVICE = Recommended(
    outcome="information_advice", known="One late collection.", means="He was tired.", decided="Advice is enough.",
    voice_missing="not seen yet", threshold_level="1", detail="Advice about bedtimes.",
)  # fmt: skip
ENQUIRY = replace(ADVICE, outcome="mash_enquiry", rating="amber", threshold_level="3", detail="")
FULL = Decided(
    outcome="mash_enquiry", rating="amber", risk_seen="Neglect may go on tonight.",
    direction="See both children today.",
    actions=(Action("Speak to Tess alone", "The receiving team", AT + timedelta(days=1)),),
)  # fmt: skip


def minutes(number: float) -> datetime:
    return AT + timedelta(minutes=number)


def arrived(
    world: World, *, idem: str = "call-1", at: datetime = AT, children: int = 1, channel: str = "phone", **more: Any
) -> "Contact":
    """A contact about one child, or several, as a contact officer took it in; the family has agreed to help."""
    from frontdoor.contacts.actions import submit_and_take_in

    people = tuple(
        PersonGiven("child", given_name=f"Tess{n}", family_name="Setchfield", date_of_birth=date(2019, 6, 17 + n))
        for n in range(children)
    )
    told = {
        "story": STORY, "sub_type": "early_help_request", "people": people,
        "agreement": AgreementGiven("given", "mother"),
        "referrer": ReferrerGiven(kind="professional", identity="given", name="Nkechi Obi", phone="01632 960123"),
    } | more  # fmt: skip
    with world.acting("contact_officer", at=at) as by:
        _, contact = submit_and_take_in(Report(**told), channel=channel, idem=idem, by=by, at=at)
    assert contact is not None
    return contact


def recommended(world: World, contact: "Contact", given: Recommended, *, at: datetime = AT, place: int = 0) -> "Matter":
    """The child at that place of the contact, with a recommendation that waits for a manager."""
    from frontdoor.contacts.actions import decisions
    from frontdoor.contacts.models import Matter

    with world.acting("social_worker", at=at) as by:
        matter = Matter.objects.filter(contact=contact).order_by("id")[place]
        decisions.recommend(matter.key, seen=matter.version, given=given, by=by, at=at)
        return Matter.objects.select_related("contact").get(pk=matter.pk)


def decided(world: World, matter: "Matter", given: Decided, *, at: datetime = AT, second: bool = False) -> "Decision":
    """A manager's decision on it."""
    from frontdoor.contacts.actions import decisions
    from frontdoor.contacts.models import Matter

    with world.acting("team_manager", at=at, second=second) as by:
        seen = Matter.objects.get(pk=matter.pk).version
        return decisions.decide(matter.key, seen=seen, given=given, by=by, at=at)
