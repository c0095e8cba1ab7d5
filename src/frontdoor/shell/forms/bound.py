"""A bound field as the Design System's macros want it: which component, with which parameters."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeData

# Which component draws which widget; the order matters where one widget is a kind of another.
_COMPONENTS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.Select, "select"),
    (forms.CheckboxInput, "tick"),
    (forms.Textarea, "textarea"),
    (forms.PasswordInput, "password_input"),
    (forms.ClearableFileInput, "file_upload"),
    (forms.FileInput, "file_upload"),
)
_PASSED_ON = ("autocomplete", "inputmode", "autocapitalize", "spellcheck", "pattern")
_NOT_PRINTED = {*_PASSED_ON, "class", "required", "maxlength", "minlength", "rows", "cols", "placeholder", "type"}
_DJANGO_REQUIRED = str(forms.Field.default_error_messages["required"])


class Choice(str):
    """A choice's words with a hint below them: ``("early", Choice("Early help", hint="With the family's yes"))``.

    :param key: the single key that chooses it while no field has the focus
    :param then: the id of the input to go to when it was chosen by its key
    """

    hint: str
    key: str
    then: str

    def __new__(cls, words: str, hint: str = "", *, key: str = "", then: str = "") -> "Choice":
        made = super().__new__(cls, words)
        made.hint, made.key, made.then = hint, key, then
        return made


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of the error summary: its words and the input that it leads to."""

    text: str
    href: str


