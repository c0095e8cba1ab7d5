"""The assessment of a family: its rounds, what stands in them, who wrote what, and who has a page of it open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission
from frontdoor.earlyhelp.models import Episode, Member
from frontdoor.earlyhelp.queries import finding
from frontdoor.earlyhelp.rules.agreeing import Purpose
from frontdoor.familyhelp.models import Assessment, Passage, Presence
from frontdoor.familyhelp.queries.team import reached
from frontdoor.familyhelp.rules import assessing as rules
from frontdoor.familyhelp.rules.framework import HEADINGS, Field, Side, fields_of
from frontdoor.shell.rules import moment
from frontdoor.trail import actions as trail

Key = UUID | str
Texts = dict[tuple[int | None, str], Passage]
"""What stands, by the number of the person (None: the family) and the field."""
MOST_CARRIED = 30_000
"""Letters of an assessment that go into a contact at most; the rest is read here."""


@dataclass(frozen=True, slots=True)
class Part:
    """One page of an assessment: one person, the family, or what is thought about all of it.

    :param alone: no adult is named, so that the family's part asks about care too
    """

    side: Side
    member: Member | None = None
    alone: bool = False

    @property
    def name(self) -> str:
        """How its address names it."""
        return str(self.member.key) if self.member else self.side.value

    @property
    def label(self) -> str:
        return finding.label_of(self.member.named) if self.member else HEADINGS[self.side]

    @property
    def of(self) -> int | None:
        """The number of the person it is about."""
        return self.member.pk if self.member else None

    @property
    def fields(self) -> dict[str, Field]:
        return fields_of(self.side, alone=self.alone)

    def texts(self, passages: Texts) -> dict[str, str]:
        """What stands in it, by field."""
        return {code: passages[self.of, code].text for code in self.fields if (self.of, code) in passages}


@dataclass(frozen=True, slots=True)
class Opened:
    """The assessment of a family, as one round of it stands.

    :param rounds: all, the oldest first
    :param round: the one that is shown; None where nobody has begun
    :param agrees: whether somebody's agreement to help holds
    """

    episode: Episode
    parts: tuple[Part, ...]
    rounds: tuple[Assessment, ...]
    round: Assessment | None
    passages: Texts
    agrees: bool
    at: datetime

    @property
    def state(self) -> rules.State:
        """Where the assessment stands, whichever round is shown."""
        return rules.stands(self.rounds[-1].state if self.rounds else "")

    @property
    def missing(self) -> list[str]:
        """What it needs before it is shared."""
        return missing(self.parts, self.passages)


def parts_of(episode: Episode, *, by: Actor) -> tuple[Part, ...]:
    """The pages of a family's assessment: each child, each adult, the family, what is thought."""
    people = finding.members(episode, by=by)
    alone = all(each.is_child for each in people)
    return (
        *(Part(Side.CHILD, each) for each in people if each.is_child),
        *(Part(Side.CARER, each) for each in people if not each.is_child),
        Part(Side.FAMILY, alone=alone), Part(Side.THINKING),
    )  # fmt: skip


def part_named(episode: Episode, name: str, *, by: Actor) -> Part:
    """The page of a name.

    :raises NotFound: the family has no such person
    """
    for part in parts_of(episode, by=by):
        if part.name == name:
            return part
    raise NotFound


def rounds(episode: Episode, *, by: Actor) -> list[Assessment]:
    """Every round of a family's assessment, the oldest first."""
    return list(within(by, Assessment.objects.filter(episode=episode)).order_by("number"))


def passages(row: Assessment | None, *, by: Actor) -> Texts:
    """What stands in a round."""
    if row is None:
        return {}
    found = within(by, Passage.objects.filter(assessment=row))
    newest = found.order_by("member_id", "field", "-version").distinct("member_id", "field")
    return {(each.member_id, each.field): each for each in newest}


def missing(parts: Iterable[Part], stands: Texts) -> list[str]:
    """What a round needs before it is shared, in words."""
    said: list[str] = []
    known = {part.side: part for part in parts}
    for part in parts:
        if part.side is Side.CHILD:
            said += rules.missing_of_child(part.label, part.texts(stands))
    family = known[Side.FAMILY]
    thinking = known[Side.THINKING].texts(stands)
    return said + rules.missing_of_family(family.texts(stands), thinking, alone=family.alone)


def version_of(stands: Texts) -> int:
    """A number that grows with every text that is written: who shares says which they read."""
    return sum(each.version for each in stands.values())


def open_assessment(key: Key, *, number: int | None = None, by: Actor, at: datetime) -> Opened:
    """Open a family's assessment; the opening is recorded.

    :param number: of the round; the newest without
    :raises NotFound: absent, another council's, not a family of theirs, or no such round
    :raises NotPermitted: `by` does not read plans of families
    """
    found = _opened(reached(key, by=by, at=at), number, by=by, at=at)
    shown = found.round.number if found.round else 0
    trail.record("familyhelp.open_assessment", subject=found.episode, by=by, at=at, round=shown)
    return found


