"""What must be seen on a council's every page."""

from datetime import datetime

from django.urls import reverse

from frontdoor.actors.queries import kept_within
from frontdoor.actors.rules import Actor
from frontdoor.clocks import queries as clocks
from frontdoor.clocks.queries import SILENT_AFTER, SWEPT
from frontdoor.contacts.queries import screening
from frontdoor.contacts.queries.night import ON_NOW
from frontdoor.contacts.queries.screening.looks import FLAGGED
from frontdoor.people.queries import restricting
from frontdoor.shell.pages import Notice
from frontdoor.shell.rules import moment, time_of_day

# Every page asks these, and hardly ever is one of them to be seen: what is said of it is asked only then.
_SIGNS = f"SELECT {FLAGGED}, {SWEPT}, {ON_NOW}"


def banners(*, by: Actor, at: datetime, slug: str, name: str, night: bool = True, glass: bool = False) -> list[Notice]:
    """What must be seen on a council's every page: a red flag nobody has taken, a night without a name, a silent sweep.

    :param night: whether to look at the rota too, for which the hours are read
    :param glass: whether to ask for glass that the reader has broken
    """
    ((flagged, swept_at, on_now),) = kept_within(by, _SIGNS, at=at)
    found = [
        Notice(
            f"Red flag on {flag.receipt}, raised {moment(flag.flagged_at)}. Nobody has taken it.", kind="error",
            href=reverse("contacts:detail", kwargs={"council": slug, "key": flag.key}), link="Open it",
        )
        for flag in (screening.flags(by=by, at=at) if flagged else ())
    ]  # fmt: skip
    found += [
        Notice(
            f"A record that few may open is open to you until {time_of_day(glass.until)}, because you gave a reason."
            " It was reported, and another person looks at it.",
            kind="warning", href=reverse("people:glass-end", kwargs={"council": slug, "key": glass.key}),
            link="Close it now",
        )
        for glass in (restricting.open_now(by=by, at=at) if glass else ())
    ]  # fmt: skip
    if swept_at is None or at - swept_at > SILENT_AFTER:
        words = f"The clocks of {name} have not been swept for two minutes. Times are right, but nobody is being told."
        found.append(Notice(words, kind="warning"))
    if night and not on_now and not clocks.is_open(by=by, at=at):
        href = reverse("contacts:night", kwargs={"council": slug})
        words = f"{name}: the front door is closed and no name stands on the rota."
        found.append(Notice(words, kind="warning", href=href, link="Go to the night inbox"))
    return found
