"""What lay before whoever decided, as it was frozen: what was said is read where it stands, and it never changes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.dateparse import parse_datetime

from frontdoor.actors.rules import Actor
from frontdoor.codes import rules as codes
from frontdoor.contacts.rules import snapshots
from frontdoor.mash.models import Decision, Reply, SafetyCheck, Snapshot
from frontdoor.mash.pages.asking import MARK_TONES
from frontdoor.mash.queries.enquiries.lists import name_of
from frontdoor.mash.queries.known import replies_as_then, safety_as_then
from frontdoor.mash.rules import safety
from frontdoor.mash.rules.asking import replies
from frontdoor.mash.rules.asking.grounds import POSITIONS
from frontdoor.mash.rules.asking.states import State as Asked
from frontdoor.mash.rules.states import CHANGES
from frontdoor.shell.pages import Row, text, when
from frontdoor.shell.rules import moment

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Known:
    """The page of one snapshot.

    :param replies: heading, handling mark with its tone, and parts of each reply that stood then
    """

    reference: str
    child: str
    back: str
    tags: Pairs
    taken_at: datetime
    hash: str
    rows: Pairs
    ratings: tuple[Row, ...]
    safety: tuple[Row, ...]
    agencies: tuple[Row, ...]
    gaps: tuple[Row, ...]
    replies: tuple[tuple[str, tuple[str, str] | None, Pairs], ...]


def known(decision: Decision, snapshot: Snapshot, slug: str, *, by: Actor) -> Known:
    """The page; the bytes are checked against their fingerprint first.

    :raises ValueError: they are not those that were sealed
    """
    content = snapshots.opened(bytes(snapshot.content), bytes(snapshot.hash))
    enquiry = decision.subject.enquiry
    keys = [each["key"] for row in content["agencies"] for each in row["replies"]]
    checks = [each["key"] for each in content["safety"]]
    return Known(
        reference=enquiry.reference, child=name_of(decision.subject),
        back=reverse("mash:deciding", args=[slug, enquiry.key]),
        tags=(("This decision is void", "late"),) if decision.voided_at else (("This decision is in force", "done"),),
        taken_at=snapshot.taken_at, hash=bytes(snapshot.hash).hex()[:16], rows=_rows(content),
        ratings=tuple(
            Row((
                when(_at(row["at"])), text(_colour(row["after"]), below=dict(CHANGES)[row["change"]]), text(row["why"]),
            ))
            for row in content["ratings"]
        ),
        safety=tuple(_safety(each) for each in safety_as_then(checks, by=by)),
        agencies=tuple(
            Row((text(row["agency"]), text(Asked(row["state"]).words), when(_at(row["sent_at"])),
                 when(_at(row["due_at"]))))
            for row in content["agencies"]
        ),
        gaps=tuple(Row((text(row["agency"]), text(row["how"]), text(row["why"]))) for row in content["missing"]),
        replies=tuple(_reply(each) for each in replies_as_then(keys, by=by)),
    )  # fmt: skip


def _at(value: str | None) -> datetime | None:
    return parse_datetime(value) if value else None


def _colour(code: str) -> str:
    return codes.RATINGS[code].label if code in codes.RATINGS else code.capitalize()


def _outcome(code: str) -> str:
    return codes.OUTCOMES[code].label if code in codes.OUTCOMES else "Not decided"


def _rows(content: dict[str, Any]) -> Pairs:
    views = "; ".join(
        f"{row['agency']} {'agreed' if row['agrees'] else 'saw it otherwise'}" for row in content["views"]
    )
    earlier = "; ".join(f"{row['receipt']}: {_outcome(row['outcome'])}" for row in content["earlier"])
    analysis, advised = content["analysis"], content["recommendation"]
    return (
        ("Rating", _colour(content["enquiry"]["rating"])),
        ("Analysis", f"Version {analysis['number']}"),
        ("What the agencies said to it", views or "Nothing yet"),
        ("Recommended", _outcome(advised["outcome"])),
        ("Level of need", f"Level {advised['level']} ({advised['threshold_version']})"),
        (
            "The family’s agreement to the checks",
            dict(POSITIONS).get(content["grounds"]["agreement"], "Not written down"),
        ),
        ("Earlier contacts", earlier or "None was known"),
    )


def _safety(each: SafetyCheck) -> Row:
    how = f"{each.who}: {each.said}" if each.said else "Nobody knew"
    answer = dict(safety.ANSWERS)[each.answer]
    return Row((text(name_of(each.subject)), text(answer), text(how, below=each.own_words), when(each.answered_at)))


def _reply(each: Reply) -> tuple[str, tuple[str, str] | None, Pairs]:
    about = name_of(each.asked.subject)
    mark = (dict(replies.MARKS)[each.mark], MARK_TONES.get(each.mark, "plain")) if each.kind == "information" else None
    parts = (
        ("Said", dict(replies.KINDS)[each.kind]), ("Facts", each.facts), ("What they think", each.analysis),
        ("What protects the child", each.protective), ("Why", each.reason),
        ("Said by", f"{each.said_by}, {moment(each.at)}"),
    )  # fmt: skip
    return f"{each.request.desk.name}: {about}", mark, tuple((label, words) for label, words in parts if words)
