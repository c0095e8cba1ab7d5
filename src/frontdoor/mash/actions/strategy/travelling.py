"""What travels with a child whose section 47 enquiry begins in a discussion; never who told us."""

from dataclasses import replace
from datetime import datetime

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor
from frontdoor.contacts.models import Named
from frontdoor.contacts.queries.travelling import page_so_far, tellers
from frontdoor.contacts.rules.passing_on import without_tellers
from frontdoor.handovers.rules import Need, Page, Person, Sentence, on_one_side
from frontdoor.mash.models import Discussed, Discussion
from frontdoor.mash.queries.strategy.finding import name_of
from frontdoor.shell.rules import moment


def page_of(row: Discussion, child: Discussed, *, by: Actor, at: datetime) -> Page:
    """The page of one child: what the contact says of the family, why this child, who sees them when and how."""
    base = page_so_far(row.contact, by=by, at=at)
    needs = (
        Need(f"See the child: {child.sees_with}", moment(child.sees_at) if child.sees_at else "", child.sees),
        Need(f"Medical examination: {child.medical}", ""),
        Need(f"Safe meanwhile: {child.safety}", "from now on"),
    )
    page = replace(
        base, family=base.family or (Person(name_of(child), "child"),), must_happen=needs,
        worries=(Sentence(child.reason), *base.worries), told=(Sentence(row.why), *base.told),
    )  # fmt: skip
    people = list(within(by, Named.objects.filter(contact=row.contact)))
    return without_tellers(on_one_side(page), tellers(row.contact, people, by=by))
