"""Which early help a slip, a family or a contact has, and what was accepted and has none yet."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, acting_council
from frontdoor.contacts.models import Contact, Named
from frontdoor.earlyhelp.models import Agreement, Episode, Member
from frontdoor.earlyhelp.rules.agreeing import Purpose, agreed
from frontdoor.handovers.models import Handover
from frontdoor.shell.rules import london

HERE = "early_help"
RECENT = timedelta(days=92)
"""How far back the sweep looks for slips that nothing was opened for."""
MOST = 100


def of_slip(slip: UUID, *, by: Actor) -> Episode | None:
    """What a slip has opened or joined."""
    found = within(by, Member.objects.select_related("episode").filter(slip=slip)).first()
    return found.episode if found else None


def open_of(family: UUID, *, by: Actor) -> Episode | None:
    """The open early help of a family."""
    return within(by, Episode.objects.filter(family=family, settled_at=None)).first()


def of_contact(contact: Contact, *, by: Actor) -> list[Episode]:
    """What a contact's children came to, and what its family has: newest first, for the page of the contact.

    Whoever looks at something new about a family that early help works with sees so there.
    """
    those = within(by, Member.objects.filter(matter__contact=contact)).values("episode_id")
    rows = Episode.objects.filter(Q(pk__in=those) | Q(family=contact.family))
    return list(within(by, rows).order_by("-opened_at", "-id"))


def accepted_without(kinds: list[str], *, by: Actor, at: datetime) -> list[UUID]:
    """Keys of slips that the hub accepted and that nothing was opened for yet, the oldest first."""
    slips = Handover.objects.filter(
        destination=HERE, subject_kind__in=kinds, state="accepted", settled_at__gte=at - RECENT,
        to_authority_id=acting_council(by),
    )  # fmt: skip
    known = within(by, Member.objects.filter(slip__isnull=False)).values("slip")
    return list(
        within(by, slips.exclude(key__in=known)).order_by("settled_at", "id").values_list("key", flat=True)[:MOST]
    )


def members(episode: Episode, *, by: Actor) -> list[Member]:
    """The people of a family, each once, in their order."""
    rows = Member.objects.select_related("named", "matter__contact").filter(episode=episode, same_as=None)
    return list(within(by, rows).order_by("position", "id"))


def said(episode: Episode, *, by: Actor) -> list[Agreement]:
    """Everything that was said about agreement, in the order in which it was written down."""
    return list(within(by, Agreement.objects.filter(episode=episode)).order_by("id"))


def agrees(episode: Episode, purpose: Purpose, *, by: Actor, at: datetime) -> bool:
    """Whether anybody's agreement to a purpose holds today."""
    return agreed(said(episode, by=by), purpose, london(at).date())


def agreeing(episodes: Iterable[int], purpose: Purpose, *, by: Actor, at: datetime) -> set[int]:
    """Of some families those where anybody's agreement to a purpose holds today, by their numbers: one statement."""
    words: dict[int, list[Agreement]] = {pk: [] for pk in episodes}
    rows = Agreement.objects.filter(episode__in=list(words), purpose=purpose.value)
    for each in within(by, rows).order_by("id"):
        words[each.episode_id].append(each)
    today = london(at).date()
    return {pk for pk, those in words.items() if agreed(those, purpose, today)}


def label_of(named: Named | None) -> str:
    """How pages name a person: as the contact did."""
    return named.label if named else "Child not yet identified"
