"""The page of a plan: goals with who does what by when, what was agreed, what each person says, reviews, history."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse

from frontdoor.actors.rules import Actor
from frontdoor.earlyhelp.models import Member
from frontdoor.earlyhelp.queries.finding import label_of
from frontdoor.familyhelp.models import Goal, PlanAction, PlanEdition, PlanPrint, PlanReview, PlanWord
from frontdoor.familyhelp.pages.meetings import meeting_rows
from frontdoor.familyhelp.pages.team import works
from frontdoor.familyhelp.queries.plan import Planned, owner_of
from frontdoor.familyhelp.queries.prints import name_of
from frontdoor.familyhelp.rules import planning as rules
from frontdoor.familyhelp.rules.headings import Heading, headings
from frontdoor.familyhelp.rules.planning import Line
from frontdoor.familyhelp.rules.team import NOBODY_AGREES
from frontdoor.letters.rules import House
from frontdoor.shell.pages import Cell, Event, Item, Row, clock, link, tag, text, when
from frontdoor.shell.rules import day, london, moment

ACTION_COLUMNS = ("What", "Who", "By", "What came of it", "To do")
SAYS_COLUMNS = ("Who", "What they say", "In their words", "To do")
EDITION_COLUMNS = ("Agreed", "Edition", "By")
REVIEW_COLUMNS = ("Held", "What goes well", "Worries", "What changes", "Then")
TONES = {rules.DONE: "ok", rules.NOT_DONE: "late", rules.NOT_NEEDED: "done"}
SAYS_TONES = {rules.YES: "ok", rules.PARTLY: "soon", rules.NO: "late", rules.NOT_ASKED: "waiting"}


@dataclass(frozen=True, slots=True)
class GoalShown:
    """One goal with its actions; without words it stands for what is for no goal alone."""

    words: str
    facts: tuple[str, ...]
    href: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A plan as its page shows it."""

    key: UUID
    reference: str
    heading: str
    facts: tuple[str, ...]
    tags: tuple[tuple[str, str], ...]
    clock: Cell
    warnings: tuple[str, ...]
    goals: tuple[GoalShown, ...]
    says: tuple[Row, ...]
    editions: tuple[Row, ...]
    reviews: tuple[Row, ...]
    meetings: tuple[Row, ...]
    voices: tuple[tuple[str, str, str], ...]
    steps: tuple[Item, ...]
    history: tuple[Event, ...]


def plan_page(found: Planned, slug: str, *, by: Actor) -> PlanPage:
    """The page, as far as its reader may act on it."""
    family, plan = found.family, found.plan
    acts, due = works(family, by=by) and family.agrees(), plan.review_at if plan else None
    lead = family.lead
    return PlanPage(
        key=family.episode.key, reference=family.episode.reference, heading=f"Plan: {family.label}",
        facts=(family.episode.reference, f"led by {lead.name}" if lead else "led by nobody yet"),
        tags=tuple(_tags(found)), clock=clock(due, family.at) if due else text(""),
        warnings=() if family.agrees() else (NOBODY_AGREES,),
        goals=tuple(_goals(found, slug, acts=acts)),
        says=tuple(_says(each, found, slug, acts=acts) for each in family.members) if found.editions else (),
        editions=tuple(_edition(each, found, slug) for each in found.editions),
        reviews=tuple(_review(each) for each in found.reviews),
        meetings=meeting_rows(found.meetings, family, slug), voices=tuple(_voices(found)),
        steps=tuple(_steps(found, slug, acts=acts, worries=works(family, by=by))),
        history=tuple(Event(Line(each.kind).words, each.at, by=each.by_name, text=each.text) for each in found.lines),
    )  # fmt: skip


def _tags(found: Planned) -> Iterator[tuple[str, str]]:
    if found.plan is None:
        yield "No plan yet", "waiting"
    elif not found.plan.edition:
        yield "Not agreed yet", "waiting"
    elif found.plan.changed:
        yield "Changed since it was agreed", "soon"
    else:
        yield f"Agreed: edition {found.plan.edition}", "ok"


def _goals(found: Planned, slug: str, *, acts: bool) -> Iterator[GoalShown]:
    today = london(found.family.at).date()

    def rows(goal: Goal | None) -> tuple[Row, ...]:
        mine = [each for each in found.actions if each.goal_id == (goal.pk if goal else None)]
        return tuple(_action(each, found, slug, today=today, acts=acts) for each in mine)

    for goal in found.goals:
        whose = label_of(goal.member.named) if goal.member else "Everybody’s"
        href = reverse("familyhelp:change-goal", args=[slug, found.family.episode.key, goal.key]) if acts else ""
        facts = tuple(part for part in (whose, goal.get_state_display(), goal.why) if part)
        yield GoalShown(goal.words, facts, href, rows(goal))
    if loose := rows(None):
        yield GoalShown("", (), "", loose)


def _action(each: PlanAction, found: Planned, slug: str, *, today: date, acts: bool) -> Row:
    late = rules.late(each.due_on, each.outcome, today)
    came = tag(each.get_outcome_display(), TONES[each.outcome]) if each.outcome else text("Not yet")
    if late:
        came = tag("Its day has gone by", "late")
    args = [slug, found.family.episode.key, each.key]
    todo = link("Say what came of it", reverse("familyhelp:outcome", args=args), hidden=each.what)
    what = text(each.what, below=each.why)
    if acts and not each.outcome:
        what = link(each.what, reverse("familyhelp:change-doing", args=args), hidden="change it")
    return Row(
        (what, text(owner_of(each)), when(each.due_on), came, todo if acts else text(None)),
        tone="late" if late else "",
    )  # fmt: skip


