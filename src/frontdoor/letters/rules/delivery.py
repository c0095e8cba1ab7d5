"""What can go wrong when a provider is asked to send, and what follows for the letter."""


class Undelivered(Exception):
    """The provider did not take it."""


class NotSent(Undelivered):
    """For certain not sent, and not because of the letter: the provider is down, or too busy. Tried again later."""


class Refused(Undelivered):
    """For certain not sent, and never will be: the address or number is not accepted. A person has to look."""


class Unknown(Undelivered):
    """It may have gone out. Sent again only when the provider can be asked whether it has it."""


def from_status(status: int) -> Undelivered:
    """What an answer of GOV.UK Notify means; its client says 503 also when no answer came at all.

    400: the address or number is wrong. 403, 404, 429: the key, the template or the limit is, which we mend. Anything
    else, an answer that cannot be read among it: it may have been kept before the answer was lost.
    """
    if status == 400:
        return Refused(str(status))
    return NotSent(str(status)) if 400 < status < 500 else Unknown(str(status))
