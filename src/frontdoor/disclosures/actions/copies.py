"""A copy for somebody: begun, written, asked for, released by another, printed or not given; what was not shared."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from frontdoor.access.queries import names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import (
    Actor,
    InvalidInput,
    NotFound,
    Permission,
    StepNotAllowed,
    acting_council,
    acting_person,
    require,
    unchanged,
)
from frontdoor.contacts.models import Contact, Named
from frontdoor.disclosures.models import Copy
from frontdoor.disclosures.queries import copies as queries
from frontdoor.disclosures.rules import copies as rules
from frontdoor.disclosures.rules.copies import Step
from frontdoor.letters import actions as letters
from frontdoor.letters import queries as letters_of
from frontdoor.letters.actions.giving import write_given
from frontdoor.letters.models import Given
from frontdoor.letters.rules.ledger import Went
from frontdoor.trail import actions as trail

Key = UUID | str
TELLS_WHERE = "This holds an address that is kept secret. It may stand in the text alone, which is sealed"


@transaction.atomic
def begin_copy(
    contact: Key,
    *,
    how: str,
    named: str = "",
    to_name: str = "",
    relation: str = "",
    agency: str = "",
    why: str,
    basis: str,
    title: str,
    parts: Sequence[str],
    by: Actor,
    at: datetime,
) -> Copy:
    """Begin a copy for one named person; nothing of it goes before the guard has looked.

    :param named: key of somebody whom the contact names; empty for anybody else, or for oneself
    :raises NotFound: the council acted for has no such contact
    :raises NotPermitted: `by` sends nothing
    :raises InvalidInput: with a message by field
    """
    require(by, Permission.LETTER_SEND, authority=acting_council(by))
    require(by, Permission.CONTACT_READ, authority=acting_council(by))
    found = within(by, Contact.objects.filter(key=contact)).first()
    if found is None:
        raise NotFound
    person = within(by, Named.objects.filter(contact=found, key=named)).first() if named else None
    if how == rules.OWN:
        person, to_name, relation = None, names({acting_person(by)}, by=by)[acting_person(by)], "the worker's own paper"
    elif person is not None:
        to_name = person.label
        relation = relation or person.relationship or "named in the contact"
    rules.check_recipient(to_name=to_name, relation=relation, how=how, why=why, basis=basis)
    text = queries.begun_text(found, parts, by=by, at=at) or f"To {to_name.strip()}"
    rules.check_text(title, text)
    _kept_out(to_name=to_name, relation=relation, agency=agency, why=why, title=title, by=by)
    made = Copy(
        authority_id=acting_council(by), contact=found, named=person, own=how == rules.OWN, to_name=to_name.strip(),
        relation=relation.strip(), agency=agency.strip(), how=how, why=why.strip(), basis=basis, title=title.strip(),
        text=text, made_by=acting_person(by), made_at=at, changed_at=at,
    )  # fmt: skip
    _look(made, by=by, at=at)
    made.save(force_insert=True)
    trail.record("disclosures.begin_copy", subject=made, by=by, at=at, clear=made.clear, own=made.own)
    return made


def _taken(key: Key, permission: Permission, *, seen: int, by: Actor) -> Copy:
    locked = Copy.objects.select_for_update(of=("self",), no_key=True).filter(key=key)
    found = within(by, locked).first()
    if found is None:
        raise NotFound
    require(by, permission, authority=found.authority_id)
    unchanged(seen, found.version, {"state": dict(rules.STATES)[rules.State(found.state)]})
    return found


def _look(copy: Copy, *, by: Actor, at: datetime) -> None:
    """Ask the guard. Words in which it finds something stand sealed in the database, the others in clear."""
    words = queries.words_of(copy, by=by)
    found = queries.look(copy, words, by=by, at=at)
    copy.clear, copy.digest = found.clear, found.digest
    if not found.passages:
        copy.text = words
    elif copy.text == words:
        copy.text = letters.seal_words(words, (queries.KIND, copy.key), by=by, at=at)


def _kept_out(*, by: Actor, **typed: str) -> None:
    """What stands in lists and in the ledger holds no address that is kept secret.

    :raises InvalidInput: beside each field that does
    """
    if letters_of.mentions_protected("\n".join(typed.values()), by=by):
        told = {name: TELLS_WHERE for name, words in typed.items() if letters_of.mentions_protected(words, by=by)}
        raise InvalidInput(**(told or dict.fromkeys(typed, TELLS_WHERE)))


def _unreleased(copy: Copy) -> tuple[str, ...]:
    """A release was for what was found then: whoever writes or asks anew has none. Returns the columns."""
    copy.released_by = copy.released_at = None
    copy.released_why = copy.released_digest = ""
    return "released_by", "released_at", "released_why", "released_digest"


def _saved(copy: Copy, *columns: str) -> None:
    copy.version += 1
    copy.save(update_fields=[*columns, "text", "version"])


@transaction.atomic
def write_copy(key: Key, *, seen: int, title: str, text: str, by: Actor, at: datetime) -> Copy:
    """Change the words; what was asked for or released of others falls, since it was for exactly those.

    :raises Conflict: somebody has changed it
    :raises StepNotAllowed: it went, or was not given
    :raises InvalidInput: with a message by field
    """
    copy = _taken(key, Permission.LETTER_SEND, seen=seen, by=by)
    rules.check_text(title, text)
    _kept_out(title=title, by=by)
    copy.state, copy.title, copy.text = rules.after(copy.state, Step.WRITE), title.strip(), text.strip()
    copy.written_by, copy.changed_at = acting_person(by), at
    copy.asked_by = copy.asked_at = None
    copy.asked_why = ""
    _look(copy, by=by, at=at)
    _saved(
        copy, "state", "title", "digest", "written_by", "changed_at", "clear", "asked_by", "asked_at",
        "asked_why", *_unreleased(copy),
    )  # fmt: skip
    trail.record("disclosures.write_copy", subject=copy, by=by, at=at, clear=copy.clear)
    return copy


@transaction.atomic
def ask_release(key: Key, *, seen: int, why: str, by: Actor, at: datetime) -> Copy:
    """Ask a second person to let these words go to this person although the guard found something.

    What was released is asked for anew where the guard has found more since.

    :raises Conflict: somebody has changed it
    :raises StepNotAllowed: nothing speaks against it, it waits already, or it is released as it is found now
    :raises InvalidInput: no reason
    """
    copy = _taken(key, Permission.LETTER_SEND, seen=seen, by=by)
    copy.state = rules.after(copy.state, Step.ASK)
    _look(copy, by=by, at=at)
    if copy.clear:
        raise StepNotAllowed("Nothing speaks against it: it can be printed.")
    if copy.released_digest == copy.digest:
        raise StepNotAllowed("A second person has released it as it stands: it can be printed.")
    copy.asked_by, copy.asked_at, copy.asked_why = acting_person(by), at, _said(why, by=by)
    _saved(copy, "state", "clear", "digest", "asked_by", "asked_at", "asked_why", *_unreleased(copy))
    trail.record("disclosures.ask_release", subject=copy, by=by, at=at, why=copy.asked_why)
    return copy


@transaction.atomic
def release_copy(key: Key, *, seen: int, why: str, by: Actor, at: datetime) -> Copy:
    """Let exactly these words go to this person: another than who wrote them or asked, and with a reason.

    What the guard finds at this moment is what is let pass; what it finds later holds the copy again.

    :raises Conflict: somebody has changed it
    :raises NotPermitted: `by` releases nothing
    :raises InvalidInput: no reason, or it is one's own
    """
    copy = _taken(key, Permission.LETTER_RELEASE, seen=seen, by=by)
    copy.state = rules.after(copy.state, Step.RELEASE)
    rules.check_release(own=copy.owners, releaser=by.user_id)
    _look(copy, by=by, at=at)
    copy.released_by, copy.released_at, copy.released_why = acting_person(by), at, _said(why, by=by)
    copy.released_digest = copy.digest
    _saved(copy, "state", "clear", "digest", "released_by", "released_at", "released_why", "released_digest")
    trail.record("disclosures.release_copy", subject=copy, by=by, at=at, why=copy.released_why)
    return copy


@transaction.atomic
def refuse_copy(key: Key, *, seen: int, why: str, by: Actor, at: datetime) -> Copy:
    """Do not let it go as it stands: a decision not to share, which the ledger keeps.

    :raises Conflict: somebody has changed it
    :raises NotPermitted: `by` releases nothing
    :raises InvalidInput: no reason, or it is one's own
    """
    copy = _taken(key, Permission.LETTER_RELEASE, seen=seen, by=by)
    copy.state = rules.after(copy.state, Step.REFUSE)
    rules.check_release(own=copy.owners, releaser=by.user_id)
    copy.refused_by, copy.refused_at, copy.refused_why = acting_person(by), at, _said(why, by=by)
    _saved(copy, "state", "refused_by", "refused_at", "refused_why")
    trail.record("disclosures.refuse_copy", subject=copy, by=by, at=at, why=copy.refused_why)
    return copy


@transaction.atomic
def take_copy(key: Key, *, seen: int, by: Actor, at: datetime) -> Copy | None:
    """Print it for its person. The guard looks once more: what it finds now and nobody released holds it back.

    :returns: None where the guard holds it: its words are changed then, or a release is asked for
    :raises Conflict: somebody has changed it
    :raises StepNotAllowed: it waits for a second person, or it went already
    """
    copy = _taken(key, Permission.LETTER_SEND, seen=seen, by=by)
    state = rules.after(copy.state, Step.TAKE)
    _look(copy, by=by, at=at)
    if not copy.clear and copy.released_digest != copy.digest:
        _saved(copy, "clear", "digest")
        trail.record("disclosures.held_copy", subject=copy, by=by, at=at)
        return None
    copy.state, copy.taken_by, copy.taken_at = state, acting_person(by), at
    _saved(copy, "state", "clear", "digest", "taken_by", "taken_at")
    trail.record("disclosures.take_copy", subject=copy, by=by, at=at, own=copy.own)
    return copy


@transaction.atomic
def drop_copy(key: Key, *, seen: int, why: str, by: Actor, at: datetime) -> Copy:
    """Decide not to give it, with why: it stays in the ledger.

    :raises Conflict: somebody has changed it
    :raises StepNotAllowed: it went
    :raises InvalidInput: no reason
    """
    copy = _taken(key, Permission.LETTER_SEND, seen=seen, by=by)
    copy.state = rules.after(copy.state, Step.DROP)
    copy.dropped_by, copy.dropped_at, copy.dropped_why = acting_person(by), at, _said(why, by=by)
    _saved(copy, "state", "dropped_by", "dropped_at", "dropped_why")
    trail.record("disclosures.drop_copy", subject=copy, by=by, at=at, why=copy.dropped_why)
    return copy


def _said(why: str, *, by: Actor) -> str:
    if not why.strip():
        raise InvalidInput(why="Say why")
    _kept_out(why=why, by=by)
    return why.strip()[:500]


@transaction.atomic
def decide_not_to_share(
    contact: Key, *, child: str, what: str, to_whom: str, agency: str, why: str, by: Actor, at: datetime
) -> Given:
    """Write down a decision not to share something (Children Act 2004 s16LA(3), and good practice regardless).

    :param child: key of a child whom the contact names; empty for all of them
    :raises NotFound: the council acted for has no such contact, or it names no such child
    :raises NotPermitted: `by` sees no ledger
    :raises InvalidInput: with a message by field
    """
    require(by, Permission.DISCLOSURE_READ, authority=acting_council(by))
    found = within(by, Contact.objects.filter(key=contact)).first()
    if found is None:
        raise NotFound
    about = within(by, Named.objects.filter(contact=found, key=child)).first() if child else None
    if child and about is None:
        raise NotFound
    if not what.strip():
        raise InvalidInput(what="Write what was not shared")
    return write_given(
        ("contacts.contact", found.key), went=Went.NOT_GIVEN, what=what.strip(), to_whom=to_whom, agency=agency,
        why=why, child=about.key if about else None, by=by, at=at,
    )  # fmt: skip
