"""Who asks and how that was checked; what for, and on which lawful basis (domain 1.5 and 9.1)."""

from frontdoor.actors.rules import InvalidInput

CHECKS = [
    ("called_back", "Called back on a number that we knew already"),
    ("secure_email", "Came from a secure e-mail domain that we know"),
    ("order_seen", "The court's order or letter was seen"),
    ("in_person", "Seen in person, with proof of who they are"),
    ("not_checked", "Not checked"),
]
"""How it was made sure that whoever asks is who they say."""

BASES = [
    ("public_task", "Public task: Children Act 1989 and 2004 (UK GDPR article 6(1)(e))"),
    ("legal_obligation", "Legal obligation, such as a court's order (article 6(1)(c))"),
    ("vital_interests", "To protect somebody's life (article 6(1)(d))"),
    ("consent", "Consent of the person whom it is about (article 6(1)(a)); rarely right"),
]
CONDITIONS = [
    ("safeguarding", "Safeguarding of children and individuals at risk (Data Protection Act 2018, schedule 1, 18)"),
    ("statutory", "Statutory and government purposes (schedule 1, 6)"),
    ("justice", "Administration of justice, courts acting as such (schedule 1, 7; article 9(2)(f))"),
    ("social_care", "Health or social care (article 9(2)(h); schedule 1, 2)"),
    ("vital", "Vital interests of somebody who cannot agree (article 9(2)(c))"),
    ("none", "Nothing about health, belief, origin, sex life or offences is told"),
]
"""The condition for what article 9 and article 10 protect more."""


def _missing(values: dict[str, str], words: dict[str, str]) -> dict[str, str]:
    return {name: words[name] for name in words if not values[name].strip()}


def check_asker(*, name: str, agency: str, reply_to: str, checked: str, how: str) -> None:
    """Somebody is told, by name, at a place; how that was checked is said, and why not where it was not.

    :raises InvalidInput: with a message by field
    """
    problems = _missing(
        {"asker_name": name, "asker_agency": agency, "reply_to": reply_to},
        {
            "asker_name": "Enter who asks",
            "asker_agency": "Enter for whom they ask, or “themselves”",
            "reply_to": "Enter where the answer goes",
        },
    )
    if checked not in dict(CHECKS):
        problems["checked"] = "Say how it was checked who asks"
    if not how.strip():
        problems["checked_how"] = (
            "Say why it was not checked"
            if checked == "not_checked"
            else "Say what was seen, or which number was called"
        )
    if problems:
        raise InvalidInput(**problems)


def check_grounds(*, purpose: str, basis: str, condition: str, necessity: str, proportionality: str) -> None:
    """A disclosure says what for, on which basis, why it is necessary and why it is no more than needed.

    :raises InvalidInput: with a message by field
    """
    problems = _missing(
        {"purpose": purpose, "necessity": necessity, "proportionality": proportionality},
        {
            "purpose": "Say what the information is for",
            "necessity": "Say why it is necessary",
            "proportionality": "Say why it is no more than needed",
        },
    )
    if basis not in dict(BASES):
        problems["basis"] = "Choose the basis"
    if condition not in dict(CONDITIONS):
        problems["condition"] = "Choose the condition"
    if problems:
        raise InvalidInput(**problems)
