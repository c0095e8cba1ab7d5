"""What handovers have for the ledger: what went to another council, or to somebody outside."""

from collections.abc import Iterator
from datetime import datetime

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor
from frontdoor.codes import rules as codes
from frontdoor.councils import queries as councils
from frontdoor.handovers.models import Handover
from frontdoor.letters.rules.ledger import Line, Scope, Went


def of_slips(scope: Scope, *, by: Actor, at: datetime) -> Iterator[Line]:
    """Slips about these matters that left this council; what a team of its own received is no disclosure."""
    for row in within(by, Handover.objects.filter(subject_key__in=scope.subjects)).order_by("id"):
        if row.to_authority_id == row.authority_id and not row.to_outside:
            continue
        if row.restricted:
            yield Line(at=row.first_sent_at, went=Went.GIVEN, what="Restricted: ask the officer whom it is for")
            continue
        agency = row.to_outside or councils.council(row.to_authority_id).name
        to = codes.DESTINATIONS.get(row.destination)
        yield Line(
            at=row.first_sent_at, went=Went.GIVEN, what="Work passed on, with the page that travels",
            to_whom=to.label if to else "", agency=agency, why=row.summary, how="Handover", by=row.from_user,
        )  # fmt: skip
