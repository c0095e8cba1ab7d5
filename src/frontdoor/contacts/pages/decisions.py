"""What the pages of recommending and deciding show: family, history and recommendation on one screen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from frontdoor.access.queries import names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor
from frontdoor.codes import rules as codes
from frontdoor.contacts.models import Contact, Decision, Matter, Named, Pattern, Recommendation, Statement
from frontdoor.contacts.queries import decisions as queries
from frontdoor.contacts.queries.travelling import who
from frontdoor.contacts.rules import decisions as rules
from frontdoor.contacts.rules.states import STATEMENT_KINDS
from frontdoor.shell.pages import Action, Column, Row, clock, link, person, since, tag, text
from frontdoor.shell.rules import day

_STATEMENTS = dict(STATEMENT_KINDS)


@dataclass(frozen=True, slots=True)
class Case:
    """One child's matter as a manager or social worker reads it.

    :param demanded: why risk, direction and actions are demanded; empty lets agreeing be one key
    :param repeat: the pattern that must be judged first, or None
    """

    matter: Matter
    contact: Contact
    child: str
    family: tuple[tuple[str, str], ...]
    marked: tuple[tuple[str, str], ...]
    earlier: tuple[rules.Earlier, ...]
    recommendation: Recommendation | None
    recommended_by: str
    recommended: tuple[tuple[str, str], ...]
    decision: Decision | None
    decided: tuple[tuple[str, str], ...]
    demanded: tuple[str, ...]
    repeat: rules.Repeat | None
    pattern: Pattern | None

    @property
    def earlier_rows(self) -> list[tuple[str, str]]:
        """Earlier contacts side by side: when, and what became of each."""
        return [
            (f"{day(each.received_on)} ({each.label})", _became(each.outcome) + ("" if each.confirmed else ALIKE))
            for each in self.earlier
        ]


def case(matter: Matter, *, by: Actor, at: datetime) -> Case:
    """Everything that the page of one child's matter shows."""
    contact = matter.contact
    people = list(within(by, Named.objects.filter(contact=contact).order_by("position")))
    marked = within(by, Statement.objects.filter(contact=contact).select_related("named").order_by("id"))
    recommendation = queries.standing_recommendation(matter, by=by)
    decision = queries.standing_decision(matter, by=by)
    around = queries.circumstances(matter, by=by, at=at)
    who_signed = _signed(recommendation, decision, by=by)
    return Case(
        matter=matter,
        contact=contact,
        child=matter.called,
        family=tuple((each.label, who(each, on=at.date())) for each in people),
        marked=tuple((_STATEMENTS[each.kind] + _of(each), each.words) for each in marked),
        earlier=tuple(queries.earlier(contact, by=by)),
        recommendation=recommendation,
        recommended_by=who_signed.get(recommendation.made_by, "") if recommendation else "",
        recommended=tuple(recommended_rows(recommendation)) if recommendation else (),
        decision=decision,
        decided=tuple(decided_rows(decision, who_signed)) if decision else (),
        demanded=_demanded(recommendation, around),
        repeat=queries.repeat(contact, by=by, at=at),
        pattern=queries.pattern(contact, by=by),
    )


def _demanded(recommendation: Recommendation | None, around: rules.Circumstances) -> tuple[str, ...]:
    """Why one key is not enough for what was recommended."""
    if recommendation is None:
        return ()
    return tuple(rules.whole_record_demanded(recommendation.outcome, around, beside=recommendation.secondary))


ALIKE = "\nBy the same name and birth date, or family name and address: not confirmed"
"""What is said of an earlier contact of which nobody has confirmed that it is about the same people."""


def _became(outcome: str) -> str:
    return codes.OUTCOMES[outcome].label if outcome else "Not decided"


AGREE = Action("Agree as recommended", "y", "agree", "yes", style="primary")
"""One key, once the page has been opened."""


def _of(statement: Statement) -> str:
    return f", {statement.named.label}" if statement.named else ""


def _signed(recommendation: Recommendation | None, decision: Decision | None, *, by: Actor) -> dict[int, str]:
    people = {recommendation.made_by} if recommendation else set()
    if decision:
        people |= {decision.made_by, decision.confirmed_by or decision.made_by}
    return names(people, by=by)


def recommended_rows(given: Recommendation) -> Sequence[tuple[str, str]]:
    """The parts of a recommendation that were filled in."""
    rows = [
        ("What should happen", outcome_words(given)),
        ("What we know", given.known),
        ("What it means for the child", given.means),
        ("The child's own words", given.voice or f"Not yet heard, because: {given.voice_missing}"),
        ("Earlier contacts", given.history),
        ("Why not more or less", given.decided),
        ("What would change our mind", given.change_mind),
        ("Level of need", f"{given.threshold_level} ({given.threshold_version or 'no document named'})"),
    ]
    return [(label, words) for label, words in rows if words]


def outcome_words(given: Recommendation | Decision) -> str:
    """What was recommended or decided, in words."""
    parts = [codes.OUTCOMES[given.outcome].label]
    if given.rating:
        parts.append(codes.RATINGS[given.rating].label)
    if given.specialist_route:
        parts.append(codes.ROUTES[given.specialist_route].label)
    parts += [f"and also {codes.OUTCOMES[code].label}" for code in given.secondary]
    return ", ".join(parts) + (f"\n{given.detail}" if given.detail else "")


def decided_rows(decision: Decision, signed: Mapping[int, str]) -> Sequence[tuple[str, str]]:
    """The parts of a decision that were filled in, and who signed it."""
    rows = [
        ("Decided", outcome_words(decision)),
        ("By", signed.get(decision.made_by, "")),
        ("Confirmed by", signed.get(decision.confirmed_by, "") if decision.confirmed_by else ""),
        ("Why differently", decision.why_different),
        ("Risk seen", decision.risk_seen),
        ("Direction", decision.direction),
        ("Not known, not waited for", decision.missing),
        ("Corrections", decision.addendum),
    ]
    return [(label, words) for label, words in rows if words]


def child_facts(child: Named | None, *, on: date) -> str:
    """Age and sex in a few words; empty where no child is named."""
    return who(child, on=on) if child else ""


WAITING_COLUMNS = ["Child", "Number", "Waiting since", Column("Time left"), "Danger"]


def waiting_rows(matters: Sequence[Matter], slug: str, *, at: datetime) -> list[Row]:
    """The list of what waits for a manager."""
    return [
        Row(
            (
                person(each.called, born=each.child.date_of_birth if each.child else None, on=at.date()),
                link(
                    each.contact.receipt or "Open",
                    reverse("contacts:decide", kwargs={"council": slug, "key": each.key}),
                    hidden=f"for {each.called}",
                ),
                since(each.contact.received_at, at),
                clock(each.contact.due_at, at),
                tag("Danger", "danger") if each.contact.danger_rank == 0 else text(""),
            ),
            tone="danger" if each.contact.danger_rank == 0 else "",
        )
        for each in matters
    ]


def replayed(content: Mapping[str, Any]) -> list[tuple[str, list[tuple[str, str]]]]:
    """A frozen snapshot, section by section, in the words in which it was kept."""
    sections = []
    for name, value in content.items():
        if isinstance(value, dict):
            sections.append((name, [(key, str(text)) for key, text in value.items() if text not in (None, "", [])]))
        elif isinstance(value, list) and value:
            sections.append((name, [(str(place + 1), _line(row)) for place, row in enumerate(value)]))
    return sections


def _line(row: Any) -> str:
    return (
        "; ".join(f"{key}: {text}" for key, text in row.items() if text not in (None, ""))
        if isinstance(row, dict)
        else str(row)
    )
