"""What is typed while a request is worked on, as clean values; the actions ask the same once more."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils import timezone

from frontdoor.disclosures.models import About
from frontdoor.disclosures.rules import answering, copies, grounds, kinds
from frontdoor.letters.rules.ledger import WENT
from frontdoor.shell.forms import (
    Choice,
    DayField,
    LineField,
    ListField,
    PickField,
    PickManyField,
    ProseField,
    TickField,
    offer,
)

KINDS = [(kind.code, kind.label) for kind in kinds.KINDS.values()]
WHICH = [
    ("", "All that are open"), ("mine", "With me"), ("free", "With nobody"), ("late", "Late"),
    ("soon", "Due within two days"), ("second", "Waiting for a second person"), ("to_send", "Approved, not sent"),
    ("elsewhere", "With another team"), ("settled", "Settled"),
]  # fmt: skip


class FilterForm(forms.Form):
    """Which requests are shown."""

    which = ListField(label="Show", choices=WHICH, required=False)
    sub_type = ListField(label="Kind", choices=[("", "Every kind"), *KINDS], required=False)


class LedgerFilterForm(forms.Form):
    """Which lines of the ledger are shown."""

    kind = ListField(
        label="Show", required=False,
        choices=[
            ("", "Everything"), ("told", "Told"), ("not_known", "“Not known to us”"), ("refused", "Refused"),
            ("redirected", "Passed on"), ("there", "Answered by another team"),
        ],
    )  # fmt: skip


class Seen(forms.Form):
    """Carries the version that the person saw."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class BeginForm(forms.Form):
    """What kind of request a contact is."""

    sub_type = ListField(
        label="What kind of request is it?", choices=[("", "Choose a kind"), *KINDS],
        missing="Choose what kind of request it is",
    )  # fmt: skip


class SortForm(Seen):
    """What kind it is, and the day that the court or the meeting names."""

    sub_type = ListField(label="What kind of request is it?", choices=KINDS, missing="Choose a kind")
    needed_by = DayField(
        label="By which day does the court or the meeting need it?", required=False,
        earliest=timezone.localdate, help_text="Leave this empty where nobody names a day.",
    )  # fmt: skip


class AskerForm(Seen):
    """Who asks, and how that was checked."""

    name = LineField(label="Who asks?", most=200, missing="Enter who asks")
    role = LineField(label="Their role", most=200, required=False)
    agency = LineField(label="For whom?", most=200, missing="Enter for whom they ask, or “themselves”")
    reply_to = LineField(
        label="Where does the answer go?", most=300, missing="Enter where the answer goes",
        help_text="A secure address that we know, not one from the request alone.",
    )  # fmt: skip
    checked = PickField(
        label="How was it checked who asks?", choices=grounds.CHECKS, missing="Say how it was checked who asks"
    )
    how = LineField(
        label="What was seen, or which number was called? If nothing was checked: why not?", most=500,
        missing="Say what was seen, which number was called, or why it was not checked",
    )  # fmt: skip


