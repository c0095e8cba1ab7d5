"""What is typed while contacts are looked at and screened, as clean values; the actions ask the same once more."""

from collections.abc import Iterable
from typing import Any

from django import forms

from frontdoor.contacts.rules import states
from frontdoor.contacts.rules.intake import PersonGiven, Report
from frontdoor.contacts.rules.screening import QUESTION_PARTS
from frontdoor.shell.forms import Choice, DayField, LineField, ListField, PickField, ProseField, YesNoField, offer

TELLER = "The person who told us"
"""How questions and calls name them: who they are stays in its compartment."""


class Seen(forms.Form):
    """Carries the version that the person saw."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class LookForm(Seen):
    """The first look: one key, who has the family open, one line, Enter."""

    danger = PickField(
        label="Is there immediate danger?",
        missing="Answer yes, no or cannot tell",
        choices=[
            ("yes", Choice("Yes", key="y", then="id_open_to")),
            ("no", Choice("No", key="n", then="id_open_to")),
            ("unknown", Choice("Cannot tell", key="c", then="id_open_to")),
        ],
    )
    open_to = LineField(label="Open to whom? Leave empty if to nobody", required=False)
    line = LineField(label="Why, in one line", most=300, missing="Write one line: why")


class WhyForm(Seen):
    """A step that asks for one line why."""

    why = LineField(label="Why, in one line", most=300, missing="Write one line: why")


class MistakeForm(Seen):
    """Why a contact was entered by mistake."""

    why = LineField(
        label="Why was it entered by mistake, in one line?", most=300, missing="Write one line: why",
        help_text="For example: practice entry; the same call typed twice. What proved wrong later is no mistake.",
    )  # fmt: skip


class KeepForm(Seen):
    """Why a contact is no mistake."""

    why = LineField(label="Why is it no mistake, in one line?", most=300, missing="Write one line: why")


class FlagForm(forms.Form):
    """A red flag: one line, and nothing that could stop it."""

    why = LineField(label="What worries you, in one line", most=300, missing="Write one line: what worries you")


class GiveForm(Seen):
    """To whom a manager gives a contact; only colleagues who screen for this council today are offered."""

    to = ListField(label="Give it to", missing="Choose a colleague")

    def __init__(self, *args: Any, colleagues: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "to", [("", "Choose a colleague"), *colleagues])

    def clean_to(self) -> int:
        """The number of the colleague's account."""
        return int(self.cleaned_data["to"])


class AskForm(Seen):
    """A question to whoever told us, or to an agency."""

    asked_of = LineField(
        label="Whom do you ask?", initial=TELLER, missing="Say whom you ask",
        help_text="Do not name the person who told us. Their name stays in its own place.",
    )  # fmt: skip
    text = ProseField(
        label="The question", missing="Write the question", initial="\n".join(QUESTION_PARTS),
        help_text="Change it to what you need to know. The four lines are what a referral is clarified by.",
    )  # fmt: skip


class AttemptForm(forms.Form):
    """One try at reaching somebody."""

    whom = LineField(label="Whom did you try to reach?", initial=TELLER, missing="Say whom you tried to reach")
    outcome = PickField(label="What came of it?", choices=states.ATTEMPT_OUTCOMES, missing="Say what came of it")
    note = LineField(label="Note", most=500, required=False)


class AnswerForm(Seen):
    """The answer to a question, in its parts."""

    answer = ProseField(label="What they answered: what happened, how and why it arose", missing="Write the answer")
    seen_or_heard = LineField(label="Seen or heard by them, or from whom?", most=300, required=False)
    changed_today = LineField(label="What changed today?", most=500, required=False)


class TryForm(forms.Form):
    """One try at a call that was asked for."""

    outcome = PickField(label="What came of it?", choices=states.ATTEMPT_OUTCOMES, missing="Say what came of it")
    note = LineField(label="Note", most=500, required=False)


class CalledForm(forms.Form):
    """A call that was made."""

    outcome = LineField(label="What came of it, in one line", most=300, missing="Write in one line what came of it")


