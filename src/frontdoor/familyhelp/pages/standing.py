"""A family's way up and down as pages show it: its status in words, a line over time, who came back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from frontdoor.actors.rules import Actor, NotFound, Permission
from frontdoor.earlyhelp.models import Episode
from frontdoor.earlyhelp.rules.states import Ending, Line
from frontdoor.familyhelp.models import Check, StepDown
from frontdoor.familyhelp.queries import standing as queries
from frontdoor.familyhelp.queries.standing import Opened
from frontdoor.familyhelp.queries.team import reached
from frontdoor.familyhelp.rules import checking
from frontdoor.familyhelp.rules.standing import State, Status
from frontdoor.referrals.models import Referral
from frontdoor.referrals.rules.states import State as ReferralState
from frontdoor.shell.pages import Item, Row, clock, link, tag, text
from frontdoor.shell.rules import day, moment

STATUS_COLUMNS = ("Status", "Since", "Why", "By")
CHECK_COLUMNS = (
    "When",
    "After",
    "Whether the change is kept up",
    "Who says so, and what the children say",
    "Time left",
)
BACK_COLUMNS = ("Came back", "With", "After")
KEPT_TONES = {checking.KEPT: "ok", checking.PARTLY: "soon", checking.LOST: "danger", checking.NOBODY: "plain"}
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Detail:
    """A family's way as its page shows it.

    :param now: in words, which status the family has now
    :param downs: of each step-down what was agreed, as pairs, and the children's words
    """

    now: str
    line: tuple[Row, ...]
    downs: tuple[tuple[Pairs, str], ...]
    checks: tuple[Row, ...]
    back: tuple[Row, ...]
    warnings: tuple[str, ...]
    steps: tuple[Item, ...]


def detail(opened: Opened, slug: str, *, by: Actor) -> Detail:
    """The way of one family, as far as its reader may act on it."""
    works = by.may(Permission.FAMILY_HELP_WORK)
    reads = by.may(Permission.CONTACT_READ)
    return Detail(
        now_words(opened), tuple(_line(opened)), tuple(_down(each) for each in opened.step_downs),
        tuple(_check(each, opened, slug, works=works) for each in opened.checks),
        tuple(
            Row((
                text(moment(each.at)),
                link(each.receipt, reverse("contacts:detail", args=[slug, each.key])) if reads else text(each.receipt),
                text(each.left.how, below=moment(each.left.at)),
            ))
            for each in opened.back
        ),
        tuple(_warnings(opened)),
        tuple(_steps(opened, slug, says=by.may(Permission.FAMILY_HELP_STATUS) and by.qualified)),
    )  # fmt: skip


def now_words(opened: Opened) -> str:
    """Which status a family has now, in words."""
    row = opened.episode
    if row.settled_at is not None:
        return f"This help ended on {day(row.settled_at)}: {Ending(row.ending).words.lower()}."
    since = opened.standings[-1].since if opened.standings else row.opened_at
    words = f"The family is helped as: {opened.status.words}, since {day(since)}."
    return f"{words} One plan and one lead worker go on, whatever the status." if opened.one_plan else words


def _line(opened: Opened) -> Iterator[Row]:
    """The line over time, the newest first: it came, its statuses, each end and each time it was opened again."""
    row = opened.episode
    found = [(each.since, Status(each.status).words, each.why, each.by_name) for each in opened.standings]
    came = next((each for each in opened.turns if each.kind == Line.OPENED), None)
    found += [(each.at, Line(each.kind).words, each.text, each.by_name) for each in opened.turns if each != came]
    found.sort(key=lambda each: each[0])
    for at, words, why, who in found[::-1]:
        yield _moment(words, at, why, who)
    down = next(iter(opened.step_downs), None)
    fresh = down is not None and down.at <= row.opened_at
    began = "Came to the early help hub by a step-down" if fresh else "Came to the early help hub"
    yield _moment(Status.EARLY_HELP.words, row.opened_at, began, came.by_name if came else "")


def _moment(words: str, at: datetime, why: str, who: str) -> Row:
    return Row((text(words), text(moment(at)), text(why or None), text(who or None)))


def _down(each: StepDown) -> tuple[Pairs, str]:
    pairs = [
        ("Stepped down from", Status(each.came_from).words), ("The hub", State(each.state).words),
        ("Meeting", f"{day(each.held_on)}. {each.there}"),
        ("Family at the meeting", "Yes" if each.family_there else f"No: {each.family_why}"),
        ("What was agreed", each.plan), ("Leads from then on", f"{each.lead_name}, {each.lead_agency}"),
    ]  # fmt: skip
    if each.unheard:
        pairs.append(("Why no child was asked", each.unheard))
    return tuple(pairs), each.heard


def _check(each: Check, opened: Opened, slug: str, *, works: bool) -> Row:
    said = opened.askings.get(each.pk, ())
    last = said[-1] if said else None
    due = min((one.reading.due_at for one in opened.clocks.get(str(each.key), [])), default=None)
    words = checking.Which(each.which).words
    href = reverse("familyhelp:check", args=[slug, each.key])
    answer = text("Not asked yet")
    if last is not None and last.reached:
        answer = tag(last.get_kept_display(), KEPT_TONES[last.kept])
    elif last is not None:
        answer = text(f"Nobody was reached on {day(last.at)}: it is tried again", below=last.words)
    elif each.state == checking.NOT_NEEDED:
        answer = text(each.get_state_display())
    who = text(None)
    if last is not None and last.reached:
        heard = f"“{last.heard}”" if last.heard else f"No child was asked: {last.unheard}" if last.unheard else ""
        who = text(f"{last.who}: {last.words}", below=heard)
    return Row(
        (
            link(f"{words}: write down how it goes", href) if works and each.state == checking.DUE else text(words),
            text(each.get_origin_display(), below=day(each.since)), answer, who,
            clock(due, opened.at) if due else text(None),
        )
    )  # fmt: skip


def _warnings(opened: Opened) -> Iterator[str]:
    if opened.back:
        last = opened.back[0]
        yield f"This family came back: {last.receipt} on {moment(last.at)}, after “{last.left.how.lower()}”."
    answers = [said[-1] for said in opened.askings.values() if said and said[-1].reached]
    if any(each.kept == checking.LOST for each in answers):
        yield "It was said that the change is not kept up. Speak with the family, and with your manager."


def _steps(opened: Opened, slug: str, *, says: bool) -> Iterator[Item]:
    """:param says: whether the reader is a social worker who may say in which status the family is"""
    key = opened.episode.key
    if says and opened.episode.settled_at is None and opened.one_plan:
        yield Item("Change the family’s status", reverse("familyhelp:status", args=[slug, key]))
    yield Item("What is to change for this family", reverse("familyhelp:outcomes", args=[slug, key]))


def part(episode: Episode, slug: str, *, by: Actor, at: datetime) -> tuple[str, Any] | None:
    """The part of a family's early help page: its status, and what is asked; nothing to whoever may not see it."""
    if not by.may(Permission.FAMILY_HELP_READ):
        return None
    opened = queries.standing_of(episode, by=by, at=at)
    page = detail(opened, slug, by=by)
    whole = reverse("familyhelp:standing", args=[slug, episode.key])
    return "familyhelp/standing_part.html", {"page": page, "columns": CHECK_COLUMNS, "whole": whole}


