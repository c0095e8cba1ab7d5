"""Calls that go on: one's own with everything in them, others only as that they are there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from frontdoor.access.queries import colleagues, names
from frontdoor.access.rules import IDLE
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, NotPermitted, Permission, acting_council, require
from frontdoor.contacts.models import Contact, Draft
from frontdoor.contacts.rules import telephone as rules
from frontdoor.councils.queries import route
from frontdoor.councils.rules import Routed
from frontdoor.trail import actions as trail

Key = UUID | str


@dataclass(frozen=True, slots=True)
class Call:
    """One's own call as its page shows it.

    :param typed: by the name of the input
    :param sources: the number of the mark that filled a row or an input
    :param receipt: of the contact that a red flag has made of it already, or empty
    :param door: phone, or walk_in where somebody stands at the desk
    """

    key: UUID
    council: int
    owner: int
    made_at: datetime
    saved_at: datetime
    version: int
    typed: dict[str, str]
    marks: tuple[rules.Mark, ...]
    sources: dict[str, int]
    contact: str
    receipt: str
    door: str = "phone"

    @property
    def story(self) -> str:
        return self.typed.get("story", "")


@dataclass(frozen=True, slots=True)
class Going:
    """One line of one's own calls that have not ended."""

    key: UUID
    made_at: datetime
    saved_at: datetime
    first_words: str
    receipt: str


@dataclass(frozen=True, slots=True)
class Left:
    """A call that is nobody's: that it is there, whose it was, and nothing of what was said.

    :param free: nobody has typed for as long as a session lasts, so that somebody else may go on with it
    """

    key: UUID
    made_at: datetime
    saved_at: datetime
    owner: str
    free: bool


def account(by: Actor) -> int:
    """The account that takes a call: no system does.

    :raises NotPermitted: a system acts
    """
    if by.user_id is None:
        raise NotPermitted(Permission.CONTACT_TAKE)
    return by.user_id


def open_call(key: Key, *, by: Actor, at: datetime) -> Call:
    """Open one's own call; whose it is not, there is none.

    :raises NotFound: the council acted for has no call of `by` with that key, or it has ended
    :raises NotPermitted: `by` may not take contacts here
    """
    require(by, Permission.CONTACT_TAKE, authority=acting_council(by))
    found = within(by, Draft.objects.filter(key=key, owner=account(by), form=rules.FORM, ended_at=None)).first()
    if found is None:
        raise NotFound
    trail.record("contacts.open_call", subject=found, by=by, at=at)
    return as_call(found)


def as_call(draft: Draft) -> Call:
    """A draft as its page shows it."""
    data = draft.data
    return Call(
        draft.key, draft.authority_id, draft.owner, draft.made_at, draft.saved_at, draft.version,
        dict(data.get("typed", {})), rules.read(data.get("marks", ())), dict(data.get("sources", {})), draft.subject,
        data.get("receipt", ""), "walk_in" if data.get("door") == "walk_in" else "phone",
    )  # fmt: skip


def my_call(key: Key, *, by: Actor) -> Call:
    """One's own call as it was last saved, for the answer to a keystroke: its page has been opened and left its entry.

    :raises NotFound: the council acted for has none of `by` with that key
    """
    found = within(by, Draft.objects.filter(key=key, owner=account(by), form=rules.FORM)).first()
    if found is None:
        raise NotFound
    return as_call(found)


def my_ended_call(key: Key, *, by: Actor) -> Draft:
    """One's own call that has ended: of what was said nothing is left in it.

    :raises NotFound: the council acted for has none of `by` with that key
    """
    require(by, Permission.CONTACT_TAKE, authority=acting_council(by))
    mine = Draft.objects.filter(key=key, owner=account(by), form=rules.FORM, ended_at__isnull=False)
    found = within(by, mine).first()
    if found is None:
        raise NotFound
    return found


MOST = 50


def my_calls(*, by: Actor) -> list[Going]:
    """One's own calls that have not ended, the oldest first: they wait for their owner alone.

    :raises NotPermitted: `by` may not take contacts here
    """
    require(by, Permission.CONTACT_TAKE, authority=acting_council(by))
    mine = Draft.objects.filter(owner=account(by), form=rules.FORM, ended_at=None)
    return [
        Going(
            call.key, call.made_at, call.saved_at, " ".join(call.data["typed"].get("story", "").split())[:80],
            call.data.get("receipt", ""),
        )
        for call in within(by, mine).order_by("made_at", "id")[:MOST]
    ]  # fmt: skip


def ownerless(*, by: Actor, at: datetime) -> list[Left]:
    """Calls that were begun by people who no longer reach this council: nobody's, and shown without a word of them.

    :raises NotPermitted: `by` may not read contacts
    """
    require(by, Permission.CONTACT_READ, authority=acting_council(by))
    here = {each.id for each in colleagues(by=by, at=at)}
    left = within(by, Draft.objects.filter(form=rules.FORM, ended_at=None)).exclude(owner__in=here)
    rows = list(left.order_by("made_at", "id").values("key", "made_at", "saved_at", "owner")[:MOST])
    known = names({row["owner"] for row in rows}, by=by)
    return [
        Left(
            row["key"], row["made_at"], row["saved_at"], known.get(row["owner"], ""),
            free=at - row["saved_at"] >= IDLE,
        )
        for row in rows
    ]  # fmt: skip


def going_on(contact: Contact, *, by: Actor) -> datetime | None:
    """Since when the call of a contact has been going on; None once it has ended. Part of opening the contact.

    What is said until it ends joins the contact.
    """
    calls = Draft.objects.filter(form=rules.FORM, subject=str(contact.key), ended_at=None)
    return within(by, calls).values_list("made_at", flat=True).first()


def routes(postcodes: Iterable[str], *, at: datetime) -> dict[str, Routed]:
    """Where each typed postcode leads."""
    return {postcode: route(postcode, on=at) for postcode in sorted(set(postcodes))}
