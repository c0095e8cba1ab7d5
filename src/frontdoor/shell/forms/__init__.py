"""Forms of the whole project: fields that clean what was typed, drawn by the components."""

from frontdoor.shell.forms.bound import BoundField, Choice, Problem, problems
from frontdoor.shell.forms.fields import (
    DayField,
    EmailField,
    LineField,
    ListField,
    MomentField,
    PickField,
    PickManyField,
    ProseField,
    TelephoneField,
    TickField,
    YesNoField,
    offer,
)
from frontdoor.shell.forms.renderer import Renderer

__all__ = [
    "BoundField",
    "Choice",
    "DayField",
    "EmailField",
    "LineField",
    "ListField",
    "MomentField",
    "PickField",
    "PickManyField",
    "Problem",
    "ProseField",
    "Renderer",
    "TelephoneField",
    "TickField",
    "YesNoField",
    "offer",
    "problems",
]