def _says(member: Member, found: Planned, slug: str, *, acts: bool) -> Row:
    word, name = found.words.get(member.pk), label_of(member.named)
    href = reverse("familyhelp:say", args=[slug, found.family.episode.key, member.key])
    return Row(
        (
            text(name), tag(word.get_agrees_display(), SAYS_TONES[word.agrees]) if word else text("Not asked yet"),
            text(word.words or None, below=f"{moment(word.at)}, {word.by_name}") if word else text(None),
            link("Write down what they say now", href, hidden=name) if acts else text(None),
        )
    )  # fmt: skip


def _edition(each: PlanEdition, found: Planned, slug: str) -> Row:
    href = reverse("familyhelp:edition", args=[slug, found.family.episode.key, each.number])
    return Row((when(each.at), link(f"Edition {each.number}", href), text(each.by_name)))


def _review(each: PlanReview) -> Row:
    return Row(
        (
            when(each.held_on), text(each.well), text(each.worries), text(each.changes),
            text(each.get_leads_to_display(), below=each.why),
        )
    )  # fmt: skip


def _voices(found: Planned) -> Iterator[tuple[str, str, str]]:
    for review in found.reviews:
        for each in found.voices.get(review.pk, []):
            if each.words:
                yield each.words, label_of(each.member.named), day(review.held_on)


def _steps(found: Planned, slug: str, *, acts: bool, worries: bool) -> Iterator[Item]:
    key, plan = found.family.episode.key, found.plan
    wanted = [
        ("Write a goal", "goal", acts),
        ("Write who does what by when", "doing", acts),
        ("The family agrees the plan", "agree", acts and bool(found.goals) and plan is not None and plan.changed),
        ("Write down a review", "review", acts and bool(found.editions)),
        ("Plan a meeting", "plan-meeting", acts),
        ("Send it back to the front door: a child may be at risk", "worry", worries),
        ("The family and its team", "family", True),
    ]
    for words, name, sensible in wanted:
        if sensible:
            yield Item(words, reverse(f"familyhelp:{name}", args=[slug, key]))


@dataclass(frozen=True, slots=True)
class EditionPage:
    """An edition as it stood.

    :param goals: words, whose, how it stood, and its actions as who, what, by when, what came of it
    """

    number: int
    heading: str
    agreed: str
    lead: str
    team: tuple[str, ...]
    family: tuple[str, ...]
    goals: tuple[dict[str, Any], ...]
    words: tuple[Row, ...]


def edition_page(found: Planned, row: PlanEdition, words: list[PlanWord]) -> EditionPage:
    """An edition with the names of the family as they are known now: it keeps none of its own."""
    names = {str(each.key): label_of(each.named) for each in found.family.members}
    said = row.said
    return EditionPage(
        number=row.number, heading=found.family.label, agreed=day(row.at), lead=said["lead"], team=tuple(said["team"]),
        family=tuple(names.get(each, "Somebody who was named then") for each in said["family"]),
        goals=tuple(_goal_told(each, names) for each in said["goals"]),
        words=tuple(
            Row((text(label_of(each.member.named)), text(each.get_agrees_display()), text(each.words or None),
                 text(f"{moment(each.at)}, {each.by_name}")))
            for each in words
        ),
    )  # fmt: skip


def _goal_told(goal: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    outcomes, states = dict(rules.OUTCOMES), dict(rules.GOALS)
    return {
        "words": goal["words"], "whose": names.get(goal["whose"], ""), "state": states[goal["state"]],
        "open": goal["state"] == rules.GoalState.OPEN,
        "actions": [
            {
                "what": each["what"], "who": names.get(each["member"], each["who"] or "Somebody who was named then"),
                "by": day(date.fromisoformat(each["by"])), "outcome": outcomes.get(each["outcome"], ""),
                "why": each["why"],
            }
            for each in goal["actions"]
        ],
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class PrintPage:
    """A plan as it is printed for one person.

    :param lead: who to ring first, with their number
    :param says: what each person said, as name and words
    """

    edition: EditionPage
    heads: dict[str, Heading]
    large: bool
    lead: str
    review: str
    says: tuple[tuple[str, str], ...]
    made: str


def print_page(found: Planned, row: PlanPrint, words: list[PlanWord], *, house: House) -> PrintPage:
    """The page to be printed: the edition, under headings in the language of whoever it is for.

    :param house: where the council answers: the number to ring where whoever leads has none
    """
    newest = {each.member_id: each for each in words}
    lead = found.family.lead
    return PrintPage(
        edition=edition_page(found, row.edition, words), heads=headings(row.language), large=row.large,
        lead=", ".join(filter(None, (lead.name, lead.phone or house.phone, lead.email))) if lead else house.phone,
        review=day(found.plan.review_at) if found.plan and found.plan.review_at else "",
        says=tuple(
            (label_of(each.member.named), ". ".join(filter(None, (each.get_agrees_display(), each.words))))
            for each in newest.values()
        ),
        made=f"Made for {name_of(row)} alone, by {row.by_name}, {moment(row.at)}.",
    )  # fmt: skip
