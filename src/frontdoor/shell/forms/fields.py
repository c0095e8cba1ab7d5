"""Fields that keep what was typed and say in plain words what to mend.

``missing`` is what is said when nothing was given: "Enter the child's first name". Rooms may use Django's own fields
beside these; both are drawn alike.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError

from frontdoor.shell.forms.widgets import DayInput, MomentInput
from frontdoor.shell.rules import london, short_day, times, typed

LINE_LENGTH = 200
PROSE_LENGTH = 20_000
EARLIEST, LATEST = date(1800, 1, 1), date(2199, 12, 31)
"""A year typed wrong is told, before anything is counted from it."""


def _messages(options: dict[str, Any], missing: str) -> dict[str, Any]:
    if missing:
        options["error_messages"] = {"required": missing, **options.get("error_messages", {})}
    return options


class _TextField(forms.CharField):
    """Text that is cleaned by a rule; Django's own stripping and NUL check stand back."""

    rule: Callable[..., str]

    def __init__(self, *, most: int, missing: str = "", **options: Any) -> None:
        self.most = most
        super().__init__(strip=False, **_messages(options, missing))
        self.validators = [kept for kept in self.validators if type(kept).__name__ != "ProhibitNullCharactersValidator"]

    def to_python(self, value: Any) -> str:
        """The cleaned text.

        :raises ValidationError: it is too long, or holds what cannot be stored
        """
        if value in self.empty_values:
            return ""
        try:
            return type(self).rule(str(value), most=self.most)
        except typed.Refused as refused:
            raise ValidationError(f"{self.label or 'This'} {refused}", code="refused") from refused


class LineField(_TextField):
    """One line of text: a name, an address line, a telephone number."""

    rule = staticmethod(typed.line)

    def __init__(self, *, most: int = LINE_LENGTH, **options: Any) -> None:
        super().__init__(most=most, **options)


class EmailField(forms.EmailField):
    """An e-mail address."""

    widget = forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"})

    def __init__(self, *, missing: str = "", **options: Any) -> None:
        options["error_messages"] = {"invalid": "Enter an e-mail address in the right form, like name@example.org"}
        super().__init__(**_messages(options, missing))


class TelephoneField(LineField):
    """A telephone number as it was given: spaces, brackets and an extension stay."""

    widget = forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"})

    def __init__(self, *, most: int = 40, **options: Any) -> None:
        super().__init__(most=most, **options)

    def to_python(self, value: Any) -> str:
        """The number.

        :raises ValidationError: it holds no digits, or fewer than a number has
        """
        number = super().to_python(value)
        if number and sum(character.isdecimal() for character in number) < 3:
            raise ValidationError("Enter a telephone number, like 01632 960001", code="invalid")
        return number


class ProseField(_TextField):
    """Several lines of text, kept with their spaces and line ends. Text of spaces alone counts as none."""

    widget = forms.Textarea
    rule = staticmethod(typed.prose)

    def __init__(self, *, most: int = PROSE_LENGTH, **options: Any) -> None:
        super().__init__(most=most, **options)

    def to_python(self, value: Any) -> str:
        """The cleaned text, or nothing where only space was typed."""
        text = super().to_python(value)
        return text if text.strip() else ""


