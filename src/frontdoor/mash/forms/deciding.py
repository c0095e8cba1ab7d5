"""What is typed about analysis, recommendation and decision, as clean values; the actions ask the same once more."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from frontdoor.codes import rules as codes
from frontdoor.contacts.forms.decisions import ASKED_BY
from frontdoor.contacts.forms.decisions import DecideForm as ContactDecideForm
from frontdoor.contacts.rules.decisions import ALONGSIDE
from frontdoor.mash.queries.deciding import Missing
from frontdoor.mash.rules import deciding as rules
from frontdoor.shell.forms import DayField, LineField, ListField, PickField, PickManyField, ProseField

Pair = tuple[str, str]
BESIDE = [(row.code, row.label) for row in codes.OUTCOMES if row.code in ALONGSIDE]
RESTS = [row.code for row in codes.OUTCOMES if row.agreement == "needed" and row.code not in rules.NOT_AFTER]
"""Outcomes that rest on the family's agreement."""
_HOW = [pair for pair in rules.HOW if pair[0] in rules.BY_US]


def _prose(label: str, rows: int = 4, help_text: str = "") -> ProseField:
    """Several lines; whether they may be empty is the rules' to say, with a message of their own."""
    return ProseField(
        label=label, most=rules.LONGEST, required=False, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


class Seen(forms.Form):
    """Carries the version that the person saw."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class AnalysisForm(Seen):
    """One version of the analysis: of the whole family, then of each child.

    :param those: key and name of each child
    :param again: whether a version stands already, so that it is asked what has changed
    """

    known = _prose(
        "What is known, and who knows it", 8,
        "Every agency that takes part reads this. Write nothing here that one of them must not know.",
    )  # fmt: skip
    history = _prose("History that was considered, and whether what was done helped")
    strengths = _prose("What keeps these children safe and well")
    not_known = _prose("What is not known")
    change_mind = _prose("What would change our mind")
    why = _prose("What has changed since the last version", 3)

    def __init__(self, *args: Any, those: Iterable[Pair], again: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.those = list(those)
        if not again:
            del self.fields["why"]
        for key, _name in self.those:
            self.fields[f"means_{key}"] = _prose("What this means for this child, day to day")
            self.fields[f"voice_{key}"] = _prose(
                "The child’s own words", 3, "Exactly as the child said them, and not what somebody else thinks."
            )
            self.fields[f"voice_on_{key}"] = DayField(label="Said on which day", subject="The day", required=False)
            self.fields[f"unheard_{key}"] = LineField(label="Or: not yet heard, because", required=False, most=300)

    def of_children(self) -> list[tuple[str, Sequence[str]]]:
        """Each child's name, with the names of the fields about that child."""
        return [
            (name, [f"{part}_{key}" for part in ("means", "voice", "voice_on", "unheard")]) for key, name in self.those
        ]

    def given(self) -> rules.Analysed:
        """The typed values as the rules take them."""
        typed = self.cleaned_data
        return rules.Analysed(
            **{name: typed.get(name, "") for name in (*rules.PARTS, "why")},
            children=tuple(
                rules.Meant(
                    child=key, means=typed[f"means_{key}"], voice=typed[f"voice_{key}"],
                    voice_on=typed[f"voice_on_{key}"], unheard=typed[f"unheard_{key}"],
                )
                for key, _name in self.those
            ),
        )  # fmt: skip


class ViewForm(forms.Form):
    """What an agency says to the analysis, as it told us."""

    agrees = PickField(
        label="Does the agency agree with the analysis?", missing="Choose whether the agency agrees",
        choices=[("yes", "Yes"), ("no", "No, it sees something otherwise")],
    )  # fmt: skip
    words = _prose("In their words", 4, "Asked for where the agency sees something otherwise.")
    how = PickField(label="How did they tell us?", choices=_HOW, missing="Choose how they told us")
    said_by = LineField(label="Who said it", most=200, missing="Enter who said it, and what they are there")


class WaitingForm(Seen):
    """Of each missing reply: is it waited for, and why."""

    def __init__(self, *args: Any, gaps: Iterable[Missing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gaps = list(gaps)
        for gap in self.gaps:
            key, word = gap.request.key, gap.word
            self.fields[f"waited_{key}"] = PickField(
                label=f"{gap.agency}: {gap.words}", required=False,
                choices=[("yes", "The decision waits for it"), ("no", "The decision does not wait for it")],
                initial=("yes" if word.waited else "no") if word else None,
            )  # fmt: skip
            self.fields[f"why_{key}"] = _prose(f"Why ({gap.agency})", 2)
            self.fields[f"why_{key}"].initial = word.why if word else ""

    def words(self) -> dict[str, tuple[bool, str]]:
        """What was chosen for each agency of which anything was said."""
        typed = self.cleaned_data
        return {
            str(gap.request.key): (typed[f"waited_{gap.request.key}"] == "yes", typed[f"why_{gap.request.key}"])
            for gap in self.gaps
            if typed[f"waited_{gap.request.key}"]
        }


class RecommendForm(Seen):
    """A social worker's recommendation for one child."""

    asked_by = ASKED_BY | {"agreement": RESTS}

    outcome = ListField(
        label="What should happen", missing="Choose what should happen", choices=[("", "Choose"), *rules.OUTCOMES]
    )
    specialist_route = ListField(
        label="Specialist route", required=False, choices=[("", "Choose"), *codes.ROUTES.choices()]
    )
    detail = _prose(
        "What this outcome asks", 3, "The advice, the service, the power used, the other council, or the reason"
    )
    agreement = ListField(
        label="Does the family agree to this?", required=False, choices=[("", "Choose"), *rules.AGREEMENTS]
    )
    agreed_by = LineField(label="Who said so", required=False, most=200)
    secondary = PickManyField(label="And also", required=False, choices=BESIDE)
    level = PickField(label="Level of need", choices=rules.LEVELS, missing="Choose the level of need")
    rationale = _prose("Why this is right for this child")
    why_not_more = _prose("Why nothing more is needed", 3)
    why_not_less = _prose("Why less would not be enough", 3)
    contingency = _prose("If the worry remains: what happens then, and who does it", 3)

    def given(self) -> rules.Recommended:
        """The typed values as the rules take them."""
        typed = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return rules.Recommended(**(typed | {"secondary": tuple(typed["secondary"] or ())}))


class DecideForm(ContactDecideForm):
    """A manager's decision for one child: risk seen, direction, up to three actions, and every missing reply."""

    rating = None  # type: ignore[assignment]  # Django takes a field away where a class says None
    missing = None  # type: ignore[assignment]  # likewise
    outcome = ListField(
        label="What should happen", missing="Choose what should happen", choices=[("", "Choose"), *rules.OUTCOMES]
    )

    def __init__(self, *args: Any, gaps: Iterable[Missing], by: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gaps = list(gaps)
        for gap in self.gaps:
            field = _prose(f"Why you decide without {gap.agency} ({gap.words})", 2)
            field.initial = gap.word.why if gap.word and gap.named_by(by) else ""
            self.fields[f"without_{gap.request.key}"] = field

    @staticmethod
    def other_than(recommended: str) -> list[str]:
        """The outcomes with which a manager decides differently from what was recommended."""
        return [code for code, _label in rules.OUTCOMES if code != recommended]

    def decided(self) -> rules.Decided:
        """The typed values as the rules take them."""
        kept = ("outcome", "specialist_route", "detail", "why_different", "risk_seen", "direction")
        values: dict[str, Any] = {name: self.cleaned_data[name] for name in kept}
        for name in ("other_council", "worker", "manager"):
            values[name] = int(self.cleaned_data[name] or 0) or None
        return rules.Decided(**values, secondary=tuple(self.cleaned_data["secondary"]), actions=self.actions())

    def without(self) -> dict[str, str]:
        """Why the decision does without each missing reply."""
        return {str(gap.request.key): self.cleaned_data[f"without_{gap.request.key}"] for gap in self.gaps}

    def without_fields(self) -> list[str]:
        """The names of those fields, in the order of asking."""
        return [f"without_{gap.request.key}" for gap in self.gaps]


class WhyForm(Seen):
    """One reason, with the version that was seen."""

    why = _prose("Why", 3)
