"""Finding contacts by number, or by somebody in them, exactly: equality on stored keys alone."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission, acting_council, require
from frontdoor.contacts.models import Contact, Matter, Named, Receipt
from frontdoor.contacts.rules.intake import PersonGiven, folded, match_name
from frontdoor.contacts.rules.screening import receipt_given
from frontdoor.matching.queries.linked import unnamed
from frontdoor.shell.rules import LONDON

MOST = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; each part that is given narrows it, and a number stands for itself.

    :param came: the day in London on which the contact came
    """

    receipt: str = ""
    given_name: str = ""
    family_name: str = ""
    born: date | None = None
    postcode: str = ""
    came: date | None = None

    @property
    def empty(self) -> bool:
        return not (self.receipt or self.family_name or self.born or self.postcode or self.came)

    @property
    def settled(self) -> str:
        """The question as it is compared: folded, so that the same question has the same digest."""
        names = (folded(self.given_name), folded(self.family_name), folded(self.postcode))
        return repr((folded(self.receipt), *names, str(self.born), str(self.came)))


@dataclass(frozen=True, slots=True)
class Hit:
    """One contact found.

    :param outcomes: what was decided, as codes
    """

    key: UUID
    receipt: str
    received_at: datetime
    sub_type: str
    state: str
    people: tuple[str, ...]
    outcomes: tuple[str, ...]


def search(wanted: Wanted, *, by: Actor) -> list[Hit]:
    """Contacts of the council, the newest first: at most fifty, and one more where there are more.

    A restricted record leads to no contact and is named beside none for whoever may not open it, as in the search for
    people: by its number the contact is found all the same.

    It leaves no entry: whoever shows the rows does.

    :raises NotPermitted: `by` may not search contacts
    """
    require(by, Permission.CONTACT_SEARCH, authority=acting_council(by))
    if wanted.empty:
        return []
    rows = list(within(by, _contacts(wanted, by=by)).defer("story").order_by("-received_at", "-id")[: MOST + 1])
    people: dict[int, list[str]] = {row.pk: [] for row in rows}
    outcomes: dict[int, list[str]] = {row.pk: [] for row in rows}
    named = list(within(by, Named.objects.filter(contact__in=rows).order_by("position")))
    kept = unnamed([person.key for person in named])
    for person in named:
        if person.key not in kept:
            people[person.contact_id].append(person.label)
    decided = within(by, Matter.objects.filter(contact__in=rows)).exclude(outcome="").order_by("id")
    for number, outcome in decided.values_list("contact_id", "outcome"):
        outcomes[number].append(outcome)
    return [
        Hit(
            row.key, row.receipt, row.received_at, row.sub_type, row.get_state_display(), tuple(people[row.pk]),
            tuple(dict.fromkeys(outcomes[row.pk])),
        )
        for row in rows
    ]  # fmt: skip


def _contacts(wanted: Wanted, *, by: Actor) -> QuerySet[Contact]:
    if wanted.receipt:
        number = receipt_given(wanted.receipt.strip())
        if number is None or number.authority != by.authority:
            return Contact.objects.none()
        given = within(by, Receipt.objects.filter(channel=number.channel, number=number.number))
        return Contact.objects.filter(submission_id__in=given.values("submission_id"))
    found = Contact.objects.filter(_on(wanted.came, "received_at"))
    if wanted.family_name or wanted.born or wanted.postcode:
        found = found.filter(pk__in=_named(wanted, by=by))
    return found


def _on(day: date | None, column: str) -> Q:
    """The instants of one day in London."""
    if day is None:
        return Q()
    begins, ends = (datetime.combine(each, time(), LONDON) for each in (day, day + timedelta(days=1)))
    return Q(**{f"{column}__gte": begins, f"{column}__lt": ends})


def _named(wanted: Wanted, *, by: Actor) -> list[int]:
    """Numbers of contacts that name somebody like this; each part given narrows it."""
    found = within(by, Named.objects.filter(_on(wanted.came, "contact__received_at")).order_by("-contact_id"))
    if wanted.given_name and wanted.family_name:
        person = PersonGiven("child", given_name=wanted.given_name, family_name=wanted.family_name)
        found = found.filter(match_name=match_name(person))
    elif wanted.family_name:
        found = found.filter(match_family=folded(wanted.family_name))
    if wanted.born:
        found = found.filter(date_of_birth=wanted.born)
    if wanted.postcode:
        found = found.filter(match_postcode=folded(wanted.postcode))
    rows = list(found.values_list("contact_id", "key")[: MOST * 4])
    kept = unnamed([key for _, key in rows])
    return list(dict.fromkeys(contact for contact, key in rows if key not in kept))
