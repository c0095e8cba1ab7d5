"""The texts themselves, in plain English, each with its version. E-mail and text carry no name and no concern.

Every one says how to speak to a qualified social worker and when to ring 999. To change words, add the next version
beside the one that stands: what was sent keeps the version that it was sent by.
"""

from frontdoor.letters.rules.families import FAMILY_WORDINGS
from frontdoor.letters.rules.kinds import Kind, Route
from frontdoor.letters.rules.knowing import Audience
from frontdoor.letters.rules.services import SERVICE_WORDINGS
from frontdoor.letters.rules.wording import Medium, Wording

_SENDERS = (Audience.PROFESSIONAL, Audience.PUBLIC, Audience.CHILD)
"""Those who tell us something, and are answered."""

_ABOUT = "Your message to {council}, reference {reference}"
_TO_US = "Your message to us, reference {reference}"

_ARRIVED = """
You contacted {council} on {received}. It has arrived, and its reference is {reference}.

# What happens now

Somebody qualified reads it, and we decide what to do {decide_by}. We may ring you to ask more.

If you learn more or something changes, tell us at once. You do not have to be sure.
"""

_SPEAK = """
# To speak to a qualified social worker

Ring {phone} ({hours}). At any other time ring {night_phone}.

You can ask to be rung back: {call_back}

If anyone is in danger now, ring 999.

We do not put names or details in an e-mail, because others may read it. Please do not reply to this one.
"""

_SPEAK_IN_LETTER = """
# To speak to a qualified social worker

Ring {phone} ({hours}). At any other time ring {night_phone}. Please give the reference {reference}.

You can ask to be rung back: {call_back}

# If a child is in danger now

Ring 999. If it is not safe to speak, ring 999 from a mobile, listen, and press 55 when you are asked.
"""

_DISAGREE = """
# If you do not agree

Ring {phone} and ask for the team manager. If you know something that we did not, we will look again at once.
If we still do not agree, you can use the procedure of the safeguarding partners for settling professional
differences.
"""

_CHILD_HELP = """
To talk to somebody, ring {phone} ({hours}). At any other time ring {night_phone}. You can ask for a social worker.

If you or anyone else is in danger now, ring 999.

Childline is free and does not show on a phone bill: 0800 1111.
"""

_CHILD_READING = """
We have your message. Its reference is {reference}.

Somebody is going to read it and think about what to do.
"""

_CHILD_TALKING = """
We have read your message, reference {reference}.

Somebody is going to talk with you about what happens next, and listen to what you think.
"""

_LOOKED_INTO = """
We have looked into what you told us and decided what to do. We cannot tell you more, because it is about other
people. It does not mean that we did nothing.

If you learn more or something changes, tell us at once. You do not have to be sure.

If you are not happy with how we dealt with you, ring {phone} and ask how to complain.
"""

_RING_BACK = """
You asked {council} to ring you back. A qualified social worker will ring you by {ring_by}. The reference is
{reference}.

If nobody has rung by then, or you cannot wait, ring us.
"""

_ON_THE_LINE = """
Before you say anything: who is on the line, and can they speak?
"""

_IS_IT_THE_CHILD = """
Before you say anything: who is on the line, and can they speak? If it is not the child, do not say why you ring.
"""

_EMAILS = (
    Wording("acknowledgement.professional.email", 1, _ABOUT, _ARRIVED + _SPEAK),
    Wording("acknowledgement.public.email", 1, _ABOUT, "Thank you.\n" + _ARRIVED + _SPEAK),
    Wording("acknowledgement.child.email", 1, _ABOUT, _CHILD_READING + _CHILD_HELP),
    Wording(
        "outcome_professional.professional.email",
        1,
        _ABOUT,
        """
You contacted {council} on {received}, reference {reference}. We decided on {decided}.

# What we decided

{outcome_kept_short}

# Why

{reason_kept_short}

# What happens next

{next_kept_short}

# Whom to call about it

Call {contact}.

To hear more than an e-mail may say, ring {phone} ({hours}) and give the reference.
"""
        + _DISAGREE
        + _SPEAK,
    ),
    Wording(
        "outcome_public.public.email",
        1,
        _ABOUT,
        "You contacted {council} on {received}, reference {reference}. Thank you.\n" + _LOOKED_INTO + _SPEAK,
    ),
    Wording("outcome_child.child.email", 1, _ABOUT, _CHILD_TALKING + _CHILD_HELP),
    *(Wording(f"call_back_promise.{audience}.email", 1, _ABOUT, _RING_BACK + _SPEAK) for audience in _SENDERS),
)

_TEXTS = (
    Wording(
        "acknowledgement.professional.text",
        1,
        "",
        """
{council}: your message of {received} has arrived, reference {reference}. To speak to a qualified social worker
ring {phone}. If anyone is in danger now, ring 999.
""",
    ),
    Wording(
        "acknowledgement.public.text",
        1,
        "",
        """
{council}: thank you, your message of {received} has arrived, reference {reference}. To speak to a qualified
social worker ring {phone}. If anyone is in danger now, ring 999.
""",
    ),
    Wording(
        "acknowledgement.child.text",
        1,
        "",
        """
{council}: we have your message, reference {reference}. To talk to somebody ring {phone} and ask for a social
worker. If anyone is in danger now, ring 999.
""",
    ),
    Wording(
        "outcome_professional.professional.text",
        1,
        "",
        """
{council}: we have decided about your message of {received}, reference {reference}. Please ring {phone} to hear
what, why and what happens next, or to speak to a qualified social worker. If anyone is in danger now, ring 999.
""",
    ),
    Wording(
        "outcome_public.public.text",
        1,
        "",
        """
{council}: thank you. We have looked into your message of {received}, reference {reference}, and cannot say more.
If something changes, or to speak to a qualified social worker, ring {phone}. If anyone is in danger now, ring 999.
""",
    ),
    Wording(
        "outcome_child.child.text",
        1,
        "",
        """
{council}: we have read your message, reference {reference}. Somebody is going to talk with you. To talk before
that, ring {phone} and ask for a social worker. If anyone is in danger now, ring 999.
""",
    ),
    *(
        Wording(
            f"call_back_promise.{audience}.text",
            1,
            "",
            """
{council}: a qualified social worker will ring you by {ring_by}, reference {reference}. If nobody does, or you
cannot wait, ring {phone}. If anyone is in danger now, ring 999.
""",
        )
        for audience in _SENDERS
    ),
)

