"""A family's way up and down: step-downs, statuses, the times at which somebody asks, and who came back."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council
from frontdoor.clocks import queries as clocks
from frontdoor.clocks.queries import Shown
from frontdoor.contacts.models import Contact, Named
from frontdoor.contacts.queries.safe import NAMED
from frontdoor.councils.queries import setting
from frontdoor.earlyhelp.models import Episode, Member, Turn
from frontdoor.earlyhelp.rules.states import Ending, Line
from frontdoor.familyhelp.models import Asking, Check, Standing, StepDown
from frontdoor.familyhelp.queries.team import reached
from frontdoor.familyhelp.rules.checking import BACK_DAYS, ONE_PLAN, Left, came_back
from frontdoor.familyhelp.rules.standing import State, Status
from frontdoor.matching.queries.linked import people_of, subjects_of
from frontdoor.referrals.models import Referral
from frontdoor.referrals.rules.states import State as ReferralState

CHECK = "familyhelp.check"
"""What clocks call a time at which somebody asks."""
LINES = (Line.OPENED, Line.CLOSED, Line.REOPENED)
"""What of a family's history belongs to its way up and down."""
UP_OR_GONE = (Ending.STEPPED_UP.value, Ending.MOVED.value)
"""After these nobody comes back: the family is with the front door already, or has left."""


def one_plan(*, by: Actor, at: datetime) -> bool:
    """Whether in this council one plan goes on across a family's statuses today."""
    return bool(setting(ONE_PLAN.name, authority=acting_council(by), on=at).value)


def of_referral(referral: Referral, *, by: Actor) -> list[StepDown]:
    """Every step-down of a referral, in their order."""
    return list(within(by, StepDown.objects.select_related("episode").filter(referral=referral)).order_by("id"))


def outstanding(referral: Referral, *, by: Actor) -> StepDown | None:
    """The step-down of a referral that waits for the hub, or came back from it."""
    return within(by, StepDown.objects.filter(referral=referral, settled_at=None)).first()


def why_not_down(referral: Referral, *, by: Actor) -> str:
    """Why a referral cannot step down now; empty where it can."""
    if referral.state not in (ReferralState.ACCEPTED, ReferralState.IN_WORK):
        return "Only a referral that the team has taken on, and that is open, steps down."
    if referral.restricted:
        return "This referral is for its team alone: nothing of it is sent to the hub. Speak with your manager."
    if referral.contact_id is None:
        return "No contact says who the family is. Begin early help by a contact."
    since = referral.reopened_at or referral.began_at
    if within(by, StepDown.objects.filter(referral=referral, state=State.ACCEPTED, settled_at__gte=since)).exists():
        return "Early help has accepted this family already. Close the referral."
    standing = outstanding(referral, by=by)
    return f"{State(standing.state).words}. There is one step-down at a time." if standing else ""


def holds(referral: Referral, *, by: Actor) -> str:
    """Why a referral may not be closed now: its step-down was not accepted yet."""
    row = outstanding(referral, by=by)
    if row is None:
        return ""
    words = State(row.state).words
    return f"{words}. The referral stays open until the hub has accepted the step-down, or you have taken it back."


def goes_on(episode: Episode, ending: str, *, by: Actor) -> str:
    """Why help may not end as stepped up: under one plan it goes on in the status that the family has now."""
    status = status_of(episode, by=by)
    if ending != Ending.STEPPED_UP or status is Status.EARLY_HELP:
        return ""
    return f"One plan goes on: the family is helped as {status.words}. End it when that help ends"


def child_of(key: UUID | str, *, by: Actor) -> Named | None:
    """The child that a step-down is about, as far as its referral names one."""
    row = within(by, StepDown.objects.select_related("referral__named").filter(key=key)).first()
    return row.referral.named if row else None


def comes_from(key: UUID | str, *, by: Actor) -> Contact | None:
    """The contact from which the referral of a step-down came."""
    row = within(by, StepDown.objects.select_related("referral__contact").filter(key=key)).first()
    return row.referral.contact if row else None


def statuses(episode: Episode, *, by: Actor) -> list[Standing]:
    """Every change of a family's status, in their order."""
    return list(within(by, Standing.objects.filter(episode=episode)).order_by("since", "id"))


def status_of(episode: Episode, *, by: Actor) -> Status:
    """In which status a family is helped now, or was when it ended: it begins as early help."""
    last = within(by, Standing.objects.filter(episode=episode)).order_by("since", "id").last()
    return Status(last.status) if last else Status.EARLY_HELP


@dataclass(frozen=True, slots=True)
class CameBack:
    """A contact about a family that came within the council's time after it had stepped down, or its help had ended."""

    receipt: str
    key: UUID
    at: datetime
    left: Left


@dataclass(frozen=True, slots=True)
class Opened:
    """Where a family stands, and how it goes on.

    :param turns: of its history how it came, each end, and each time it was opened again
    :param clocks: the running clocks of each time at which somebody asks, by its key
    """

    episode: Episode
    status: Status
    standings: tuple[Standing, ...]
    turns: tuple[Turn, ...]
    step_downs: tuple[StepDown, ...]
    checks: tuple[Check, ...]
    askings: dict[int, tuple[Asking, ...]]
    clocks: dict[str, list[Shown]]
    back: tuple[CameBack, ...]
    one_plan: bool
    at: datetime


def open_standing(key: UUID | str, *, by: Actor, at: datetime) -> Opened:
    """Where a family stands; whoever shows the page of the family writes the entry.

    :raises NotFound: absent, another council's, restricted, or not a family of theirs
    :raises NotPermitted: the permission is missing
    """
    return standing_of(reached(key, by=by, at=at), by=by, at=at)


