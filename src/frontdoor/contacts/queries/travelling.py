"""The page that travels with a child: put together from marked sentences, never generated, and without the referrer."""

from collections.abc import Sequence
from datetime import date, datetime

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor
from frontdoor.codes import rules as codes
from frontdoor.contacts.models import Contact, Decision, Matter, Named, Recommendation, Referrer, Statement
from frontdoor.contacts.queries.decisions import earlier
from frontdoor.contacts.rules import decisions as rules
from frontdoor.contacts.rules.passing_on import Teller, without_tellers
from frontdoor.contacts.rules.states import CHILD_KINDS
from frontdoor.handovers.rules import Need, Page, Person, Response, Sentence, on_one_side
from frontdoor.shell.rules import day, moment


def travelling_page(
    matter: Matter, decision: Decision, *, actions: tuple[rules.Action, ...] = (), by: Actor, at: datetime
) -> Page:
    """The page of one child: family, what we were told and did, own words, the worst worry, what must happen when."""
    contact, recommendation = matter.contact, decision.recommendation
    marked = list(within(by, Statement.objects.filter(contact=contact).select_related("named").order_by("id")))
    people = list(within(by, Named.objects.filter(contact=contact).order_by("position")))
    page = Page(
        family=tuple(Person(person.label, who(person, on=at.date())) for person in people),
        worries=_sentences(marked, "worry") or (Sentence(recommendation.means),),
        own_words=_own_words(marked, recommendation),
        must_happen=_needs(decision, actions),
        done=tuple(_responses(contact, by=by)),
        told=_told(contact, marked),
        unheard="" if recommendation.voice else recommendation.voice_missing,
    )
    return without_tellers(on_one_side(page), tellers(contact, people, by=by))


def page_so_far(contact: Contact, *, by: Actor, at: datetime) -> Page:
    """What a contact itself says of its family, before anything is decided on it; not cut, and with who told us."""
    marked = list(within(by, Statement.objects.filter(contact=contact).select_related("named").order_by("id")))
    people = within(by, Named.objects.filter(contact=contact).order_by("position"))
    return Page(
        family=tuple(Person(person.label, who(person, on=at.date())) for person in people),
        worries=_sentences(marked, "worry"), own_words=_sentences(marked, "own_words"),
        done=tuple(_responses(contact, by=by)), told=_told(contact, marked),
    )  # fmt: skip


def tellers(contact: Contact, people: Sequence[Named], *, by: Actor) -> list[Teller]:
    """Who told us, so that no sentence carries them along; whoever is one of the family is known by their name."""
    family = {person.label.casefold() for person in people}
    found = within(by, Referrer.objects.filter(contact=contact)).values_list("name", "phone", "email", "address")
    return [
        Teller("", phone, email) if name.casefold() in family else Teller(name, phone, email, address)
        for name, phone, email, address in found
    ]


def who(person: Named, *, on: date) -> str:
    """Who somebody is, in a few words: age, sex or relationship, and whether they live with the child."""
    if person.kind in CHILD_KINDS:
        sex = {"M": "boy", "F": "girl"}.get(person.sex, "child")
        return f"{sex}, {age_in_words(person, on=on)}"
    lives = {True: "lives with the child", False: "lives elsewhere"}.get(person.lives_with, "")  # type: ignore[arg-type]  # None is a third answer
    return ", ".join(part for part in (person.relationship or "adult", lives) if part)


def age_in_words(person: Named, *, on: date) -> str:
    """An age as far as it is known: from a birth date, as somebody guessed it, or the date a baby is expected."""
    if person.date_of_birth:
        born = person.date_of_birth
        return str(on.year - born.year - ((on.month, on.day) < (born.month, born.day)))
    if person.expected_on:
        return f"expected {day(person.expected_on)}"
    return f"about {person.approximate_age}" if person.approximate_age is not None else "age not known"


def _sentences(marked: list[Statement], kind: str) -> tuple[Sentence, ...]:
    return tuple(
        Sentence(statement.words, said_by=statement.named.label if statement.named else "", source=str(statement.key))
        for statement in marked
        if statement.kind == kind
    )


def _own_words(marked: list[Statement], recommendation: Recommendation) -> tuple[Sentence, ...]:
    return _sentences(marked, "own_words") or ((Sentence(recommendation.voice),) if recommendation.voice else ())


def _told(contact: Contact, marked: list[Statement]) -> tuple[Sentence, ...]:
    strengths = _sentences(marked, "strength")
    return (Sentence(contact.story), *strengths) if contact.story else strengths


def _needs(decision: Decision, actions: tuple[rules.Action, ...]) -> tuple[Need, ...]:
    needs = tuple(Need(action.what, moment(action.due_at), action.owner_name) for action in actions)
    return needs or ((Need(decision.direction, "as directed"),) if decision.direction else ())


def _responses(contact: Contact, *, by: Actor) -> list[Response]:
    return [
        Response(f"{day(each.received_on)}: {codes.OUTCOMES[each.outcome].label if each.outcome else 'not decided'}")
        for each in earlier(contact, by=by)[-6:]
    ]
