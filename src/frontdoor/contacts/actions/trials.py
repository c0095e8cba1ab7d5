"""Test messages from end to end: asked for, sent through a door as everything is, and noticed where one stays away."""

import uuid
from datetime import datetime
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.background.actions import later
from frontdoor.contacts.actions.silence import raise_silences
from frontdoor.contacts.models import Receipt, Submission, Trial
from frontdoor.contacts.queries import trials as queries
from frontdoor.contacts.queries.silence import Watched
from frontdoor.contacts.rules import intake, trials
from frontdoor.contacts.rules.trials import Door
from frontdoor.trail import actions as trail


@transaction.atomic
def send_test(door: Door, *, by: Actor, at: datetime) -> Trial:
    """Have a test message sent through a door: a job goes through it as its usual sender does.

    :raises NotPermitted: `by` keeps no doors
    """
    authority = acting_council(by)
    require(by, Permission.CLOCK_KEEP if by.is_system else Permission.SETTING_READ, authority=authority)
    trial = Trial.objects.create(authority_id=authority, door=door, asked_by=by.label, asked_at=at)
    later("config.try_door", trial=str(trial.pk))
    trail.record("contacts.send_test", subject=("contacts.trial", trial.pk), by=by, at=at, door=door)
    return trial


@transaction.atomic
def arrive(submission_key: str, *, by: Actor, at: datetime) -> bool:
    """What the job does with a test message instead of making a contact: note that it came, and when.

    :returns: whether it was a test; False leaves it to be taken in as what it is
    """
    submission = within(by, Submission.objects.filter(pk=submission_key, channel=trials.CHANNEL)).first()
    if submission is None:
        return False
    require(by, Permission.CONTACT_TAKE, authority=submission.authority_id)
    receipt = within(by, Receipt.objects.filter(submission_id=submission.pk)).get()
    trial = _of(submission, by=by)
    trial.submission_id, trial.number, trial.received_at = submission.pk, str(receipt), submission.entered_at
    trial.worked_at = trial.worked_at or at
    trial.save(update_fields=["submission_id", "number", "received_at", "worked_at"])
    trail.record("contacts.arrive_test", subject=("contacts.trial", trial.pk), by=by, at=at, door=trial.door)
    return True


def _of(submission: Submission, *, by: Actor) -> Trial:
    """The test that was asked for, or a new line for one that a sender sent unasked."""
    mark, known = intake.report(submission.body).trial, Trial.objects.select_for_update(of=("self",))
    found = within(by, known.filter(submission_id=submission.pk)).first()
    if found is None and (key := _key(mark)):
        found = within(by, known.filter(pk=key)).first()
    return found or Trial.objects.create(
        authority_id=submission.authority_id, agency=submission.agency,
        door=mark if mark in dict(trials.DOORS) else Door.SYSTEM,
        asked_by=str(submission.body.get("referrer", {}).get("agency", ""))[:120], asked_at=submission.entered_at,
    )  # fmt: skip


def _key(mark: str) -> UUID | None:
    try:
        return uuid.UUID(mark)
    except ValueError:
        return None


@transaction.atomic
def fail(key: UUID | str, why: str, *, by: Actor, at: datetime) -> None:
    """A test could not be sent, or has not arrived in time: the manager of the day hears of it.

    :raises NotFound: another council's
    """
    trial = Trial.objects.select_for_update(of=("self",)).filter(pk=key).first()
    if trial is None:
        raise NotFound
    require(by, Permission.CLOCK_KEEP, authority=trial.authority_id)
    trial.failed_at, trial.why = at, why
    trial.save(update_fields=["failed_at", "why"])
    name = f"Test message: {dict(trials.DOORS)[trial.door]}"
    raise_silences([Watched(f"door:{trial.door}", name, 1, 0, 1)], by=by, at=at)
    trail.record("contacts.fail_test", subject=("contacts.trial", trial.pk), by=by, at=at, door=trial.door)


@transaction.atomic
def look_for_tests(*, by: Actor, at: datetime) -> int:
    """Look on the list for every test that the job has done, and tell of each that has not come: once a minute.

    :returns: how many arrived now
    :raises NotPermitted: `by` is not the clock sweep
    """
    require(by, Permission.CLOCK_KEEP, authority=acting_council(by))
    waiting = queries.on_the_way(by=by, at=at)
    arrived = [trial for trial in waiting if trial.worked_at is not None]
    for trial in arrived:
        trial.seen_at = at
        trial.save(update_fields=["seen_at"])
    for trial in waiting:
        stations = trials.Stations(trial.asked_at, trial.received_at, trial.worked_at, trial.seen_at)
        if stations.late(at):
            fail(trial.pk, "It has not arrived within 10 minutes", by=by, at=at)
    if arrived:
        trail.record("contacts.see_tests", by=by, at=at, trials=[str(trial.pk) for trial in arrived])
    return len(arrived)