class ConsultForm(forms.Form):
    """Somebody asks for a social worker's advice."""

    named = YesNoField(label="Is the child named?", missing="Say whether the child is named", required=True)
    asker = LineField(label="Who asks?", required=False, help_text="May stay empty if the child is not named.")
    asker_agency = LineField(label="From which agency?", required=False)
    question = ProseField(label="What do they ask?", missing="Write what is asked")


class AdviseForm(Seen):
    """The advice that was given."""

    advice = ProseField(label="Your advice", missing="Write the advice that you gave")
    referral_advised = YesNoField(
        label="Did you advise a referral?", missing="Say whether you advised a referral", required=True
    )


class ConvertForm(Seen):
    """What was described when advice was asked, as a contact; more is added on the contact itself."""

    story = ProseField(label="What was described", missing="Write what was described")
    danger = PickField(
        label="Is the child in danger now?", choices=states.ANSWERS, missing="Answer yes, no or cannot tell"
    )
    where_now = LineField(label="Where is the child now?", most=300, required=False)
    given_name = LineField(label="Child's first name", most=100, required=False)
    family_name = LineField(label="Child's family name", most=100, required=False)
    born = DayField(label="Child's date of birth", required=False)

    def given(self) -> Report:
        """The report, as any door hands it over."""
        typed = self.cleaned_data
        names = {"given_name": typed["given_name"], "family_name": typed["family_name"]}
        kind = "child" if any(names.values()) else "unknown"
        child = PersonGiven(kind, **names, date_of_birth=typed["born"])
        return Report(story=typed["story"], danger=typed["danger"], where_now=typed["where_now"], people=(child,))


class LinkForm(Seen):
    """Another contact that this one belongs to."""

    receipt = LineField(
        label="Receipt number of the other contact", most=24, missing="Enter the number of the other contact"
    )
    kind = PickField(
        label="How do they belong together?", missing="Say how the two belong together",
        choices=[
            ("duplicate", Choice("Duplicate", hint="Same event, same source. This one is closed into the other.")),
            ("same_event", Choice("Same event, another source", hint="Police and school tell of one incident.")),
            ("sibling", Choice("Sibling")),
            ("related", Choice("Related concern")),
        ],
    )  # fmt: skip
    why = LineField(label="Why, in one line", most=300, missing="Write one line: why they belong together")


class AgreementForm(Seen):
    """Agreement to a service or a referral."""

    purpose = LineField(
        label="Agreement to what?", most=60, missing="Say what the agreement is to",
        help_text="For example: the referral, an early help assessment, checks with the school",
    )  # fmt: skip
    person = ListField(label="Whose agreement?", required=False)
    status = PickField(label="Is there agreement?", choices=states.AGREEMENTS, missing="Say whether there is agreement")
    given_by = LineField(label="Given by", required=False)
    reason_not_sought = LineField(label="If it was not sought: why", most=300, required=False)

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "person", [("", "The family"), *people])


class BasisForm(Seen):
    """The lawful basis for using or sharing information."""

    purpose = LineField(
        label="What is the information used or shared for?", missing="Say what the information is used or shared for"
    )
    basis = PickField(label="On which basis?", choices=states.BASES, missing="Choose the basis")
    necessity = LineField(label="Why is it necessary?", most=500, missing="Say why it is necessary")
    proportionality = LineField(
        label="Why is it no more than needed?", most=500, missing="Say why it is no more than needed"
    )


class ProtectForm(forms.Form):
    """Act now: a kind, a reason, a name."""

    kind = PickField(label="Start", choices=states.PROTECTIONS, missing="Choose what you start")
    reason = LineField(label="Reason", most=500, missing="Write the reason in a few words")
    with_whom = LineField(label="With whom", missing="Name whom you have told or act with")


class AfterForm(Seen):
    """What is recorded after protection was started."""

    text = ProseField(label="What happened", missing="Write what happened")


class OverseeForm(Seen):
    """A manager's oversight of protection that was started first."""

    oversight = ProseField(
        label="What you have seen, and what you direct", missing="Write what you have seen and what you direct"
    )
