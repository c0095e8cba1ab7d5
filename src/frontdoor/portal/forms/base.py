"""What every page that a referrer fills in has in common."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict

from frontdoor.portal.rules import journey, reading


class Page(forms.Form):
    """A page of the report; `version` says which state of the draft the sender saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, answers: Mapping[str, Any] | None = None, **options: Any) -> None:
        """:param answers: what the sender has said on other pages"""
        super().__init__(*args, **options)
        self.answers = answers or {}

    def answer(self) -> Any:
        """What is kept of this page: everything typed, without the version."""
        return {
            name: value for name, value in self.cleaned_data.items() if name != "version" and value not in ("", None)
        }

    def seen(self) -> int:
        """The state of the draft that the sender saw; 0 where the form does not say, which is never the present one."""
        return int(self.cleaned_data.get("version") or 0)

    def stands_at(self, version: int) -> None:
        """Carry another state of the draft than was sent, so that pressing again is meant against that one."""
        typed = cast(QueryDict, self.data).copy()  # a form that was sent
        typed["version"] = str(version)
        self.data = typed

    def unasked(self) -> None:
        """Keep what was typed and say nothing of it: the page is shown again, not sent."""
        self._errors = ErrorDict()
        self.cleaned_data: dict[str, Any] = {}

    def only_missing(self) -> bool:
        """Whether all that is wrong is what nobody has written yet."""
        return all(error.code == "required" for each in self.errors.as_data().values() for error in each)

    def in_easy_words(self, words: Mapping[str, reading.Words]) -> None:
        """Ask the same in short sentences; a question without easy words stays as it is."""
        for name, field in self.fields.items():
            easy = words.get(f"{type(self).__name__}.{name}")
            if easy:
                field.label, field.help_text = easy


class AskingPage(Page):
    """A page of somebody who asks for help: what it needs, it needs only where they say that no child is in danger."""

    step = ""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in journey.needs(self.step, self.answers):
            self.fields[name].required = True
