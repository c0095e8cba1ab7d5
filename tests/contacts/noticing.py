"""Police notices for tests: rows as a desk sends them, and the jobs that make contacts of them."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from frontdoor.actors.rules import Actor
    from frontdoor.contacts.models import Contact

NIGHT = datetime(2026, 4, 5, 6, tzinfo=UTC)
"""Seven on Easter Sunday: the front door is closed."""


def row(reference: str = "PPN-1", **more: Any) -> dict[str, Any]:
    """One notice as it stands in a file; each of a family of its own unless `more` says otherwise."""
    name = f"Family{reference.replace('-', '').lower()}"
    return {
        "police_reference": reference, "force": "Cambridgeshire Constabulary", "desk": "Protection desk",
        "email": "desk@example.org", "incident_time": "2026-04-04 23:10", "sent_time": "2026-04-05 02:00",
        "risk_grade": "medium", "kind": "domestic_abuse", "address": f"1 {name} Street", "postcode": "PE1 1ZZ",
        "narrative": f"Officers were called to an argument, {reference}.",
        "children": [{"given_name": "Robin", "family_name": name, "age": "7", "present": "yes"}], "adults": [],
        **more,
    }  # fmt: skip


def given(*rows: dict[str, Any], at: datetime = NIGHT) -> list[Any]:
    """The rows as notices."""
    from frontdoor.contacts.rules import notices as rules

    return [rules.given(each, at=at) for each in rows]


def received(*rows: dict[str, Any], by: "Actor", at: datetime = NIGHT) -> "list[Contact]":
    """The contacts of notices that `by` has sent in one file, in the order of their receipts."""
    from frontdoor.contacts.actions import notices
    from frontdoor.contacts.actions.intake import take_in
    from frontdoor.contacts.models import Notice

    batch, _ = notices.take_batch(list(rows), idem=f"test {rows[0]['police_reference']}", by=by, at=at)
    assert [each["problems"] for each in batch.answers if each["problems"]] == []
    sent = Notice.objects.filter(batch=batch)
    made = [take_in(str(key), by=by, at=at) for key in sent.values_list("submission_id", flat=True)]
    return sorted(made, key=lambda contact: contact.receipt)
