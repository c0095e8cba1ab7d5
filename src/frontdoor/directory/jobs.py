"""Reading feeds: one that somebody asked for, and every address by itself at night."""

import logging
from datetime import datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import DIRECTORY, Actor, StepNotAllowed
from frontdoor.background.actions import job
from frontdoor.councils.queries import councils
from frontdoor.directory.actions import applying, reading
from frontdoor.directory.queries import keeping

logger = logging.getLogger(__name__)


@job(reading.READ_JOB, by=DIRECTORY, attempts=2)
def read(*, run: str, by: Actor, at: datetime) -> None:
    """Read the address of a source, for a reading that somebody asked for."""
    reading.read(run, by=by, at=at)


@app.periodic(cron="40 3 * * *")
@app.task(name="directory.refresh", queueing_lock="directory.refresh", pass_context=False)
def refresh(timestamp: int) -> None:
    """Read every source that has an address, each by itself; one that fails stops no other."""
    for council in councils(on=timezone.now()):
        with acting_for(council.pk, by=DIRECTORY) as by:
            found = keeping.to_refresh(by=by)
        for source in found:
            try:
                with acting_for(council.pk, by=DIRECTORY) as by:
                    applying.refresh(source, by=by, at=timezone.now())
            except StepNotAllowed:
                logger.info("a reading waits for a person", extra={"council": council.pk})
            except Exception:
                logger.exception("a feed was not read", extra={"council": council.pk})
