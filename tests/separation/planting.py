"""What stands in both councils before the matrix is walked: one of everything, full of words that must not cross.

Each council gets the same things through the rooms' own actions. Every text that somebody could type holds a token:
`canary874case` in a contact and all that hangs on it, `canary874referrer` where a referrer is named,
`canary874restricted` in what only the designated officer may see, `canary874account`, `canary874client`;
`canary874asked` in what the police are asked, `canary874hub` in what a health trust is;
`canary874sent` in what a school sent with an account, `canary874police` in what the police did;
`canary874protected` in an address that nobody sees who does not ask for it with a reason (S24); `canary874shut` in a
record that few may open, and nobody of those who walk.
To plant something new: add a function under `@plants("name")`. It is given the `Ground` of one council, may use what
stands already (`ground.keys["contact"]`), and returns the key that stands in addresses.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tests.contacts.writing import pdf
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World

if TYPE_CHECKING:
    from frontdoor.actors.rules import Actor

COUNCILS = (CAMBRIDGESHIRE, PETERBOROUGH)
KINDS = ("case", "referrer", "restricted", "account", "client", "sent", "police", "protected", "shut", "asked", "hub")


def token(council: int, kind: str) -> str:
    """The word that must not cross: letters and digits alone, so that no escaping changes it."""
    return f"canary{council}{kind}"


def tokens(*councils: int) -> tuple[str, ...]:
    return tuple(token(council, kind) for council in councils for kind in KINDS)


@dataclass
class Ground:
    """One council, while it is planted."""

    world: World
    council: int
    secret: str = ""
    keys: dict[str, str] = field(default_factory=dict)
    at: datetime = field(default_factory=lambda: datetime.now(UTC) - timedelta(minutes=20))

    def said(self, kind: str = "case") -> str:
        return f"Something that {token(self.council, kind)} holds"

    @contextmanager
    def acting(self, role: str, *, of: int = CAMBRIDGESHIRE) -> "Iterator[Actor]":
        with self.world.acting(role, of=of, council=self.council, at=self.at) as by:
            yield by

    def row(self, model: Any, name: str) -> Any:
        """The planted row of a name, as it stands now; inside `acting`."""
        return model.objects.get(key=self.keys[name])


PLANTS: dict[str, Callable[[Ground], Any]] = {}


def plants(name: str) -> Callable[[Callable[[Ground], Any]], Callable[[Ground], Any]]:
    """Declare how a thing is planted; in the order of this file."""

    def declare(plant: Callable[[Ground], Any]) -> Callable[[Ground], Any]:
        PLANTS[name] = plant
        return plant

    return declare


def plant(world: World) -> dict[int, Ground]:
    """Plant everything in both councils."""
    grounds = {council: Ground(world, council) for council in COUNCILS}
    for name, make in PLANTS.items():
        for ground in grounds.values():
            ground.keys[name] = str(make(ground))
    return grounds


def _report(ground: Ground, number: int, **more: Any) -> Any:
    from frontdoor.contacts.rules.intake import CallBackGiven, PersonGiven, ReferrerGiven, Report

    name, told = token(ground.council, "case"), token(ground.council, "referrer")
    child = PersonGiven(
        kind="child", given_name=f"{name}{number}", family_name=f"{name}family", date_of_birth=date(2017, 5, 4),
        address=f"1 {name} Street", school=f"{name} School", said_words=ground.said(),
    )  # fmt: skip
    adult = PersonGiven(kind="adult", given_name=name, family_name=f"{name}family", relationship="mother")
    return Report(
        **{
            "story": f"{ground.said()}.", "danger": "yes", "where_now": ground.said(), "with_whom": ground.said(),
            "people": (child, adult),
            "referrer": ReferrerGiven(
                kind="professional", identity="withheld", name=told, agency=told, phone="01632 960555",
                email=f"{told}@example.org", address=told, route="email",
            ),
            "call_back": CallBackGiven(name=told, phone="01632 960555", when="at four"),
            **more,
        }
    )  # fmt: skip


def _contact(ground: Ground, number: int, **more: Any) -> Any:
    from frontdoor.contacts.actions import submit_and_take_in

    with ground.acting("contact_officer") as by:
        _, contact = submit_and_take_in(
            _report(ground, number, **more), channel="phone", idem=f"matrix-{number}", by=by, at=ground.at
        )
    assert contact is not None
    return contact


@plants("contact")
def contact(ground: Ground) -> Any:
    return _contact(ground, 1).key


@plants("other-contact")
def other_contact(ground: Ground) -> Any:
    return _contact(ground, 2).key


@plants("fresh")
def fresh(ground: Ground) -> Any:
    """A contact that nobody has looked at."""
    return _contact(ground, 4).key


@plants("paper")
def paper(ground: Ground) -> Any:
    """What another council has told us on paper, with who wrote it; nobody has put it into the form."""
    from frontdoor.contacts.actions import correspondence as actions

    name, told = token(ground.council, "case"), token(ground.council, "referrer")
    with ground.acting("contact_officer") as by:
        made = actions.take_in_from_council(
            actions.Paper(
                reached_on=ground.at.date() - timedelta(days=1), reached_whom=name, story=ground.said(), about=name,
                where_now=ground.said(), scan=((f"{told}.pdf", pdf(ground.said().encode())),),
            ),
            actions.Council("925", reference=name, name=told, email=f"{told}@example.org", placed_here=True),
            by=by, at=ground.at,
        )  # fmt: skip
        return made.contact.key


@plants("sorted-paper")
def sorted_paper(ground: Ground) -> Any:
    """A letter that was put into the form, opened again and put into it once more."""
    from frontdoor.contacts.actions import correspondence as actions
    from frontdoor.contacts.rules.telephone import Told

    with ground.acting("contact_officer") as by:
        letter = actions.Paper(reached_on=ground.at.date() - timedelta(days=1), story=ground.said())
        made = actions.take_in_letter(letter, by=by, at=ground.at)
        report = _report(ground, 9)
        told = Told(report, tuple(ground.council for _ in report.people), tuple(range(len(report.people))))
        actions.sort(made.contact.key, seen=1, told=told, by=by, at=ground.at)
        actions.reopen(made.contact.key, seen=2, why=ground.said(), by=by, at=ground.at)
        actions.sort(made.contact.key, seen=3, told=told, by=by, at=ground.at)
    return made.contact.key


@plants("submission")
def submission(ground: Ground) -> Any:
    from frontdoor.contacts.models import Contact

    with ground.acting("contact_officer"):
        return ground.row(Contact, "contact").submission_id


@plants("notice-file")
def notice_file(ground: Ground) -> Any:
    """A file of police notices: one taken in, one refused, both full of words that must not cross."""
    from frontdoor.contacts.actions import notices

    name = token(ground.council, "case")
    row = {
        "police_reference": f"{name}1", "force": "Cambridgeshire Constabulary", "kind": "missing",
        "incident_reference": name, "narrative": ground.said(), "address": f"2 {name} Street", "postcode": "PE1 1ZZ",
        "children": [{"given_name": name, "family_name": f"{name}notice", "words": ground.said()}], "adults": [],
    }  # fmt: skip
    with ground.acting("contact_officer") as by:
        wrong = {**row, "police_reference": f"{name}2", "kind": name}
        batch, _ = notices.take_batch([row, wrong], idem="matrix-notices", by=by, at=ground.at)
        notices.take_in_some(batch.key, after=0, by=by, at=ground.at)
    return batch.key


@plants("police-notice")
def police_notice(ground: Ground) -> Any:
    from frontdoor.contacts.models import Contact

    with ground.acting("contact_officer"):
        return Contact.objects.get(submission__notices__batch__key=ground.keys["notice-file"]).key


@plants("incident")
def incident(ground: Ground) -> Any:
    from frontdoor.contacts.models import Contact

    with ground.acting("contact_officer"):
        event = Contact.objects.get(key=ground.keys["police-notice"]).event
    assert event is not None
    return event.key


@plants("storm")
def storm(ground: Ground) -> Any:
    from frontdoor.contacts.models import Storm

    with ground.acting("team_manager"):
        return Storm.objects.create(authority_id=ground.council, began_at=ground.at, counted=40).key


@plants("call-back")
def call_back(ground: Ground) -> Any:
    from frontdoor.contacts.models import CallBack

    with ground.acting("social_worker"):
        return CallBack.objects.order_by("asked_at")[0].pk


@plants("look")
def look(ground: Ground) -> Any:
    from frontdoor.contacts.actions import screening
    from frontdoor.contacts.models import Contact

    with ground.acting("social_worker") as by:
        seen = ground.row(Contact, "contact").version
        return screening.look(
            ground.keys["contact"], seen=seen, danger="no", line=ground.said(), by=by, at=ground.at
        ).key


@plants("question")
def question(ground: Ground) -> Any:
    from frontdoor.contacts.actions import screening
    from frontdoor.contacts.models import Contact

    with ground.acting("social_worker") as by:
        seen = ground.row(Contact, "contact").version
        return screening.ask(
            ground.keys["contact"], seen=seen, asked_of="The school", text=ground.said(), by=by, at=ground.at
        ).key


@plants("link")
def link(ground: Ground) -> Any:
    from frontdoor.contacts.actions import screening
    from frontdoor.contacts.models import Contact

    with ground.acting("social_worker") as by:
        seen = ground.row(Contact, "other-contact").version
        return screening.link(
            ground.keys["other-contact"], ground.keys["contact"], seen=seen, kind="sibling", why=ground.said(),
            by=by, at=ground.at,
        ).key  # fmt: skip


@plants("consultation")
def consultation(ground: Ground) -> Any:
    from frontdoor.contacts.actions import screening

    asker = token(ground.council, "referrer")
    with ground.acting("contact_officer") as by:
        return screening.consult(
            named=True, question=ground.said(), asker=asker, asker_agency=asker, by=by, at=ground.at
        ).key


@plants("protection")
def protection(ground: Ground) -> Any:
    from frontdoor.contacts.actions import screening

    with ground.acting("social_worker") as by:
        return screening.protect(
            ground.keys["other-contact"], kind="strategy_discussion", reason=ground.said(), with_whom="The police",
            by=by, at=ground.at,
        ).key  # fmt: skip


@plants("mistake")
def mistake(ground: Ground) -> Any:
    """A contact that a contact officer calls a mistake; nobody has agreed."""
    from frontdoor.contacts.actions import screening

    fifth = _contact(ground, 5)
    with ground.acting("contact_officer") as by:
        return screening.call_a_mistake(fifth.key, seen=fifth.version, why=ground.said(), by=by, at=ground.at).key


@plants("shift")
def shift(ground: Ground) -> Any:
    from frontdoor.contacts.actions import night

    begins = ground.at.replace(minute=0, second=0, microsecond=0) + timedelta(days=1)
    watching = ground.world.user("duty_worker").pk
    with ground.acting("team_manager") as by:
        return night.add_shift(watching, starts_at=begins, ends_at=begins + timedelta(hours=8), by=by, at=ground.at).key


@plants("call")
def call(ground: Ground) -> Any:
    """A telephone call that goes on; its owner is Cambridgeshire's contact officer."""
    from frontdoor.contacts.actions import telephone

    with ground.acting("contact_officer") as by:
        begun = telephone.begin(by=by, at=ground.at)
        typed = {"story": ground.said(), "where_now": ground.said()}
        return telephone.save(begun.key, seen=begun.version, typed=typed, by=by, at=ground.at).key


