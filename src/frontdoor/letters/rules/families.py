"""What a family is told, in fixed words: what arrived, what was decided and why, what is kept, and how to disagree.

Never who told us. Nothing here goes by e-mail or text: others may read those. To change words, add the next version.
"""

from frontdoor.letters.rules.wording import Wording

_ABOUT_YOU = "From {council}, reference {reference}"

_KEPT = """
# What we keep

We keep what we were told and what we decided {kept_for}. To see what we hold about you, ask {records} and give the
reference {reference}.

# If you do not agree, or want to complain

Ring {phone} ({hours}) and give the reference {reference}. If you know something that we did not, we look again at
once. You can complain at any time: ask how to on the same number. It makes no difference to how we help you.

# Who told us

We never say who told us something, whoever it was.
"""

_TALK = """
# To speak to a qualified social worker

Ring {phone} ({hours}). At any other time ring {night_phone}. If anyone is in danger now, ring 999.
"""

_PARENT_ARRIVED = """
On {received} we were told of something that concerns your family. It is our job to look at it.

[each child]
# {child}

What we were told of: {about}.
[end]

# What happens now

Somebody qualified looks at it and decides what to do. We may ask you about it. Nothing has been decided yet.
"""

_PARENT_DECIDED = """
On {received} we were told of something that concerns your family. We decided on {decided}.

[each child]
# {child}

What we were told of: {about}.

What we decided: {outcome}.

Why: {reason}

What happens next: {next_step}
[end]
"""

_CHILD_ARRIVED = """
Somebody told us something about you on {received}. It is our job to think about it. You have done nothing wrong.

[each child]
What we were told of: {about}.
[end]

Nothing has been decided yet. You can tell us what you think.
"""

_CHILD_DECIDED = """
Somebody told us something about you on {received}. It is our job to think about it. You have done nothing wrong.

[each child]
What we were told of: {about}.

What we decided: {outcome}.

Why: {reason}
[end]

You can tell us what you think, and we listen.
"""

_CHILD_KEPT = """
We keep what we were told and what we decided {kept_for}. You can ask to see it, and you can complain: ring {phone}
and give the reference {reference}. Somebody can help you to do it. We never say who told us.

To talk to somebody, ring {phone} ({hours}). At any other time ring {night_phone}. You can ask for a social worker.
If you or anyone else is in danger now, ring 999. Childline is free and does not show on a phone bill: 0800 1111.
"""

_BEFORE = """
Before you say anything: be sure who this is, and that nobody else can hear.

Do not say: who told us, nor anything from which it could be guessed.

Do not say: where anybody else lives, nor anything about another adult, or about a child who is not named here.

You may say, in these words:
"""

_ASK = """
Ask: what do you think about this? Do you want to speak to a social worker now, on {phone}? Is anybody in danger now?
"""

FAMILY_WORDINGS = (
    Wording("family_arrived.parent.letter", 1, _ABOUT_YOU, _PARENT_ARRIVED + _KEPT + _TALK),
    Wording("family_decided.parent.letter", 1, _ABOUT_YOU, _PARENT_DECIDED + _KEPT + _TALK),
    Wording("family_arrived.child.letter", 1, "To you, from {council}", _CHILD_ARRIVED + _CHILD_KEPT),
    Wording("family_decided.child.letter", 1, "To you, from {council}", _CHILD_DECIDED + _CHILD_KEPT),
    Wording("family_arrived.parent.spoken", 1, "", _BEFORE + _PARENT_ARRIVED + _KEPT + _ASK),
    Wording("family_decided.parent.spoken", 1, "", _BEFORE + _PARENT_DECIDED + _KEPT + _ASK),
    Wording("family_arrived.child.spoken", 1, "", _BEFORE + _CHILD_ARRIVED + _CHILD_KEPT + _ASK),
    Wording("family_decided.child.spoken", 1, "", _BEFORE + _CHILD_DECIDED + _CHILD_KEPT + _ASK),
)
