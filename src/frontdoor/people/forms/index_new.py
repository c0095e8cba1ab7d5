"""What is typed of somebody who is not known here yet, and of children just born."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from frontdoor.people.actions.index_births import Newborn
from frontdoor.people.forms.index import SOURCES, Seen
from frontdoor.people.models import Birth, Fact, Name, Recorded
from frontdoor.people.rules import births
from frontdoor.people.rules.index_rows import LISTS, Source
from frontdoor.shell.forms import Choice, DayField, LineField, PickField, ProseField

KNOWN, UNBORN, UNIDENTIFIED = "known", "unborn", "unidentified"
_SEXES = list(LISTS["sex"].items())


class _From(forms.Form):
    source_kind = PickField(label="Where is this from?", choices=SOURCES, missing="Say where this is from")
    source = LineField(
        label="Who or what exactly?", most=120, required=False,
        help_text="For example Larkspur Fen Primary School, or birth certificate. Never the name of who told us.",
    )  # fmt: skip

    def where_from(self) -> Source:
        """Where it is from."""
        return Source(self.cleaned_data["source_kind"], self.cleaned_data.get("source", ""))


class NewForm(_From):
    """Somebody who is not known here yet."""

    searched = forms.CharField(widget=forms.HiddenInput)
    sort = PickField(
        label="Whom do you write down?", missing="Say whom you write down",
        choices=[
            (KNOWN, Choice("A child or adult")),
            (UNBORN, Choice("A child not yet born", hint="The family name is enough")),
            (UNIDENTIFIED, Choice("Somebody whose name nobody knows", hint="A boy at a bus stop, a baby found")),
        ],
    )  # fmt: skip
    given_name = LineField(label="Given name", most=110, required=False, help_text="A name of one part stands here")
    middle_names = LineField(label="Middle names", most=110, required=False)
    patronymic = LineField(label="Patronymic", most=110, required=False)
    family_name = LineField(label="Family name", most=110, required=False)
    known_as = LineField(label="Known as", most=110, required=False, help_text="Another name that they go by")
    latin = LineField(label="In Latin letters, if the name is written in others", most=220, required=False)
    born = DayField(label="Date of birth", subject="The date of birth", required=False, latest=timezone.localdate)
    years = forms.IntegerField(
        label="Or about how old?",
        required=False,
        min_value=0,
        max_value=120,
        help_text="In years, where nobody knows the date of birth",
    )
    expected = DayField(label="When is the birth expected?", subject="The expected date", required=False)
    description = ProseField(
        label="What is known of them?",
        most=500,
        required=False,
        help_text="What they look like, where and when they were seen, who has a picture. Nothing that blames them.",
    )
    identify_by = DayField(
        label="By when does somebody find out who this is?",
        subject="The day",
        required=False,
    )
    sex = PickField(label="Sex", choices=_SEXES, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.order_fields([name for name in self.fields if not name.startswith("source")])

    def clean(self) -> dict[str, Any]:
        """What each sort needs, and what does not go together."""
        found = super().clean() or {}
        sort = found.get("sort")
        if sort == KNOWN and not any(found.get(name) for name in ("given_name", "family_name", "patronymic")):
            self.add_error("given_name", "Enter at least one part of the name")
        if sort == UNBORN:
            self._needs("expected", found, "Enter when the birth is expected")
            self._needs("family_name", found, "Enter the family name")
        if sort == UNIDENTIFIED:
            self._needs("description", found, "Write what is known of them")
            self._needs("identify_by", found, "Enter by when somebody finds out who this is")
        if found.get("born") and found.get("expected"):
            self.add_error("expected", "Give a date of birth or an expected date, not both")
        return found

    def _needs(self, name: str, found: dict[str, Any], words: str) -> None:
        if not found.get(name) and name not in self.errors:
            self.add_error(name, words)

    def given(self, today: date) -> dict[str, Any]:
        """What `actions.index.make` takes."""
        said = self.cleaned_data
        names = ("given_name", "middle_names", "patronymic", "family_name", "latin", "sex", "born")
        found = {name: said.get(name) or ("" if name != "born" else None) for name in names}
        found["expected"] = said.get("expected") if said["sort"] == UNBORN else None
        if said["sort"] == UNIDENTIFIED:
            found |= {"unidentified": True, "description": said["description"]}
        return found | {"rows": tuple(self._rows(today)), "source": self.where_from()}

    def _rows(self, today: date) -> Iterator[Recorded]:
        said = self.cleaned_data
        if said.get("known_as"):
            yield Name(kind="known_as", given_name=said["known_as"])
        if said.get("years") is not None and not said.get("born") and said["sort"] != UNBORN:
            guess = births.of_age(said["years"], on=today)
            yield Birth(basis="estimated", day=guess.on or today, grounds=f"About {said['years']} when written down")
        if said["sort"] == UNIDENTIFIED:
            yield Fact(kind="identify", value=said["identify_by"].isoformat())


PLACES = 4
"""Children born together for whom the form has room."""


class BornForm(Seen, _From):
    """Who was born, and when."""

    day = DayField(
        label="Date of birth", subject="The date of birth", missing="Enter the date of birth", latest=timezone.localdate
    )

    def __init__(self, *args: Any, family_name: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        for place in range(PLACES):
            self._room(place, family_name if place == 0 else "")
        self.order_fields(
            ["day", *(name for name in self.fields if name[-1].isdigit()), "source_kind", "source", "seen"]
        )

    def _room(self, place: int, family_name: str) -> None:
        who = ("", " of the second child", " of the third child", " of the fourth child")[place]
        more = "" if place == 0 else "Leave empty unless several were born together"
        self.fields[f"given_name_{place}"] = LineField(
            label=f"Given name{who}", most=110, required=False, help_text=more or "Leave empty while there is none"
        )
        self.fields[f"family_name_{place}"] = LineField(
            label=f"Family name{who}", most=110, required=place == 0, missing="Enter at least the family name",
            initial=family_name,
        )  # fmt: skip
        self.fields[f"sex_{place}"] = PickField(label=f"Sex{who}", choices=_SEXES, required=False)

    def children(self) -> list[Newborn]:
        """The children, the first-born first."""
        said = self.cleaned_data
        found = []
        for place in range(PLACES):
            given, family, sex = (said.get(f"{name}_{place}", "") for name in ("given_name", "family_name", "sex"))
            if given or family or place == 0:
                found.append(Newborn(given_name=given, family_name=family or said["family_name_0"], sex=sex))
        return found
