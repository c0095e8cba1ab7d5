"""Inputs that Django does not have: a day in three parts, and a day with its time."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.forms import Widget

from frontdoor.shell.rules import words


class DayInput(Widget):
    """A day in three inputs: day, month, year. What was typed is kept part by part."""

    names: tuple[str, ...] = ("day", "month", "year")
    template_name = "shell/forms/parts.html"

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, str]:
        """The typed parts by name; an absent part is empty."""
        return {part: str(data.get(f"{name}-{part}") or "") for part in self.names}

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether none of the parts was sent."""
        return all(f"{name}-{part}" not in data for part in self.names)

    def id_for_label(self, id_: str) -> str:
        """The first part: an error leads there."""
        return f"{id_}-{self.names[0]}" if id_ else id_

    def parts(self, value: Any) -> dict[str, str]:
        """The text of each part: as typed, or from a day or an instant that stands already."""
        if isinstance(value, dict):
            return {name: str(value.get(name, "")) for name in self.names}
        if not isinstance(value, date):
            return dict.fromkeys(self.names, "")
        local = words.london(value) if isinstance(value, datetime) else value
        said = {"day": str(local.day), "month": str(local.month), "year": str(local.year)}
        if "time" in self.names and isinstance(value, datetime):
            said["time"] = words.time_of_day(value).replace("(", "").replace(")", "")
        return said

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Django's context, with the parts beside it."""
        context = super().get_context(name, None, attrs)
        context["widget"]["parts"] = self.parts(value)
        return context


class MomentInput(DayInput):
    """A day in three inputs and a time in a fourth."""

    names = ("day", "month", "year", "time")