def standing_of(episode: Episode, *, by: Actor, at: datetime) -> Opened:
    """The same for whoever has opened the family already."""
    checks = tuple(within(by, Check.objects.filter(episode=episode)).order_by("since", "id"))
    askings: dict[int, list[Asking]] = defaultdict(list)
    for each in within(by, Asking.objects.filter(check_of__in=checks)).order_by("id"):
        askings[each.check_of_id].append(each)
    return Opened(
        episode, status_of(episode, by=by), tuple(statuses(episode, by=by)), tuple(_turns(episode, by=by)),
        tuple(_came_down(episode, by=by)), checks,
        {pk: tuple(rows) for pk, rows in askings.items()},
        clocks.for_subjects(CHECK, [each.key for each in checks], by=by, at=at),
        tuple(back([episode], by=by, at=at).get(episode.pk, [])), one_plan(by=by, at=at), at,
    )  # fmt: skip


def _turns(episode: Episode, *, by: Actor) -> Iterable[Turn]:
    return within(by, Turn.objects.filter(episode=episode, kind__in=LINES)).order_by("at", "id")


def _came_down(episode: Episode, *, by: Actor) -> Iterable[StepDown]:
    """The step-downs that brought the family here: by their slip, as nothing may have followed it yet."""
    slips = within(by, Member.objects.filter(episode=episode, slip__isnull=False)).values("slip")
    rows = StepDown.objects.select_related("referral").filter(slip__in=slips)
    return within(by, rows).order_by("id")


def one_check(key: UUID | str, *, by: Actor, at: datetime) -> Check:
    """A time at which somebody asks, for whoever may write down what came of it.

    :raises NotFound: absent, another council's, restricted, or not a family of theirs
    :raises NotPermitted: the permission is missing
    """
    row = within(by, Check.objects.select_related("episode").filter(key=key)).first()
    if row is None:
        raise NotFound
    reached(row.episode.key, Permission.FAMILY_HELP_WORK, by=by, at=at)
    return row


def tried(check: Check, *, by: Actor) -> list[Asking]:
    """When nobody was reached, the newest first: whoever tries again reads what was tried."""
    return list(within(by, Asking.objects.filter(check_of=check, reached=False)).order_by("-id"))


def lefts(episodes: Collection[Episode], *, by: Actor) -> list[Left]:
    """When families stepped down, or their help ended so that one who comes back is counted."""
    downs = within(by, StepDown.objects.filter(episode__in=episodes, state=State.ACCEPTED)).order_by("settled_at")
    found = [Left(row.episode_id, row.settled_at, "Stepped down") for row in downs if row.episode_id and row.settled_at]
    return found + [
        Left(each.pk, each.settled_at, "Help ended")
        for each in episodes
        if each.settled_at is not None and each.ending not in UP_OR_GONE
    ]


def back(episodes: Collection[Episode], *, by: Actor, at: datetime) -> dict[int, list[CameBack]]:
    """Of some families the contacts with which they came back, the newest first: five statements for all of them."""
    left = lefts(episodes, by=by)
    if not left:
        return {}
    days = back_days(by=by, at=at)
    new = contacts_since([each for each in episodes if each.pk in {one.episode for one in left}],
                    since=min(one.at for one in left), by=by)  # fmt: skip
    found: dict[int, list[CameBack]] = defaultdict(list)
    for one in left:
        for contact in new.get(one.episode, []):
            if came_back(one.at, [contact.received_at], days=days):
                found[one.episode].append(CameBack(contact.receipt, contact.key, contact.received_at, one))
    return {pk: sorted(rows, key=lambda each: each.at, reverse=True) for pk, rows in found.items()}


def back_among(numbers: Collection[int], *, by: Actor, at: datetime) -> dict[int, list[CameBack]]:
    """The same for some rows of a list, by their numbers."""
    episodes = list(within(by, Episode.objects.filter(pk__in=numbers)))
    return back(episodes, by=by, at=at)


def back_days(*, by: Actor, at: datetime) -> int:
    """Within how many days a new contact counts as coming back."""
    return int(setting(BACK_DAYS.name, authority=acting_council(by), on=at).value)


def contacts_since(episodes: Sequence[Episode], *, since: datetime, by: Actor) -> dict[int, list[Contact]]:
    """New contacts about families: of the same family, or of a child who is confirmed to be one of theirs."""
    families: dict[UUID, set[int]] = defaultdict(set)
    for each in episodes:
        families[each.family].add(each.pk)
    found: dict[int, dict[int, Contact]] = defaultdict(dict)
    for contact in within(by, Contact.objects.filter(family__in=families, received_at__gt=since)):
        for pk in families[contact.family]:
            found[pk][contact.pk] = contact
    for pk, contact in _of_children(episodes, since=since, by=by):
        found[pk][contact.pk] = contact
    return {pk: list(rows.values()) for pk, rows in found.items()}


def _of_children(episodes: Sequence[Episode], *, since: datetime, by: Actor) -> Iterable[tuple[int, Contact]]:
    rows = Member.objects.filter(episode__in=episodes, is_child=True, named__isnull=False)
    whose: dict[UUID, set[int]] = defaultdict(set)
    for key, episode in within(by, rows).values_list("named__key", "episode_id"):
        whose[key].add(episode)
    of_person: dict[int, set[int]] = defaultdict(set)
    for key, person in people_of(list(whose), by=by).items():
        of_person[person] |= whose[key]
    people = subjects_of(list(of_person), kind=NAMED, by=by)
    named = Named.objects.select_related("contact").filter(key__in=people, contact__received_at__gt=since)
    for row in within(by, named):
        for pk in of_person[people[row.key]]:
            yield pk, row.contact
