"""What the pages of analysis, recommendation and decision show."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from frontdoor.actors.rules import Actor, Permission
from frontdoor.codes import rules as codes
from frontdoor.handovers.queries import Given
from frontdoor.mash.models import Analysis, Decision, Enquiry, Meaning, Recommendation, Subject
from frontdoor.mash.queries.concluding import Concluding
from frontdoor.mash.queries.deciding import Missing, Said
from frontdoor.mash.queries.enquiries.lists import name_of
from frontdoor.mash.rules import deciding as rules
from frontdoor.mash.rules.states import State
from frontdoor.shell.pages import Cell, Item, Row, link, tag, text, when
from frontdoor.shell.rules import day, moment

Pairs = tuple[tuple[str, str], ...]
VIEW_COLUMNS = ("Agency", "Says", "In their words", "Said by")
GAP_COLUMNS = ("Agency", "Stands", "Waited for", "Why")
SLIP_COLUMNS = ("Where to", "Stands", "Sent", "What was said")
DISSENT = "An agency sees the analysis otherwise. What it said stands below; the decision is shown as disputed."
NOBODY_ASKED = "No agency is asked in this enquiry. What is decided rests on what we know ourselves."
_LABELS = {
    "known": "What is known", "history": "History considered", "strengths": "What keeps the children safe and well",
    "not_known": "What is not known", "change_mind": "What would change our mind",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that stood once: a version, a recommendation or a decision, with why it stands no more."""

    heading: str
    rows: Pairs
    known: str = ""


