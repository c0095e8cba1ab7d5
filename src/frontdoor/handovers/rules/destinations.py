"""Where work may be handed: each destination with the function of the team that receives it."""

from dataclasses import dataclass

from frontdoor.actors.rules import InvalidInput
from frontdoor.codes import rules as codes


@dataclass(frozen=True, slots=True)
class Destination:
    """One place that work can go to.

    :param code: as in `codes.DESTINATIONS` and in an outcome's `destination`
    :param function: of the team that receives it there; empty where no team of this council does
    :param restricted: an inbox that its own members alone may see
    :param names_worker: goes to a named worker and to that team's manager, and both are told
    :param another_council: the receiver keeps a record of its own
    """

    code: str
    title: str
    function: str
    restricted: bool = False
    names_worker: bool = False
    another_council: bool = False


def _destination(code: str, function: str, *, restricted: bool = False, names_worker: bool = False) -> Destination:
    known = codes.DESTINATIONS[code]
    return Destination(code, known.label, function, restricted or known.restricted, names_worker, known.another_council)


DESTINATIONS = {
    found.code: found
    for found in (
        _destination("mash", "mash"),
        _destination("early_help", "early_help"),
        _destination("assessment", "assessment"),
        _destination("allocated_worker", "assessment", names_worker=True),
        _destination("out_of_hours", "out_of_hours"),
        _destination("met_hub", "met"),
        # An allegation against somebody who works with children, or an adoption, is for those people alone.
        _destination("lado", "lado", restricted=True),
        _destination("specialist", "specialist", restricted=True),
        _destination("other_council", ""),
    )
}
"""Every destination of a handover. What goes back to the person who told us is a question, not a handover."""

RESTRICTED = frozenset(found.function for found in DESTINATIONS.values() if found.restricted)
"""Functions whose inbox its own members alone may see."""


def destination(code: str) -> Destination:
    """The destination with this code.

    :raises InvalidInput: nothing can be handed there
    """
    try:
        return DESTINATIONS[code]
    except KeyError:
        raise InvalidInput(to="Choose where this goes.") from None
