"""Search over all councils reached, one after the other: people with their families, and contacts exactly."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.crypto import salted_hmac

from frontdoor.access.queries import Place
from frontdoor.actors.rules import Actor, Permission
from frontdoor.contacts.queries import people as contacts
from frontdoor.contacts.queries import searching
from frontdoor.contacts.queries.history import Past
from frontdoor.contacts.queries.searching import Hit, Wanted
from frontdoor.desk.queries.councils import each
from frontdoor.matching.queries.searching import meant, search
from frontdoor.matching.queries.searching_families import Family, families
from frontdoor.matching.rules.searching import Question
from frontdoor.people.pages.index_new import new_href
from frontdoor.people.queries.feeding import Feed, open_to
from frontdoor.people.queries.restricting import neutral
from frontdoor.people.rules.restricting import WhomToCall
from frontdoor.shell.rules import london
from frontdoor.trail import actions as trail


@dataclass(frozen=True, slots=True)
class Found:
    """One contact that a search found."""

    place: Place
    hit: Hit


@dataclass(frozen=True, slots=True)
class InCouncil:
    """The people whom one council knows, with their families.

    :param past: by number of a person their newest contacts
    :param feed: to whom they are open; None where nobody is shown
    :param call: whom to call where a record that few may open may be meant
    :param new: where somebody is written down who was not found; empty for those who may not
    """

    place: Place
    families: tuple[Family, ...]
    more: bool
    past: Mapping[int, tuple[Past, ...]]
    feed: Feed | None
    call: tuple[WhomToCall, ...]
    new: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search found: people by council, and the newest fifty contacts of all."""

    people: tuple[InCouncil, ...]
    contacts: tuple[Found, ...]
    more: bool


def find(councils: tuple[Place, ...], question: Question, wanted: Wanted | None, *, by: Actor, at: datetime) -> Answer:
    """People, whole families together, and contacts by number, day, or exact name, birth date or address.

    Referrers are never searched. The settled question leaves one entry a council: its keyed digest, folded, so that no
    name stands there, with everybody and every contact that was shown.

    :param wanted: which contacts; None while somebody still types, when people alone are looked for
    """
    digest = salted_hmac("desk.search", f"{question.settled}{wanted.settled if wanted else ''}", algorithm="sha256")
    people, found = [], []
    with each(councils, by=by) as turns:
        for place, acting in turns:
            if acting.may(Permission.PERSON_READ):
                people.append(_people(place, question, by=acting, at=at))
            if wanted is not None and acting.may(Permission.CONTACT_SEARCH):
                found += [Found(place, hit) for hit in searching.search(wanted, by=acting)]
    found.sort(key=lambda row: row.hit.received_at, reverse=True)
    shown = found[: searching.MOST]
    with each(councils, by=by) as turns:
        for place, acting in turns:
            if acting.may(Permission.PERSON_READ):
                trail.record(
                    "desk.search", by=acting, at=at, query=digest.hexdigest(), typing=wanted is None,
                    contacts=[str(row.hit.key) for row in shown if row.place == place] + _past(people, place),
                    people=[str(member.line.key) for here in people if here.place == place
                            for family in here.families for member in family.members],
                )  # fmt: skip
    return Answer(tuple(people), tuple(shown), len(found) > searching.MOST)


def _past(people: Collection[InCouncil], place: Place) -> list[str]:
    """Keys of the earlier contacts that stand beside people."""
    known = [lines for here in people if here.place == place for lines in here.past.values()]
    shown = [each.contact for lines in known for each in lines[:1]]
    return list(dict.fromkeys(map(str, shown)))


def _people(place: Place, question: Question, *, by: Actor, at: datetime) -> InCouncil:
    """The families of one council, of those found the best first."""
    on = london(at).date()
    found = search(question, by=by, on=on)
    groups = tuple(families(found.hits, by=by, on=on))
    shown = {member.line.id for family in groups for member in family.members}
    past = contacts.past(shown, by=by)
    return InCouncil(
        place, groups, found.more, past, open_to(shown, by=by, at=at) if shown else None,
        tuple(_call(found.unseen, question, by=by, on=on, at=at)),
        new_href(place.slug, by=by, at=at) if question.enough and by.may(Permission.PERSON_KEEP) else "",
    )  # fmt: skip


def _call(unseen: frozenset[int], question: Question, *, by: Actor, on: date, at: datetime) -> list[WhomToCall]:
    """Whom to call, where somebody may be meant whom the reader may not see."""

    def judge(people: frozenset[int], *, by: Actor) -> Collection[int]:
        return meant(question, people, by=by, on=on)

    return neutral(unseen, by=by, at=at, judge=judge)
