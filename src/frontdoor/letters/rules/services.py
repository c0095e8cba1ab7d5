"""What somebody is told of services that may help: open data alone, and never why they were thought of.

Nothing follows from it about a child: whoever else reads it sees a list that anybody could have asked for.
"""

from frontdoor.letters.rules.knowing import Audience
from frontdoor.letters.rules.wording import Wording

_TO = (Audience.PROFESSIONAL, Audience.PUBLIC, Audience.CHILD)
_ABOUT = "Your message to {council}, reference {reference}"
_LIST = """
[each service]
# {service}

{reach}.
[end]
"""
_ASK = """
# If none of it fits

Ring {phone} ({hours}). At any other time ring {night_phone}. You can ask for a social worker. If anyone is in danger
now, ring 999.
"""
_WRITTEN = "Here are services in our area that may help.\n" + _LIST + _ASK

SERVICE_WORDINGS = (
    *(Wording(f"services.{audience}.email", 1, _ABOUT, _WRITTEN) for audience in _TO),
    *(Wording(f"services.{audience}.letter", 1, "Services in your area", _WRITTEN) for audience in _TO),
    *(
        Wording(
            f"services.{audience}.text", 1, "",
            """
{council}: services that may help.

[each service]
{service}, {reach}.
[end]

To speak to a social worker ring {phone}. If anyone is in danger now, ring 999.
""",
        )
        for audience in _TO
    ),
    *(
        Wording(
            f"services.{audience}.spoken", 1, "",
            "\nBefore you say anything: who is on the line, and can they speak?\n"
            "\nYou may say: here are services that may help.\n" + _LIST
            + "\nYou may say: you can ask for a social worker.\n"
            + "\nAsk: does any of these fit? Is anybody in danger now?\n",
        )
        for audience in _TO
    ),
)  # fmt: skip
