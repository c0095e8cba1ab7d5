"""The questions of a call as they stand on paper, for a day without the system: the same words, read off the form."""

from dataclasses import dataclass

from django import forms

from frontdoor.contacts.forms.telephone.call import CallForm
from frontdoor.contacts.forms.telephone.person import PersonForm

PEOPLE = 4
"""Rows for people on one paper form."""
_NOT_ON_PAPER = {"sealed", "ring_minutes", "information_type", "council", "ethnicity", "upn", "nhs_number"}


@dataclass(frozen=True, slots=True)
class Question:
    """One question on paper.

    :param lines: how many lines are left for it
    :param choices: what is ticked, where the form offers few answers
    """

    words: str
    lines: int
    choices: tuple[str, ...] = ()


def paper_questions() -> tuple[tuple[str, tuple[Question, ...]], ...]:
    """The questions by part, in the order in which they are asked."""
    call, person = CallForm(), PersonForm()
    asked = tuple(_question(field) for name, field in call.fields.items() if name not in _NOT_ON_PAPER)
    known = tuple(_question(field) for name, field in person.fields.items() if name not in _NOT_ON_PAPER)
    return (("The call", asked), *((f"Person {number}", known) for number in range(1, PEOPLE + 1)))


def _question(field: forms.Field) -> Question:
    choices = [str(words) for code, words in getattr(field, "choices", ()) if code]
    long = isinstance(field.widget, forms.Textarea)
    return Question(str(field.label), 8 if long else 1, tuple(choices) if len(choices) <= 4 else ())