class GroundsForm(Seen):
    """What for, and on which lawful basis."""

    purpose = LineField(label="What is the information for?", most=300, missing="Say what the information is for")
    basis = PickField(label="Lawful basis", choices=grounds.BASES, missing="Choose the basis")
    condition = PickField(
        label="Condition for what is specially protected", choices=grounds.CONDITIONS, missing="Choose the condition"
    )
    necessity = ProseField(
        label="Why is it necessary?", most=2_000, missing="Say why it is necessary",
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    proportionality = ProseField(
        label="Why is it no more than needed?", most=2_000, missing="Say why it is no more than needed",
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


def _named(about: About) -> str:
    return ", ".join(part for part in (about.name, about.get_kind_display(), about.relationship) if part)


class PeopleForm(Seen):
    """About whom something is asked."""

    asked = PickManyField(label="About whom is something asked?", missing="Choose at least one person")

    def __init__(self, *args: Any, people: Iterable[About], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "asked", [(str(about.key), _named(about)) for about in people])


class PersonForm(Seen):
    """Somebody more who is asked about."""

    kind = PickField(
        label="Who is it?", choices=[("child", "A child"), ("adult", "An adult")],
        missing="Say whether it is a child or an adult",
    )  # fmt: skip
    given_name = LineField(label="First name", most=100, missing="Enter first and last name")
    family_name = LineField(label="Last name", most=100, missing="Enter first and last name")
    born = DayField(label="Date of birth", required=False, latest=timezone.localdate)
    relationship = LineField(label="What are they to the child?", most=100, required=False)


class SearchForm(Seen):
    """For whom, and under which name. Sent by POST: a name never stands in an address."""

    person = ListField(label="For whom?", missing="Choose for whom you search")
    given_name = LineField(
        label="First name", most=100, required=False, help_text="Leave both names empty to search under the name given."
    )
    family_name = LineField(label="Last name, also one used before", most=100, required=False)
    elsewhere = LineField(
        label="Where else did you look, and what was there?", most=500, required=False,
        help_text="For example: the case system, from 2014: nothing.",
    )  # fmt: skip

    def __init__(self, *args: Any, people: Sequence[About], **options: Any) -> None:
        super().__init__(*args, **options)
        self._people = {str(about.key): about for about in people}
        choices = [(key, _named(about)) for key, about in self._people.items()]
        first = [] if len(choices) == 1 else [("", "Choose a person")]
        offer(self, "person", [*first, *choices])

    def clean(self) -> dict[str, object]:
        found = super().clean() or {}
        about = self._people.get(str(found.get("person")))
        if about is not None and not found.get("given_name") and not found.get("family_name"):
            found |= {"given_name": about.given_name, "family_name": about.family_name}
        return found


class AnswerForm(Seen):
    """What is proposed: facts that were found, “not known”, or a refusal."""

    kind = PickField(label="What do we answer?", choices=answering.ANSWERS, missing="Choose what is answered")
    facts = PickManyField(label="What is told?", required=False)
    reason = ListField(
        label="If it is refused: why?", choices=[("", "Not refused"), *answering.REASONS], required=False
    )
    words = ProseField(
        label="Anything more, in your words", required=False, most=answering.LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Nobody's name but of those asked about, no address, nothing of who told us.",
    )  # fmt: skip

    def __init__(self, *args: Any, facts: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "facts", facts, or_leave_out=True)


class WhyForm(Seen):
    """A step that asks why."""

    why = LineField(label="Why?", most=500, missing="Write why")


class ApproveForm(Seen):
    """The fingerprint of the words that were read."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)


class SendForm(Seen):
    """How it was sent and to whom."""

    how = PickField(label="How was it sent?", choices=answering.ROUTES, missing="Choose how it was sent")
    to_whom = LineField(label="To whom?", most=300, missing="Enter to whom it was sent")


class RedirectForm(Seen):
    """To whom a request is passed."""

    to = LineField(label="Who answers it?", most=200, missing="Enter who answers it")
    taken_by = LineField(
        label="Who took it on there?", most=200, missing="Enter who took it on there",
        help_text="The name of the person to whom you gave it.",
    )  # fmt: skip
    why = LineField(label="Why there?", most=500, required=False)


class ThereForm(Seen):
    """What another team has answered."""

    on = DayField(
        label="On which day did they answer?", missing="Enter the day on which they answered", latest=timezone.localdate
    )
    what = ProseField(
        label="What did they answer?", most=2_000, missing="Write what they answered",
        widget=forms.Textarea(attrs={"rows": 3}), help_text="That it was sent, refused, or that nothing was held.",
    )  # fmt: skip
    who = LineField(label="Who answered?", most=200, missing="Enter who answered")


class RiskForm(Seen):
    """The risk that a request shows."""

    why = LineField(label="What is the risk, in one line?", most=300, missing="Say in one line what the risk is")
    danger = PickField(
        label="May a child be in danger now?", missing="Say whether a child may be in danger now",
        choices=[("yes", Choice("Yes", key="y")), ("unknown", Choice("I cannot tell", key="c"))],
    )  # fmt: skip
    flag = TickField(label="Raise a red flag: this cannot wait", required=False)


class ChildLedgerForm(forms.Form):
    """Which lines of a child's ledger are shown; a recipient goes by a mark, since no name stands in an address."""

    went = ListField(label="Show", required=False, choices=[("", "Everything"), *WENT])
    recipient = ListField(label="To or of whom", required=False)
    since = DayField(label="From", subject="The first day", required=False)
    until = DayField(label="Until", subject="The last day", required=False)

    def __init__(self, *args: Any, recipients: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "recipient", [("", "Everybody"), *recipients])


class NotSharedForm(forms.Form):
    """A decision not to share something."""

    child = ListField(label="About whom?", required=False)
    what = LineField(
        label="What was not shared?", most=300, missing="Write what was not shared",
        help_text="In summary. Do not write the thing itself here.",
    )  # fmt: skip
    to_whom = LineField(label="With whom?", most=200, missing="Say to whom", help_text="One person or desk, by name.")
    agency = LineField(label="Their agency", most=200, required=False)
    why = ProseField(label="Why not?", most=500, missing="Say why")

    def __init__(self, *args: Any, children: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "child", [("", "Everybody in the contact"), *children])


class CopyForForm(forms.Form):
    """For whom a copy is made, what for, and what it begins with."""

    how = PickField(label="How does it go?", choices=copies.HOWS, missing="Choose how it goes")
    named = ListField(label="For whom is it?", required=False)
    to_name = LineField(label="Their name, if they are not in the list", most=200, required=False)
    relation = LineField(label="Who they are to the child, or their work", most=200, required=False)
    agency = LineField(label="Their agency, if they have one", most=200, required=False)
    why = LineField(label="What do they need it for?", most=500, missing="Write what they need it for")
    basis = PickField(label="On which lawful basis?", choices=grounds.BASES, missing="Choose the basis")
    title = LineField(
        label="What is it?", most=200, missing="Write what it is", help_text="For example: Letter about the visit"
    )  # fmt: skip
    parts = PickManyField(
        label="What does it begin with?", choices=copies.PARTS, required=False,
        help_text="You can change every word of it on the next page. Nothing says who told us.",
    )  # fmt: skip

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], ledger: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "named", [("", "Somebody else, or myself"), *people])
        offer(self, "parts", [part for part in copies.PARTS if ledger or part[0] != copies.SHARED])


class CopyTextForm(Seen):
    """The words of a copy."""

    title = LineField(label="What is it?", most=200, missing="Write what it is")
    text = ProseField(label="What it says", most=copies.LONGEST, missing="Write what it says")


class CopyWhyForm(Seen):
    """Why a copy is asked for, released, sent back or not given."""

    why = ProseField(label="Why?", most=500, missing="Say why")
