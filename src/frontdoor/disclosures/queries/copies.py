"""Copies for somebody: what goes in to begin with, what the guard says, one opened, and the ledger's lines."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from frontdoor.access.queries import names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.codes import rules as codes
from frontdoor.contacts.models import Contact, Decision, Named
from frontdoor.contacts.queries.decisions import earlier
from frontdoor.contacts.queries.keeping import kept_of
from frontdoor.contacts.queries.ledger import scope_of_contact
from frontdoor.contacts.queries.telling import RISK
from frontdoor.disclosures.models import Copy
from frontdoor.disclosures.rules import copies as rules
from frontdoor.disclosures.rules import grounds
from frontdoor.disclosures.rules.copies import SHARED
from frontdoor.letters import queries as letters
from frontdoor.letters.rules.ledger import Line, Scope, Went, lines
from frontdoor.letters.rules.passages import Passage, Piece, mark, pieces
from frontdoor.shell.rules import day
from frontdoor.trail import actions as trail

AT_RISK = "This person may be harming somebody in the matter, or lives with somebody who may."
UNSAFE = "Something is set down about reaching this person safely. Read it first."


KIND = "disclosures.copy"
MOST = 100
"""Copies of a list: what is released makes room for the rest."""


@dataclass(frozen=True, slots=True)
class Look:
    """What the guard says of a copy at one moment.

    :param reasons: what speaks against giving it to this person, beside the words
    :param digest: the fingerprint of these words and all of that
    """

    passages: tuple[Passage, ...]
    reasons: tuple[str, ...]
    digest: str

    @property
    def clear(self) -> bool:
        return not (self.passages or self.reasons)


def words_of(copy: Copy, *, by: Actor) -> str:
    """The text of a copy, opened where it stands sealed. Part of the act or the opening that records it."""
    return letters.open_words(copy.text, (KIND, copy.key), by=by)


def look(copy: Copy, words: str, *, by: Actor, at: datetime) -> Look:
    """Ask the guard about a copy as things are now. Part of the act or the opening that records it.

    :param words: its text, opened
    """
    kept, near = kept_of([copy.contact_id], by=by)
    said = f"{copy.title}\n{words}\n{copy.relation}"  # who they are is typed too, and is printed at its foot
    found = letters.passages_in(said, kept=kept, near=near, by=by)
    reasons = tuple(_reasons(copy, by=by, at=at))
    return Look(found, reasons, rules.digest(copy.title, words, (mark(found, said), *reasons)))


def _reasons(copy: Copy, *, by: Actor, at: datetime) -> Iterator[str]:
    """Against a person: that they may be a danger, and that something is set down about reaching them."""
    if copy.named_id is None:
        return
    person = within(by, Named.objects.filter(pk=copy.named_id)).first()
    if person is None:
        return
    if person.concern in RISK:
        yield AT_RISK
    rules_kept = letters.rules_of([("contacts.named", person.key)], by=by, at=at)
    if person.safe_contact or rules_kept:
        yield UNSAFE


@dataclass(frozen=True, slots=True)
class OpenCopy:
    """One copy with what the guard says of it now.

    :param text: its words, opened
    """

    copy: Copy
    text: str
    look: Look
    pieces: tuple[Piece, ...]
    names: dict[int, str]

    @property
    def may_go(self) -> bool:
        """Whether it may be printed: nothing speaks against it, or a second person released it as it is found now."""
        released = self.copy.state == rules.State.RELEASED and self.copy.released_digest == self.look.digest
        return self.look.clear or released


def open_copy(key: UUID | str, *, by: Actor, at: datetime) -> OpenCopy:
    """One copy, with its words; opening it leaves an entry.

    :raises NotPermitted: `by` sends nothing
    :raises NotFound: the council acted for has none of that key
    """
    require(by, Permission.LETTER_SEND, authority=acting_council(by))
    copy = within(by, Copy.objects.select_related("contact").filter(key=key)).first()
    if copy is None:
        raise NotFound
    text = words_of(copy, by=by)
    seen = look(copy, text, by=by, at=at)
    shift = len(copy.title) + 1
    inside = [Passage(max(p.starts - shift, 0), max(p.ends - shift, 0), p.kind, p.form, p.why) for p in seen.passages]
    people = {*copy.owners, copy.released_by, copy.refused_by, copy.taken_by, copy.dropped_by}
    known = names({number for number in people if number is not None}, by=by)
    trail.record("disclosures.open_copy", subject=copy, by=by, at=at, found=len(seen.passages))
    return OpenCopy(copy, text, seen, pieces(text, [each for each in inside if each.ends > each.starts]), known)


def contact_of(key: UUID | str, *, by: Actor, at: datetime) -> tuple[Contact, list[Named]]:
    """The contact out of which a copy is made, with the people it names; opening it leaves an entry.

    :raises NotPermitted: `by` sends nothing, or may not read contacts
    :raises NotFound: the council acted for has no such contact
    """
    require(by, Permission.LETTER_SEND, authority=acting_council(by))
    require(by, Permission.CONTACT_READ, authority=acting_council(by))
    contact = within(by, Contact.objects.filter(key=key)).first()
    if contact is None:
        raise NotFound
    trail.record("disclosures.open_contact", subject=contact, by=by, at=at)
    return contact, list(within(by, Named.objects.filter(contact=contact)).order_by("position"))


def begun_text(contact: Contact, parts: Iterable[str], *, by: Actor, at: datetime) -> str:
    """What a copy begins with, for its author to change: never who told us, and no address.

    :raises NotPermitted: what was shared is wanted, and `by` may not see what was disclosed
    """
    wanted, said = set(parts), []
    if SHARED in wanted:
        require(by, Permission.DISCLOSURE_READ, authority=acting_council(by))
    if "told" in wanted:
        said.append(f"What we were told on {day(contact.received_at)}\n{contact.story}")
    if "decided" in wanted:
        said.append("What was decided\n" + ("\n".join(_decided(contact, by=by)) or "Nothing has been decided yet."))
    if "earlier" in wanted:
        before = [f"{day(each.received_on)}: {_outcome(each.outcome)}" for each in earlier(contact, by=by)]
        said.append("Earlier\n" + ("\n".join(before) or "We know of no earlier contact."))
    if SHARED in wanted:
        found = lines(scope_of_contact(contact, by=by), by=by, at=at)
        said.append("What was shared\n" + ("\n".join(map(_in_a_line, found)) or "Nothing was shared."))
    return "\n\n".join(said)[: rules.LONGEST]


def _decided(contact: Contact, *, by: Actor) -> Iterator[str]:
    rows = Decision.objects.select_related("matter__child").filter(matter__contact=contact, voided_at=None)
    for row in within(by, rows).order_by("id"):
        yield f"{row.matter.called}: {_outcome(row.outcome)}."


def _outcome(code: str) -> str:
    return codes.OUTCOMES[code].label if code in codes.OUTCOMES else "Not decided"


def _in_a_line(line: Line) -> str:
    went = {Went.GIVEN: "given to", Went.ASKED: "asked of", Went.NOT_GIVEN: "not given to"}[line.went]
    whom = line.recipient or "somebody whose name is kept apart"
    return f"{day(line.at)}: {line.what}, {went} {whom}. {line.why}".strip()


def copies_of(contact: Contact, *, by: Actor) -> list[Copy]:
    """The copies made out of a contact, the newest first. Part of the page that records it."""
    return list(within(by, Copy.objects.filter(contact=contact)).order_by("-made_at", "-id"))


def waiting(*, mine: bool = False, by: Actor, at: datetime) -> list[Copy]:
    """The copies that wait for a second person, the longest first.

    :param mine: those alone that `by` may release: not begun, written or asked for by them; My work notes them
    :raises NotPermitted: `by` releases nothing
    """
    require(by, Permission.LETTER_RELEASE, authority=acting_council(by))
    rows = Copy.objects.select_related("contact").filter(state=rules.State.WAITING)
    if mine:
        for column in ("made_by", "written_by", "asked_by"):
            rows = rows.exclude(**{column: by.user_id or 0})
    found = list(within(by, rows).order_by("asked_at", "id")[:MOST])
    if not mine:
        trail.record("disclosures.copies_waiting", by=by, at=at, copies=[str(row.key) for row in found])
    return found


def of_copies(scope: Scope, *, by: Actor, at: datetime) -> Iterator[Line]:
    """Copies that were printed, and those that were not given, with why."""
    basis = dict(grounds.BASES)
    for row in within(by, Copy.objects.filter(contact__key__in=scope.contacts)).order_by("id"):
        whom = f"{row.to_name} ({row.relation})"
        how = dict(rules.HOWS)[row.how]
        if row.taken_at:
            why = row.why + (f". Released by a second person: {row.released_why}" if row.released_why else "")
            yield Line(
                at=row.taken_at, went=Went.GIVEN, what=f"A copy: {row.title}", to_whom=whom, agency=row.agency,
                why=why, basis=basis[row.basis], how=how, by=row.taken_by,
            )  # fmt: skip
        if row.refused_at:
            yield Line(
                at=row.refused_at, went=Went.NOT_GIVEN, what=f"A copy: {row.title}", to_whom=whom, agency=row.agency,
                why=f"Not released: {row.refused_why}", basis=basis[row.basis], how=how, by=row.refused_by,
            )  # fmt: skip
        if row.dropped_at:
            yield Line(
                at=row.dropped_at, went=Went.NOT_GIVEN, what=f"A copy: {row.title}", to_whom=whom, agency=row.agency,
                why=row.dropped_why, basis=basis[row.basis], how=how, by=row.dropped_by,
            )  # fmt: skip
