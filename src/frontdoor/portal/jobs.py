"""What the room does by itself: reports that were never sent are forgotten when their time is over."""

from django.utils import timezone
from procrastinate.contrib.django import app

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import CLOCK_SWEEP, SERVICE
from frontdoor.portal import actions


@app.periodic(cron="*/10 * * * *")
@app.task(name="portal.forget_old", queueing_lock="portal.forget_old", pass_context=False)
def forget_old(timestamp: int) -> None:
    """Forget every draft that has run out."""
    with acting_for(SERVICE, by=CLOCK_SWEEP) as by:
        actions.forget_old(by=by, at=timezone.now())
