"""What is typed about a strategy discussion, as clean values; the actions ask the same once more."""

from collections.abc import Iterable
from typing import Any

from django import forms

from frontdoor.mash.rules import strategy as rules
from frontdoor.mash.rules.asking.replies import MARKS
from frontdoor.shell.forms import (
    Choice,
    LineField,
    ListField,
    MomentField,
    PickField,
    PickManyField,
    ProseField,
    offer,
)

WHICH = [("", "All that are open"), ("unheld", "Not held yet"), ("late", "Late"), ("all", "All, the newest first")]
OWNER = ("", "Choose who does it")


def _prose(label: str, missing: str = "", *, rows: int = 3, help_text: str = "") -> ProseField:
    area = forms.Textarea(attrs={"rows": rows})
    required = bool(missing)
    return ProseField(label=label, most=5_000, required=required, missing=missing, widget=area, help_text=help_text)


class FilterForm(forms.Form):
    """Which are shown."""

    which = ListField(label="Show", choices=WHICH, required=False)


class Seen(forms.Form):
    """Carries the version that the person saw."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class JoinForm(Seen):
    """Which children it is about as well."""

    those = PickManyField(label="Which children is it about too?", choices=[], missing="Choose the children")
    why = LineField(label="Why is it about them too?", most=300, missing="Write why it is about this child too")

    def __init__(self, *args: Any, children: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "those", list(children))


class BeginForm(forms.Form):
    """Two lines begin one; everything else is written after."""

    why = _prose(
        "Why do you suspect that a child suffers, or is likely to suffer, significant harm?",
        "Write why you suspect that a child suffers significant harm",
    )
    with_whom = LineField(
        label="Whom have you asked or spoken to?", most=200, missing="Name whom you have asked or spoken to",
        help_text="Police, health, your manager: as far as you have come. The rest is written after.",
    )  # fmt: skip
    those = PickManyField(label="Which children is it about?", choices=[], missing="Choose the children")
    now = PickField(
        label="When is it held?", initial="yes", missing="Say when it is held",
        choices=[("yes", "Now"), ("no", Choice("Later", hint="Its clock runs until it is held."))],
    )  # fmt: skip

    def __init__(self, *args: Any, children: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        known = list(children)
        offer(self, "those", known, or_leave_out=True)
        if "those" in self.fields:
            self.fields["those"].initial = [key for key, _ in known]

    def clean_now(self) -> bool:
        """Whether it is being held at this moment."""
        return bool(self.cleaned_data["now"] == "yes")


class HoldForm(Seen):
    """When and how it was held, and who chaired."""

    began = MomentField(label="When did it begin?")
    ended = MomentField(label="When did it end?", required=False)
    how = PickField(label="How was it held?", choices=rules.HOW, missing="Choose how it was held")
    chair = LineField(
        label="Who chaired it?",
        most=200,
        missing="Write who chaired it",
        help_text="Name and post; a manager, usually.",
    )


class AdjournForm(Seen):
    """Why it could not go on, and when it does."""

    why = _prose("Why could it not go on?", "Write why it could not go on")
    again_at = MomentField(label="When does it go on?")


class WhyForm(Seen):
    """A reason."""

    why = _prose("Why?", "Write why")


class AttendForm(Seen):
    """Somebody who was asked: for whom, whether and how they took part, what they brought."""

    line = ListField(label="For whom do they take part?", choices=rules.LINES, missing="Choose for whom they take part")
    agency = ListField(label="Their agency", required=False, help_text="It is counted how often each agency comes.")
    name = LineField(label="Another agency", most=200, required=False, help_text="Where it is not in the list.")
    who = LineField(label="Who?", most=200, required=False)
    role = LineField(label="Their role", most=200, required=False)
    came = PickField(label="Did they take part?", choices=rules.CAME, missing="Say whether they took part")
    way = PickField(label="How?", choices=rules.WAYS, required=False)
    contribution = _prose(
        "What did they bring?", rows=5, help_text="What their agency knows, and what they think of it."
    )
    mark = ListField(
        label="How may this be used?", choices=MARKS, required=False, empty="For professionals only",
        help_text="What is marked to stay with an agency is left out of the minutes that the others get.",
    )  # fmt: skip

    def __init__(self, *args: Any, agencies: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "agency", [("", "Another one"), *agencies])


class IssueForm(Seen):
    """An issue, and who raised it."""

    text = _prose("What is the issue?", "Write the issue")
    raised_by = LineField(label="Who raised it?", most=200, missing="Write who raised it")


class AnswerForm(Seen):
    """The answer to an issue; or why it is left open, and what is done about it."""

    answer = _prose("What is the answer?", rows=4)
    open_why = _prose(
        "Or: why is it left open?", help_text="Then say below what is done about it, by whom and by when."
    )
    action = LineField(label="What is done about it?", most=300, required=False)
    owner = ListField(label="Who does it?", required=False)
    until = MomentField(label="By when?", required=False)

    def __init__(self, *args: Any, owners: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "owner", [OWNER, *owners])


class RecordForm(Seen):
    """What the record holds of the whole discussion. Half of it may be saved."""

    shared = _prose("What information was shared?", rows=6)
    others = _prose("What was considered for other children?", help_text="Brothers, sisters, children who are visited.")
    parents = PickField(label="Do the parents know?", choices=rules.TOLD, required=False)
    parents_why = _prose("If not: why not, and who tells them when?")
    contingency = _prose(
        "If the risk remains, what then?", help_text="What is done, by whom, if the plan does not keep the child safe."
    )
    dissent = _prose("Did anybody disagree?", help_text="Who, and why; or that nobody did.")
    legal = _prose("Legal advice", help_text="Not in the minutes that agencies get.")
    lado = _prose(
        "Does anybody in this work with children?",
        help_text="Whether the designated officer for allegations was told. Not in the minutes that agencies get.",
    )
    other_council = _prose("Is another council concerned?", help_text="Whose child it is, and who there was spoken to.")


class ChildForm(Seen):
    """What is decided for one child. The rules say all that is missing at once, so nothing is required here."""

    threshold = PickField(
        label="Is there reasonable cause to suspect significant harm?", choices=rules.THRESHOLD,
        required=False,
    )  # fmt: skip
    section47 = PickField(label="Section 47 enquiry", choices=rules.SECTION47, required=False)
    reason = _prose("Why, for this child?", rows=4)
    enquiry = PickField(label="Single or joint?", choices=rules.ENQUIRIES, required=False)
    sees = ListField(label="Who sees the child?", required=False)
    sees_at = MomentField(label="By when?", required=False)
    sees_with = LineField(
        label="With whom?",
        most=300,
        required=False,
        help_text="Alone, with the police, with an interpreter, at the ward.",
    )
    medical = _prose("Is a medical examination needed, and who arranges it?")
    safety = _prose("What keeps this child safe from now on?")

    def __init__(self, *args: Any, owners: Iterable[tuple[str, str]], asked: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "sees", [("", "Choose who sees the child"), *owners])
        if asked:
            # Somebody was asked to see the child: that goes on in the action, not here.
            for name in ("sees", "sees_at"):
                del self.fields[name]


class ActForm(Seen):
    """What is done, by whom, by when, for whom."""

    what = _prose("What is done?", "Write what is done")
    owner = ListField(label="Who does it?", missing="Choose who does it")
    until = MomentField(label="By when?")
    child = ListField(label="For which child?", required=False)

    def __init__(
        self, *args: Any, owners: Iterable[tuple[str, str]], children: Iterable[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        offer(self, "owner", [OWNER, *owners])
        offer(self, "child", [("", "For all of them"), *children])


class SignForm(Seen):
    """A manager's signature; where it was not quorate, with the reason."""

    why = _prose("It was not quorate. Why is that accepted, and what is done about it?")

    def __init__(self, *args: Any, quorate: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if quorate:
            del self.fields["why"]
