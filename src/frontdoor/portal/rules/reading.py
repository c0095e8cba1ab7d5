"""Easy read and large print: how a visitor wants the public pages, and the easy words for what they ask.

Easy read: short sentences, one idea each, everyday words, no abbreviations; it asks the same and leaves nothing out.
"""

from collections.abc import Iterable
from dataclasses import dataclass

COOKIE = "reading"
"""The cookie of how somebody wants to read, and the name of the buttons that switch it."""

Words = tuple[str, str]
"""A question and its help text."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How somebody wants to read; kept in a cookie that says nothing else and ends with the browser."""

    easy: bool = False
    large: bool = False

    def __str__(self) -> str:
        return "-".join(word for word, wanted in (("easy", self.easy), ("large", self.large)) if wanted)

    def after(self, pressed: str) -> "Wish":
        """What is wanted once a switch is pressed: `easy`, `usual`, `large`, `small`; anything else changes nothing."""
        easy = {"easy": True, "usual": False}.get(pressed, self.easy)
        large = {"large": True, "small": False}.get(pressed, self.large)
        return Wish(easy, large)


def wish(kept: str) -> Wish:
    """What a cookie says; a cookie of anybody's making says no more than these two."""
    words: Iterable[str] = kept.split("-")
    return Wish("easy" in words, "large" in words)


EASY: dict[str, Words] = {
    "PostcodeForm.postcode": ("What is the postcode?", "The child's home. Leave it empty if you do not know."),
    "CouncilForm.council": ("Which council is near the child?", "Choose one. It is fine if you are not sure."),
    "YouForm.kind": ("Who are you?", ""),
    "WorryForm.story": ("What are you worried about?", "What did you see? What did you hear? When was it?"),
    "DangerForm.danger": ("Is a child in danger now?", "Danger means: somebody could be hurt today."),
    "ChildForm.kind": ("Do you know who the child is?", ""),
    "ChildForm.description": ("What does the child look like?", "Write this if you do not know the name."),
    "ChildForm.date_of_birth": ("When was the child born?", "Leave it empty if you do not know."),
    "ChildForm.approximate_age": ("How old is the child?", "A guess is fine."),
    "ChildForm.expected_on": ("When will the baby be born?", "Only if the baby is not born yet."),
    "ChildForm.address": ("Where does the child live?", ""),
    "ChildForm.school": ("What school do they go to?", ""),
    "AdultForm.relationship": ("Who are they to the child?", "For example: mum, step dad, neighbour."),
    "AdultForm.lives_with": ("Do they live with the child?", ""),
    "AdultForm.safe_contact": ("When is it not safe to call this person?", ""),
    "MoreForm.more": ("Do you want to tell us about one more person?", ""),
    "WordsForm.said": ("What did the child say?", "Use the child's own words."),
    "WhereForm.place": ("Where is the child now?", "A house, a street or a school."),
    "WhereForm.with_whom": ("Who is with the child?", ""),
    "WhereForm.until_when": ("How long will they be there?", ""),
    "HelpingForm.story": ("What is going well?", "Who helps? What have you tried?"),
    "FamilyForm.knows": ("Does the family know you are telling us?", "Do not ask them if that is not safe."),
    "FamilyForm.agreement": ("Did the family say yes?", ""),
    "FamilyForm.why_not": ("Why did nobody ask them?", ""),
    "DetailsForm.identity": ("Can we know your name?", "You do not have to say your name. We will listen to you."),
    "DetailsForm.name": ("What is your name?", ""),
    "DetailsForm.relationship": ("How do you know the child?", ""),
    "AnswerForm.route": ("How can we answer you?", ""),
    "AnswerForm.phone": ("Your phone number", ""),
    "AnswerForm.email": ("Your email", ""),
    "AnswerForm.address": ("Your address", "We write you a letter."),
    "AnswerForm.note": ("When is it not safe to call you?", ""),
    "AnswerForm.call_back": ("Please call me", ""),
    "AnswerForm.when": ("When can we call you?", ""),
    "CallBackForm.phone": ("Your phone number", ""),
    "CallBackForm.name": ("Your name", "You do not have to say it."),
    "CallBackForm.when": ("When can we call you?", "Tell us when it is not safe to call."),
    "CallBackForm.about": ("What is it about?", "A few words are fine."),
    "HopingForm.story": ("What is hard now?", "Write it in your own words. It is good to ask."),
    "HopingForm.wish": ("What would help?", "Leave it empty if you do not know."),
    "OwnForm.agreement": ("Shall we look for help?", "You can change your mind."),
    "OwnForm.others": ("Can we talk to others about this?", "If somebody is in danger, we may have to tell others."),
    "OwnForm.limits": ("Who must not know?", ""),
    "CodeForm.code": ("What is your code?", "It has 16 letters and numbers."),
}  # fmt: skip
"""The easy words of each question, by form and field."""
