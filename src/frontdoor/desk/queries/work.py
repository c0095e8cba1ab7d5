"""What waits for one person, and the six figures, for every council reached."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any, TypeVar

from frontdoor.access.queries import Place
from frontdoor.actors.rules import Actor, Permission
from frontdoor.clocks import queries as clocks
from frontdoor.complaints import queries as complaints
from frontdoor.complaints.queries import Listed as Complained
from frontdoor.contacts.models import Decision, Matter, SafetyCall, Silence
from frontdoor.contacts.queries import course, decisions, family, figures, safe, screening, silence, telephone
from frontdoor.contacts.queries.family import Line as Told
from frontdoor.contacts.queries.figures import Figures
from frontdoor.contacts.queries.safe import Review
from frontdoor.contacts.queries.screening import Advice, Started, Waiting, Wish
from frontdoor.contacts.queries.telephone import Going, Left
from frontdoor.desk.queries.banners import banners
from frontdoor.desk.queries.clocks import on_board, unseen
from frontdoor.desk.queries.councils import each
from frontdoor.directions import queries as directions
from frontdoor.directions.queries import Directed
from frontdoor.disclosures import queries as disclosures
from frontdoor.disclosures.models import Copy
from frontdoor.disclosures.queries import Listed as Requested
from frontdoor.disclosures.queries import copies
from frontdoor.earlyhelp.queries import Listed as Helped
from frontdoor.earlyhelp.queries import waits_for as families_waiting
from frontdoor.familyhelp.queries.families import Mine, due_soon, unled
from frontdoor.handovers import queries as handovers
from frontdoor.handovers.queries import Given
from frontdoor.handovers.queries import Waiting as InInbox
from frontdoor.letters import queries as letters
from frontdoor.letters.queries import Task
from frontdoor.mash.queries import disagreements
from frontdoor.mash.queries.disagreements import Listed as Disputed
from frontdoor.mash.queries.enquiries import lists as enquiries
from frontdoor.mash.queries.enquiries.lists import Listed as Enquired
from frontdoor.referrals import queries as referrals
from frontdoor.referrals.queries import Listed as Referred
from frontdoor.shell.pages import Notice
from frontdoor.shell.rules import Paged, london
from frontdoor.trail import actions as trail

T = TypeVar("T")
MOST = 200
"""Rows of each list that my work is put together from."""
CLOSES = time(17, 30)
"""After this hour of the day before, an arrival counts as today's when the figures are read at 08:45."""


@dataclass(frozen=True, slots=True)
class Work:
    """What is with one person in one council.

    :param figures: None for those who may not see them
    :param call_due: when a call is to be taken in or ended, by its key
    """

    place: Place
    mine: list[Waiting] = field(default_factory=list)
    to_do: list[Directed] = field(default_factory=list)
    come_back: list[Directed] = field(default_factory=list)
    given: list[Given] = field(default_factory=list)
    inbox: list[InInbox] = field(default_factory=list)
    to_decide: list[Matter] = field(default_factory=list)
    third: list[Decision] = field(default_factory=list)
    escalated: list[Given] = field(default_factory=list)
    safety: list[SafetyCall] = field(default_factory=list)
    calls: list[Going] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    wishes: list[Wish] = field(default_factory=list)
    advice: list[Advice] = field(default_factory=list)
    protections: list[Started] = field(default_factory=list)
    letters: list[Task] = field(default_factory=list)
    requests: list[Requested] = field(default_factory=list)
    copies: list[Copy] = field(default_factory=list)
    complaints: list[Complained] = field(default_factory=list)
    referrals: list[Referred] = field(default_factory=list)
    early_help: list[Helped] = field(default_factory=list)
    own: list[Mine] = field(default_factory=list)
    unled: list[Mine] = field(default_factory=list)
    enquiries: list[Enquired] = field(default_factory=list)
    disagreements: list[Disputed] = field(default_factory=list)
    call_due: dict[str, datetime] = field(default_factory=dict)
    families: list[Told] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    silences: list[Silence] = field(default_factory=list)
    silence_due: dict[str, datetime] = field(default_factory=dict)
    figures: Figures | None = None
    not_accepted: int = 0
    not_told: int = 0
    unseen: int = 0
    banners: list[Notice] = field(default_factory=list)

    @property
    def cut(self) -> bool:
        """Whether some list held more than is shown of it: what is done makes room for the rest."""
        lists: tuple[list[Any], ...] = (
            self.mine, self.to_do, self.come_back, self.given, self.inbox, self.to_decide, self.escalated, self.letters,
        )  # fmt: skip
        return any(len(rows) >= MOST or (isinstance(rows, Paged) and rows.more) for rows in lists)


def since_yesterday(at: datetime) -> datetime:
    """The evening before, 17:30 in London: what came after it is today's."""
    here = london(at)
    return datetime.combine(here.date() - timedelta(days=1), CLOSES, here.tzinfo)


def my_work(councils: tuple[Place, ...], *, by: Actor, at: datetime) -> list[Work]:
    """Everything that is with this person, the figures and the banners, for every council reached; an entry each."""
    with each(councils, by=by) as turns:
        return [_work(place, acting, at) for place, acting in turns]


def _if(permission: Permission, by: Actor, ask: Callable[[], list[T]]) -> list[T]:
    return ask() if by.may(permission) else []


