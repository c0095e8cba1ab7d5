"""Opening the analysis and the decisions of one enquiry: every version, every sign-off, and what became of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from frontdoor.access.queries import names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.directions import queries as directions
from frontdoor.directions.queries import Directed
from frontdoor.handovers import queries as handovers
from frontdoor.handovers.queries import Given
from frontdoor.mash.models import (
    Analysis,
    Decision,
    Disagreement,
    Enquiry,
    Meaning,
    Recommendation,
    Reply,
    Request,
    Snapshot,
    Subject,
)
from frontdoor.mash.queries.deciding import Missing, Said, child_of, meanings_of, missing, views_of
from frontdoor.mash.queries.enquiries.colours import Colour, colours
from frontdoor.mash.queries.known import snapshot_of
from frontdoor.trail import actions as trail

Key = UUID | str


@dataclass(frozen=True, slots=True)
class Concluding:
    """Analysis, recommendations and decisions of one enquiry.

    :param analyses: every version, the newest first; what each says of each child stands in `meanings`
    :param views: the newest word of each agency to each version
    :param since: agencies that said something after the newest version, with the time
    :param recommendations: every one, the newest first, with those that ended
    :param decisions: likewise
    :param disputed: disagreements that are not resolved, by key of the decision
    """

    enquiry: Enquiry
    children: tuple[Subject, ...]
    analyses: tuple[Analysis, ...]
    meanings: dict[int, dict[int, Meaning]]
    views: dict[int, list[Said]]
    gaps: tuple[Missing, ...]
    requests: tuple[Request, ...]
    since: tuple[tuple[str, datetime], ...]
    recommendations: tuple[Recommendation, ...]
    decisions: tuple[Decision, ...]
    going: tuple[Given, ...]
    actions: tuple[Directed, ...]
    disputed: dict[UUID, list[Disagreement]]
    colours: dict[str, Colour]
    names: dict[int, str]

    @property
    def newest(self) -> Analysis | None:
        """The version that holds."""
        return self.analyses[0] if self.analyses else None

    def meant(self, child: Subject) -> Meaning | None:
        """What the version that holds says of a child."""
        return self.meanings.get(self.analyses[0].pk, {}).get(child.pk) if self.analyses else None

    def recommended(self, child: Subject) -> Recommendation | None:
        """What stands recommended for a child."""
        return next((row for row in self.recommendations if row.subject_id == child.pk and not row.ended_at), None)

    def decided(self, child: Subject) -> Decision | None:
        """The decision in force for a child."""
        return next((row for row in self.decisions if row.subject_id == child.pk and not row.voided_at), None)


def open_concluding(key: Key, *, by: Actor, at: datetime, why: str = "") -> Concluding:
    """Open the analysis and the decisions of one enquiry; it leaves one entry.

    :param why: the reason, where one is asked
    :raises NotPermitted: `by` reads no enquiries
    :raises NotFound: the council acted for has none of that key
    """
    require(by, Permission.MASH_READ, authority=acting_council(by))
    row = within(by, Enquiry.objects.select_related("contact").filter(key=key)).first()
    if row is None:
        raise NotFound
    found = concluding(row, by=by, at=at)
    trail.record("mash.open_deciding", subject=row, by=by, at=at, why=why)
    return found


def open_of_child(key: Key, *, by: Actor, at: datetime, why: str = "") -> tuple[Concluding, Subject]:
    """The same, for a page about one child; it leaves one entry.

    :raises NotPermitted: `by` reads no enquiries
    :raises NotFound: the council acted for has no such child
    """
    require(by, Permission.MASH_READ, authority=acting_council(by))
    child = child_of(key, by=by)
    found = concluding(child.enquiry, by=by, at=at)
    trail.record("mash.open_deciding", subject=child.enquiry, by=by, at=at, why=why, child=child.key)
    return found, child


def concluding(row: Enquiry, *, by: Actor, at: datetime) -> Concluding:
    """Everything of it. Part of opening the enquiry, which leaves the entry."""
    wanted = Subject.objects.select_related("named", "matter__contact").filter(enquiry=row, is_child=True, same_as=None)
    children = tuple(within(by, wanted).order_by("position", "id"))
    keys = [child.key for child in children]
    analyses = tuple(within(by, Analysis.objects.filter(enquiry=row)).order_by("-number"))
    recommended = Recommendation.objects.select_related("analysis").filter(subject__in=children)
    recommendations = tuple(within(by, recommended).order_by("-made_at", "-id"))
    signed = Decision.objects.select_related("recommendation__analysis", "subject").filter(subject__in=children)
    decisions = tuple(within(by, signed).order_by("-made_at", "-id"))
    asked = Request.objects.select_related("desk").filter(enquiry=row, stopped_at=None)
    return Concluding(
        enquiry=row, children=children, analyses=analyses, meanings=meanings_of(analyses, by=by),
        views=views_of(analyses, by=by), gaps=tuple(missing(row, by=by, at=at)),
        requests=tuple(within(by, asked).order_by("sent_at", "id")), since=_since(row, analyses[:1], by=by),
        recommendations=recommendations, decisions=decisions,
        going=tuple(handovers.for_subjects("mash.subject", keys, by=by, at=at)),
        actions=tuple(directions.for_subjects("mash.subject", keys, by=by, at=at)),
        disputed=_disputed(decisions, by=by), colours=colours(by=by, at=at),
        names=_names(analyses, recommendations, decisions, by=by),
    )  # fmt: skip


def _since(row: Enquiry, newest: Sequence[Analysis], *, by: Actor) -> tuple[tuple[str, datetime], ...]:
    """Who said something after the version that holds was written."""
    if not newest:
        return ()
    said = within(by, Reply.objects.filter(request__enquiry=row, at__gt=newest[0].at))
    return tuple(
        said.values("request__desk__name").annotate(last=Max("at")).order_by("last").values_list(
            "request__desk__name", "last"
        )
    )  # fmt: skip


def _disputed(decisions: Sequence[Decision], *, by: Actor) -> dict[UUID, list[Disagreement]]:
    found: dict[UUID, list[Disagreement]] = {}
    wanted = Disagreement.objects.filter(decision__in=[row.key for row in decisions], resolved_at=None)
    for each in within(by, wanted).order_by("raised_at", "id") if decisions else ():
        if each.decision is not None:
            found.setdefault(each.decision, []).append(each)
    return found


def _names(
    analyses: Sequence[Analysis],
    recommendations: Sequence[Recommendation],
    decisions: Sequence[Decision],
    *,
    by: Actor,
) -> dict[int, str]:
    users = {each.by_user for each in analyses} | {row.made_by for row in recommendations}
    users |= {row.made_by for row in decisions}
    users |= {row.ended_by for row in recommendations if row.ended_by}
    users |= {row.voided_by for row in decisions if row.voided_by}
    return names(users, by=by) if users else {}


def open_known(key: Key, *, by: Actor, at: datetime, why: str = "") -> tuple[Decision, Snapshot]:
    """What lay before whoever made a decision, in force or not; it leaves one entry.

    :param key: the key of the decision
    :raises NotPermitted: `by` reads no enquiries
    :raises NotFound: the council acted for has no such decision
    """
    require(by, Permission.MASH_READ, authority=acting_council(by))
    wanted = Decision.objects.select_related("subject__enquiry", "subject__named", "recommendation__analysis")
    row = within(by, wanted.filter(key=key)).first()
    if row is None:
        raise NotFound
    snapshot = snapshot_of(row, by=by)
    trail.record("mash.open_known", subject=row.subject.enquiry, by=by, at=at, why=why, decision=row.key)
    return row, snapshot
