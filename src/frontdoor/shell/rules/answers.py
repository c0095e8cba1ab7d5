"""Which answer an error gets, and in which words: the one map of design section 3 for pages."""

from collections.abc import Mapping
from dataclasses import dataclass

from frontdoor.actors.rules import (
    Conflict,
    Error,
    InvalidInput,
    NotFound,
    NotPermitted,
    Permission,
    SameKeyOtherBody,
    StepNotAllowed,
)

# The status of each refusal. An error that is not here is a fault of ours: 500.
STATUS: dict[type[Error], int] = {
    NotFound: 404,
    NotPermitted: 403,
    StepNotAllowed: 409,
    Conflict: 409,
    SameKeyOtherBody: 422,
    InvalidInput: 422,
}

# What a permission lets people do, said after "You cannot".
WHAT: dict[Permission, str] = {
    Permission.REFERRAL_READ: "see referrals",
    Permission.REFERRAL_KEEP: "work on a referral",
    Permission.EARLY_HELP_READ: "see early help",
    Permission.EARLY_HELP_KEEP: "work on early help for a family",
    Permission.EARLY_HELP_SCREEN: "look at a family for risk before early help ends",
    Permission.FAMILY_HELP_READ: "see the assessment and plan of a family",
    Permission.FAMILY_HELP_WORK: "work on the assessment and plan of a family",
    Permission.FAMILY_HELP_STATUS: "say in which status a family is helped",
    Permission.CONTACT_TAKE: "take in a contact",
    Permission.CONTACT_READ: "read contacts",
    Permission.CONTACT_SEARCH: "search for people and contacts",
    Permission.CONTACT_LOOK: "give a first look",
    Permission.CONTACT_SCREEN: "screen a contact",
    Permission.CONTACT_ASSIGN: "give work to others",
    Permission.CONTACT_DECIDE: "decide what happens for a child",
    Permission.CONTACT_PROTECT: "start immediate protection",
    Permission.CONTACT_LATE_ENTRY: "write down what happened earlier",
    Permission.CONTACT_ADVISE: "give advice as a qualified social worker",
    Permission.SAMPLE_READ: "see which decisions are read again",
    Permission.REFERRER_READ: "see who made a contact",
    Permission.REFERRER_TELL: "tell the referrer the outcome",
    Permission.HANDOVER_SEND: "hand work over",
    Permission.HANDOVER_ANSWER: "accept or refuse a handover",
    Permission.HANDOVER_OVERRULE: "settle a handover that was refused twice",
    Permission.DIRECTION_DO: "carry out a direction",
    Permission.DIRECTION_GIVE: "give a direction",
    Permission.CLOCK_READ: "see the clock board",
    Permission.CLOCK_EXPLAIN: "explain why a clock ran out",
    Permission.CLOCK_PAUSE: "let a clock stand still",
    Permission.CLOCK_KEEP: "keep the clocks",
    Permission.LETTER_READ: "read letters",
    Permission.LETTER_SEND: "send letters",
    Permission.LETTER_RELEASE: "release a letter that was held back",
    Permission.FAMILY_TELL: "tell a family, or take a parent's call",
    Permission.FAMILY_RELEASE: "release words to a family, or decide that somebody is not told",
    Permission.SAFE_CONTACT_KEEP: "set down how somebody may be reached safely",
    Permission.PROTECTED_OPEN: "open a protected address",
    Permission.DOWN_KEEP: "keep the sheet for a day without the system",
    Permission.FILE_SCAN: "scan files",
    Permission.FILE_RELEASE: "release a file that was held, or take an original",
    Permission.ROTA_KEEP: "change the rota",
    Permission.FIGURES_READ: "see the figures",
    Permission.SETTING_READ: "see the settings",
    Permission.SETTING_CHANGE: "change settings",
    Permission.ACCOUNT_KEEP: "keep accounts and posts",
    Permission.SENDER_KEEP: "say who sends with an agency's account",
    Permission.PARTNER_KEEP: "say who answers for an agency",
    Permission.REQUEST_ANSWER: "answer what an agency is asked",
    Permission.AGREEMENT_KEEP: "keep agreements, agencies and teams",
    Permission.TRAIL_READ: "read the trail",
    Permission.TRAIL_SEAL: "seal the trail",
    Permission.DISCLOSURE_READ: "see what was disclosed about a child",
    Permission.DISCLOSURE_PREPARE: "work on requests for information",
    Permission.DISCLOSURE_APPROVE: "approve what is disclosed",
    Permission.DISCLOSURE_LEDGER: "see the ledger of disclosures",
    Permission.COMPLAINT_TAKE: "take in a complaint or a compliment",
    Permission.COMPLAINT_KEEP: "work on complaints",
    Permission.MASH_READ: "see enquiries of several agencies",
    Permission.MASH_WORK: "work on enquiries of several agencies",
    Permission.MASH_DECIDE: "decide about enquiries of several agencies",
    Permission.DISAGREEMENT_RAISE: "write down that a professional disagrees",
    Permission.DISAGREEMENT_KEEP: "settle disagreements between professionals",
    Permission.PERSON_READ: "search for people and open their records",
    Permission.PERSON_KEEP: "write into people's records",
    Permission.JOIN_PROPOSE: "propose that two records are one person",
    Permission.JOIN_APPROVE: "join two records, or part them again",
    Permission.MATCH_EXPLAIN: "see how matches are weighed",
    Permission.APART_KEEP: "keep two records apart",
    Permission.PEOPLE_BRING: "bring people in from another system",
    Permission.DIRECTORY_KEEP: "keep the directory of services",
    Permission.RESTRICTION_KEEP: "restrict a record and say who may open it",
    Permission.RESTRICTED_ASK: "ask about a restricted record",
    Permission.GLASS_REVIEW: "look at records that were opened with a reason",
}

