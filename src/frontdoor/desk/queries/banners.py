"""What must be seen on a council's every page."""

from datetime import datetime

from django.urls import reverse

from frontdoor.actors.rules import Actor
from frontdoor.clocks import queries as clocks
from frontdoor.contacts.queries import night as nights
from frontdoor.contacts.queries import screening
from frontdoor.people.queries import restricting
from frontdoor.shell.pages import Notice
from frontdoor.shell.rules import moment, time_of_day


def banners(*, by: Actor, at: datetime, slug: str, name: str, night: bool = True, glass: bool = False) -> list[Notice]:
    """What must be seen on a council's every page: a red flag nobody has taken, a night without a name, a silent sweep.

    :param night: whether to ask for the rota too, which takes two statements more
    :param glass: whether to ask for glass that the reader has broken
    """
    found = [
        Notice(
            f"Red flag on {flag.receipt}, raised {moment(flag.flagged_at)}. Nobody has taken it.", kind="error",
            href=reverse("contacts:detail", kwargs={"council": slug, "key": flag.key}), link="Open it",
        )
        for flag in screening.flags(by=by, at=at)
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
    if clocks.sweep_silent(by=by, at=at):
        words = f"The clocks of {name} have not been swept for two minutes. Times are right, but nobody is being told."
        found.append(Notice(words, kind="warning"))
    if night and nights.nobody_on(by=by, at=at):
        href = reverse("contacts:night", kwargs={"council": slug})
        words = f"{name}: the front door is closed and no name stands on the rota."
        found.append(Notice(words, kind="warning", href=href, link="Go to the night inbox"))
    return found
