"""What pages show of other councils' records of the same incident: a number, a word, whom to call."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from frontdoor.actors.rules import Actor
from frontdoor.contacts.models import Contact, Named
from frontdoor.contacts.queries.beside import Beside, Choosing, passed_children, references
from frontdoor.contacts.rules import beside as rules
from frontdoor.councils import queries as councils
from frontdoor.shell.pages import Row, reference, tag, text
from frontdoor.shell.rules import moment

COLUMNS = ("Council", "Their record", "Stands", "Call them")
OPENS = {rules.CONTACT: "contacts:detail", rules.ENQUIRY: "mash:enquiry"}


@dataclass(frozen=True, slots=True)
class Panel:
    """The part of a record's page.

    :param passed: which children were passed from here, to whom, when and why
    """

    rows: tuple[Row, ...]
    passed: tuple[str, ...] = ()


def rows(found: Iterable[Beside]) -> tuple[Row, ...]:
    """References as a table; only who reaches the other council too gets a way to the record itself."""
    return tuple(_row(each) for each in found)


def _row(each: Beside) -> Row:
    record = text(each.number, below=each.what)
    if each.key is not None:
        record = reference(each.number, reverse(OPENS[each.kind], args=[each.council.slug, each.key]), below=each.what)
    return Row((
        text(each.council.name), record, tag(each.words, rules.TONES[each.word]),
        text(each.council.phone_professionals, below=f"told {moment(each.at)}"),
    ))  # fmt: skip


def panel(contact: Contact, slug: str, *, by: Actor, at: datetime) -> Panel | None:
    """What stands beside a contact in another council, and whom of it we passed there."""
    if contact.mirror is None:
        return None
    gone = passed_children(contact, by=by)
    names = {number: councils.council(number).name for number in {each.shared.council for each in gone}}
    words = tuple(
        f"{each.named.label} was passed to {names[each.shared.council]} on {moment(each.at)}: {each.why}"
        for each in gone
    )
    return Panel(rows(references([contact.mirror], by=by)), words)


def people(found: Choosing) -> list[tuple[str, str]]:
    """Who may be chosen, each with who they are; the postcode says of whom it is likely."""
    names = {place.pk: place.name for place in found.councils}
    return [*((str(each.key), _child(each, found, names)) for each in found.children),
            *((str(each.key), f"{each.label}, {each.relationship or 'adult'}") for each in found.adults)]  # fmt: skip


def _child(child: Named, found: Choosing, names: dict[int, str]) -> str:
    there = found.there.get(child.key)
    return f"{child.label}, child" + (f": the postcode is in {names[there]}" if there in names else "")


def first(found: Choosing) -> dict[str, object]:
    """What the form begins with: the children whose postcode is another council's, and that council."""
    council = next(iter(found.there.values()), found.councils[0].pk if len(found.councils) == 1 else "")
    likely = [str(key) for key, number in found.there.items() if number == council]
    everybody = len(likely) == len(found.children)
    return {"council": str(council), "people": [] if everybody else likely, "seen": found.contact.version}
