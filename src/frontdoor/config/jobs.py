"""Background work that spans rooms: the minute's sweeps, and the arrivals of the demonstration."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import CLOCK_SWEEP, COURIER, MAILER, MATCHER, SCANNER, Actor
from frontdoor.clocks import actions as clocks
from frontdoor.complaints import actions as complaints
from frontdoor.config import down, sealing, trying
from frontdoor.config.demo.arriving import take_in
from frontdoor.config.mailbox import MailboxAway, drain
from frontdoor.config.scenarios import arrivals, shifted
from frontdoor.contacts.actions import beside, coming_back, screening, senders, silence, trials
from frontdoor.councils.queries import councils
from frontdoor.desk import actions as desk
from frontdoor.disclosures import actions as disclosures
from frontdoor.earlyhelp import actions as earlyhelp
from frontdoor.familyhelp.actions import team
from frontdoor.files import actions as files
from frontdoor.letters import actions as letters
from frontdoor.mash.actions import asking, enquiries
from frontdoor.mash.actions import beside as enquiries_beside
from frontdoor.mash.actions.deciding import carrying
from frontdoor.people.actions import restricting_declared, watching
from frontdoor.referrals import actions as referrals

logger = logging.getLogger(__name__)

DRAINED_FOR = 15.0
"""Seconds a minute for one mailbox: the worker does other things too, and goes on with it in the next minute."""


@app.task(name="config.arrive")
def arrive(arrival: str, weeks: int) -> None:
    """Take one invented arrival in, in a demonstration only; what came in writing waits to be put into the form."""
    if settings.DEMO:
        take_in(next(found for found in shifted(arrivals(), weeks=weeks) if found.id == arrival), sort=False)


def _swept() -> tuple[tuple[Actor, Callable[..., object]], ...]:
    """What is done once a minute for each council, and as whom; each in a transaction of its own."""
    return (
        (CLOCK_SWEEP, clocks.sweep),
        (CLOCK_SWEEP, desk.sweep),
        (CLOCK_SWEEP, screening.hand_back_untouched),
        (CLOCK_SWEEP, screening.screen_unanswered_again),
        (CLOCK_SWEEP, senders.tell_senders),
        (CLOCK_SWEEP, trials.look_for_tests),
        (COURIER, coming_back.follow_all),
        (COURIER, beside.tell_all),
        (COURIER, enquiries.open_accepted),
        (COURIER, enquiries_beside.tell_all),
        (COURIER, enquiries.keep_watch),
        (COURIER, asking.ask_about_joined),
        (COURIER, carrying.follow_all),
        (COURIER, referrals.follow_all),
        (COURIER, earlyhelp.open_accepted),
        (COURIER, team.follow_agreements),
        (COURIER, disclosures.begin_arrived),
        (COURIER, complaints.take_arrived),
        (MAILER, letters.sweep),
        (SCANNER, files.sweep),
    )


@app.periodic(cron="* * * * *")
@app.task(name="config.every_minute", queueing_lock="config.every_minute", pass_context=False)
def every_minute(timestamp: int) -> None:
    """The minute's sweeps. One that fails stops no other, and is told in the log.

    That the clocks are not swept is told by the health page too, and by a banner on every page of that council.
    """
    for council in councils(on=timezone.now()):
        for by, sweep in _swept():
            try:
                with acting_for(council.pk, by=by) as acting:
                    sweep(by=acting, at=timezone.now())
            except Exception:
                logger.exception("a sweep failed", extra={"council": council.pk, "task_name": sweep.__module__})


@app.periodic(cron="* * * * *")
@app.task(name="config.drain_mailboxes", queueing_lock="config.drain_mailboxes", pass_context=False)
def drain_mailboxes(timestamp: int) -> None:
    """Take in what lies in the councils' mailboxes. One that does not answer stops no other, and is told in the log."""
    for mailbox in settings.ENVIRONMENT.mailboxes:
        try:
            drain(mailbox, seconds=DRAINED_FOR)
        except MailboxAway:
            logger.exception("a mailbox is away", extra={"council": mailbox.council})


@app.periodic(cron="7 * * * *")
@app.task(name="config.watch_senders", queueing_lock="config.watch_senders", pass_context=False)
def watch_senders(timestamp: int) -> None:
    """Compare every sender with its own usual, once an hour; a council that fails stops no other."""
    for council in councils(on=timezone.now()):
        try:
            with acting_for(council.pk, by=CLOCK_SWEEP) as acting:
                silence.watch(by=acting, at=timezone.now())
        except Exception:
            logger.exception("the senders were not watched", extra={"council": council.pk})


@app.periodic(cron="23 * * * *")
@app.task(name="config.match_declared", queueing_lock="config.match_declared", pass_context=False)
def match_declared(timestamp: int) -> None:
    """Look for the records of those whom our own people declared, once an hour: people are written down later too."""
    for council in councils(on=timezone.now()):
        try:
            with acting_for(council.pk, by=MATCHER) as acting:
                restricting_declared.match_declared(by=acting, at=timezone.now())
        except Exception:
            logger.exception("what was declared was not looked for", extra={"council": council.pk})


@app.periodic(cron="41 * * * *")
@app.task(name="config.watch_openings", queueing_lock="config.watch_openings", pass_context=False)
def watch_openings(timestamp: int) -> None:
    """Ask our own people about records that they opened with nothing in hand, once an hour."""
    for council in councils(on=timezone.now()):
        try:
            with acting_for(council.pk, by=MATCHER) as acting:
                watching.watch(by=acting, at=timezone.now())
        except Exception:
            logger.exception("openings were not looked through", extra={"council": council.pk})


@app.periodic(cron="20 6 * * *")
@app.task(name="config.try_doors", queueing_lock="config.try_doors", pass_context=False)
def try_doors(timestamp: int) -> None:
    """Send a test message through every door that is open, once a day."""
    trying.try_every_door(timezone.now())


@app.task(name="config.try_door")
def try_door(authority: int, trial: str) -> None:
    """Send one test message, as the usual sender of its door does."""
    trying.try_door(authority, trial, at=timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="config.seal", queueing_lock="config.seal", pass_context=False)
def seal(timestamp: int) -> None:
    """Seal every council's trail."""
    sealing.seal_everything(timezone.now())


@app.periodic(cron="5 * * * *")
@app.task(name="config.publish_seals", queueing_lock="config.publish_seals", pass_context=False)
def publish_seals(timestamp: int) -> None:
    """Give the newest heads out, every hour."""
    sealing.publish_everything(timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="config.write_down_sheets", queueing_lock="config.write_down_sheets", pass_context=False)
def write_down_sheets(timestamp: int) -> None:
    """Write every council's sheet for a day without the system."""
    down.write_everything(timezone.now())
