"""What is typed about a person, as clean values: a form for each kind of fact, all ending with where it is from."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from frontdoor.people.models import Birth, Caution, Fact, Identifier, Name, Recorded, Residence
from frontdoor.people.rules import index as kinds
from frontdoor.people.rules import index_rows as rules
from frontdoor.people.rules.identifiers import TRACES
from frontdoor.people.rules.index_rows import Source
from frontdoor.shell.forms import (
    Choice,
    DayField,
    LineField,
    ListField,
    PickField,
    PickManyField,
    ProseField,
    TickField,
)

SOURCES = [
    ("worker", Choice("I know it from my own work", hint="A visit, a call or a meeting")),
    ("family", Choice("The child or the family said so")),
    ("contact", Choice("Somebody who contacted us said so", hint="Do not write who: write what they are")),
    ("register", Choice("A register or a document", hint="A birth certificate, the school roll, the NHS")),
    ("system", Choice("The council's case system")),
]


class Seen(forms.Form):
    """Carries the version of the record that was read."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class From(Seen):
    """Where a fact is from, and since when it is so; every form about a fact ends with it."""

    since = DayField(
        label="From when?",
        subject="The first day",
        required=False,
        latest=timezone.localdate,
        help_text="Leave empty what nobody knows",
    )
    until = DayField(
        label="Until when?",
        subject="The last day",
        required=False,
        latest=timezone.localdate,
        help_text="Only where it is no longer so",
    )
    source_kind = PickField(label="Where is this from?", choices=SOURCES, missing="Say where this is from")
    source = LineField(
        label="Who or what exactly?", most=120, required=False,
        help_text="For example Larkspur Fen Primary School, or birth certificate. Never the name of who told us.",
    )  # fmt: skip
    model: type[Recorded]
    given: tuple[str, ...] = ()
    fixed: dict[str, str] = {}
    timeless: tuple[str, ...] = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.order_fields([*self.given, "since", "until", "source_kind", "source", "why", "seen"])
        for name in self.timeless:
            del self.fields[name]

    def row(self) -> Recorded:
        """The fact as it was typed, unsaved."""
        said = {name: self.cleaned_data.get(name) for name in (*self.given, "since", "until")}
        if isinstance(said.get("value"), date):
            said["value"] = str(said["value"])
        return self.model(**{name: value for name, value in said.items() if value is not None} | self.fixed)

    def sealed(self) -> str:
        """What is to be kept sealed of it; of most facts nothing."""
        return ""

    def where_from(self) -> Source:
        """Where it is from."""
        return Source(self.cleaned_data["source_kind"], self.cleaned_data.get("source", ""))


class NameForm(From):
    """One name, in as many parts as it has."""

    model = Name
    given = ("kind", "given_name", "middle_names", "patronymic", "family_name", "latin", "title")

    kind = PickField(
        label="What sort of name is it?", missing="Choose what sort of name it is",
        choices=[(code, words) for code, words in kinds.NAME_KINDS if code != "unborn"],
    )  # fmt: skip
    given_name = LineField(label="Given name", most=110, required=False, help_text="A name of one part stands here")
    middle_names = LineField(label="Middle names", most=110, required=False)
    patronymic = LineField(
        label="Patronymic", most=110, required=False, help_text="A name after the father, such as Ivanovich"
    )
    family_name = LineField(label="Family name", most=110, required=False)
    latin = LineField(
        label="In Latin letters, if it is written in others", most=220, required=False,
        help_text="As the person or their papers write it; otherwise it is carried over letter by letter",
    )  # fmt: skip
    title = LineField(label="Title", most=20, required=False)


class BirthForm(From):
    """When somebody was born or is expected, and how that is known."""

    model = Birth
    given = ("basis", "day", "grounds")
    timeless = ("since", "until")

    basis = PickField(
        label="How is it known?", missing="Say how the date is known",
        choices=[
            ("known", Choice("Known", hint="From a document, or from people who know")),
            ("estimated", Choice("Estimated", hint="Of a day that nobody knows the 15th of the month stands for it")),
            ("disputed", Choice("Disputed", hint="Enter what the person says first, then what was assessed")),
            ("expected", Choice("Expected", hint="Of a child not yet born")),
        ],
    )  # fmt: skip
    day = DayField(label="Date of birth, or the day it is expected", subject="The date", missing="Enter a date")
    grounds = LineField(
        label="What does it rest on?", most=300, required=False,
        help_text="For example seen on the birth certificate; said by the young person; scan at 20 weeks",
    )  # fmt: skip


