"""What was marked for a family, how each outcome stood over time, and what may end as reached."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, acting_council
from frontdoor.councils.queries import setting
from frontdoor.earlyhelp.models import Episode
from frontdoor.earlyhelp.rules.states import Ending
from frontdoor.familyhelp.models import Evidence, Outcome
from frontdoor.familyhelp.queries.team import reached
from frontdoor.familyhelp.rules import outcomes
from frontdoor.familyhelp.rules.outcomes import LOCAL_HEADINGS, MET, Phase


def local_headings(*, by: Actor, at: datetime) -> str:
    """The council's own headings of the day, separated by semicolons."""
    return str(setting(LOCAL_HEADINGS.name, authority=acting_council(by), on=at).value)


@dataclass(frozen=True, slots=True)
class Marked:
    """One outcome with everything that was written of it, in its order."""

    outcome: Outcome
    evidence: tuple[Evidence, ...]

    def at_end(self, since: datetime | None) -> Evidence | None:
        """What was last written at the end; of help that was opened again what was written since.

        :param since: when it was opened again
        """
        ends = [
            each for each in self.evidence if each.phase == Phase.END and (since is None or each.at >= since)
        ]  # fmt: skip
        return ends[-1] if ends else None


def marked(episode: Episode, *, by: Actor) -> list[Marked]:
    """Every outcome of a family with its evidence: two statements."""
    rows = list(within(by, Outcome.objects.filter(episode=episode)).order_by("id"))
    found: dict[int, list[Evidence]] = defaultdict(list)
    for each in within(by, Evidence.objects.filter(outcome__in=rows)).order_by("id"):
        found[each.outcome_id].append(each)
    return [Marked(row, tuple(found[row.pk])) for row in rows]


def met_at_end(episode: Episode, *, by: Actor) -> list[Outcome]:
    """The outcomes that were reached when the help ended."""
    rows = [(each.outcome, each.at_end(episode.reopened_at)) for each in marked(episode, by=by)]
    return [outcome for outcome, last in rows if last is not None and last.stands == MET]


def holds(episode: Episode, ending: str, *, by: Actor) -> str:
    """Why help may not end so: something that was marked has no evidence at the end, or nothing of it was reached."""
    if ending != Ending.OUTCOMES_MET:
        return ""
    rows = [(each.outcome.heading, each.at_end(episode.reopened_at)) for each in marked(episode, by=by)]
    return outcomes.why_not_reached((heading, last.stands if last else "") for heading, last in rows)


@dataclass(frozen=True, slots=True)
class OpenedOutcomes:
    """The outcomes of a family, and the headings that may still be marked."""

    episode: Episode
    marked: tuple[Marked, ...]
    free: tuple[tuple[str, str], ...]


def open_outcomes(key: UUID | str, *, by: Actor, at: datetime) -> OpenedOutcomes:
    """The outcomes of a family; whoever shows them writes the entry.

    :raises NotFound: absent, another council's, restricted, or not a family of theirs
    :raises NotPermitted: the permission is missing
    """
    episode = reached(key, by=by, at=at)
    rows = tuple(marked(episode, by=by))
    known = {(each.outcome.code, each.outcome.heading) for each in rows}
    local = local_headings(by=by, at=at)
    free = tuple(
        (value, words) for value, words in outcomes.headings(local) if outcomes.heading_of(value, local) not in known
    )
    return OpenedOutcomes(episode, rows, free)