@plants("safety-call")
def safety_call(ground: Ground) -> Any:
    from frontdoor.contacts.actions import telephone
    from frontdoor.contacts.models import Draft

    with ground.acting("contact_officer") as by:
        seen, told = ground.row(Draft, "call").version, token(ground.council, "referrer")
        return telephone.agree_safety_call(
            ground.keys["call"], seen=seen, rings="us", whom=told, minutes=30, by=by, at=ground.at
        ).key


@plants("matter")
def matter(ground: Ground) -> Any:
    """A child of the second contact, recommended by a social worker and waiting for a manager."""
    from frontdoor.contacts.actions import decisions
    from frontdoor.contacts.models import Matter
    from frontdoor.contacts.rules.decisions import Recommended

    with ground.acting("social_worker") as by:
        found = Matter.objects.filter(contact__key=ground.keys["other-contact"]).order_by("id")[0]
        given = Recommended(
            outcome="mash_enquiry", known=ground.said(), means=ground.said(), decided=ground.said(),
            change_mind=ground.said(), voice=ground.said(), history=ground.said(), threshold_level="4a", rating="red",
        )  # fmt: skip
        decisions.recommend(found.key, seen=found.version, given=given, by=by, at=ground.at)
        return found.key


@plants("step-draft")
def step_draft(ground: Ground) -> Any:
    """What a social worker has typed of a question and not sent."""
    from frontdoor.contacts.actions import drafting

    with ground.acting("social_worker") as by:
        return drafting.keep_typed(
            "ask", ground.keys["contact"], seen=0, typed={"text": [ground.said()]}, by=by, at=ground.at
        ).key


