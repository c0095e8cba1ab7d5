"""Two contacts of one incident in two councils: tied together here, and bare references told to the other side."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db.models import OuterRef, Subquery

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission, acting_council, require
from frontdoor.contacts.models import Contact, Reference, ReferenceSent, Shared
from frontdoor.contacts.rules import beside as rules
from frontdoor.councils.queries import councils
from frontdoor.handovers import queries as handovers
from frontdoor.handovers.queries import Slip
from frontdoor.handovers.rules import State
from frontdoor.trail import actions as trail


def mirrored(contact: Contact) -> UUID:
    """The mark that a contact shares with those of other councils about the same incident; made where it has none."""
    if contact.mirror is None:
        contact.mirror = uuid4()
        contact.save(update_fields=["mirror"])
    return UUID(str(contact.mirror))


def tie(contact: Contact, *, council: int, slip: UUID, ours: bool, by: Actor, at: datetime) -> Shared | None:
    """Write down that another council has a contact of the same incident. Part of the act that passes or receives.

    :param ours: whether this council gave the slip
    :returns: None where nobody of that council works here, so that nothing can be told
    """
    if council not in {found.pk for found in councils(on=at)}:
        return None
    mirror = mirrored(contact)
    shared, _ = Shared.objects.update_or_create(
        authority_id=contact.authority_id, contact=contact, council=council,
        defaults={"slip": slip, "withdrawn_at": None}, create_defaults={
            "mirror": mirror, "slip": slip, "ours": ours, "at": at,
        },
    )  # fmt: skip
    tell_contact(shared, by=by, at=at)
    return shared


def withdrawn(slip: Slip, *, by: Actor, at: datetime) -> None:
    """What was passed was taken back: the other council is told so by one word. Part of the act that takes it in.

    Where more of the same contact was passed there, and stands, nothing is told: the incident is theirs still.
    """
    ours = Shared.objects.select_related("contact").filter(
        contact__key=slip.subject_key, council=slip.to_authority_id, ours=True, withdrawn_at=None
    )
    for shared in within(by, ours):
        passed = handovers.slips_of(slip.subject_kind, [slip.subject_key], by=by)[slip.subject_key]
        if any(each.to_authority_id == shared.council and each.state is not State.WITHDRAWN for each in passed):
            continue
        shared.withdrawn_at = at
        shared.save(update_fields=["withdrawn_at"])
        tell_contact(shared, by=by, at=at)


def tell_contact(shared: Shared, *, by: Actor, at: datetime) -> bool:
    """Tell the other council where the contact stands, if it was not told that already; whether it was told now."""
    contact = shared.contact
    word = rules.contact_word(contact.state, withdrawn=shared.withdrawn_at is not None)
    return tell(shared, rules.CONTACT, contact.key, number=contact.receipt, word=word, by=by, at=at)


def tell(shared: Shared, kind: str, record: UUID, *, number: str, word: str, by: Actor, at: datetime) -> bool:
    """Tell the other council that a record of the incident stands here: number and word, and nothing of what is in it.

    :param kind: a code of `rules.KINDS`
    :param word: a code of `rules.WORDS`
    :returns: whether it was told; False where it has no number yet, or was told the same before
    """
    last = within(by, ReferenceSent.objects.filter(shared=shared, kind=kind, record=record)).order_by("-id").first()
    if not number or (last is not None and last.word == word):
        return False
    if last is not None:
        at = max(at, last.at + timedelta(microseconds=1))  # who is told keeps no order but the time
    sent = ReferenceSent(
        authority_id=shared.authority_id, shared=shared, kind=kind, record=record, number=number, word=word, at=at
    )
    sent.save(force_insert=True)
    Reference.objects.create(
        id=sent.key, authority_id=shared.council, from_authority_id=shared.authority_id, mirror=shared.mirror,
        kind=kind, record=record, number=number, word=word, at=at,
    )  # fmt: skip
    trail.record(
        "contacts.tell_council", subject=shared.contact, by=by, at=at, to_council=shared.council, kind=kind, word=word
    )
    return True


def tell_all(*, by: Actor, at: datetime) -> int:
    """Tell every other council what has changed of contacts that share an incident with one of theirs, once a minute.

    :returns: how many words were told
    """
    require(by, Permission.HANDOVER_ANSWER, authority=acting_council(by))
    sent = ReferenceSent.objects.filter(shared=OuterRef("pk"), kind=rules.CONTACT, record=OuterRef("contact__key"))
    rows = Shared.objects.select_related("contact").annotate(last=Subquery(sent.order_by("-id").values("word")[:1]))
    changed = [
        shared
        for shared in within(by, rows).order_by("id")
        if shared.last != rules.contact_word(shared.contact.state, withdrawn=shared.withdrawn_at is not None)
    ]
    return sum(tell_contact(shared, by=by, at=at) for shared in changed)
