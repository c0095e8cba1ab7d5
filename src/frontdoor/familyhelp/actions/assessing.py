"""Writing the assessment of a family together: each field by itself, nothing overwritten, shared, reviewed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import (
    Actor,
    InvalidInput,
    NotFound,
    Permission,
    StepNotAllowed,
    acting_person,
    unchanged,
)
from frontdoor.clocks.models import Ended
from frontdoor.earlyhelp.actions import rows as early_help
from frontdoor.earlyhelp.models import Episode
from frontdoor.earlyhelp.rules.states import Line
from frontdoor.earlyhelp.rules.states import Step as HelpStep
from frontdoor.familyhelp.actions.rows import Key, held
from frontdoor.familyhelp.models import Assessment, Passage, Presence
from frontdoor.familyhelp.queries import assessment as queries
from frontdoor.familyhelp.queries.assessment import Part
from frontdoor.familyhelp.queries.team import reached
from frontdoor.familyhelp.rules import assessing as rules
from frontdoor.familyhelp.rules.assessing import Fate, Step, Written
from frontdoor.familyhelp.rules.assessing_clock import ASSESS
from frontdoor.handovers.actions.slips import signature
from frontdoor.trail import actions as trail

ENDS = frozenset({HelpStep.STOP, HelpStep.END, HelpStep.CLOSE})


def _open_round(episode: Episode, *, by: Actor) -> Assessment:
    """The round that is being written.

    :raises StepNotAllowed: none is
    """
    known = queries.rounds(episode, by=by)
    rules.after(rules.stands(known[-1].state if known else ""), Step.SHARE)
    return known[-1]


@transaction.atomic
def begin(key: Key, *, why: str = "", by: Actor, at: datetime) -> Assessment:
    """Begin a family's assessment, or open it for review: a new round that starts from what was thought before.

    :param why: why it is looked at again; not asked of the first round
    :raises InvalidInput: a review without a reason
    :raises StepNotAllowed: it is being written, or the family cannot be worked with now
    """
    episode = held(key, by=by, at=at)
    known = queries.rounds(episode, by=by)
    last = known[-1] if known else None
    state = rules.after(rules.stands(last.state if last else ""), Step.REOPEN if last else Step.BEGIN)
    if last and not why.strip():
        raise InvalidInput(why="Write why it is looked at again")
    row = Assessment.objects.create(
        authority_id=episode.authority_id, episode=episode, number=len(known) + 1, state=state.value,
        why=why.strip() if last else "", begun_at=at, begun_by=acting_person(by), begun_name=signature(by),
    )  # fmt: skip
    if last:
        _carry(last, row, by=by)
    trail.record("familyhelp.begin_assessment", subject=episode, by=by, at=at, round=row.number)
    return row


def _carry(last: Assessment, row: Assessment, *, by: Actor) -> None:
    """A review starts from what stood there, by whom it was written; what people said is asked again."""
    carried = {code for part in queries.parts_of(row.episode, by=by) for code, each in part.fields.items()
               if each.carried}  # fmt: skip
    Passage.objects.bulk_create(
        Passage(
            authority_id=row.authority_id, assessment=row, member_id=each.member_id, field=each.field, text=each.text,
            version=1, carried=True, since=each.at, at=each.at, by_user=each.by_user, by_name=each.by_name,
        )
        for each in queries.passages(last, by=by).values() if each.field in carried and each.text
    )  # fmt: skip


@dataclass(slots=True)
class Outcome:
    """What became of what somebody typed.

    :param stands: the version and text that stand now, by field
    :param overtaken: what somebody else wrote meanwhile, by field: there nothing was saved
    """

    stands: dict[str, tuple[int, str]] = field(default_factory=dict)
    overtaken: dict[str, Passage] = field(default_factory=dict)


@transaction.atomic
def write(key: Key, *, part: str, given: Sequence[Written], pressed: bool = False, by: Actor, at: datetime) -> Outcome:
    """Keep what was typed in some fields of one page, each by itself; what another wrote meanwhile is not overwritten.

    The first text of a sitting is an entry in the trail, and each that is sent by hand; what is kept while somebody
    goes on typing is not: it is the same writing, and one statement.

    :param pressed: sent by hand, not kept while it was typed
    :raises NotFound: absent, not a family of theirs, or no such page or field
    :raises InvalidInput: what no field takes; then nothing is saved
    :raises StepNotAllowed: it is not being written, or the family cannot be worked with now
    """
    episode = held(key, by=by, at=at)
    row = _open_round(episode, by=by)
    place = queries.part_named(episode, part, by=by)
    _check(place, given)
    codes = [each.field for each in given]
    found = within(by, Passage.objects.filter(assessment=row, member=place.member, field__in=codes))
    newest = {each.field: each for each in found.order_by("field", "-version").distinct("field")}
    outcome, told = Outcome(), []
    for each in given:
        now = newest.get(each.field)
        text, version = (now.text, now.version) if now else ("", 0)
        match rules.fate(each, text, version):
            case Fate.SAME:
                outcome.stands[each.field] = (version, text)
            case Fate.OVERTAKEN if now:
                outcome.overtaken[each.field] = now
            case _:
                typed = rules.joined(text, each.text) if each.keep == "both" else rules.plain(each.text)
                if _save(row, place, each.field, now, typed, by=by, at=at) or pressed:
                    told.append(each.field)
                outcome.stands[each.field] = (version + 1, typed)
    if told:
        trail.record("familyhelp.write", subject=episode, by=by, at=at, part=part, fields=told, round=row.number)
    return outcome


def _check(place: Part, given: Sequence[Written]) -> None:
    """Refuse what no field of a page takes."""
    if any(each.field not in place.fields for each in given):
        raise NotFound
    wrong = {each.field: words for each in given
             if (words := rules.wrong_with(place.fields[each.field], rules.plain(each.text)))}  # fmt: skip
    if wrong:
        raise InvalidInput(**wrong)


def _save(row: Assessment, place: Part, code: str, now: Passage | None, text: str, *, by: Actor, at: datetime) -> bool:
    """Go on in one's own row of this sitting, or write a new one.

    :returns: whether it is a new one
    """
    me = acting_person(by)
    if now and now.by_user == me and not now.carried and now.since <= at <= now.since + rules.SITTING:
        within(by, Passage.objects.filter(pk=now.pk, version=now.version)).update(
            text=text, version=now.version + 1, at=at
        )
        return False
    Passage.objects.create(
        authority_id=row.authority_id, assessment=row, member=place.member, field=code, text=text,
        version=now.version + 1 if now else 1, since=at, at=at, by_user=me, by_name=signature(by),
    )  # fmt: skip
    return True


@transaction.atomic
def come(key: Key, *, part: str, by: Actor, at: datetime) -> None:
    """Say to the others that one has opened a page of what is being written. Part of opening it: it leaves no entry."""
    episode = reached(key, Permission.FAMILY_HELP_WORK, by=by, at=at)
    known = queries.rounds(episode, by=by)
    if known and known[-1].shared_at is None:
        Presence.objects.update_or_create(
            authority_id=episode.authority_id, assessment=known[-1], user=acting_person(by),
            defaults={"name": signature(by), "part": part, "at": at},
        )  # fmt: skip


@transaction.atomic
def share(
    key: Key, *, seen: int, agrees: str, comments: str, how: str, who: str, by: Actor, at: datetime
) -> Assessment:
    """Share the assessment with the family: it is finished, and what the family says of it stands with it.

    :param seen: the version of all of it that `by` read (`queries.assessment.version_of`)
    :param who: who of the family has it
    :raises Conflict: somebody has written in it since
    :raises InvalidInput: something is missing about how it was shared
    :raises StepNotAllowed: something of the assessment is missing, or it is not being written
    """
    episode = held(key, by=by, at=at)
    row = _open_round(episode, by=by)
    parts, stands = queries.parts_of(episode, by=by), queries.passages(row, by=by)
    unchanged(seen, queries.version_of(stands))
    if missing := queries.missing(parts, stands):
        raise StepNotAllowed(f"It is not complete yet. Missing: {'; '.join(missing)}.")
    if wrong := rules.wrong_with_sharing(agrees, how, who, comments):
        raise InvalidInput(**wrong)
    row.state = rules.after(rules.State(row.state), Step.SHARE).value
    row.agrees, row.comments, row.how, row.who = agrees, comments.strip(), how, who.strip()
    row.shared_at, row.shared_by, row.shared_name = at, acting_person(by), signature(by)
    row.copy = queries.text_of(row, parts, stands)
    row.save(update_fields=[
        "state", "agrees", "comments", "how", "who", "shared_at", "shared_by", "shared_name", "copy",
    ])  # fmt: skip
    early_help.stop_clocks(episode, ASSESS, by=by, at=at)
    early_help.turn(episode, Line.NOTE, f"The assessment was shared. {row.get_agrees_display()}", by=by, at=at)
    early_help.changed(episode, by=by, at=at)
    trail.record("familyhelp.share_assessment", subject=episode, by=by, at=at, round=row.number, agrees=agrees)
    return row


def stepped(episode: Episode, step: HelpStep, *, by: Actor, at: datetime) -> None:
    """The clock of the assessment runs from when a family is taken on; it is not needed once help stops.

    Part of the act that takes the step, which asks and records.
    """
    if step is HelpStep.TAKE_ON:
        early_help.start(episode, ASSESS, by=by, at=at)
    elif step in ENDS:
        early_help.stop_clocks(episode, ASSESS, by=by, at=at, ended=Ended.NOT_NEEDED)