def ways(episode: Episode, slug: str, *, by: Actor, at: datetime) -> Iterator[tuple[str, str]]:
    """What can be done besides on a family's early help page."""
    if by.may(Permission.FAMILY_HELP_READ):
        yield "Status and how it goes on", reverse("familyhelp:standing", args=[slug, episode.key])
        yield "What is to change, and whether it has", reverse("familyhelp:outcomes", args=[slug, episode.key])


def of_referral(referral: Referral, slug: str, *, by: Actor, at: datetime) -> tuple[str, Any] | None:
    """The part of a referral's page: its step-downs, with the hub's answer; nothing where there is none."""
    rows = queries.of_referral(referral, by=by)
    if not rows:
        return None
    return "familyhelp/referral_part.html", [_shown(each, referral, slug, by=by, at=at) for each in reversed(rows)]


def _shown(each: StepDown, referral: Referral, slug: str, *, by: Actor, at: datetime) -> dict[str, Any]:
    state = State(each.state)
    note = ""
    if state is State.BACK:
        note = f"The early help hub sent the step-down back: {each.said or 'the reason stands on the slip'}"
    elif state is State.SENT:
        note = "The early help hub has not accepted this family yet. Until it has, the referral is open, and yours."
    elif state is State.ACCEPTED and not ReferralState(referral.state).settled:
        note = "Early help has accepted this family. Close the referral now: it is yours no more."
    pairs, heard = _down(each)
    return {
        "pairs": pairs, "heard": heard, "note": note, "loud": state is State.BACK, "by": each.by_name,
        "slip": reverse("handovers:detail", args=[slug, each.slip]) if each.slip and by.may(_SLIPS) else "",
        "family": _family(each, slug, by=by, at=at),
    }  # fmt: skip


_SLIPS = Permission.CONTACT_READ


def _family(each: StepDown, slug: str, *, by: Actor, at: datetime) -> str:
    """Where the family's help is opened, by whoever may."""
    if each.episode is None or not by.may(Permission.FAMILY_HELP_READ):
        return ""
    try:
        reached(each.episode.key, by=by, at=at)
    except NotFound:
        return ""
    return reverse("familyhelp:standing", args=[slug, each.episode.key])


def of_referral_ways(referral: Referral, slug: str, *, by: Actor) -> Iterator[tuple[str, str]]:
    """What can be done besides with an open referral."""
    if by.may(Permission.REFERRAL_KEEP) and not queries.why_not_down(referral, by=by):
        yield "Step down to early help", reverse("familyhelp:step-down", args=[slug, referral.key])


def marks(back: dict[int, list[queries.CameBack]]) -> dict[int, str]:
    """What stands beside families on the hub's list that came back."""
    return {pk: f"Came back {day(rows[0].at)}" for pk, rows in back.items() if rows}