class DayField(forms.Field):
    """A day in three parts.

    :param earliest, latest: the bounds, both inclusive; a callable is asked at each check (``timezone.localdate``);
        where none is given, the days that anybody's life or work here can touch
    :param subject: what the messages call it; the label without it
    """

    widget = DayInput

    def __init__(
        self,
        *,
        missing: str = "",
        subject: str = "",
        earliest: date | Callable[[], date] = EARLIEST,
        latest: date | Callable[[], date] = LATEST,
        **options: Any,
    ) -> None:
        self.subject, self.earliest, self.latest = subject, earliest, latest
        super().__init__(**_messages(options, missing))

    def to_python(self, value: Any) -> date | None:
        """The day of the typed parts, or None where every part is empty.

        :raises ValidationError: with the parts at fault in ``params["parts"]``
        """
        if not isinstance(value, dict):
            return value if isinstance(value, date) else None
        if not any(part.strip() for part in value.values()):
            return None
        try:
            return times.typed_day(value["day"], value["month"], value["year"])
        except times.NotADay as wrong:
            raise self._refusal(str(wrong), *wrong.parts) from wrong

    def validate(self, value: Any) -> None:
        """The bounds.

        :raises ValidationError: the day lies outside them
        """
        super().validate(value)
        if value is None:
            return
        on = self._day(value)
        earliest, latest = _asked(self.earliest), _asked(self.latest)
        for outside, words, limit in (
            (on < earliest, "must be on or after", earliest),
            (on > latest, "must be on or before", latest),
        ):
            if outside:
                raise self._refusal(f"{words} {short_day(limit)}", "day", "month", "year")

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether what was typed says another day than stood before."""
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True

    def _day(self, value: date) -> date:
        return value

    def _refusal(self, words: str, *parts: str) -> ValidationError:
        return ValidationError(f"{self.subject or self.label} {words}", code="invalid", params={"parts": parts})


class MomentField(DayField):
    """A day and a time on London's clock; an instant in UTC.

    :param resolve: turns a day, a time and a typed zone into an instant
    """

    widget = MomentInput

    def __init__(self, *, resolve: Callable[[date, time, str], datetime] = times.instant, **options: Any) -> None:
        self.resolve = resolve
        super().__init__(**options)

    def to_python(self, value: Any) -> datetime | None:
        """The instant, or None where every part is empty.

        :raises ValidationError: with the parts at fault in ``params["parts"]``
        """
        if isinstance(value, datetime):
            return value
        on = super().to_python(value)
        if on is None:
            return None
        if not value["time"].strip():
            raise self._refusal("must include a time", "time")
        try:
            return self.resolve(on, *times.typed_time(value["time"]))
        except times.NotATime as wrong:
            raise self._refusal(str(wrong), "time") from wrong

    def _day(self, value: date) -> date:
        return london(value).date() if isinstance(value, datetime) else value


def _asked(bound: date | Callable[[], date]) -> date:
    return bound() if callable(bound) else bound


class PickField(forms.ChoiceField):
    """One of a few: radios."""

    widget = forms.RadioSelect

    def __init__(self, *, missing: str = "Choose one answer", **options: Any) -> None:
        options["error_messages"] = {"invalid_choice": missing, **options.get("error_messages", {})}
        super().__init__(**_messages(options, missing))


class ListField(forms.ChoiceField):
    """One of many: a list to choose from, with an empty first line."""

    def __init__(
        self, *, choices: Iterable[Any] = (), empty: str = "Choose", missing: str = "Choose one answer", **options: Any
    ) -> None:
        options["error_messages"] = {"invalid_choice": missing, **options.get("error_messages", {})}
        super().__init__(choices=[("", empty), *choices], **_messages(options, missing))


class PickManyField(forms.MultipleChoiceField):
    """Any of a few: checkboxes."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, missing: str = "Choose at least one", **options: Any) -> None:
        options["error_messages"] = {"invalid_choice": "Choose from the answers shown"}
        super().__init__(**_messages(options, missing))


class YesNoField(forms.TypedChoiceField):
    """Yes or no, as radios: True, False, or None where it was not answered."""

    widget = forms.RadioSelect

    def __init__(self, *, missing: str = "Choose yes or no", **options: Any) -> None:
        options["error_messages"] = {"invalid_choice": missing}
        options.setdefault("choices", [("yes", "Yes"), ("no", "No")])
        super().__init__(coerce=lambda said: said == "yes", empty_value=None, **_messages(options, missing))


class TickField(forms.BooleanField):
    """One box to tick."""

    def __init__(self, *, missing: str = "Tick the box to go on", **options: Any) -> None:
        super().__init__(**_messages(options, missing))


def offer(form: forms.BaseForm, name: str, choices: Iterable[tuple[Any, Any]], *, or_leave_out: bool = False) -> None:
    """Let a field of choices offer what only this request knows: colleagues, teams, the children of a contact.

    :param or_leave_out: where there is nothing to choose, the question is not asked
    """
    offered = list(choices)
    if or_leave_out and not offered:
        del form.fields[name]
    else:
        cast(forms.ChoiceField, form.fields[name]).choices = offered