def open_part(key: Key, name: str, *, by: Actor, at: datetime) -> tuple[Opened, Part]:
    """Open one page of a family's assessment for whoever writes in it; the opening is recorded.

    :raises NotFound: as above, or no such page
    :raises NotPermitted: `by` does not work on plans of families
    """
    episode = reached(key, Permission.FAMILY_HELP_WORK, by=by, at=at)
    part = part_named(episode, name, by=by)
    found = _opened(episode, None, by=by, at=at)
    trail.record("familyhelp.open_assessment", subject=episode, by=by, at=at, part=name)
    return found, part


def open_to_share(key: Key, *, by: Actor, at: datetime) -> Opened:
    """Open a family's assessment whole for whoever begins it, opens it for review or shares it.

    :raises NotFound: absent, another council's, or not a family of theirs
    :raises NotPermitted: `by` does not work on plans of families
    """
    found = _opened(reached(key, Permission.FAMILY_HELP_WORK, by=by, at=at), None, by=by, at=at)
    trail.record("familyhelp.open_assessment", subject=found.episode, by=by, at=at)
    return found


def _opened(episode: Episode, number: int | None, *, by: Actor, at: datetime) -> Opened:
    known = tuple(rounds(episode, by=by))
    shown = next((each for each in reversed(known) if number in (None, each.number)), None)
    if number is not None and shown is None:
        raise NotFound
    return Opened(
        episode, parts_of(episode, by=by), known, shown, passages(shown, by=by),
        finding.agrees(episode, Purpose.HELP, by=by, at=at), at,
    )  # fmt: skip


def open_earlier(key: Key, name: str, field: str, *, by: Actor, at: datetime) -> tuple[Opened, Part, list[Passage]]:
    """Every text that ever stood in a field, in every round, the newest first; the opening is recorded.

    :raises NotFound: no such page or field
    """
    found = open_assessment(key, by=by, at=at)
    part = next((each for each in found.parts if each.name == name), None)
    if part is None or field not in part.fields:
        raise NotFound
    rows = Passage.objects.select_related("assessment").filter(
        assessment__episode=found.episode, member=part.member, field=field
    )
    return found, part, list(within(by, rows).order_by("-assessment__number", "-version"))


def open_rounds(key: Key, *, by: Actor, at: datetime) -> tuple[Opened, Texts]:
    """The newest round beside the first, for whoever compares them.

    :returns: what is open, and what stood in the first round
    """
    found = open_assessment(key, by=by, at=at)
    return found, passages(found.rounds[0], by=by) if found.rounds else {}


@dataclass(frozen=True, slots=True)
class Around:
    """Somebody else who is at it.

    :param part: the page they opened or wrote in, by its name
    """

    name: str
    part: str
    at: datetime
    wrote: bool


def around(row: Assessment, known: Texts, parts: Iterable[Part], *, by: Actor, at: datetime) -> list[Around]:
    """Who else opened a page of a round, or wrote in it, in the last minutes; the latest first."""
    since = at - rules.AROUND
    present = within(by, Presence.objects.filter(assessment=row, at__gte=since).exclude(user=by.user_id or 0))
    found = {each.user: Around(each.name, each.part, each.at, wrote=False) for each in present}
    names = {part.of: part.name for part in parts if part.member}
    sides = {code: part.name for part in parts if part.member is None for code in part.fields}
    for each in sorted(known.values(), key=lambda one: one.at):
        if each.at < since or each.carried or each.by_user == by.user_id:
            continue
        was = found.get(each.by_user)
        if was is None or was.at <= each.at:
            place = names.get(each.member_id, "") if each.member_id else sides.get(each.field, "")
            found[each.by_user] = Around(each.by_name, place, each.at, wrote=True)
    return sorted(found.values(), key=lambda one: one.at, reverse=True)


def text_of(row: Assessment, parts: Iterable[Part], stands: Texts) -> str:
    """One round as plain text, in the order of its pages."""
    said = [(part.label, [(part.fields[code].label, text) for code, text in part.texts(stands).items()])
            for part in parts]  # fmt: skip
    if row.shared_at:
        family = [("Does the family agree?", row.get_agrees_display()), ("What the family says", row.comments)]
        said.append((f"Shared with {row.who}, {moment(row.shared_at)}", family))
    return rules.lines(said)


def as_text(episode: Episode, *, by: Actor) -> str:
    """What a family's assessment says in plain text: the newest that was shared, else what was written so far.

    It goes with the family where it is sent on; empty where nobody has written anything.
    """
    known = rounds(episode, by=by)
    row = next((each for each in reversed(known) if each.shared_at), known[-1] if known else None)
    if row is None:
        return ""
    said = text_of(row, parts_of(episode, by=by), passages(row, by=by))
    if not said:
        return ""
    how = f"shared with the family on {moment(row.shared_at)}" if row.shared_at else "not finished, not yet shared"
    head = f"The family’s assessment ({episode.reference}, round {row.number}, {how}):"
    return f"{head}\n\n{rules.shortened(said, MOST_CARRIED, 'The rest stands in the assessment.')}"