_LETTERS = (
    Wording("acknowledgement.professional.letter", 1, _TO_US, _ARRIVED + _SPEAK_IN_LETTER),
    Wording(
        "acknowledgement.public.letter",
        1,
        _TO_US,
        "Thank you for telling us.\n"
        + _ARRIVED
        + """
We will not be able to tell you what we find out about other people. It does not mean that we did nothing.
"""
        + _SPEAK_IN_LETTER,
    ),
    Wording("acknowledgement.child.letter", 1, "Your message to us", _CHILD_READING + _CHILD_HELP),
    Wording(
        "outcome_professional.professional.letter",
        1,
        "What we decided, reference {reference}",
        """
You contacted us on {received}. We decided on {decided}.

[each child]
# {child}

What we decided: {outcome}.

Why: {reason}

What happens next: {next_step}
[end]

# Whom to call about it

Call {contact}.
"""
        + _DISAGREE
        + _SPEAK_IN_LETTER,
    ),
    Wording(
        "outcome_public.public.letter",
        1,
        _TO_US,
        "You contacted us on {received}. Thank you for telling us.\n" + _LOOKED_INTO + _SPEAK_IN_LETTER,
    ),
    Wording("outcome_child.child.letter", 1, "Your message to us", _CHILD_TALKING + _CHILD_HELP),
    *(
        Wording(f"call_back_promise.{audience}.letter", 1, _TO_US, _RING_BACK + _SPEAK_IN_LETTER)
        for audience in _SENDERS
    ),
)

_SPOKEN = (
    Wording(
        "acknowledgement.professional.spoken",
        1,
        "",
        """
You may say: what you told us on {received} has arrived. The reference is {reference}. We decide {decide_by}.

You may say: you can speak to a qualified social worker now, or on {phone} ({hours}).

Ask: what has changed since? Is anybody in danger now?
""",
    ),
    Wording(
        "acknowledgement.public.spoken",
        1,
        "",
        _ON_THE_LINE
        + """
You may say: what you told us on {received} has arrived. The reference is {reference}.

You may say: you can speak to a qualified social worker now, or on {phone} ({hours}).

Do not say: anything about the family, whether they are known to us, or what we do.

Ask: what has changed since? Is anybody in danger now?
""",
    ),
    Wording(
        "acknowledgement.child.spoken",
        1,
        "",
        _IS_IT_THE_CHILD
        + """
You may say: we have your message. You can talk to a social worker now.

Ask: are you safe now? Where are you? How may we reach you?
""",
    ),
    Wording(
        "outcome_professional.professional.spoken",
        1,
        "",
        """
Before you say anything: check by a number that you know that this is the person who told us.

[each child]
# {child}

You may say: {outcome}.

Why: {reason}

What happens next: {next_step}
[end]

You may say: about it, call {contact}.

You may say: if you do not agree, ask for the team manager on {phone}; with new information we look again at once.
You can speak to a qualified social worker now.

Do not say: anything about others in the family that they did not tell us themselves.
""",
    ),
    Wording(
        "outcome_public.public.spoken",
        1,
        "",
        _ON_THE_LINE
        + """
You may say: thank you. We have looked into what you told us and decided what to do.

Do not say: what was decided, anything about the family, or whether they are known to us.

You may say: if something changes, ring {phone} at once. You can speak to a qualified social worker.
""",
    ),
    Wording(
        "outcome_child.child.spoken",
        1,
        "",
        _IS_IT_THE_CHILD
        + """
You may say: we have read your message, and somebody is going to talk with you about what happens next. You can talk
to a social worker now.

Ask: what would you like to happen? Are you safe now?
""",
    ),
    *(
        Wording(
            f"call_back_promise.{audience}.spoken",
            1,
            "",
            _ON_THE_LINE + "\nYou may say: a qualified social worker will ring you by {ring_by}.",
        )
        for audience in _SENDERS
    ),
)

WORDINGS: dict[tuple[str, int], Wording] = {
    (each.name, each.version): each
    for each in (*_EMAILS, *_TEXTS, *_LETTERS, *_SPOKEN, *FAMILY_WORDINGS, *SERVICE_WORDINGS)
}
"""Every version of every text."""


_MEDIA = {Route.EMAIL: Medium.EMAIL, Route.TEXT: Medium.TEXT, Route.LETTER: Medium.LETTER}


def medium(route: Route) -> Medium:
    """In what form a route carries words; what goes by no letter or message is said by a person."""
    return _MEDIA.get(route, Medium.SPOKEN)


def wording(kind: Kind, audience: Audience, medium: Medium, version: int = 0) -> Wording:
    """One text; the newest version unless another is named.

    :raises LookupError: there is no such text
    """
    name = f"{kind}.{audience}.{medium}"
    newest = version or max((number for known, number in WORDINGS if known == name), default=0)
    try:
        return WORDINGS[(name, newest)]
    except KeyError as missing:
        raise LookupError(f"no wording {name} {newest}") from missing
