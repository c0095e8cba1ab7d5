"""Who is to be asked for an enquiry: by its rating, then by what the index says of its people."""

from collections.abc import Sequence
from datetime import datetime

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor
from frontdoor.councils.queries import setting
from frontdoor.letters import queries as letters
from frontdoor.mash.models import Desk, Enquiry, LeftOut, Request, Subject
from frontdoor.mash.queries.asking.desks import as_asked
from frontdoor.mash.rules.asking import sets
from frontdoor.mash.rules.asking.other_side import SAYS, SEALED, tells_where
from frontdoor.matching.queries.linked import people_of
from frontdoor.organisations.rules import london_day
from frontdoor.people.queries.feeding import open_to


def subjects_of(enquiry: Enquiry, *, by: Actor) -> list[Subject]:
    """The people of an enquiry, each once, children first as they were named."""
    found = within(by, Subject.objects.filter(enquiry=enquiry, same_as=None).select_related("named"))
    return list(found.order_by("-is_child", "position", "id"))


def wrong_with_question(question: str, enquiry: Enquiry, *, others: bool, by: Actor) -> str:
    """Why a question may not leave, in words: no sealed address goes to anybody, and no place at all to the other side.

    :param others: whether somebody is asked who works with whoever may pose the risk
    """
    if letters.mentions_protected(question, by=by):
        return SEALED
    return SAYS if others and tells_where(question, places_of(enquiry.pk, by=by)) else ""


def places_of(enquiry: int, *, by: Actor) -> list[str]:
    """Homes and schools of the people of an enquiry, for the guard alone: no page shows them by this."""
    people = within(by, Subject.objects.filter(enquiry=enquiry, named__isnull=False))
    return [place for row in people.values_list("named__address", "named__school") for place in row if place]


def known_of(enquiry: Enquiry, *, by: Actor, at: datetime) -> sets.Known:
    """What the record and the index say that bears on whom to ask; names of teams and schools, of nobody."""
    people = subjects_of(enquiry, by=by)
    schools = tuple(dict.fromkeys(each.named.school for each in people if each.named and each.named.school))
    numbers = people_of([each.named.key for each in people if each.named], by=by)
    feed = open_to(numbers.values(), by=by, at=at) if numbers else None
    teams = [each.team for rows in (feed.of if feed else {}).values() for each in rows if each.team]
    return sets.Known(sets.lines_known(teams, contact_kind=enquiry.contact.sub_type), schools)


def proposal(
    enquiry: Enquiry, *, rows: Sequence[Desk], by: Actor, at: datetime
) -> tuple[list[sets.Proposed], list[Desk]]:
    """The set that stands to be asked, and the other agencies that may be added.

    Whoever was asked is in neither; whoever was left out for a reason, or told to stop, may be asked after all.

    :param rows: the agencies that the council asks
    """
    rows = [each for each in rows if as_asked(each).in_force(london_day(at))]
    asked = within(by, Request.objects.filter(enquiry=enquiry, stopped_at=None)).values_list("agency", flat=True)
    out = set(within(by, LeftOut.objects.filter(enquiry=enquiry)).values_list("desk_id", flat=True))
    free = [each for each in rows if each.agency not in set(asked)]
    found = sets.proposed(
        map(as_asked, (each for each in free if each.pk not in out)),
        rating=enquiry.rating, known=known_of(enquiry, by=by, at=at), on=london_day(at),
        setting=setting(sets.ALWAYS.name, authority=enquiry.authority_id, on=at).value,
    )  # fmt: skip
    keys = {each.agency.key for each in found}
    return found, [each for each in free if each.key not in keys]