@plants("decided")
def decided(ground: Ground) -> Any:
    """A child of a third contact, decided and handed over, with an action given to somebody."""
    from frontdoor.contacts.actions import decisions
    from frontdoor.contacts.models import Matter
    from frontdoor.contacts.rules.decisions import Action, Decided, Recommended

    third = _contact(ground, 3)
    with ground.acting("social_worker") as by:
        found = Matter.objects.filter(contact=third).order_by("id")[0]
        given = Recommended(
            outcome="mash_enquiry", known=ground.said(), means=ground.said(), decided=ground.said(),
            voice=ground.said(), threshold_level="4a", rating="red",
        )  # fmt: skip
        decisions.recommend(found.key, seen=found.version, given=given, by=by, at=ground.at)
    with ground.acting("team_manager") as by:
        found.refresh_from_db()
        decisions.decide(
            found.key, seen=found.version, by=by, at=ground.at,
            given=Decided(
                outcome="mash_enquiry", rating="red", risk_seen=ground.said(), direction=ground.said(),
                actions=(Action(ground.said(), "team:" + str(ground.world.team("mash", council=ground.council).pk),
                                ground.at + timedelta(days=1)),),
            ),
        )  # fmt: skip
    return found.key


@plants("sampled")
def sampled(ground: Ground) -> Any:
    """A child of a sixth contact, decided by one key of a manager whom nobody else is, and drawn to be read again."""
    from frontdoor.contacts.actions import decisions
    from frontdoor.contacts.models import Decision, Matter
    from frontdoor.contacts.rules.decisions import Decided, Recommended

    sixth = _contact(ground, 6, sub_type="early_help_request", danger="no")
    with ground.acting("social_worker") as by:
        found = Matter.objects.filter(contact=sixth).order_by("id")[0]
        given = Recommended(
            outcome="information_advice", known=ground.said(), means=ground.said(), decided=ground.said(),
            voice=ground.said(), threshold_level="1", detail=ground.said(),
        )  # fmt: skip
        decisions.recommend(found.key, seen=found.version, given=given, by=by, at=ground.at)
    with ground.world.acting("team_manager", second=True, council=ground.council, at=ground.at) as by:
        found.refresh_from_db()
        given = Decided(outcome="information_advice", detail=ground.said())
        decision = decisions.decide(found.key, seen=found.version, given=given, by=by, at=ground.at)
        Decision.objects.filter(pk=decision.pk).update(sampled=True, sample_share=100)
    return decision.key


