"""The list of a council's early help, late first; what waits for somebody; who may take families on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from frontdoor.access.queries import Colleague, colleagues
from frontdoor.access.rules import Role
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.clocks import queries as clocks
from frontdoor.clocks.queries import Shown
from frontdoor.earlyhelp.models import Agreement, Episode, Member, Offer, Provider
from frontdoor.earlyhelp.queries.finding import label_of
from frontdoor.earlyhelp.rules.agreeing import GIVEN, Purpose, agreed
from frontdoor.earlyhelp.rules.states import State
from frontdoor.shell.rules import Paged, cut, london
from frontdoor.trail import actions as trail

KIND = "earlyhelp.episode"
PAGE = 50
WHICH = {
    "": "All that are open",
    "mine": "With me",
    "free": "With nobody",
    "late": "Late",
    "requested": "Nobody has agreed yet",
    "agreed": "To be triaged",
    "waiting": "Waiting list",
    "offered": "Offered",
    "allocated": "Taken on",
    "screening": "To be looked at for risk",
    "ran_out": "Agreement has run out",
    "closed": "Ended",
}
"""How the list may be narrowed."""
Place = tuple[datetime, int, int]


@dataclass(frozen=True, slots=True)
class Listed:
    """Early help for one family on a list.

    :param holder: empty where nobody has it, or whoever had it has left
    :param first: the running clock that is due first; None where none runs
    :param lapsed: somebody had agreed to help, and nobody's agreement holds any more
    """

    key: UUID
    id: int
    authority: int
    reference: str
    children: tuple[str, ...]
    state: State
    holder: str
    received_at: datetime
    opened_at: datetime
    due_at: datetime
    settled_at: datetime | None
    first: Shown | None
    lapsed: bool
    with_whom: str

    @property
    def place(self) -> Place:
        """Its place in the list of what is open, also merged over councils."""
        return self.due_at, self.authority, self.id

    @property
    def settled_place(self) -> Place:
        """Its place in the list of what has ended."""
        return self.settled_at or self.opened_at, self.authority, self.id


def _narrowed(which: str, *, by: Actor, at: datetime) -> QuerySet[Episode]:
    rows = Episode.objects.all()
    if which == "closed":
        return rows.exclude(settled_at=None)
    here = [each.id for each in colleagues(by=by, at=at)] if which == "free" else []
    narrow = {
        "mine": Q(holder=by.user_id), "free": Q(holder=None) | ~Q(holder__in=here), "late": Q(due_at__lt=at),
    }  # fmt: skip
    if which in set(State):
        return rows.filter(state=which, settled_at=None)
    if which == "ran_out":
        gone = within(by, Agreement.objects.filter(status=GIVEN, expires_on__lt=london(at).date()))
        perhaps = within(by, rows.filter(pk__in=gone.values("episode_id"), settled_at=None))
        return rows.filter(pk__in=_lapsed(list(perhaps), london(at).date(), by=by))
    return rows.filter(narrow.get(which, Q()), settled_at=None)


def episodes(
    *, which: str = "", after: Place | None = None, limit: int = PAGE, by: Actor, at: datetime
) -> Paged[Listed]:
    """One page of the council's early help: what is open by what is due first, or the last that ended; an entry.

    :param which: a key of `WHICH`
    :param after: where a page of the merged list ended, perhaps in another council's row
    :raises NotPermitted: `by` does not read early help
    """
    require(by, Permission.EARLY_HELP_READ, authority=acting_council(by))
    rows = within(by, _narrowed(which, by=by, at=at))
    if which == "closed":
        found = list(rows.order_by("-settled_at", "-id")[:limit])
    else:
        found = list(rows.filter(clocks.beyond(after, acting_council(by))).order_by("due_at", "id")[: limit + 1])
    listed = _listed(found, by=by, at=at)
    page = cut(listed, limit)
    trail.record("earlyhelp.list", by=by, at=at, which=which, families=[str(row.key) for row in page])
    return page


def _listed(found: Sequence[Episode], *, by: Actor, at: datetime) -> list[Listed]:
    if not found:
        return []
    here = {each.id: each.name for each in colleagues(by=by, at=at)}
    running = clocks.for_subjects(KIND, [row.key for row in found], by=by, at=at)
    children: dict[int, list[str]] = {row.pk: [] for row in found}
    rows = Member.objects.select_related("named").filter(episode__in=found, is_child=True, same_as=None)
    for member in within(by, rows).order_by("position", "id"):
        children[member.episode_id].append(label_of(member.named))
    lapsed, offered = _lapsed(found, london(at).date(), by=by), _offered(found, by=by)
    return [
        Listed(
            row.key, row.pk, row.authority_id, row.reference, tuple(children[row.pk]), State(row.state),
            here.get(row.holder or 0, ""), row.received_at, row.opened_at, row.due_at, row.settled_at,
            next(iter(running.get(str(row.key), [])), None), row.pk in lapsed, offered.get(row.pk, ""),
        )
        for row in found
    ]  # fmt: skip


def _lapsed(found: Sequence[Episode], today: date, *, by: Actor) -> set[int]:
    """Of some families those where an agreement to help was given and none holds any more."""
    said: dict[int, list[Agreement]] = {}
    rows = Agreement.objects.filter(episode__in=found, purpose=Purpose.HELP.value)
    for each in within(by, rows).order_by("id"):
        said.setdefault(each.episode_id, []).append(each)
    settled = {row.pk for row in found if row.settled_at is not None}
    return {
        pk
        for pk, words in said.items()
        if pk not in settled and any(each.status == GIVEN for each in words) and not agreed(words, Purpose.HELP, today)
    }


def _offered(found: Sequence[Episode], *, by: Actor) -> dict[int, str]:
    """With whom a family is, or to whom it is offered, by its number."""
    rows = Offer.objects.select_related("provider").filter(episode__in=found, answer__in=("", "accepted"))
    names: dict[int, str] = {}
    for each in within(by, rows).order_by("id"):
        names[each.episode_id] = f"{each.worker}, {each.provider.name}" if each.worker else each.provider.name
    return names


def waits_for(*, by: Actor, at: datetime, most: int = 50) -> list[Listed]:
    """What waits for one person; my work notes it.

    Whoever keeps early help finds what they hold and what nobody in their team holds; whoever screens finds what is to
    be looked at for risk.
    """
    mine = by.teams.get(acting_council(by), frozenset())
    wanted = Q()
    if by.may(Permission.EARLY_HELP_KEEP):
        own = Q(holder=by.user_id) | Q(holder=None, team_id__in=mine)
        wanted |= own & ~Q(state__in=(State.ALLOCATED, State.SCREENING))
    if by.may(Permission.EARLY_HELP_SCREEN):
        wanted |= Q(state=State.SCREENING)
    if not wanted:
        return []
    rows = within(by, Episode.objects.filter(wanted, settled_at=None))
    return _listed(list(rows.order_by("due_at", "id")[:most]), by=by, at=at)


@dataclass(frozen=True, slots=True)
class Taker:
    """Somebody who may take families on.

    :param has: how many families they have taken on that have not ended
    :param asked: how many are offered to them now
    """

    provider: Provider
    has: int
    asked: int


def providers(*, by: Actor, ended: bool = False) -> list[Taker]:
    """Who may take families on, by name, with how much they have.

    :param ended: also those who take none any more
    :raises NotPermitted: `by` does not read early help
    """
    require(by, Permission.EARLY_HELP_READ, authority=acting_council(by))
    rows = list(within(by, Provider.objects.all()).order_by("ended_at", "name", "id"))
    counted = within(by, Offer.objects.filter(episode__settled_at=None, answer__in=("", "accepted")))
    # An offer that was accepted before the family came back to the hub is no place that is taken.
    having = {
        (pk, word): number
        for pk, word, number in counted.filter(
            Q(answer="", episode__state=State.OFFERED) | Q(answer="accepted", episode__state=State.ALLOCATED)
        ).values_list("provider_id", "answer").annotate(number=Count("episode_id", distinct=True)).order_by()
    }  # fmt: skip
    return [
        Taker(row, having.get((row.pk, "accepted"), 0), having.get((row.pk, ""), 0))
        for row in rows
        if ended or row.ended_at is None
    ]


def leads(*, by: Actor, at: datetime) -> list[Colleague]:
    """Lead practitioners with an account here, by name: one of them may take a family on."""
    return [each for each in colleagues(by=by, at=at) if Role.LEAD_PRACTITIONER in each.roles]


def provider(key: UUID | str, *, by: Actor) -> Provider:
    """One of them.

    :raises NotFound: absent, or another council's
    :raises NotPermitted: `by` does not keep early help
    """
    row = within(by, Provider.objects.filter(key=key)).first()
    if row is None:
        raise NotFound
    require(by, Permission.EARLY_HELP_KEEP, authority=row.authority_id)
    return row
