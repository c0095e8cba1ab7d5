"""What each council asks the police and a health trust: an enquiry each, whose people and words must not cross.

Every word of the police's holds `canary874asked`, every word of the health trust's `canary874hub`: the names of those
asked about, the question, what the agency said. Declared on import, for `planting.py`.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from frontdoor.actors.rules import SEEDER
from tests.separation.planting import Ground, _contact, plants, token

AGENCIES = {"asked": "Cambridgeshire Constabulary", "hub": "Nene Community Health"}


@dataclass
class _Row:
    """What hangs on one enquiry, while it is made."""

    ground: Ground
    kind: str

    def enquiry(self) -> Any:
        from frontdoor.contacts.rules.intake import PersonGiven
        from frontdoor.mash.models import Enquiry

        name, ground = token(self.ground.council, self.kind), self.ground
        people = (
            PersonGiven(kind="child", given_name=name, family_name=f"{name}child", date_of_birth=date(2018, 2, 3)),
            PersonGiven(kind="adult", given_name=f"{name}adult", relationship="mother"),
        )
        contact = _contact(ground, 31 if self.kind == "asked" else 32, people=people)
        with ground.world.system(SEEDER, council=ground.council):
            return Enquiry.objects.create(
                authority_id=ground.council, contact=contact, family=uuid4(),
                reference=f"{ground.council}-H-{self.kind}",
                question=ground.said(self.kind), rating="red", state="gathering", received_at=ground.at,
                opened_at=ground.at, rated_at=ground.at, touched_at=ground.at, urgency=0,
                team_id=ground.world.team("mash", council=ground.council).pk, due_at=ground.at + timedelta(hours=4),
            )  # fmt: skip

    def request(self, enquiry: Any) -> Any:
        from frontdoor.contacts.models import Named
        from frontdoor.mash.models import Agreement, Asked, Desk, Request, Subject

        ground, agency = self.ground, self.ground.world.agencies[AGENCIES[self.kind]]
        with ground.world.system(SEEDER, council=ground.council):
            desk = Desk.objects.create(
                authority_id=ground.council, agency=agency.key, name=agency.name, line=agency.kind,
                agreement="Tier 1", agreement_version="1", telephone="01632 960100", starts_on=date(2019, 1, 1),
            )  # fmt: skip
            Agreement.objects.create(
                authority_id=ground.council, enquiry=enquiry, position="given", words=ground.said(self.kind)[:500],
                by_user=1, at=ground.at,
            )  # fmt: skip
            request = Request.objects.create(
                authority_id=ground.council, enquiry=enquiry, desk=desk, agency=agency.key, sent_by=1,
                reference=enquiry.reference, rating="red", question=ground.said(self.kind), why_asked="always",
                sent_at=ground.at, due_at=ground.at + timedelta(hours=2),
            )  # fmt: skip
            for place, named in enumerate(Named.objects.filter(contact_id=enquiry.contact_id).order_by("position")):
                subject = Subject.objects.create(
                    authority_id=ground.council, enquiry=enquiry, named=named, is_child=named.kind == "child",
                    position=place,
                )  # fmt: skip
                asked = Asked.objects.create(
                    authority_id=ground.council, request=request, subject=subject, agency=agency.key, position=place,
                    is_child=subject.is_child,
                )  # fmt: skip
                ground.keys[f"{self.kind}-person"] = ground.keys["person-asked-about"] = str(asked.key)
            ground.keys[f"{self.kind}-said"] = str(self.reply(request, asked).key)
            self.analysis(request)
            ground.keys[f"{self.kind}-minuted"] = str(self.minuted(request).key)
            ground.keys[f"{self.kind}-objected"] = str(self.objection(request).key)
        return request.key

    def reply(self, request: Any, asked: Any) -> Any:
        from frontdoor.mash.models import Reply

        words = self.ground.said(self.kind)
        return Reply.objects.create(
            authority_id=request.authority_id, request=request, asked=asked, agency=request.agency, kind="information",
            facts=words, analysis=words, protective=words, mark="professionals", how="telephone",
            said_by=token(self.ground.council, self.kind), at=self.ground.at,
        )  # fmt: skip

    def minuted(self, request: Any) -> Any:
        """Minutes of a strategy discussion that were sent to this agency alone."""
        from frontdoor.contacts.models import Named
        from frontdoor.mash.models import Circulation, Discussed, Discussion, Minutes

        said, at, council = self.ground.said(self.kind), self.ground.at, request.authority_id
        contact = request.enquiry.contact
        row = Discussion.objects.create(
            authority_id=council, contact=contact, reference=f"{council}-S-{self.kind}", why=said, asked_at=at,
            asked_by=1, team_id=request.enquiry.team_id, began_at=at,
        )  # fmt: skip
        named = Named.objects.filter(contact=contact, kind="child")[0]
        Discussed.objects.create(authority_id=council, discussion=row, named=named, position=0)
        body = {
            **dict.fromkeys(("asked_at", "began_at", "ended_at"), at.isoformat()),
            **dict.fromkeys(("why", "how", "chair", "lacking", "lacking_why", "parents_words", "parents_why"), said),
            "shared": said, "attending": [], "issues": [], "children": [], "actions": [],
        }  # fmt: skip
        kept = Minutes.objects.create(
            authority_id=council, discussion=row, number=1, body=body, signed_by=1, signed_at=at
        )
        return Circulation.objects.create(
            authority_id=council, minutes=kept, agency=request.agency, agency_name=request.desk.name,
            reference=row.reference, number=1, body=body, sent_by=1, sent_at=at,
        )  # fmt: skip

    def objection(self, request: Any) -> Any:
        """What the agency says against the council, with the council's own line in the course of it."""
        from frontdoor.mash.models import Disagreement, Objection, Saying

        said, at, council = self.ground.said(self.kind), self.ground.at, request.authority_id
        made = Objection.objects.create(
            authority_id=council, request=request, agency=request.agency, about="threshold", role=said[:200],
            position=said, wanted=said, safety=said, user_id=1, name=said[:200], at=at,
        )  # fmt: skip
        row = Disagreement.objects.create(
            authority_id=council, contact=request.enquiry.contact, about="threshold", who=said[:200],
            agency=request.desk.name, way="own", position=said, wanted=said, raised_at=at, taken_by=1, due_at=at,
            objection=made,
        )  # fmt: skip
        Saying.objects.create(authority_id=council, disagreement=row, kind="said", text=said, stage=1, at=at)
        return made

    def analysis(self, request: Any) -> None:
        """What the enquiry shares with this agency alone: an analysis, what it means for the child, a word to it."""
        from frontdoor.mash.models import Analysis, Meaning, Subject, View

        said, at = self.ground.said(self.kind), self.ground.at
        made = Analysis.objects.create(
            authority_id=request.authority_id, enquiry=request.enquiry, number=1, known=said, history=said,
            strengths=said, not_known=said, change_mind=said, by_user=1, at=at,
        )  # fmt: skip
        child = Subject.objects.filter(enquiry=request.enquiry, is_child=True)[0]
        Meaning.objects.create(
            authority_id=request.authority_id, analysis=made, subject=child, means=said, unheard=said[:300]
        )
        View.objects.create(
            authority_id=request.authority_id, request=request, analysis=made, agency=request.agency, agrees=False,
            words=said, how="room", said_by=token(self.ground.council, self.kind), at=at,
        )  # fmt: skip


@plants("asked")
def asked_of_the_police(ground: Ground) -> Any:
    row = _Row(ground, "asked")
    return row.request(row.enquiry())


@plants("hub")
def asked_of_health(ground: Ground) -> Any:
    row = _Row(ground, "hub")
    return row.request(row.enquiry())


@plants("police-colleague")
def police_colleague(ground: Ground) -> Any:
    """Somebody who answers for the police too: the lead person ends them."""
    from frontdoor.access.models import Partner

    return Partner.objects.get(user=ground.world.partner("police-mash-2"), ended_at=None).key