def _work(place: Place, by: Actor, at: datetime) -> Work:
    manages, mine = by.may(Permission.DIRECTION_GIVE), by.teams.get(place.id, frozenset())
    work = Work(
        place=place,
        mine=_if(Permission.CONTACT_SCREEN, by, lambda: screening.queue(by=by, at=at, whose="mine", limit=MOST)),
        to_do=_if(Permission.DIRECTION_DO, by, lambda: directions.mine(by=by, at=at, team=False)),
        come_back=directions.given_by_me_due(by=by, at=at) if manages else [],
        given=_if(Permission.HANDOVER_SEND, by, lambda: handovers.given(by=by, at=at, mine=True)),
        inbox=_if(Permission.HANDOVER_ANSWER, by, lambda: handovers.inbox(by=by, at=at)),
        to_decide=_if(Permission.CONTACT_DECIDE, by, lambda: _to_decide(by)),
        third=_if(Permission.HANDOVER_OVERRULE, by, lambda: course.waiting_for_third(by=by, at=at)),
        escalated=_if(Permission.HANDOVER_OVERRULE, by, lambda: handovers.escalated(by=by, at=at)),
        letters=_if(Permission.REFERRER_TELL, by, lambda: letters.tasks(by=by, at=at, teams=mine)),
        requests=_if(Permission.DISCLOSURE_PREPARE, by, lambda: disclosures.waits_for(by=by, at=at)),
        copies=_if(Permission.LETTER_RELEASE, by, lambda: copies.waiting(mine=True, by=by, at=at)),
        complaints=_if(Permission.COMPLAINT_KEEP, by, lambda: complaints.waits_for(by=by, at=at)),
        referrals=_if(Permission.REFERRAL_KEEP, by, lambda: referrals.waits_for(by=by, at=at)),
        early_help=_if(Permission.EARLY_HELP_READ, by, lambda: families_waiting(by=by, at=at)),
        own=_if(Permission.FAMILY_HELP_WORK, by, lambda: due_soon(by=by, at=at)),
        unled=_if(Permission.EARLY_HELP_KEEP, by, lambda: unled(by=by, at=at)),
        enquiries=_if(Permission.MASH_WORK, by, lambda: enquiries.waits_for(by=by, at=at)),
        disagreements=_if(Permission.DISAGREEMENT_KEEP, by, lambda: disagreements.waits_for(by=by, at=at)),
        families=_if(Permission.FAMILY_TELL, by, lambda: family.waits_for(by=by, at=at)),
        reviews=_if(Permission.SAFE_CONTACT_KEEP, by, lambda: safe.my_reviews(by=by, at=at)),
        **_calls(by, at),
        **_silences(by, at),
        banners=banners(by=by, at=at, slug=place.slug, name=place.name),
        unseen=unseen(by=by, at=at),
        **_figures(by, at),
    )
    shown = [str(row.key) for row in work.mine]
    trail.record("desk.my_work", by=by, at=at, contacts=shown)
    return work


def _to_decide(by: Actor) -> list[Matter]:
    """What waits for a manager, without what this one recommended: another person decides that."""
    own = course.recommended_by_me(by=by)
    return [matter for matter in decisions.waiting(by=by) if matter.pk not in own]


def _calls(by: Actor, at: datetime) -> dict[str, Any]:
    """Telephone calls that go on or are nobody's, those to be made, advice to be given, protection to be overseen."""
    if not by.may(Permission.CONTACT_TAKE):
        return {}
    reads, advises = by.may(Permission.CONTACT_READ), by.may(Permission.CONTACT_ADVISE)
    mine = telephone.my_calls(by=by)
    left = telephone.ownerless(by=by, at=at) if reads else []
    keys = [*(row.key for row in mine), *(row.key for row in left)]
    running = clocks.for_subjects("contacts.draft", keys, by=by, at=at)
    started = screening.unseen_protections(by=by, at=at) if by.may(Permission.CONTACT_PROTECT) and reads else []
    manages = by.may(Permission.CONTACT_DECIDE)
    return {
        "calls": mine,
        "left": [row for row in left if row.free],
        "safety": telephone.safety_calls(by=by, at=at) if reads else [],
        "wishes": screening.call_backs(by=by, at=at) if advises else [],
        "advice": screening.consultations(by=by, at=at) if advises else [],
        "protections": [row for row in started if manages or (row.started_by == by.user_id and not row.after)],
        "call_due": {key: found[0].reading.due_at for key, found in running.items()},
    }


def _silences(by: Actor, at: datetime) -> dict[str, Any]:
    """Senders that fell silent, for those who explain what is late: the managers, of whom one is that of the day."""
    found = _if(Permission.CLOCK_EXPLAIN, by, lambda: silence.open_silences(by=by, at=at))
    if not found:
        return {}
    running = clocks.for_subjects("contacts.silence", [row.key for row in found], by=by, at=at)
    return {"silences": found, "silence_due": {key: rows[0].reading.due_at for key, rows in running.items()}}


def _figures(by: Actor, at: datetime) -> dict[str, Any]:
    if not by.may(Permission.FIGURES_READ):
        return {}
    late = {kind.kind.name: kind for handoff in on_board(by, at, rows=1) for kind in handoff.kinds}
    waiting = (kind.running for name, kind in late.items() if name.startswith("handovers."))
    untold = (kind.late for name, kind in late.items() if name.startswith("letters."))
    return {
        "figures": figures.figures(since=since_yesterday(at), by=by, at=at),
        "not_accepted": sum(waiting),
        "not_told": sum(untold),
    }