@plants("handover")
def handover(ground: Ground) -> Any:
    from frontdoor.handovers.models import Handover

    with ground.acting("team_manager"):
        return Handover.objects.get(subject_key=ground.keys["decided"]).key


@plants("restricted")
def restricted(ground: Ground) -> Any:
    """A slip that only the designated officer and its giver see."""
    import uuid

    from frontdoor.handovers import actions

    said = token(ground.council, "restricted")
    with ground.acting("head_of_service") as by:
        return actions.send(("tests.matter", uuid.uuid4()), to="lado", summary=said, why=said, by=by, at=ground.at).key


@plants("copy")
def copy(ground: Ground) -> Any:
    """What the other council passed to this one: it may be read in both, so it holds no token."""
    import uuid

    from frontdoor.handovers import actions
    from frontdoor.handovers.models import Copy

    giver = next(council for council in COUNCILS if council != ground.council)
    with ground.world.acting("social_worker", council=giver, at=ground.at) as by:
        actions.send_to_council(
            ("tests.matter", uuid.uuid4()), council=ground.council, summary="Passed to the other council",
            why="The child lives there", received_at=ground.at, by=by, at=ground.at,
            payload={"form": "tests", "schema": 1},
        )  # fmt: skip
    with ground.acting("social_worker"):
        return Copy.objects.get().pk


@plants("passed-report")
def passed_report(ground: Ground) -> Any:
    """The slip with which the other council passed a report that became a contact here; it holds no token."""
    from frontdoor.actors.rules import COURIER
    from frontdoor.contacts.actions import submit_and_take_in
    from frontdoor.contacts.rules.intake import Report

    slip = uuid4()
    with ground.world.system(COURIER, council=ground.council) as by:
        submit_and_take_in(
            Report(story="Passed to the other council"), channel="other_authority", idem=f"slip:{slip}", by=by,
            at=ground.at, received_at=ground.at, noted=True,
        )  # fmt: skip
    return slip


@plants("direction")
def direction(ground: Ground) -> Any:
    from frontdoor.directions.models import Direction

    with ground.acting("team_manager"):
        return Direction.objects.get(subject_key=ground.keys["decided"]).key


@plants("missed-clock")
def missed_clock(ground: Ground) -> Any:
    """A deadline that has passed and that nobody has explained."""
    from frontdoor.clocks.models import Clock

    with ground.acting("team_manager"):
        clock = Clock.objects.filter(stopped_at=None, paused_at=None).order_by("due_at")[0]
        past = clock.started_at + timedelta(minutes=2)
        Clock.objects.filter(pk=clock.pk).update(half_at=past - timedelta(minutes=1), due_at=past)
        return clock.pk


from tests.separation import (  # noqa: E402, F401, I001 (declare more, on what stands above)
    planted_asking, planted_beside, planted_bringing, planted_clocks, planted_deciding, planted_desk,
    planted_families, planted_family_help, planted_help, planted_joins, planted_partners, planted_referrals,
    planted_restricted, planted_strategies,
)  # fmt: skip
