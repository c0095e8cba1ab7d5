"""What the sheet for a day without the system holds: the open work, danger first, and whom to ring."""

from datetime import datetime
from typing import Any
from uuid import UUID

from frontdoor.access.queries import names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.clocks import queries as clocks
from frontdoor.codes import rules as codes
from frontdoor.contacts.models import Contact, Named
from frontdoor.contacts.pages.screening import danger_words, state_words
from frontdoor.contacts.queries import night
from frontdoor.contacts.rules.states import CHILD_KINDS, ENDED
from frontdoor.councils import queries as councils
from frontdoor.desk.models import DownKey
from frontdoor.letters import queries as letters
from frontdoor.letters import rules as sealing
from frontdoor.letters.queries.keys import NoKey, masters
from frontdoor.letters.rules import Sealed
from frontdoor.organisations.queries import teams
from frontdoor.shell.rules import day, moment
from frontdoor.trail import actions as trail

MOST = 2_000
STORY = 400
"""Characters of what was told that the sheet holds; the first words say what it is about."""


def sheet(*, by: Actor, at: datetime) -> dict[str, Any]:
    """The open work and the telephone lists of one council, as the sheet shows them; one entry names what it held.

    Never who told us, and no address: a protected one that stands in a text is left out with that text.

    :raises NotPermitted: `by` may not read contacts
    """
    require(by, Permission.CONTACT_READ, authority=acting_council(by))
    found = within(by, Contact.objects.filter(closed_at=None)).exclude(state__in=ENDED)
    rows = list(found.order_by("danger_rank", "due_at", "id")[:MOST])
    children: dict[int, list[Named]] = {}
    for person in within(by, Named.objects.filter(contact__in=rows, kind__in=CHILD_KINDS)).order_by("position"):
        children.setdefault(person.contact_id, []).append(person)
    running = clocks.for_subjects("contacts.submission", [row.submission_id for row in rows], by=by, at=at)
    due = {key: [clock for clock in clocks_of if clock.stopped_at is None] for key, clocks_of in running.items()}
    owners = names({row.holder for row in rows if row.holder}, by=by)
    of_team = {team.pk: team.name for team in teams(by=by, at=at)}
    council = councils.council(acting_council(by))
    made = {
        "council": council.legal_name,
        "written_at": at.isoformat(),
        "contacts": [
            {
                "receipt": row.receipt,
                "danger": danger_words(row.danger_rank, flagged=row.flag_stands)[0],
                "state": state_words(row.state),
                "received": moment(row.received_at),
                "about": codes.CONTACT_KINDS[row.sub_type].label if row.sub_type in codes.CONTACT_KINDS else "",
                "children": [_child(each) for each in children.get(row.pk, ())] or ["No child named"],
                "story": _safe(row.story[:STORY], by=by),
                "where": _safe(", ".join(filter(None, (row.where_now, row.with_whom, row.until_when))), by=by),
                "clocks": [
                    f"{clock.kind.title}: {moment(clock.reading.due_at)}"
                    for clock in due.get(str(row.submission_id), ())
                ],
                "owner": owners.get(row.holder or 0, "") or of_team.get(row.team_id, ""),
            }
            for row in rows
        ],
        "telephones": _telephones(council, by=by, at=at),
    }
    trail.record("desk.sheet", by=by, at=at, shown=[str(row.key) for row in rows])
    return made


def _child(person: Named) -> str:
    return f"{person.label}, born {day(person.date_of_birth)}" if person.date_of_birth else person.label


def _safe(text: str, *, by: Actor) -> str:
    return "Address is protected: ask the record." if text and letters.mentions_protected(text, by=by) else text


def _telephones(council: Any, *, by: Actor, at: datetime) -> list[list[str]]:
    own = [
        ("Danger now", "999"),
        ("Professionals", council.phone_professionals),
        ("Families and the public", council.phone_public),
        ("A qualified social worker", council.social_worker_phone),
        ("Out of hours", council.phone_out_of_hours),
    ]
    others = [
        (f"{each.name}, professionals", each.phone_professionals)
        for each in councils.councils(on=at)
        if each.pk != council.pk
    ]
    rota = [(f"On the rota: {shift.name}", shift.phone) for shift in night.on_rota(by=by, at=at)]
    return [[who, number] for who, number in (*own, *rota, *others) if number]


def key_in_use(*, by: Actor) -> DownKey:
    """The row of the key in use. Part of writing the sheet, or of a page that shows nothing of it.

    :raises NotFound: no passphrase was made yet
    """
    found = within(by, DownKey.objects.filter(retired_at=None)).first()
    if found is None:
        raise NotFound
    return found


def opened_key(row: DownKey) -> bytes:
    """The key itself, unwrapped: for writing the sheet alone.

    :raises NoKey: the key outside that wrapped it is not here
    """
    if row.master not in masters():
        raise NoKey(str(row.key))
    return sealing.unwrap(
        Sealed(bytes(row.nonce), bytes(row.wrapped)),
        masters()[row.master],
        bound_to=key_place(row.authority_id, row.key),
    )


def key_place(authority: int, key: UUID) -> str:
    """What a wrapped key is bound to."""
    return f"frontdoor.down-key.1:{authority}:{key}"


def passphrase_made(*, by: Actor) -> datetime | None:
    """When the passphrase in use was made; None where nobody has made one.

    :raises NotPermitted: `by` keeps no such sheet
    """
    require(by, Permission.DOWN_KEEP, authority=acting_council(by))
    return within(by, DownKey.objects.filter(retired_at=None)).values_list("made_at", flat=True).first()


def take_sheet(*, by: Actor, at: datetime) -> None:
    """That somebody took the sheet away: an entry of its own, since what is in it was shown to nobody yet.

    :raises NotPermitted: `by` keeps no such sheet
    """
    require(by, Permission.DOWN_KEEP, authority=acting_council(by))
    trail.record("desk.take_sheet", by=by, at=at)
