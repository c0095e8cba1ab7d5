"""Asking for what was typed and not sent: one's own on a page, one's own list, and what people who left have left."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models

from frontdoor.access.queries import colleagues, names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, NotPermitted, Permission, acting_council, acting_person, require
from frontdoor.contacts.models import Consultation, Contact, Draft, Matter, Protection, Question
from frontdoor.contacts.rules import drafting as rules
from frontdoor.trail import actions as trail

MOST = 100
ABOUT: dict[str, tuple[Any, str]] = {
    "matter": (Matter, "contact__receipt"),
    "contact": (Contact, "receipt"),
    "question": (Question, "contact__receipt"),
    "consultation": (Consultation, "contact__receipt"),
    "protection": (Protection, "contact__receipt"),
}
"""The kind of row that each step is about, and where the number of its contact stands."""


def declare_about(kind: str, model: Any, number: str) -> None:
    """Make known what pages of a room above are about.

    :param model: the rows that the page's key names
    :param number: the column by which lists name one, across tables where it must be
    :raises ValueError: the kind is something else already
    """
    if ABOUT.setdefault(kind, (model, number)) != (model, number):
        raise ValueError(f"two kinds are called {kind}")


@dataclass(frozen=True, slots=True)
class Kept:
    """What one has typed on a page and not sent."""

    typed: dict[str, list[str]]
    version: int
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Left:
    """A draft in a list: what was begun, about which contact, and nothing of what was typed.

    :param owner: by name, where it is somebody else's
    """

    key: UUID
    step: str
    about: str
    receipt: str
    saved_at: datetime
    owner: str = ""


def step_named(step: str) -> rules.Kind:
    """A page that keeps drafts.

    :raises NotFound: no page is called so
    """
    if step not in rules.STEPS:
        raise NotFound
    return rules.STEPS[step]


def about(step: str, key: UUID | str, *, by: Actor) -> models.Model:
    """The row that a page is about. Part of keeping what is typed about it.

    :raises NotFound: the council acted for has none of that key
    :raises NotPermitted: `by` may not take that step
    """
    kind = step_named(step)
    require(by, kind.asks, authority=acting_council(by))
    found: models.Model | None = within(by, ABOUT[kind.about][0].objects.filter(key=key)).first()
    if found is None:
        raise NotFound
    return found


def own(step: str, key: UUID | str, *, by: Actor) -> "models.QuerySet[Draft]":
    """One's own draft of a page, if there is one; to lock it or to read it.

    :raises NotPermitted: a system acts
    """
    if by.user_id is None:
        raise NotPermitted(rules.STEPS[step].asks)
    form = rules.FORM + step
    return within(by, Draft.objects.filter(owner=by.user_id, form=form, subject=str(key), ended_at=None))


def kept(step: str, key: UUID | str, *, by: Actor) -> Kept | None:
    """What one has typed on this page and not sent. Part of opening the page."""
    found = own(step, key, by=by).first()
    if found is None:
        return None
    return Kept(dict(found.data.get("typed", {})), found.version, found.saved_at)


def left_here(step: str, key: UUID | str, *, by: Actor, at: datetime) -> Left | None:
    """What somebody typed on this page who no longer reaches the council. Part of opening the page."""
    here = {each.id for each in colleagues(by=by, at=at)}
    begun = Draft.objects.filter(form=rules.FORM + step, subject=str(key), ended_at=None)
    found = within(by, begun).exclude(owner__in=here).order_by("-saved_at").first()
    if found is None:
        return None
    known = names({found.owner}, by=by)
    return Left(found.key, step, str(key), "", found.saved_at, known.get(found.owner, ""))


def drafts(*, by: Actor, at: datetime) -> tuple[list[Left], list[Left]]:
    """One's own drafts, and those of people who no longer reach the council, each the latest first. One entry.

    :raises NotPermitted: `by` may not take contacts here
    """
    require(by, Permission.CONTACT_TAKE, authority=acting_council(by))
    open_ones = within(by, Draft.objects.filter(form__startswith=rules.FORM, ended_at=None)).order_by("-saved_at")
    mine = list(open_ones.filter(owner=acting_person(by))[:MOST])
    here = {each.id for each in colleagues(by=by, at=at)}
    left = [each for each in open_ones.exclude(owner__in=here)[:MOST] if _may(each, by=by)]
    trail.record("contacts.drafts", by=by, at=at, shown=[str(each.key) for each in (*mine, *left)])
    rows = _rows([*mine, *left], by=by)
    return rows[: len(mine)], rows[len(mine) :]


def _may(draft: Draft, *, by: Actor) -> bool:
    kind = rules.STEPS.get(draft.form.removeprefix(rules.FORM))
    return kind is not None and by.may(kind.asks)


def _rows(found: list[Draft], *, by: Actor) -> list[Left]:
    steps = [each.form.removeprefix(rules.FORM) for each in found]
    receipts: dict[str, str] = {}
    for about_, (model, receipt) in ABOUT.items():
        keys = [each.subject for each, step in zip(found, steps, strict=True) if rules.STEPS[step].about == about_]
        if keys:
            rows = within(by, model.objects.filter(key__in=keys)).values_list("key", receipt)
            receipts |= {str(key): number or "" for key, number in rows}
    known = names({each.owner for each in found if each.owner != by.user_id}, by=by)
    return [
        Left(each.key, step, each.subject, receipts.get(each.subject, ""), each.saved_at, known.get(each.owner, ""))
        for each, step in zip(found, steps, strict=True)
    ]
