"""The form of a call: one page, nothing mandatory but something to read."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone

from frontdoor.codes import rules as codes
from frontdoor.contacts.forms.telephone.person import Pair, PersonForm
from frontdoor.contacts.rules import states
from frontdoor.contacts.rules.intake import LONGEST_STORY, MOST_PEOPLE
from frontdoor.contacts.rules.telephone import kept, sentences
from frontdoor.letters.forms import KeepField, SealedField
from frontdoor.shell.forms import (
    Choice,
    EmailField,
    LineField,
    ListField,
    MomentField,
    PickField,
    ProseField,
    TelephoneField,
    TickField,
    offer,
)


class CallForm(forms.Form):
    """Everything of a call but its people."""

    story = ProseField(label="What you are told, as it is told", required=False, most=LONGEST_STORY)

    danger = PickField(label="A child in danger?", choices=states.ANSWERS, required=False)
    where_now = LineField(label="Where is the child now?", required=False, most=300)
    with_whom = LineField(label="With whom?", required=False, most=300)
    until_when = LineField(label="Until when?", required=False, most=300)
    rings = PickField(label="Who rings back?", choices=states.RINGS, required=False)
    ring_whom = LineField(label="Whom, on which number?", required=False, most=300)
    ring_minutes = forms.IntegerField(
        label="Minutes", required=False, min_value=1, max_value=240,
        error_messages={
            "invalid": "Minutes must be a whole number, like 15", "min_value": "Minutes must be 1 or more",
            "max_value": "Minutes must be 240 or fewer",
        },
    )  # fmt: skip
    flag_why = LineField(label="Red flag: why, if not the last worry", required=False, most=300)

    keep = KeepField()
    sealed = SealedField()
    address = LineField(label="Where the family lives", required=False, most=300)
    postcode = LineField(label="Postcode", required=False, most=10)
    happened = MomentField(label="When it happened", required=False, latest=timezone.localdate)

    kind = PickField(
        label="Who rings?", choices=[(row.code, row.label) for row in codes.REFERRER_KINDS if row.code != "anonymous"],
        required=False,
    )  # fmt: skip
    local = ListField(
        label="From where?", choices=[(row.code, row.label) for row in codes.LOCAL_SOURCES], required=False
    )
    identity = PickField(
        label="May the family know the name?",
        choices=[
            ("given", Choice("Yes")),
            ("withheld", Choice("No: gives a name and asks us to keep it back")),
            ("not_given", Choice("Gives no name")),
        ],
        required=False,
    )
    name = LineField(label="Name", required=False)
    role = LineField(label="Job", required=False)
    agency = LineField(label="School or agency", required=False)
    phone = TelephoneField(label="Telephone", required=False)
    email = EmailField(label="E-mail", required=False, max_length=254)
    letter_address = LineField(label="Address", required=False, most=300)
    relationship = LineField(label="Knows the child as", required=False)
    route = ListField(label="How we answer them", choices=codes.FEEDBACK_ROUTES.choices(), required=False)
    route_note = LineField(label="When or how it is not safe", required=False, most=300)
    social_worker = TickField(label="Wants a social worker to ring back", required=False)
    call_when = LineField(label="When is a good time?", required=False)

    family_knows = PickField(label="Does the family know of this call?", choices=states.ANSWERS, required=False)
    agreement = ListField(label="Do they agree?", choices=states.AGREEMENTS, required=False)
    given_by = LineField(label="Who agreed or was asked?", required=False)
    why_not = ListField(
        label="If nobody was asked, why?", required=False,
        choices=[(row.code, row.label) for row in codes.REASONS_NOT_SOUGHT],
    )  # fmt: skip

    worry_type = ListField(
        label="Sort of worry", required=False, initial="cp_concern",
        choices=[(row.code, row.label) for row in codes.contact_kinds("request_for_service")],
    )  # fmt: skip
    information_type = ListField(
        label="What they ask for", required=False,
        choices=[(row.code, row.label) for row in codes.contact_kinds("request_for_information")],
    )  # fmt: skip
    advice = ProseField(label="What you told them", required=False, most=5_000)

    def clean(self) -> dict[str, Any]:
        """What contradicts itself: a way to answer without a number, a professional who keeps back a name."""
        found = super().clean() or {}
        needed = {"email": "email", "phone": "phone", "text": "phone", "letter": "letter_address"}
        wanted = needed.get(found.get("route", ""))
        if wanted and not found.get(wanted) and wanted not in self.errors:
            self.add_error(wanted, _NEEDED[wanted])
        if found.get("social_worker") and not found.get("phone") and "phone" not in self.errors:
            self.add_error("phone", "Enter a telephone number, so that a social worker can ring back")
        if found.get("identity") == "withheld" and self.speaks_as(found) == "professional":
            self.add_error("identity", "A professional's name is not kept back: choose “Yes” or “Gives no name”")
        return found

    @staticmethod
    def speaks_as(found: Mapping[str, Any]) -> str:
        """In which part the caller speaks; that of the place they ring from where nothing else was said."""
        local = codes.LOCAL_SOURCES.get(found.get("local", ""))
        return str(found.get("kind") or (local.kind if local else "")) or "public"


_NEEDED = {
    "email": "Enter an e-mail address, or choose another way to answer",
    "phone": "Enter a telephone number, or choose another way to answer",
    "letter_address": "Enter the address for the letter, or choose another way to answer",
}


class MarkForm(forms.Form):
    """Which sentence is marked as what, chosen on a page of its own."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    kind = PickField(label="What is it?", choices=states.STATEMENT_KINDS, missing="Choose what it is")
    sentence = PickField(label="Which sentence?", choices=[], missing="Choose a sentence")

    def __init__(self, *args: Any, story: str, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(
            self, "sentence",
            ((f"{starts}-{ends}", Choice(story[starts:ends])) for starts, ends in sentences(story)),
        )  # fmt: skip

    def clean_sentence(self) -> tuple[int, int]:
        """Where the sentence starts and ends."""
        starts, _, ends = self.cleaned_data["sentence"].partition("-")
        return int(starts), int(ends)


class ReachedForm(forms.Form):
    """What came of a call back on which a child's safety hung."""

    outcome = LineField(label="What came of it, in one line", missing="Write in one line what came of it", most=300)


@dataclass(frozen=True, slots=True)
class Form:
    """A call's form with those of its people."""

    call: CallForm
    people: tuple[PersonForm, ...]

    @property
    def all(self) -> list[forms.Form]:
        """Every form, in the order of the page."""
        return [self.call, *self.people]

    def is_valid(self) -> bool:
        """Whether everything that was typed can be read; each form is asked."""
        answers = [each.is_valid() for each in self.all]
        return all(answers)


_ROW = re.compile(r"people-(\d{1,2})-")


def _rows(data: Mapping[str, Any]) -> int:
    found = (int(row[1]) for name in data if (row := _ROW.match(name)))
    return min(max(found, default=-1) + 1, MOST_PEOPLE)


def prefix(row: int) -> str:
    """What the names of a person's inputs begin with."""
    return f"people-{row}"


def sent(data: Mapping[str, Any], *, councils: Iterable[Pair] = (), of: type[CallForm] = CallForm) -> Form:
    """The form as it was sent, to be read.

    :param of: the form of everything but the people
    """
    return Form(of(data), tuple(_people(data, _rows(data), list(councils))))


def people_sent(data: Mapping[str, Any]) -> tuple[PersonForm, ...]:
    """The people alone, to be looked for while the call goes on."""
    return tuple(_people(data, _rows(data), []))


def _people(data: Mapping[str, Any], rows: int, councils: list[Pair]) -> Iterable[PersonForm]:
    return (PersonForm(data, prefix=prefix(row), councils=councils) for row in range(rows))


def shown(
    data: Mapping[str, str],
    *,
    councils: Iterable[Pair] = (),
    minutes: int | None = None,
    of: type[CallForm] = CallForm,
    least: int = 1,
) -> Form:
    """The form with what a draft holds, half-typed values too, and one more row for a person.

    :param of: the form of everything but the people
    :param least: rows for people that stand there at least
    :param minutes: what stands in "within how many minutes" where nobody has typed another number
    """
    offered = list(councils)
    call = of(initial=_initial(of(), data))
    if minutes is not None and "ring_minutes" not in data:
        call.initial["ring_minutes"] = minutes
    people: list[PersonForm] = []
    for row in range(min(max(_rows(data) + 1, least), MOST_PEOPLE)):
        form = PersonForm(prefix=prefix(row), councils=offered)
        form.initial = _initial(form, data)
        if row >= least and not _said(people[-1]) and not form.initial:
            break
        people.append(form)
    return Form(call, tuple(people))


def _said(form: PersonForm) -> bool:
    """Whether a row says somebody: more than a kind."""
    return any(value not in ("", None, {}) and any(value.values() if isinstance(value, dict) else [value])
               for name, value in form.initial.items() if name != "kind")  # fmt: skip


def _initial(form: forms.Form, data: Mapping[str, str]) -> dict[str, Any]:
    """What was typed, field by field, as each widget reads it; fields that were never sent keep their own."""
    read = {}
    for name, field in form.fields.items():
        html = form.add_prefix(name)
        if not field.widget.value_omitted_from_data(data, {}, html) or isinstance(field, TickField):
            read[name] = field.widget.value_from_datadict(data, {}, html)
    return {name: value for name, value in read.items() if value not in (None, False)}


def _names(form: forms.Form) -> set[str]:
    """The names of a form's inputs."""
    names = set()
    for name, field in form.fields.items():
        html = form.add_prefix(name)
        parts = getattr(field.widget, "names", ())
        names |= {f"{html}-{part}" for part in parts} if parts else {html}
    return names


_OF_CALL = _names(CallForm())
_OF_PERSON = _names(PersonForm(prefix=prefix(0)))


def typed(data: Mapping[str, str]) -> dict[str, str]:
    """What a draft keeps of a request: the inputs of this form and nothing else, as they were typed."""
    return {name: kept(str(data[name])) for name in data if name in _OF_CALL or _of_person(name)}


def _of_person(name: str) -> bool:
    row = _ROW.match(name)
    if row is None or int(row[1]) >= MOST_PEOPLE:
        return False
    return prefix(0) + name[row.end() - 1 :] in _OF_PERSON
