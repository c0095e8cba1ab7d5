"""Calls that go on, calls that are nobody's, and calls back on which a child's safety hangs."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from frontdoor.actors.rules import Actor, Permission
from frontdoor.contacts.models import SafetyCall
from frontdoor.contacts.queries.telephone import Going, Left
from frontdoor.councils.models import Council
from frontdoor.shell.pages import Row, clock, link, since, text
from frontdoor.shell.rules import moment

MINE_COLUMNS = ("Call", "Going on for", "First words", "Red flag")
LEFT_COLUMNS = ("Call", "Waiting for", "Was taken by", "Last word")
SAFETY_COLUMNS = ("Where the child is", "Who rings", "Time left", "Contact")


def whom(call: SafetyCall, *, by: Actor) -> str:
    """Whom a call back reaches, for whoever agreed it and those who may see who told us: it is often their number."""
    return call.whom if call.started_by == by.user_id or by.may(Permission.REFERRER_READ) else ""


def my_rows(calls: Iterable[Going], slug: str, *, at: datetime) -> list[Row]:
    """One's own calls."""
    return [
        Row(
            (
                link(moment(call.made_at), reverse("contacts:telephone-call", args=[slug, call.key])),
                since(call.made_at, at), text(call.first_words or "Nothing written yet"), text(call.receipt),
            )
        )
        for call in calls
    ]  # fmt: skip


def left_rows(calls: Iterable[Left], slug: str, *, at: datetime) -> list[Row]:
    """Calls that are nobody's; those that somebody may go on with lead there."""
    return [
        Row(
            (
                link(moment(call.made_at), reverse("contacts:telephone-take-over", args=[slug, call.key]))
                if call.free
                else text(moment(call.made_at), below="Somebody is still typing"),
                since(call.made_at, at), text(call.owner), since(call.saved_at, at),
            ),
            tone="late",
        )
        for call in calls
    ]  # fmt: skip


def safety_rows(calls: Iterable[SafetyCall], slug: str, *, by: Actor, at: datetime) -> list[Row]:
    """Calls back that have not been made, the next due first."""
    return [
        Row(
            (
                link(each.where_now or "Place not known", reverse("contacts:safety-call", args=[slug, each.key]),
                     below=each.with_whom),
                text(each.get_rings_display(), below=whom(each, by=by)), clock(each.due_at, at),
                text("Call going on" if each.contact_id is None else "Taken in"),
            ),
            tone="danger" if each.due_at < at else "soon",
        )
        for each in calls
    ]  # fmt: skip


def safety_facts(made: SafetyCall, slug: str, *, by: Actor) -> list[tuple[str, ...]]:
    """One call back, whole: enough to make it without the person who agreed it, for those who may see who told us."""
    unwritten = "Not written down" if not made.whom else "Kept for those who may see who told us: ask one of them"
    rows: list[tuple[str, ...]] = [
        ("Where the child is", made.where_now or "Not known"), ("With whom", made.with_whom or "Not known"),
        ("Until when", made.until_when or "Not known"), ("Who rings", made.get_rings_display()),
        ("Whom, on which number", whom(made, by=by) or unwritten), ("Agreed", moment(made.started_at)),
        ("Due", moment(made.due_at)),
    ]  # fmt: skip
    if made.contact:
        rows.append(
            ("Contact", made.contact.receipt, reverse("contacts:detail", args=[slug, made.contact.key]), "Open")
        )
    if made.done_at:
        rows.append(("What came of it", f"{made.outcome} ({moment(made.done_at)})"))
    return rows


def speak_to(council: Council) -> tuple[tuple[str, str], ...]:
    """How a caller speaks to a qualified social worker, to be read out."""
    lines = (
        ("Social worker", f"{council.social_worker_phone} {council.social_worker_hours}".strip()),
        ("At night and at weekends", council.phone_out_of_hours),
    )
    return tuple((name, number) for name, number in lines if number)
