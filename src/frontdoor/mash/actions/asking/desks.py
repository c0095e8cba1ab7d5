"""The agencies that a council asks, kept by its manager; and what each says that it can do today."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, NotFound, Permission, acting_council, require, unchanged
from frontdoor.mash.models import Capacity, Desk
from frontdoor.mash.rules.asking import sets
from frontdoor.organisations.queries import agencies
from frontdoor.trail import actions as trail

COLUMNS = (
    "line", "covers", "ratings", "agreement", "agreement_version", "basis", "condition", "necessity",
    "proportionality", "email", "telephone", "out_of_hours", "lead_name", "lead_email", "starts_on", "ends_on",
    "other_side",
)  # fmt: skip
"""What a manager keeps of an agency; its name is the agency's own."""


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    kept = {"other_side": False, **{name: values[name] for name in COLUMNS if name in values or name != "other_side"}}
    sets.check_desk(
        line=kept["line"], ratings=kept["ratings"], agreement=kept["agreement"], version=kept["agreement_version"],
        email=kept["email"], telephone=kept["telephone"],
    )  # fmt: skip
    starts: date = kept["starts_on"]
    if kept["ends_on"] is not None and kept["ends_on"] < starts:
        raise InvalidInput(ends_on="The last day lies before the first")
    kept["ratings"] = sorted(kept["ratings"])
    return kept


@transaction.atomic
def keep_desk(agency: UUID, values: Mapping[str, Any], *, by: Actor, at: datetime) -> Desk:
    """Ask an agency from now on: its line, its ratings, the agreement under which it shares, its desk.

    :param values: one for each of `COLUMNS`
    :raises NotPermitted: `by` keeps no agencies here
    :raises InvalidInput: there is no such agency, it is kept already, or a part is missing
    """
    require(by, Permission.MASH_DECIDE, authority=acting_council(by))
    name = next((each.name for each in agencies(by=by) if each.key == agency), None)
    if name is None:
        raise InvalidInput(agency="Choose an agency")
    kept = _checked(values)
    if within(by, Desk.objects.filter(agency=agency, ends_on=None)).exists():
        raise InvalidInput(agency="This agency is asked already: change it instead")
    desk = Desk.objects.create(authority_id=acting_council(by), agency=agency, name=name, **kept)
    trail.record("mash.keep_desk", subject=desk, by=by, at=at, agency=agency, line=desk.line)
    return desk


@transaction.atomic
def change_desk(key: UUID | str, values: Mapping[str, Any], *, seen: int, by: Actor, at: datetime) -> Desk:
    """Change what is kept of an agency, or say its last day. Requests that were sent stay as they were.

    :raises NotPermitted: `by` keeps no agencies here
    :raises NotFound: the council has no such agency
    :raises Conflict: somebody has changed it
    :raises InvalidInput: a part is missing
    """
    desk = within(by, Desk.objects.select_for_update(of=("self",), no_key=True).filter(key=key)).first()
    if desk is None:
        raise NotFound
    require(by, Permission.MASH_DECIDE, authority=desk.authority_id)
    unchanged(seen, desk.version)
    kept = _checked(values)
    altered = sorted(name for name, value in kept.items() if getattr(desk, name) != value)
    for name, value in kept.items():
        setattr(desk, name, value)
    desk.version += 1
    desk.save(update_fields=[*COLUMNS, "version"])
    trail.record("mash.change_desk", subject=desk, by=by, at=at, changed=altered)
    return desk


@transaction.atomic
def declare_capacity(key: UUID | str, *, line: str, said_by: str, by: Actor, at: datetime) -> Capacity:
    """Write down what an agency says that it can do today: in a line, from whom.

    :raises NotPermitted: `by` works on no enquiries
    :raises NotFound: the council asks no such agency
    :raises InvalidInput: nothing was said, or nobody said it
    """
    require(by, Permission.MASH_WORK, authority=acting_council(by))
    desk = within(by, Desk.objects.filter(key=key)).first()
    if desk is None:
        raise NotFound
    wanted = {"line": (line, "Write what they can do today"), "said_by": (said_by, "Enter who said it")}
    if problems := {name: words for name, (typed, words) in wanted.items() if not typed.strip()}:
        raise InvalidInput(**problems)
    made = Capacity.objects.create(
        authority_id=desk.authority_id, agency=desk.agency, line=line.strip()[:200], said_by=said_by.strip()[:200],
        user_id=by.user_id, at=at,
    )  # fmt: skip
    trail.record("mash.declare_capacity", subject=made, by=by, at=at, desk=desk.key)
    return made
