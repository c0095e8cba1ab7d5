"""Background work of the demonstration alone: arrivals that come in while it runs."""

from django.conf import settings
from procrastinate.contrib.django import app

from frontdoor.config.demo.arriving import take_in
from frontdoor.config.scenarios import arrivals, shifted


@app.task(name="config.arrive")
def arrive(arrival: str, weeks: int) -> None:
    """Take one invented arrival in, in a demonstration only."""
    if settings.DEMO:
        take_in(next(found for found in shifted(arrivals(), weeks=weeks) if found.id == arrival))
