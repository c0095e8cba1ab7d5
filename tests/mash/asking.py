"""Agencies and requests as they stand in tests: desks of a council, grounds, agreement, and requests that have left."""

from datetime import date, datetime
from typing import Any

from tests.mash.enquiring import AT, stands
from tests.worlds import World

DESKS = {
    "Cambridgeshire Constabulary": "police",
    "Nene Community Health": "health",
    "Hereward Schools Trust": "education",
    "Ouse Valley Advocacy": "idva",
}
"""The agencies that both councils ask, and what each looks into."""


def values(line: str, **more: Any) -> dict[str, Any]:
    """What a manager keeps of an agency."""
    kept: dict[str, Any] = {
        "line": line, "covers": "", "ratings": [], "agreement": "Children's safeguarding data sharing agreement",
        "agreement_version": "3.1", "basis": "public_task", "condition": "safeguarding",
        "necessity": "Without it nobody knows what the family's services have seen.",
        "proportionality": "Only what bears on the question is asked.", "email": f"{line}.desk@agency.example.org",
        "telephone": "01632 960123", "out_of_hours": "01632 960124", "lead_name": "Ros Tate",
        "lead_email": f"{line}.lead@agency.example.org", "starts_on": date(2026, 1, 1), "ends_on": None,
    }  # fmt: skip
    return kept | more


def desks(world: World, *, at: datetime = AT, council: int = 874) -> dict[str, Any]:
    """The desks by line."""
    from frontdoor.mash.actions.asking import keep_desk

    with world.acting("team_manager", at=at, council=council) as by:
        return {line: keep_desk(world.agencies[name].key, values(line), by=by, at=at) for name, line in DESKS.items()}


def agreed(world: World, enquiry: Any, position: str = "given", *, at: datetime = AT) -> None:
    """The family was asked, or not."""
    from frontdoor.mash.actions.asking import say_agreement

    with world.acting("social_worker", at=at) as by:
        words = "The mother, by telephone"
        say_agreement(enquiry.key, seen=stands(enquiry).version, position=position, words=words, by=by, at=at)


def grounded(world: World, enquiry: Any, *, at: datetime = AT) -> None:
    """The grounds of an enquiry are written."""
    from frontdoor.mash.actions.asking import set_grounds
    from frontdoor.mash.rules.asking.grounds import Grounds

    written = Grounds(
        purpose="Is the child safe at home?", basis="public_task", condition="safeguarding",
        necessity="The school saw a mark.", proportionality="Only the last two years.",
    )  # fmt: skip
    with world.acting("social_worker", at=at) as by:
        set_grounds(enquiry.key, written, seen=stands(enquiry).version, by=by, at=at)


def sent(
    world: World, enquiry: Any, desks: list[Any], *, left_out: dict[Any, str] | None = None, at: datetime = AT
) -> list[Any]:
    """Requests that a social worker sends."""
    from frontdoor.mash.actions.asking import send

    with world.acting("social_worker", at=at) as by:
        return send(
            enquiry.key, seen=stands(enquiry).version, asked={desk.key for desk in desks}, left_out=left_out or {},
            question="What do you know of this family since 2024?", since=None, by=by, at=at,
        )  # fmt: skip


def asked(world: World, enquiry: Any, *, at: datetime = AT) -> dict[str, Any]:
    """An enquiry whose police, health and schools trust were asked with agreement; the requests by line."""
    kept = desks(world, at=at)
    agreed(world, enquiry, at=at)
    grounded(world, enquiry, at=at)
    made = sent(world, enquiry, [kept[line] for line in ("police", "health", "education")], at=at)
    return {request.desk.line: request for request in made}