class BoundField(forms.BoundField):
    """A field of a form with everything that a template asks of it."""

    @property
    def component(self) -> str:
        """The macro that draws the field."""
        widget = self.field.widget
        if hasattr(widget, "parts"):
            return "date_input"
        return next((name for kind, name in _COMPONENTS if isinstance(widget, kind)), "input")

    @property
    def problem(self) -> str:
        """What is wrong, as one text; empty when nothing is."""
        if not self.errors:
            return ""
        said = str(self.errors[0])
        return f"{self.label} is missing" if said == _DJANGO_REQUIRED else said

    @property
    def wrong_parts(self) -> tuple[str, ...]:
        """The parts of a day or moment that are at fault; all of them when the message names none."""
        names = getattr(self.field.widget, "names", ())
        for error in self.errors.as_data() if self.errors else ():
            return tuple((error.params or {}).get("parts") or names)
        return ()

    @property
    def focus_id(self) -> str:
        """The id of the input that an error leads to."""
        if self.component == "date_input":
            return f"{self.auto_id}-{(self.wrong_parts or self.field.widget.names)[0]}"
        return self.auto_id or self.html_name

    def parameters(self, options: Mapping[str, Any]) -> dict[str, Any]:
        """The parameters of the macro named by `component`; `options` are what the template asked for."""
        made: dict[str, Any] = {"name": self.html_name, "attributes": self._attributes(options)}
        if hint := options.get("hint", self.help_text):
            made["hint"] = said(hint)
        if self.problem:
            made["errorMessage"] = {"text": self.problem}
        if self.component in ("radios", "checkboxes", "tick", "date_input"):
            return made | self._group(options)
        return made | self._single(options)

    def _single(self, options: Mapping[str, Any]) -> dict[str, Any]:
        size = options.get("size", "l" if options.get("heading") else "s")
        label = said(options.get("label", self.label)) | {"isPageHeading": bool(options.get("heading"))}
        label["classes"] = f"govuk-label--{size}" if size else ""
        made: dict[str, Any] = {"id": self.focus_id, "label": label, "classes": _classes(self.component, options)}
        made |= {name: self._attrs[name] for name in _PASSED_ON if name in self._attrs}
        made |= {name: options[name] for name in _PASSED_ON if name in options}
        made |= {affix: {"text": options[affix]} for affix in ("prefix", "suffix") if affix in options}
        if self.component == "select":
            return made | {"items": self.items(options)}
        if self.component == "textarea":
            made["rows"] = options.get("rows", 5)
        if self.component == "input":
            made["type"] = self._attrs.get("type") or getattr(self.field.widget, "input_type", "text")
        # A password is never printed back, and a file cannot be.
        if self.component in ("input", "textarea"):
            value = self.field.widget.format_value(self.value())
            made["value"] = "" if value is None else value
        if self.field.disabled:
            made["disabled"] = True
        return made

    def _group(self, options: Mapping[str, Any]) -> dict[str, Any]:
        size = options.get("size", "l" if options.get("heading") else "s")
        legend = said(options.get("label", self.label)) | {"isPageHeading": bool(options.get("heading"))}
        legend["classes"] = f"govuk-fieldset__legend--{size}" if size else ""
        made: dict[str, Any] = {"fieldset": {"legend": legend}, "classes": _classes(self.component, options)}
        if self.component == "date_input":
            return made | {"id": self.auto_id, "namePrefix": self.html_name, "items": self._parts()}
        made |= {"idPrefix": self.focus_id, "items": self.items(options)}
        if self.component == "tick":
            del made["fieldset"]
        return made

    def items(self, options: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The choices as items: those chosen are marked, each with its hint and what it reveals."""
        if self.component == "tick":
            return [{"value": "on", **said(options.get("label", self.label)), "checked": bool(self.value())}]
        reveal, value = options.get("reveal", {}), self.value()
        chosen = {str(one) for one in value} if isinstance(value, list | tuple | set) else {str(_plain(value))}
        made = []
        for key, words in _flat(getattr(self.field, "choices", ())):
            item = {"value": str(key), **said(words), "checked": str(key) in chosen, "selected": str(key) in chosen}
            if hint := getattr(words, "hint", ""):
                item["hint"] = {"text": hint}
            if isinstance(words, Choice) and words.key:
                item["attributes"] = {"data-key": words.key, "data-then": words.then}
                shown = format_html('{} <kbd class="fd-key">{}</kbd>', str(words), words.key.capitalize())
                item |= {"html": shown, "text": None}
            if str(key) in reveal:
                item["conditional"] = {"html": reveal[str(key)]}
            made.append(item)
        return made

    def _parts(self) -> list[dict[str, Any]]:
        values = self.field.widget.parts(self.value())
        wrong = self.wrong_parts
        return [
            {
                "name": name,
                "value": value,
                "classes": f"govuk-input--width-{_PART_WIDTHS[name]}{' govuk-input--error' if name in wrong else ''}",
                "inputmode": "text" if name == "time" else "numeric",
            }
            for name, value in values.items()
        ]

    @property
    def _attrs(self) -> dict[str, Any]:
        return dict(self.field.widget.attrs)

    def _attributes(self, options: Mapping[str, Any]) -> dict[str, Any]:
        own = {name: value for name, value in self._attrs.items() if name not in _NOT_PRINTED}
        return own | dict(options.get("attributes", {}))


_PART_WIDTHS = {"day": 2, "month": 3, "year": 4, "time": 5}


def problems(*bound: Any) -> list[Problem]:
    """Every problem of forms, formsets and lists of them, in the order of the page, for the error summary."""
    found: list[Problem] = []
    for form in bound:
        if form is None:
            continue
        if isinstance(form, list | tuple):
            found += problems(*form)
            continue
        if hasattr(form, "management_form"):
            found += [Problem(str(error), "") for error in form.non_form_errors()]
            found += problems(*form.forms)
            continue
        found += [Problem(str(error), "") for error in form.non_field_errors()]
        found += [Problem(field.problem, f"#{field.focus_id}") for field in form if field.problem]
    return found


def said(words: Any) -> dict[str, Any]:
    """Words as a parameter: markup of our own as html, everything else as text to be escaped."""
    return {"html": words} if isinstance(words, SafeData) or hasattr(words, "__html__") else {"text": str(words)}


def _classes(component: str, options: Mapping[str, Any]) -> str:
    names = [str(options.get("classes", ""))]
    if width := options.get("width"):
        names.append(f"govuk-input--width-{width}" if isinstance(width, int) else f"govuk-!-width-{width}")
    if options.get("inline"):
        names.append(f"govuk-{component}--inline")
    if options.get("small"):
        names.append(f"govuk-{'checkboxes' if component == 'tick' else component}--small")
    return " ".join(filter(None, names))


def _plain(value: Any) -> Any:
    """A choice as its widget prints it; no answer is the empty choice."""
    if value is None:
        return ""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    return [pair for key, words in choices for pair in (words if isinstance(words, list | tuple) else [(key, words)])]
