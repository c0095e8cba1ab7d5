"""A request to agencies as it stands in tests: a family of children and a mother, asked about by one council."""

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from tests.worlds import PETERBOROUGH, World

if TYPE_CHECKING:  # the models can be imported only when Django stands
    from frontdoor.mash.models import Request

NOW = datetime.now(UTC)
POLICE, HEALTH, IDVA = "Cambridgeshire Constabulary", "Nene Community Health", "Ouse Valley Advocacy"
CHILDREN = ("Ottilie", "Bram", "Perpetua")


def family(world: World, *, council: int = PETERBOROUGH, children: int = 2, rating: str = "red") -> Any:
    """An open enquiry about so many children and their mother, whose address is protected."""
    from frontdoor.actors.rules import SEEDER
    from frontdoor.contacts.actions import submit_and_take_in
    from frontdoor.contacts.models import Named
    from frontdoor.contacts.rules.intake import PersonGiven, ReferrerGiven, Report
    from frontdoor.mash.models import Agreement, Enquiry, Subject

    people = [
        PersonGiven(kind="child", given_name=name, family_name="Testingham", date_of_birth=date(2017, 5, 4),
                    address="4 Mill Lane", postcode="PE1 1AA", school="Ferry Meadows Primary")
        for name in CHILDREN[:children]
    ]  # fmt: skip
    mother = PersonGiven(kind="adult", given_name="Maud", family_name="Testingham", relationship="mother",
                         address="9 Refuge Row", postcode="PE1 9ZZ")  # fmt: skip
    report = Report(
        story="Screams at night", danger="no", source_code="2A", people=(*people, mother),
        referrer=ReferrerGiven(kind="professional", identity="given", name="Daniel Eyre", agency="A school"),
    )  # fmt: skip
    with world.acting("contact_officer", council=council, at=NOW) as by:
        _, contact = submit_and_take_in(report, channel="phone", idem=f"asking-{uuid4()}", by=by, at=NOW)
    assert contact is not None
    with world.system(SEEDER, council=council):
        Named.objects.filter(contact=contact, kind="adult").update(address_protected=True)
        enquiry = Enquiry.objects.create(
            authority_id=council, contact=contact, family=uuid4(), reference=f"{council}-H-{uuid4().hex[:6]}",
            question="Is anybody hurt?", rating=rating, state="gathering", received_at=NOW, opened_at=NOW,
            rated_at=NOW, touched_at=NOW, urgency=0, team_id=world.team("mash", council=council).pk,
            due_at=NOW + timedelta(hours=4),
        )  # fmt: skip
        Agreement.objects.create(
            authority_id=council, enquiry=enquiry, position="given", words="The mother", by_user=1, at=NOW
        )
        for place, named in enumerate(Named.objects.filter(contact=contact).order_by("position")):
            Subject.objects.create(
                authority_id=council, enquiry=enquiry, named=named, is_child=named.kind == "child", position=place
            )
    return enquiry


def ask(world: World, enquiry: Any, agency: str, *, hours: float = 2) -> "Request":
    """Ask one agency about everybody of the enquiry, with the clocks that a request has."""
    from frontdoor.actors.rules import SEEDER
    from frontdoor.clocks import actions as clocks
    from frontdoor.mash.models import Asked, Desk, Request, Subject
    from frontdoor.mash.rules.asking.states import OPENED, SUBJECT, reply_clock

    row, at = world.agencies[agency], NOW - timedelta(minutes=10)
    with world.system(SEEDER, council=enquiry.authority_id) as by:
        desk = Desk.objects.filter(agency=row.key).first() or Desk.objects.create(
            authority_id=enquiry.authority_id, agency=row.key, name=agency, line=row.kind, agreement="Tier 1",
            agreement_version="1", telephone="01632 960100", starts_on=date(2019, 1, 1),
        )  # fmt: skip
        request = Request.objects.create(
            authority_id=enquiry.authority_id, enquiry=enquiry, desk=desk, agency=row.key, sent_by=1,
            reference=enquiry.reference, rating=enquiry.rating, question=enquiry.question, why_asked="Always",
            sent_at=at, due_at=at + timedelta(hours=hours),
        )  # fmt: skip
        clocks.start(
            reply_clock(enquiry.rating), OPENED, subject=(SUBJECT, request.key), team_id=enquiry.team_id, owner_id=None,
            label="asked", by=by, at=at,
        )  # fmt: skip
        for place, subject in enumerate(Subject.objects.filter(enquiry=enquiry).order_by("position")):
            Asked.objects.create(
                authority_id=enquiry.authority_id, request=request, subject=subject, agency=row.key,
                is_child=subject.is_child, position=place,
            )  # fmt: skip
    return request


def by_telephone(world: World, request: "Request", *, facts: str = "2025: called to the home twice") -> UUID:
    """What the council wrote down of the agency's words about the first person."""
    from frontdoor.mash.actions.asking import take_by_telephone
    from frontdoor.mash.actions.asking.following import Heard
    from frontdoor.mash.models import Asked, Request

    with world.acting("social_worker", council=request.authority_id, at=NOW) as by:
        first = Asked.objects.filter(request_id=request.pk).order_by("position").first()
        assert first is not None
        heard = Heard(people=[first.key], kind="information", said_by="PC Ward, at the desk", facts=facts)
        seen = Request.objects.get(pk=request.pk).version
        return take_by_telephone(request.key, heard, seen=seen, by=by, at=NOW)[0].key