# Whom to ask; everything else is a matter for one's own team manager.
ASK: dict[Permission, str] = {
    Permission.JOIN_APPROVE: "the data-quality manager of your council",
    Permission.MATCH_EXPLAIN: "the data-quality manager of your council",
    Permission.APART_KEEP: "the data-quality manager of your council",
    Permission.PEOPLE_BRING: "the data-quality manager of your council",
    Permission.DIRECTORY_KEEP: "the early help officer of your council",
    Permission.FAMILY_HELP_STATUS: "the social worker of the family’s team",
    Permission.RESTRICTION_KEEP: "your head of service",
    Permission.GLASS_REVIEW: "your head of service",
    Permission.HANDOVER_OVERRULE: "your head of service",
    Permission.SETTING_READ: "the system administrator of your council",
    Permission.SETTING_CHANGE: "the system administrator of your council",
    Permission.ACCOUNT_KEEP: "the system administrator of your council",
    Permission.SENDER_KEEP: "the system administrator of your council",
    Permission.PARTNER_KEEP: "the system administrator of your council",
    Permission.AGREEMENT_KEEP: "the system administrator of your council",
    Permission.TRAIL_READ: "your council's data protection officer",
    Permission.TRAIL_SEAL: "your council's data protection officer",
    Permission.DISCLOSURE_LEDGER: "your council's data protection officer",
}


# What a field is called on a page that shows it without its form; any other is called by its own name.
FIELDS: dict[str, str] = {
    "again_on": "Look again on", "danger": "Danger now",
    "danger_rank": "How urgent it is", "due": "Due", "due_at": "Due", "how": "How", "line": "Why, in one line",
    "made": "How it was checked", "note": "What was said", "on": "When",
    "open_to": "Open to whom", "reason": "Why", "reply_to": "How they want to be answered",
    "ring_by": "Ring them back by", "sent_how": "How it was sent", "state": "Where it stands", "story": "What was told",
    "sub_type": "What kind it is", "taken_by": "Who took it", "talked_at": "When you spoke",
    "text": "What you wrote", "to": "To whom", "to_whom": "To whom", "told_at": "When they were told",
    "where_now": "Where the child is now", "who": "Who", "why": "Why", "with_whom": "With whom",
    "words": "In your words", "worry": "The worry", "wrong": "What is wrong",
}  # fmt: skip


def field_words(name: str) -> str:
    """What a field is called, in words; never as the code calls it."""
    return FIELDS.get(name, name.replace("_", " ").replace("-", " ").capitalize())


_DAY_PARTS = ("-day", "-month", "-year", "-time")
_PICKED = frozenset(
    {"about_user", "asked", "children", "colleague", "lead", "manager", "owner", "person", "team", "which", "worker"}
)
"""Fields whose value is the key of a person, a team or a record: nothing that anybody typed."""


def typed_words(sent: Mapping[str, str]) -> dict[str, str]:
    """What somebody typed, under the words of its fields: a day is one thing; what was picked by a key is left out.

    :param sent: by the name of the field, as the browser sent it
    """
    found: dict[str, list[str]] = {}
    for name, said in sent.items():
        part = next((end for end in _DAY_PARTS if name.endswith(end)), "")
        if name not in _PICKED:
            found.setdefault(field_words(name.removesuffix(part)), []).append(said)
    return {words: " ".join(parts) for words, parts in found.items()}


@dataclass(frozen=True, slots=True)
class Refusal:
    """What the page of a missing permission says."""

    what: str
    ask: str


def kind_of(raised: Exception) -> type[Error] | None:
    """Which of the refusals an exception is; None for what is a fault of ours."""
    return next((kind for kind in STATUS if isinstance(raised, kind)), None)


def refusal(permission: Permission) -> Refusal:
    """What somebody may not do, and whom to ask about it."""
    return Refusal(WHAT[permission], ASK.get(permission, "your team manager"))
