"""Who is open to whom is taken over whenever the case system has made new tables."""

import logging

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import BRINGER
from frontdoor.people.actions import feeding
from frontdoor.people.rules.bringing import Unreadable

logger = logging.getLogger(__name__)


@app.periodic(cron="*/15 * * * *")
@app.task(name="people.refresh_open", queueing_lock="people.refresh_open", pass_context=False)
def refresh_open(timestamp: int) -> None:
    """Look into each council's folder; one that cannot be read stops no other, and is told on the page of runs."""
    for council, folder in settings.FEEDS:
        try:
            with acting_for(council, by=BRINGER) as by:
                feeding.refresh(folder, by=by, at=timezone.now())
        except (Unreadable, OSError) as error:
            why = str(error) if isinstance(error, Unreadable) else "The folder or one of its files cannot be opened"
            logger.warning("who is open to whom was not refreshed", extra={"council": council})
            with acting_for(council, by=BRINGER) as by:
                feeding.note_failure(why, by=by, at=timezone.now())
