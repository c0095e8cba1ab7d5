"""Deciding a setting, and keeping a council's own details right."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from frontdoor.actors.rules import Actor, InvalidInput, NotFound, Permission, require, unchanged
from frontdoor.councils import rules
from frontdoor.councils.models import Council, Setting
from frontdoor.trail import actions as trail

DETAILS = (
    "address",
    "phone_professionals",
    "phone_public",
    "phone_out_of_hours",
    "social_worker_phone",
    "social_worker_hours",
    "dpo_email",
    "brand_colour",
)
"""What an administrator may correct; number, slug, name and dates change only with the law."""


@transaction.atomic
def decide_setting(
    name: str,
    *,
    value: Any,
    starts_on: date,
    ends_on: date | None = None,
    decided_by: str,
    why: str,
    by: Actor,
    at: datetime,
) -> Setting:
    """Give a setting a value from a day on, for the council acted for; what has been stays as it was.

    :param value: as JSON; `Setting.parse` makes it from typed text
    :param ends_on: the last day of a temporary value; the one before it holds again afterwards
    :param decided_by: who in the council decided, which need not be who enters it
    :raises NotPermitted: `by` may not change settings here
    :raises InvalidInput: unknown or fixed, the value does not fit, the day lies in the past, or nobody decided
    """
    authority = _lock(by).pk
    require(by, Permission.SETTING_CHANGE, authority=authority)

    clean = _fit(name, value)
    if problem := rules.may_start(starts_on, ends_on, rules.london_day(at)):
        raise InvalidInput(starts_on=problem)
    if not decided_by.strip() or not why.strip():
        raise InvalidInput(**dict.fromkeys(("decided_by", "why"), "Say who decided, and why"))

    decided = Setting.objects.create(
        authority_id=authority,
        name=name,
        value=clean,
        starts_on=starts_on,
        ends_on=ends_on,
        decided_by=decided_by.strip(),
        why=why.strip(),
        entered_by=by.name,
        entered_at=at,
    )

    trail.record(
        "councils.decide_setting",
        subject=decided,
        by=by,
        at=at,
        why=why.strip(),
        setting=name,
        value=clean,
        starts_on=starts_on,
        ends_on=ends_on,
        decided_by=decided_by.strip(),
    )
    return decided


def _lock(by: Actor) -> Council:
    """The council acted for, locked: two administrators decide one after the other."""
    if by.authority is None:
        raise NotFound
    return Council.objects.select_for_update(of=("self",)).get(pk=by.authority)


def _fit(name: str, value: Any) -> Any:
    try:
        setting = rules.setting_named(name)
        if setting.fixed:
            raise InvalidInput(value="This is set by law or by the partnership and is not changed here")
        return setting.clean(value)
    except rules.UnknownSetting as unknown:
        raise InvalidInput(name="There is no such setting") from unknown
    except rules.BadValue as bad:
        raise InvalidInput(value=str(bad)) from bad


@transaction.atomic
def correct_details(*, seen: int, details: dict[str, str], why: str, by: Actor, at: datetime) -> Council:
    """Correct a council's own telephone numbers, address, hours and colour.

    :param details: new values by name, some of `DETAILS`
    :raises NotPermitted: `by` may not change settings here
    :raises Conflict: somebody corrected them after `by` saw them
    :raises InvalidInput: another field, or no reason
    """
    council = _lock(by)
    require(by, Permission.SETTING_CHANGE, authority=council.pk)

    unchanged(seen, council.version, {name: getattr(council, name) for name in DETAILS})
    if wrong := set(details) - set(DETAILS):
        raise InvalidInput(**dict.fromkeys(wrong, "This is not changed here"))
    if not why.strip():
        raise InvalidInput(why="Say why")

    before = {name: getattr(council, name) for name in details}
    for name, value in details.items():
        setattr(council, name, value)
    council.version += 1
    council.save(update_fields=[*details, "version"])

    trail.record(
        "councils.correct_details", subject=council, by=by, at=at, why=why.strip(), before=before, after=details
    )
    return council
