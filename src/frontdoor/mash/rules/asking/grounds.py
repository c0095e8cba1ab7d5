"""On which grounds agencies are asked: agreement, a manager's decision to do without, basis, necessity (domain 1.5)."""

from dataclasses import dataclass
from datetime import datetime

from frontdoor.actors.rules import InvalidInput, StepNotAllowed
from frontdoor.councils.rules import Kind, Setting, declare
from frontdoor.mash.rules.asking.sets import GROUP

DUTY = declare(
    Setting(
        "mash.duty_to_share", "The duty to share information of 2026 is in force here", GROUP, Kind.YES_NO, False,
        "Children Act 2004 s16LA, put in by the Children's Wellbeing and Schools Act 2026 s4; in force on the day that"
        " regulations appoint",
        hint="From that day every request says so, and a refusal has to say why sharing would do the child more harm.",
    )
)  # fmt: skip

POSITIONS = [
    ("given", "Asked, and agreed"),
    ("refused", "Asked, and refused"),
    ("no_reply", "Asked, and no answer"),
    ("not_sought", "Not asked"),
    ("withdrawn", "Agreed, and taken back since"),
]
"""Where the family stands: a record of its own beside the lawful basis, which is not consent (domain 1.5)."""

AS_TOLD = {
    "given": "given", "refused": "refused", "no_reply": "no_reply", "not_sought": "not_sought", "withdrawn": "refused",
}  # fmt: skip
"""What a contact says of agreement, as it begins here: what was taken back then was never given to these checks."""

BASES = [
    ("public_task", "Public task: Children Act 1989 s17, s47; 2004 s10, s11 (UK GDPR article 6(1)(e))"),
    ("legal_obligation", "Legal obligation (article 6(1)(c))"),
    ("vital_interests", "To protect somebody's life (article 6(1)(d))"),
]
CONDITIONS = [
    ("safeguarding", "Safeguarding of children and individuals at risk (Data Protection Act 2018, schedule 1, 18)"),
    ("statutory", "Statutory and government purposes (schedule 1, 6)"),
    ("social_care", "Health or social care (article 9(2)(h); schedule 1, 2)"),
    ("vital", "Vital interests of somebody who cannot agree (article 9(2)(c))"),
]
WORDS = {
    "purpose": "Say what the information is for",
    "necessity": "Say why it is necessary",
    "proportionality": "Say why it is no more than needed, and why less would not do",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """Why agencies may be asked about a family: written once for an enquiry, for one agency only where it differs.

    :param agreement: the sharing agreement on which it rests, and its version
    """

    purpose: str
    basis: str
    condition: str
    necessity: str
    proportionality: str
    agreement: str = ""
    agreement_version: str = ""


def check_grounds(grounds: Grounds) -> None:
    """Grounds say what for, on which basis, why it is necessary and why it is no more than needed (domain 3.3, 9.1).

    :raises InvalidInput: with a message by field
    """
    problems = {name: words for name, words in WORDS.items() if not getattr(grounds, name).strip()}
    if grounds.basis not in dict(BASES):
        problems["basis"] = "Choose the basis"
    if grounds.condition not in dict(CONDITIONS):
        problems["condition"] = "Choose the condition"
    if problems:
        raise InvalidInput(**problems)


def check_dispensing(*, why: str, position: str, on_refusal: str) -> None:
    """A manager who goes on without agreement says why, and what was done where it was refused or taken back.

    Source: AB v Haringey [2013] EWHC 416 (Admin): checks were made without asking, and nobody had decided that.

    :raises StepNotAllowed: the family agrees, or nobody has said whether it was asked
    :raises InvalidInput: with a message by field
    """
    if not position:
        raise StepNotAllowed("Record first whether the family was asked to agree.")
    if position == "given":
        raise StepNotAllowed("The family agrees. Nothing has to be dispensed with.")
    problems = {}
    if not why.strip():
        problems["why"] = "Say why agencies are asked without agreement"
    if position in {"refused", "withdrawn"} and not on_refusal.strip():
        problems["on_refusal"] = "Say what was said and done when they refused"
    if problems:
        raise InvalidInput(**problems)


def may_ask(*, position: str, said_at: datetime | None, dispensed_at: datetime | None) -> None:
    """Let the first request leave only with agreement, or after a manager has decided to do without.

    A decision made before the family said something else does not cover what they say now.

    :raises StepNotAllowed: neither stands
    """
    if not position or said_at is None:
        raise StepNotAllowed("Record first whether the family was asked to agree to these checks.")
    if position == "given":
        return
    if dispensed_at is None or dispensed_at < said_at:
        raise StepNotAllowed(
            "The family has not agreed. A manager decides, before any request leaves, whether to ask without agreement."
        )
