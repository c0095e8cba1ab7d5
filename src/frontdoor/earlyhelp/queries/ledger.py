"""What early help has for the ledger: what an agency was told when a family was offered to it."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor
from frontdoor.earlyhelp.models import Member, Offer
from frontdoor.earlyhelp.rules.taking import AGENCY
from frontdoor.letters.rules.ledger import Line, Scope, Went


def of_early_help(scope: Scope, *, by: Actor, at: datetime) -> Iterator[Line]:
    """Offers to other agencies; what a team of this council was told is no disclosure.

    An offer that was taken back had been read: it stays a line.
    """
    about: dict[int, list[str]] = {}
    rows = Member.objects.select_related("named").filter(
        Q(named__key__in=scope.named) | Q(episode__contact__key__in=scope.contacts)
    )
    for row in within(by, rows.order_by("position", "id")):
        if row.named is not None and row.named.key in scope.named:
            about.setdefault(row.episode_id, []).append(scope.named[row.named.key])
    offers = Offer.objects.select_related("provider").filter(episode__in=about, provider__kind=AGENCY)
    for offer in within(by, offers).order_by("id"):
        yield Line(
            at=offer.at, went=Went.GIVEN, what="Early help: what they need to know to take the family on",
            about=", ".join(dict.fromkeys(about[offer.episode_id])), agency=offer.provider.name,
            why="Asked to take the family on", basis="Agreement of the family to telling agencies", by=offer.by_user,
        )  # fmt: skip
