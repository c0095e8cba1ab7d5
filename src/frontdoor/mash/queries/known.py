"""What lies before whoever decides for a child of an enquiry: frozen with the decision, and read again as it was."""

from typing import Any

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound
from frontdoor.contacts.queries.decisions import earlier
from frontdoor.mash.models import Decision, Enquiry, Rating, Recommendation, Reply, SafetyCheck, Snapshot, Subject
from frontdoor.mash.queries.asking.opening import OneRequest, of_enquiry
from frontdoor.mash.queries.asking.standing import agreement_of, dispensing_of
from frontdoor.mash.queries.deciding import Missing, views_of
from frontdoor.mash.rules.asking.replies import standing

_ENQUIRY = (
    "key", "reference", "rating", "section47", "state", "received_at", "opened_at", "rated_at", "due_at", "version",
)  # fmt: skip
_RATING = ("key", "change", "before", "after", "why", "was_late", "by_user", "at")
_SAFETY = ("key", "subject__key", "answer", "how", "seen_at", "asked_at", "due_at", "answered_by", "answered_at")
_RECOMMENDATION = (
    "key",
    "outcome",
    "secondary",
    "specialist_route",
    "level",
    "threshold_version",
    "made_by",
    "made_at",
)


def known(child: Subject, recommendation: Recommendation, gaps: list[Missing], *, by: Actor) -> dict[str, Any]:
    """Everything that the decision for a child rests on, as plain values: keys, states and times.

    What agencies, workers and children said is written once where it stands; it is found there by its key, behind the
    walls of whoever reads it. Addresses are not held here: a snapshot is read by more people than may see them.
    """
    enquiry = child.enquiry
    analysis = recommendation.analysis
    return {
        "enquiry": {name: getattr(enquiry, name) for name in _ENQUIRY},
        "child": child.key,
        "ratings": list(within(by, Rating.objects.filter(enquiry=enquiry)).order_by("at", "id").values(*_RATING)),
        "safety": list(
            within(by, SafetyCheck.objects.filter(subject__enquiry=enquiry))
            .order_by("answered_at", "id")
            .values(*_SAFETY)
        ),
        "agencies": [_request(one) for one in of_enquiry(enquiry, by=by)],
        "missing": [_missing(gap) for gap in gaps],
        "grounds": _grounds(enquiry, by=by),
        "analysis": {"key": analysis.key, "number": analysis.number, "at": analysis.at},
        "views": [
            {"key": said.view.key, "agency": said.agency, "agrees": said.view.agrees, "to_confirm": said.to_confirm}
            for said in views_of([analysis], by=by).get(analysis.pk, [])
        ],
        "recommendation": {name: getattr(recommendation, name) for name in _RECOMMENDATION},
        "earlier": [
            {"received_on": each.received_on, "outcome": each.outcome, "receipt": each.label}
            for each in (earlier(child.matter.contact, by=by) if child.matter else ())
        ],
    }


def _request(one: OneRequest) -> dict[str, Any]:
    row, stand = one.request, {each.id for each in standing(one.said)}
    return {
        "key": row.key, "agency": row.desk.name, "state": row.state, "sent_at": row.sent_at, "due_at": row.due_at,
        "replies": [
            {"key": each.key, "kind": each.kind, "how": each.how, "at": each.at}
            for each in one.replies if each.pk in stand
        ],
    }  # fmt: skip


def _missing(gap: Missing) -> dict[str, Any]:
    return {
        "request": gap.request.key, "agency": gap.agency, "how": gap.words, "why": gap.word.why if gap.word else "",
        "said_at": gap.word.at if gap.word else None,
    }  # fmt: skip


def _grounds(enquiry: Enquiry, *, by: Actor) -> dict[str, Any]:
    agreement, dispensing = agreement_of(enquiry, by=by), dispensing_of(enquiry, by=by)
    return {
        "agreement": agreement.position if agreement else "",
        "without_agreement": dispensing.key if dispensing else None,
    }


def snapshot_of(decision: Decision, *, by: Actor) -> Snapshot:
    """What lay before whoever made a decision.

    :raises NotFound: the council acted for has none of it
    """
    found = within(by, Snapshot.objects.filter(pk=decision.snapshot_id)).first()
    if found is None:
        raise NotFound
    return found


def replies_as_then(keys: list[str], *, by: Actor) -> list[Reply]:
    """The replies that lay before a decision, in their own words: they are never changed."""
    rows = Reply.objects.select_related("request__desk", "asked__subject__named").filter(key__in=keys)
    return list(within(by, rows).order_by("at", "id"))


def safety_as_then(keys: list[str], *, by: Actor) -> list[SafetyCheck]:
    """The answers to whether a child was safe, as they lay before a decision."""
    rows = SafetyCheck.objects.select_related("subject__named").filter(key__in=keys)
    return list(within(by, rows).order_by("answered_at", "id"))
