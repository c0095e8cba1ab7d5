"""The words of a letter, and the council's own side of it."""

from dataclasses import dataclass, replace
from datetime import datetime

from frontdoor.actors.rules import Actor, acting_council
from frontdoor.councils import queries as councils
from frontdoor.letters import rules
from frontdoor.letters.models import Letter
from frontdoor.letters.rules import House, Route, Words


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a letter, and the same words as they would be for anybody.

    :param own: dates and the council's side as they are, a dash where a room gave words
    """

    house: House
    words: Words
    own: Words


def house(*, by: Actor, at: datetime) -> House:
    """The council's own side of a letter: its name, and where a qualified social worker answers."""
    authority = acting_council(by)
    council = councils.council(authority)
    local = councils.settings([rules.CALL_BACK_ADDRESS.name, rules.KEPT_FOR.name], authority=authority, on=at)
    return House(
        council=council.legal_name,
        # A council that has not filled in one of these still says whom to ring.
        phone=council.social_worker_phone or council.phone_public,
        hours=council.social_worker_hours or "office hours",
        night_phone=council.phone_out_of_hours or council.phone_public,
        call_back=local[rules.CALL_BACK_ADDRESS.name].value,
        address=council.address,
        kept_for=local[rules.KEPT_FOR.name].value,
        records=council.dpo_email,
    )


def preview(
    kind: rules.Kind, audience: rules.Audience, route: Route, facts: rules.Facts, *, by: Actor, at: datetime
) -> Words:
    """What would be said or written of these facts by this route, before anything is planned."""
    return rules.wording(kind, audience, rules.medium(route)).say(facts, house(by=by, at=at))


def in_words(letter: Letter, *, by: Actor, at: datetime) -> Said:
    """A letter in words, by the version of the text that it was planned with."""
    ours, facts = house(by=by, at=at), rules.facts_of(letter.facts)
    text = rules.wording(
        rules.Kind(letter.kind),
        rules.Audience(letter.audience),
        rules.medium(Route(letter.route)),
        letter.wording_version,
    )
    return Said(ours, text.say(facts, ours), text.say(replace(facts, reference="-", contact="-"), ours))