@dataclass(frozen=True, slots=True)
class Child:
    """One child on the page: what it means for them, what is recommended, what is decided and what became of it."""

    key: UUID
    name: str
    tags: Pairs
    meant: Pairs
    voice: tuple[str, str]
    unheard: str
    recommended: Pairs
    decided: Pairs
    known: str
    disputed: tuple[Item, ...]
    slips: tuple[Row, ...]
    actions: tuple[Item, ...]
    steps: tuple[Item, ...]
    before: tuple[Kept, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Analysis and decision of one enquiry."""

    heading: str
    back: str
    facts: tuple[str, ...]
    tags: Pairs
    warnings: tuple[str, ...]
    analysed: str
    analysis: Pairs
    views: tuple[Row, ...]
    gaps: tuple[Row, ...]
    children: tuple[Child, ...]
    older: tuple[Kept, ...]
    steps: tuple[Item, ...]


def page(found: Concluding, slug: str, *, by: Actor, at: datetime) -> Page:
    """The page, as far as its reader may act on it."""
    row, newest = found.enquiry, found.newest
    state = State(row.state)
    said = found.views.get(newest.pk, []) if newest else []
    return Page(
        heading=f"Analysis and decision: {row.reference}", back=reverse("mash:enquiry", args=[slug, row.key]),
        facts=(", ".join(name_of(each) for each in found.children),),
        tags=(*_rated(found), (state.words, "plain")), warnings=_warnings(found, said),
        analysed=_analysed(found, newest) if newest else "", analysis=parts(newest) if newest else (),
        views=tuple(_view(each) for each in said), gaps=tuple(_gap(each) for each in found.gaps),
        children=tuple(_child(found, each, slug, by=by) for each in found.children),
        older=tuple(_version(found, each) for each in found.analyses[1:]), steps=_steps(found, slug, by=by),
    )  # fmt: skip


def _rated(found: Concluding) -> Pairs:
    rating = found.enquiry.rating
    colours = {"red": "danger", "amber": "late", "green": "ok"}
    return ((found.colours[rating].name, colours.get(rating, "plain")),) if rating in found.colours else ()


def _warnings(found: Concluding, said: Iterable[Said]) -> tuple[str, ...]:
    """What whoever analyses, recommends or decides must not overlook."""
    words = [f"{agency} said something at {moment(at)}, after this analysis was written." for agency, at in found.since]
    if found.newest and not found.requests and not State(found.enquiry.state).settled:
        words.append(NOBODY_ASKED)
    if any(not each.view.agrees for each in said):
        words.append(DISSENT)
    silent = [each.agency for each in found.gaps if each.word is None]
    if silent and not State(found.enquiry.state).settled:
        verb = "has not replied" if len(silent) == 1 else "have not replied"
        words.append(f"{' and '.join(silent)} {verb}. Whoever decides says whether that is waited for, and why.")
    return tuple(words)


def _analysed(found: Concluding, row: Analysis) -> str:
    who = found.names.get(row.by_user, "")
    return f"Version {row.number}, {who}, {moment(row.at)}." + (f" What has changed: {row.why}" if row.why else "")


def parts(row: Analysis) -> Pairs:
    """The parts of a version about the whole family."""
    return tuple((label, getattr(row, name)) for name, label in _LABELS.items())


def _view(each: Said) -> Row:
    view = each.view
    says = tag("Agrees", "ok") if view.agrees else tag("Sees it otherwise", "danger")
    waits = f"{view.get_how_display()}; the agency has not confirmed it yet" if each.to_confirm else "At its own desk"
    return Row((text(each.agency), says, text(view.words), text(view.said_by, below=f"{waits}, {moment(view.at)}")))


def _gap(each: Missing) -> Row:
    word = each.word
    waited = text("Nobody has said yet") if word is None else text("Yes" if word.waited else "No")
    return Row((text(each.agency), text(each.words), waited, text(word.why if word else None)))


def voice_of(meant: Meaning | None) -> tuple[str, str]:
    """A child's own words and when they were said."""
    return (meant.voice, day(meant.voice_on)) if meant and meant.voice and meant.voice_on else ("", "")


def _child(found: Concluding, child: Subject, slug: str, *, by: Actor) -> Child:
    meant, recommended, decided = found.meant(child), found.recommended(child), found.decided(child)
    disputed = found.disputed.get(decided.key, []) if decided else []
    return Child(
        key=child.key, name=name_of(child), tags=_child_tags(found, recommended, decided, disputed=bool(disputed)),
        meant=(("What this means day to day", meant.means),) if meant else (), voice=voice_of(meant),
        unheard=meant.unheard if meant else "",
        recommended=recommended_rows(recommended, found.names) if recommended else (),
        decided=decided_rows(decided, found.names) if decided else (),
        known=reverse("mash:known", args=[slug, decided.key]) if decided else "",
        disputed=tuple(
            Item(f"Disputed by {each.agency}", reverse("mash:disagreement", args=[slug, each.key]))
            for each in disputed
        ),
        slips=tuple(_slip(each, slug) for each in found.going if each.subject_key == child.key),
        actions=tuple(
            Item(f"{each.what}: {each.owner}", reverse("directions:detail", args=[slug, each.key]))
            for each in found.actions if each.subject_key == child.key
        ),
        steps=_child_steps(found, child, slug, by=by), before=tuple(_before(found, child, slug)),
    )  # fmt: skip


def _child_tags(
    found: Concluding, recommended: Recommendation | None, decided: Decision | None, *, disputed: bool
) -> Pairs:
    if decided is None:
        return (("Waits for a manager", "soon"),) if recommended else (("Nothing recommended yet", "waiting"),)
    words = [("Decided", "done") if decided.actioned_at else ("Decided: waiting to be taken on", "waiting")]
    against = any(not each.view.agrees for each in found.views.get(decided.recommendation.analysis_id, []))
    if disputed or against:
        words.append(("Disputed", "danger"))
    return tuple(words)


def outcome_words(row: Recommendation | Decision) -> str:
    """What was recommended or decided, in words."""
    parts = [codes.OUTCOMES[row.outcome].label]
    if row.specialist_route:
        parts.append(codes.ROUTES[row.specialist_route].label)
    parts += [f"and also {codes.OUTCOMES[code].label}" for code in row.secondary]
    return ", ".join(parts) + (f"\n{row.detail}" if row.detail else "")


def recommended_rows(row: Recommendation, names: Mapping[int, str]) -> Pairs:
    """The parts of a recommendation."""
    agreed = dict(rules.AGREEMENTS).get(row.agreement, "")
    rows = (
        ("What should happen", outcome_words(row)),
        ("Level of need", f"{codes.LEVELS[row.level].label} ({row.threshold_version or 'no document named'})"),
        ("Why this", row.rationale), ("Why nothing more", row.why_not_more), ("Why not less", row.why_not_less),
        ("If the worry remains", row.contingency),
        ("The family’s agreement", f"{agreed}{f': {row.agreed_by}' if row.agreed_by else ''}" if agreed else ""),
        ("Recommended by", f"{names.get(row.made_by, '')}, {moment(row.made_at)}, on version {row.analysis.number}"),
    )  # fmt: skip
    return tuple((label, words) for label, words in rows if words)


def decided_rows(row: Decision, names: Mapping[int, str]) -> Pairs:
    """The parts of a decision."""
    repeated = f"The same words in {row.same_words} earlier directions" if row.same_words else ""
    rows = (
        ("Decided", outcome_words(row)), ("Why differently from the recommendation", row.why_different),
        ("Risk seen", row.risk_seen), ("Direction", row.direction), ("Note", repeated),
        ("Signed by", f"{names.get(row.made_by, '')}, {moment(row.made_at)}"),
    )  # fmt: skip
    return tuple((label, words) for label, words in rows if words)


def _slip(each: Given, slug: str) -> Row:
    href = reverse("handovers:detail", args=[slug, each.key]) if each.key else ""
    cell = link(each.destination, href, below=each.receiver) if href else text(each.destination)
    back = each.state.back
    tone = "danger" if back else "done" if each.state.settled else "waiting"
    words = f"{each.said}. Put it right and send it again." if back else each.said
    return Row((cell, tag(each.state.words, tone), when(each.sent_at), text(words)), tone="late" if back else "")


def _before(found: Concluding, child: Subject, slug: str) -> Iterable[Kept]:
    """What was recommended and decided for a child and stands no more, the newest first."""
    for decided in found.decisions:
        if decided.subject_id == child.pk and decided.voided_at:
            rows = (*decided_rows(decided, found.names), ("Void since", moment(decided.voided_at)),
                    ("Why", decided.voided_why))  # fmt: skip
            yield Kept("A decision that is void", rows, reverse("mash:known", args=[slug, decided.key]))
    for row in found.recommendations:
        if row.subject_id == child.pk and row.ended_at:
            ended = (("Ended", moment(row.ended_at)), ("Why", row.ended_why))
            yield Kept("A recommendation that has ended", (*recommended_rows(row, found.names), *ended))


def _version(found: Concluding, row: Analysis) -> Kept:
    """An older version with what it said of each child, and what was agreed to it, which is void."""
    meant = found.meanings.get(row.pk, {})
    of_children = tuple(
        (name_of(child), f"{meant[child.pk].means}\n{meant[child.pk].voice or meant[child.pk].unheard}")
        for child in found.children if child.pk in meant
    )  # fmt: skip
    agreed = tuple(
        (f"{each.agency}, void since version {row.number + 1}",
         f"{'Agreed' if each.view.agrees else 'Saw it otherwise'}. {each.view.words}".strip())
        for each in found.views.get(row.pk, [])
    )  # fmt: skip
    return Kept(_analysed(found, row), (*parts(row), *of_children, *agreed))


def _steps(found: Concluding, slug: str, *, by: Actor) -> tuple[Item, ...]:
    """What may be done from here for the whole enquiry."""
    row, state = found.enquiry, State(found.enquiry.state)
    works = by.may(Permission.MASH_WORK) and not state.settled
    items = []
    if works and state.unrated:
        items.append(
            Item("Rate this enquiry: the analysis comes after that", reverse("mash:enquiry-rate", args=[slug, row.key]))
        )
    if works and not state.unrated and state is not State.DECIDED:
        words = "Write a new version of the analysis" if found.newest else "Write the analysis"
        items.append(Item(words, reverse("mash:analyse", args=[slug, row.key])))
    if works and found.newest:
        items += [
            Item(f"Write down what {each.desk.name} says to it", reverse("mash:view", args=[slug, each.key]))
            for each in found.requests
        ]
    if found.gaps and not state.settled and by.may(Permission.MASH_DECIDE):
        items.append(Item("Say who is waited for", reverse("mash:missing", args=[slug, row.key])))
    return tuple(items)


def _child_steps(found: Concluding, child: Subject, slug: str, *, by: Actor) -> tuple[Item, ...]:
    """What may be done for one child."""
    state = State(found.enquiry.state)
    if state not in rules.ANALYSED:
        return ()
    works, decides = by.may(Permission.MASH_WORK), by.may(Permission.MASH_DECIDE)
    recommended, decided = found.recommended(child), found.decided(child)
    waits = recommended is not None and decided is None
    own = recommended is not None and recommended.made_by == by.user_id
    again = "Recommend something else" if waits else "Recommend"
    name = name_of(child)
    wanted = [
        (f"{again} for {name}", "recommend", works and decided is None and found.meant(child) is not None),
        (f"Take the recommendation for {name} back", "withdraw", works and waits and own),
        (f"Decide for {name}", "decide", decides and waits and not own),
        (f"Send it back to the social worker: {name}", "send-back", decides and waits and not own),
        (f"Take the decision for {name} back", "take-back", decides and decided is not None),
    ]
    return tuple(
        Item(words, reverse(f"mash:{route}", args=[slug, child.key])) for words, route, sensible in wanted if sensible
    )


def short_rows(
    enquiry: Enquiry, children: Sequence[Subject], recommended: Mapping[int, Recommendation],
    decided: Mapping[int, Decision], slug: str, *, disputed: Collection[int | None] = (),
    against: Collection[int] = (),
) -> tuple[Row, ...]:  # fmt: skip
    """Each child of an enquiry that was analysed: what is recommended or decided; nothing before.

    :param disputed: the matters of children about whose decision a disagreement is open
    :param against: the versions of the analysis that an agency sees otherwise
    """
    if State(enquiry.state) not in rules.ANALYSED | {State.CLOSED}:
        return ()
    where = reverse("mash:deciding", args=[slug, enquiry.key])
    found = []
    for child in children:
        given, made = recommended.get(child.pk), decided.get(child.pk)
        otherwise = child.matter_id in disputed or (given is not None and given.analysis_id in against)
        name = link(name_of(child), where, below="Disputed" if made and otherwise else "")
        found.append(Row((name, *_short(made, given))))
    return tuple(found)


def _short(decided: Decision | None, recommended: Recommendation | None) -> tuple[Cell, Cell]:
    if decided:
        words = ("Decided, and taken on", "done") if decided.actioned_at else ("Decided: to be taken on", "waiting")
        return tag(*words), text(outcome_words(decided))
    if recommended:
        return tag("Waits for a manager", "soon"), text(outcome_words(recommended))
    return tag("Nothing recommended yet", "waiting"), text(None)


def void_by_it(decided: Iterable[str]) -> str:
    """What saving a new version makes void, and what it does not.

    :param decided: names of the children whose decision stays
    """
    names = list(decided)
    if not names:
        return (
            "Saving it makes void what agencies have agreed to, and what was recommended or decided for a child, on "
            "the version before. All of that is kept."
        )
    return (
        f"A manager has decided for {', '.join(names)}: that stays, with what was written of them then. Saving this "
        "version makes void what agencies have agreed to, and what was recommended for the other children. All of that "
        "is kept."
    )


def initial(found: Concluding) -> dict[str, Any]:
    """What the form of a new version begins with: the version that holds."""
    newest = found.newest
    if newest is None:
        return {}
    values: dict[str, Any] = {name: getattr(newest, name) for name in rules.PARTS}
    for child in found.children:
        if (meant := found.meant(child)) is not None:
            parts = {"means": meant.means, "voice": meant.voice, "voice_on": meant.voice_on, "unheard": meant.unheard}
            values |= {f"{part}_{child.key}": value for part, value in parts.items()}
    return values


def beside_child(found: Concluding, child: Subject) -> tuple[Pairs, tuple[str, str], str]:
    """What is read beside a recommendation or decision: the analysis and what it says of this child."""
    meant, newest = found.meant(child), found.newest
    rows = (("What this means day to day", meant.means),) if meant else ()
    return (*rows, *(parts(newest) if newest else ())), voice_of(meant), meant.unheard if meant else ""


def dissent(found: Concluding) -> tuple[tuple[str, str, str], ...]:
    """What agencies see otherwise in the version that holds: words, who, when."""
    said = found.views.get(found.newest.pk, []) if found.newest else []
    return tuple(
        (each.view.words, f"{each.agency}: {each.view.said_by}", moment(each.view.at))
        for each in said
        if not each.view.agrees
    )