class ResidenceForm(From):
    """Where somebody lives or lived."""

    model = Residence
    given = ("kind", "lines", "postcode", "care_of", "uprn")

    kind = PickField(
        label="What sort of address is it?", choices=kinds.RESIDENCE_KINDS, missing="Say what sort of address it is"
    )
    protected = TickField(
        label="Nobody may find this address: keep it sealed",
        required=False,
        help_text="A refuge, or anybody in danger if found. It is shown on no page, and opened only with a reason",
    )
    seal_why = LineField(label="Why must nobody find it?", most=300, required=False)
    lines = ProseField(label="Address", most=300, required=False)
    postcode = LineField(label="Postcode", most=10, required=False)
    care_of = LineField(label="Care of", most=120, required=False, help_text="Whose address it is, if it is another's")
    uprn = LineField(label="Property number (UPRN)", most=12, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.order_fields(["kind", "protected", "seal_why", *self.given])

    def row(self) -> Recorded:
        """The address; of one that is to be sealed only that there is one."""
        if not self.cleaned_data.get("protected"):
            return super().row()
        said = {name: self.cleaned_data.get(name) for name in ("kind", "since", "until")}
        return Residence(protected=True, **{name: value for name, value in said.items() if value is not None})

    def clean(self) -> dict[str, Any]:
        """What is sealed is sealed for a reason."""
        found = super().clean() or {}
        if found.get("protected") and not found.get("seal_why"):
            self.add_error("seal_why", "Write why nobody may find it")
        return found

    def sealed(self) -> str:
        """The words of an address that is to be sealed; empty where nobody knows it, or where it is not."""
        if not self.cleaned_data.get("protected"):
            return ""
        said = (self.cleaned_data.get(name) or "" for name in ("care_of", "lines", "postcode"))
        return "\n".join(part for part in said if part)


class IdentifierForm(From):
    """A number by which a register or a system knows somebody."""

    model = Identifier
    given = ("kind", "value", "trace", "system")

    kind = PickField(
        label="What sort of number is it?", choices=kinds.IDENTIFIER_KINDS, missing="Say what sort of number it is"
    )
    value = LineField(label="The number", most=60, missing="Enter the number")
    trace = ListField(
        label="Tracing of the NHS number", empty="Not an NHS number, or not known", required=False, choices=TRACES
    )
    system = LineField(label="Which system?", most=60, required=False, help_text="Of a number that another system gave")


class CautionForm(From):
    """What somebody must know before they visit or call."""

    model = Caution
    given = ("kind", "words", "review_on")

    kind = PickField(label="What is the danger?", choices=kinds.CAUTION_KINDS, missing="Say what the danger is")
    words = LineField(
        label="What must somebody know before they visit or call?", most=300,
        missing="Write what somebody must know before they visit or call",
    )  # fmt: skip
    review_on = DayField(
        label="When does somebody look at this again?", subject="The day to look again", required=False
    )


class DisabilityForm(From):
    """Every disability of somebody, or that there is none."""

    timeless = ("since", "until")
    given = ("values",)

    values = PickManyField(
        label="Which disabilities?", missing="Choose all that apply, or “No disability”",
        choices=list(rules.LISTS["disability"].items()),
        help_text="What is no longer ticked ends today. What was never so is corrected on the record instead.",
    )  # fmt: skip

    def clean_values(self) -> list[str]:
        """The codes; no disability stands alone."""
        said: list[str] = self.cleaned_data["values"]
        if rules.no_disability_beside(said):
            raise forms.ValidationError("“No disability” cannot be said beside a disability")
        return said


def fact_form(kind: str) -> type[From]:
    """The form of one kind of fact: its list, its day or its words, and a note."""
    words = dict(kinds.FACT_KINDS)[kind]
    given = ("value", "note")
    return type("FactForm", (From,), {
        "__doc__": words, "model": Fact, "given": given, "fixed": {"kind": kind}, "value": _value(kind, words),
        "note": LineField(label="Anything else about it", most=300, required=False, help_text=NOTES.get(kind, "")),
    })  # fmt: skip


NOTES = {
    "interpreter": "Which language or signs; whom the family does not want; never a relative or a child",
    "sex": "For example: as recorded at birth",
    "phone": "Whose it is, and when to ring",
    "communication": "For example easy read, large print, Makaton, in writing only",
    "identify": "Who does what to find out",
}
HELP = {
    "gender": "In the person's own words. It is kept apart from sex.",
    "safe_contact": "What may and may not be done to reach them. Rules that letters obey are kept with the contact.",
    "school": "The name of the school or nursery. Somebody may go to several.",
    "nationality": "Somebody may have several.",
}


def _value(kind: str, words: str) -> forms.Field:
    if kind in rules.DAYS:
        latest = {} if kind == "identify" else {"latest": timezone.localdate}
        return DayField(label=words, subject="The date", missing="Enter a date", **latest)
    if kind in rules.LISTS:
        choices = list(rules.LISTS[kind].items())
        few = len(choices) <= 4
        return (PickField if few else ListField)(label=words, choices=choices, missing="Choose one of the list")
    return LineField(label=words, most=200, missing="Write what is known", help_text=HELP.get(kind, ""))


FORMS: dict[str, type[From]] = {
    "name": NameForm, "birth": BirthForm, "residence": ResidenceForm, "identifier": IdentifierForm,
    "caution": CautionForm, "disability": DisabilityForm,
}  # fmt: skip


def form_of(kind: str) -> type[From] | None:
    """The form that adds to a table by its name, or a kind of fact; None where there is neither."""
    if kind in FORMS:
        return FORMS[kind]
    return fact_form(kind) if kind in dict(kinds.FACT_KINDS) else None


def form_to_correct(table: str, row: Recorded) -> type[From]:
    """The form for what is right instead of one row: of one disability one code."""
    return fact_form(row.kind) if isinstance(row, Fact) else FORMS[table]


def as_it_stands(row: Recorded, version: int) -> dict[str, Any]:
    """What a form that corrects a row begins with; of a sealed address no words."""
    shape = form_to_correct(row._meta.model_name or "", row)
    said = {name: getattr(row, name) for name in (*shape.given, "since", "until", "source_kind", "source")}
    if isinstance(row, Fact) and row.kind in rules.DAYS:
        said["value"] = date.fromisoformat(row.value)
    if isinstance(row, Residence):
        said["protected"] = row.protected
    return said | {"seen": version}


WHY = {
    "why": LineField(
        label="What was wrong, and how do you know?", most=300, missing="Write what was wrong, and how you know"
    )
}


def correcting(form: type[From]) -> type[From]:
    """The same form for what is right, with the reason why something else was wrong."""
    return type("CorrectForm", (form,), {"__doc__": "What is right instead.", **WHY})


class StrikeForm(Seen):
    """Why a fact was never so."""

    why = LineField(
        label="What was wrong, and how do you know?", most=300, missing="Write what was wrong, and how you know"
    )


class EndForm(Seen):
    """Until when a fact was so."""

    until = DayField(
        label="Until when was it so?", subject="The last day", missing="Enter the last day", latest=timezone.localdate
    )


class ProtectForm(Seen):
    """Why an address is sealed."""

    why = LineField(label="Why must nobody find it?", most=300, missing="Write why it is protected")


class LiftForm(Seen):
    """Why an address need not be sealed any longer."""

    why = LineField(label="Why is it safe now, and how do you know?", most=300, missing="Write why it is safe now")


class LiftAnswerForm(Seen):
    """What a manager answers."""

    answer = PickField(
        label="May it stand in clear again?",
        choices=[
            ("lift", Choice("Yes: lift the seal", hint="Everybody who opens the record reads it from then on")),
            ("refuse", Choice("No: it stays sealed")),
        ],
        missing="Say whether it may",
    )
    why = LineField(label="What have you checked?", most=300, missing="Write what you have checked")


class WhyForm(forms.Form):
    """Why somebody needs to open something."""

    why = LineField(label="Why do you need it?", most=300, missing="Write why you need the address")
