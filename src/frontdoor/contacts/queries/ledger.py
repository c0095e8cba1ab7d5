"""What contacts have for the ledger: who of a family was told or not, what was asked of whom, whose ledger it is."""

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor
from frontdoor.contacts.models import Contact, Matter, Named, Question, Telling
from frontdoor.contacts.queries.safe import NAMED
from frontdoor.contacts.rules import family as rules
from frontdoor.contacts.rules.states import CHILD_KINDS
from frontdoor.letters.rules.ledger import Line, Scope, Went
from frontdoor.matching.queries.linked import people_of, subjects_of


def scope_of_contact(contact: Contact, *, by: Actor) -> Scope:
    """The ledger of the children of one contact: with every contact that is confirmed to be about one of them."""
    mine = within(by, Named.objects.filter(contact=contact, kind__in=CHILD_KINDS)).values_list("key", flat=True)
    keys = set(mine)
    people = set(people_of(list(keys), by=by).values())
    return _scope(keys | set(subjects_of(people, kind=NAMED, by=by)), {contact.pk}, by=by)


def scope_of_person(person: int, *, by: Actor) -> Scope:
    """The ledger of one person: every contact that is confirmed to be about them."""
    return _scope(set(subjects_of([person], kind=NAMED, by=by)), set(), by=by)


def _scope(named: Collection[UUID], contacts: set[int], *, by: Actor) -> Scope:
    rows = list(within(by, Named.objects.select_related("contact").filter(key__in=named)))
    numbers = contacts | {row.contact_id for row in rows}
    matters = within(by, Matter.objects.filter(contact__in=numbers)).values_list("key", flat=True)
    tellings = within(by, Telling.objects.filter(matter__contact__in=numbers)).values_list("key", flat=True)
    questions = within(by, Question.objects.filter(contact__in=numbers)).values_list("key", flat=True)
    keys = frozenset(within(by, Contact.objects.filter(pk__in=numbers)).values_list("key", flat=True))
    parts = frozenset(matters) | frozenset(tellings) | frozenset(questions)
    return Scope({row.key: row.label for row in rows}, keys, keys | parts)


def of_questions(scope: Scope, *, by: Actor, at: datetime) -> Iterator[Line]:
    """What was asked of the referrer or of an agency about these contacts: who asks, tells."""
    for row in within(by, Question.objects.filter(contact__key__in=scope.contacts)).order_by("id"):
        yield Line(
            at=row.asked_at, went=Went.ASKED, what="A question about what was told", to_whom=row.asked_of,
            why="To screen the contact", by=row.asked_by,
        )  # fmt: skip


def of_family(scope: Scope, *, by: Actor, at: datetime) -> Iterator[Line]:
    """Who of the family was told in person or on the telephone, and who was not, with a manager's reason."""
    rows = Telling.objects.select_related("matter__child", "person").filter(matter__contact__key__in=scope.contacts)
    for row in within(by, rows).order_by("id"):
        child = row.matter.child
        if child is not None and child.key not in scope.named:
            continue
        whom, about = row.person.label, child.label if child else ""
        relation = row.person.relationship or ("child" if row.person.kind in CHILD_KINDS else "adult")
        what = "What was decided" if row.decision else "That something arrived"
        if row.state == rules.State.NOT_TOLD and row.refused_at:
            why = ". ".join(filter(None, (dict(rules.WHY_NOT).get(row.why_not, ""), row.why_words)))
            yield Line(
                at=row.refused_at, went=Went.NOT_GIVEN, what=what, about=about, to_whom=f"{whom} ({relation})", why=why,
                by=row.refused_by,
            )  # fmt: skip
        elif row.state == rules.State.TOLD and row.told_at and row.how != rules.How.LETTER:
            yield Line(
                at=row.told_at, went=Went.GIVEN, what=what, about=about, to_whom=f"{whom} ({relation})",
                why="Families are told unless it raises risk", how=dict(rules.HOWS).get(row.how, ""), by=row.told_by,
            )  # fmt: skip
