"""What stands of analysis, agreement, recommendations and decisions of an enquiry; and who has not replied."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission
from frontdoor.codes import rules as codes
from frontdoor.contacts.models import Contact, Matter
from frontdoor.contacts.queries.decisions import circumstances as of_matter
from frontdoor.contacts.rules.decisions import Circumstances
from frontdoor.mash.models import Analysis, Decision, Enquiry, Meaning, Recommendation, Request, Subject, View, Waiting
from frontdoor.mash.rules import deciding as rules
from frontdoor.mash.rules.asking.states import OPEN
from frontdoor.mash.rules.asking.states import State as Asked

Key = UUID | str
UNANSWERED = frozenset({*OPEN, Asked.REFUSED})
"""States of a request whose reply a decision has to name: waited for still, refused, or impossible."""


def child_of(key: Key, *, by: Actor) -> Subject:
    """A child of an enquiry, for something that is done for that child alone.

    :raises NotFound: the council acted for has none of that key, or it is the same child handed over again
    """
    wanted = Subject.objects.select_related("enquiry__contact", "named", "matter__contact")
    found = within(by, wanted.filter(key=key, is_child=True, same_as=None)).first()
    if found is None:
        raise NotFound
    return found


def newest_analysis(enquiry: Enquiry, *, by: Actor) -> Analysis | None:
    """The version that holds; None where nobody has analysed yet."""
    return within(by, Analysis.objects.filter(enquiry=enquiry)).order_by("-number").first()


def meanings_of(those: Iterable[Analysis], *, by: Actor) -> dict[int, dict[int, Meaning]]:
    """What versions say of each child: by number of the version, then of the child."""
    found: dict[int, dict[int, Meaning]] = {}
    for row in within(by, Meaning.objects.filter(analysis__in=[each.pk for each in those])).order_by("id"):
        found.setdefault(row.analysis_id, {})[row.subject_id] = row
    return found


@dataclass(frozen=True, slots=True)
class Said:
    """What one agency says to one version of the analysis.

    :param to_confirm: we wrote it down, and the agency has not said it itself yet
    """

    view: View
    agency: str
    to_confirm: bool


def views_of(those: Iterable[Analysis], *, by: Actor) -> dict[int, list[Said]]:
    """The newest word of each agency to each version, by number of the version, the agencies by name."""
    newest: dict[tuple[int, UUID], View] = {}
    wanted = View.objects.select_related("request__desk").filter(analysis__in=[each.pk for each in those])
    for row in within(by, wanted).order_by("at", "id"):
        newest[row.analysis_id, row.agency] = row
    found: dict[int, list[Said]] = {}
    for row in sorted(newest.values(), key=lambda one: one.request.desk.name):
        found.setdefault(row.analysis_id, []).append(Said(row, row.request.desk.name, row.how in rules.BY_US))
    return found


@dataclass(frozen=True, slots=True)
class Missing:
    """An agency whose reply is missing.

    :param words: how: late, refused, not answered yet
    :param word: what a decider said of it last; None where nobody has
    """

    request: Request
    words: str
    word: Waiting | None

    @property
    def agency(self) -> str:
        return self.request.desk.name

    def named_by(self, user: int | None) -> bool:
        """Whether somebody has said that they decide without it."""
        return self.word is not None and not self.word.waited and self.word.by_user == user


def missing(enquiry: Enquiry, *, by: Actor, at: datetime) -> list[Missing]:
    """Who has not replied, refused or cannot answer, in the order of asking."""
    wanted = Request.objects.select_related("desk").filter(enquiry=enquiry, state__in=sorted(UNANSWERED))
    rows = list(within(by, wanted).order_by("sent_at", "id"))
    newest = {row.request_id: row for row in within(by, Waiting.objects.filter(request__in=rows)).order_by("at", "id")}
    return [Missing(row, _how(row, at), newest.get(row.pk)) for row in rows]


def _how(row: Request, at: datetime) -> str:
    if row.state == Asked.REFUSED:
        return "refused, or cannot answer"
    return "late" if row.due_at < at else "not answered yet"


def standing_recommendations(those: Sequence[Subject], *, by: Actor) -> dict[int, Recommendation]:
    """The recommendations that wait or were decided on, by number of the child."""
    wanted = Recommendation.objects.select_related("analysis").filter(subject__in=those, ended_at=None)
    return {row.subject_id: row for row in within(by, wanted)}


def standing_decisions(those: Sequence[Subject], *, by: Actor) -> dict[int, Decision]:
    """The decisions in force, by number of the child."""
    wanted = Decision.objects.select_related("recommendation__analysis").filter(subject__in=those, voided_at=None)
    return {row.subject_id: row for row in within(by, wanted)}


def takes_back(decision: Decision, *, by: Actor) -> bool:
    """Whether a decision is whose own it is to take out of force: whoever decided, or a head of service."""
    own = decision.made_by == by.user_id and by.may(Permission.MASH_DECIDE)
    return own or by.may(Permission.HANDOVER_OVERRULE)


def staying(those: Sequence[Subject], *, by: Actor) -> dict[int, Decision]:
    """The decisions that stay when `by` writes a newer analysis: those that another person alone takes back."""
    found = standing_decisions(those, by=by)
    return {} if all(takes_back(row, by=by) for row in found.values()) else found


def decision_of_matter(matter: Matter, *, by: Actor) -> Decision | None:
    """The decision in force that an enquiry made for one child of a contact; None where there is none."""
    rows = within(by, Subject.objects.filter(matter=matter, is_child=True)).values_list("pk", "same_as_id")
    those = {same or own for own, same in rows}
    return within(by, Decision.objects.filter(subject_id__in=those, voided_at=None)).order_by("-id").first()


def matters_of(child: Subject, *, by: Actor) -> list[Matter]:
    """The matters of contacts by which a child came, however often they were handed over."""
    rows = Subject.objects.select_related("matter__contact").filter(Q(pk=child.pk) | Q(same_as=child))
    return [row.matter for row in within(by, rows).order_by("id") if row.matter is not None]


def decided_of_contact(enquiry: Enquiry, contact: Contact, *, by: Actor) -> list[tuple[Subject, Decision]] | None:
    """Each child of a contact with their decision, once every one of them is decided in this enquiry; else None."""
    wanted = Subject.objects.select_related("named", "same_as__named").filter(
        enquiry=enquiry, matter__contact=contact, is_child=True
    )
    firsts = {(row.same_as or row).pk: row.same_as or row for row in within(by, wanted).order_by("position", "id")}
    decided = standing_decisions(list(firsts.values()), by=by)
    return [(child, decided[pk]) for pk, child in firsts.items()] if firsts.keys() <= decided.keys() else None


def circumstances(child: Subject, *, agreement: str, by: Actor, at: datetime) -> Circumstances:
    """What stands around a child when something is recommended or decided, as the rules ask it.

    :param agreement: the family's agreement to what is recommended; empty where it was not asked
    """
    said = agreement if agreement in codes.AGREEMENTS else "not_sought"
    found = of_matter(child.matter, by=by, at=at) if child.matter else Circumstances()
    enquiry = child.enquiry
    # A safeguarding worry was why agencies were asked; once they have answered, advice or nothing may be right.
    return replace(found, agreement=said, late=enquiry.due_at < at, rating=enquiry.rating, returned=False)
