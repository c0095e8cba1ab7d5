"""A full clock board for the measurements: five thousand clocks run, of twenty kinds, in two councils."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import SEEDER
from frontdoor.clocks.models import Clock, Pause
from frontdoor.clocks.rules import KINDS
from frontdoor.config.demo.organisation import SLUGS
from frontdoor.organisations.models import Function, Team

SEED = 20261101
RUNNING, STOPPED = 5_000, 20_000
_FOR = {
    "mash.": "mash.enquiry", "handovers.": "handovers.handover", "directions.": "directions.direction",
    "letters.": "letters.letter", "disclosures.": "disclosures.request", "referrals.": "referrals.referral",
    "complaints.": "complaints.complaint", "matching.": "matching.told",
}  # fmt: skip
"""Of which kind is what a clock of a room is about."""
KINDS_SHOWN = 20
PAUSED = timedelta(minutes=5)
"""So long after its start a clock was paused."""


def make(*, at: datetime) -> None:
    """Let clocks run beside those that run already, so many in all, half in each council, and stop others before."""
    chance = Random(SEED)  # noqa: S311 (the same clocks each time)
    for council in SLUGS:
        with acting_for(council, by=SEEDER):
            team = Team.objects.get(authority_id=council, function=Function.MASH)
            missing = RUNNING // len(SLUGS) - Clock.objects.filter(authority_id=council, stopped_at=None).count()
            made = [_clock(council, team.pk, chance, place, at) for place in range(missing)]
            still = [each for each in made[:200] if KINDS[each.kind].pauses][:20]
            for each in still:
                each.paused_at = each.started_at + PAUSED
            Clock.objects.bulk_create(made, batch_size=1_000)
            Pause.objects.bulk_create(
                Pause(
                    authority_id=council, clock=each, reason=KINDS[each.kind].pauses[0].code,
                    paused_at=each.started_at + PAUSED,
                )
                for each in still
            )  # fmt: skip
            done = [_clock(council, team.pk, chance, place, at) for place in range(STOPPED // len(SLUGS))]
            for each in done:
                each.stopped_at, each.ended, each.outcome = each.due_at, "done", "in_time"
            Clock.objects.bulk_create(done, batch_size=1_000)


def _clock(council: int, team: int, chance: Random, place: int, at: datetime) -> Clock:
    kinds = [name for name in sorted(KINDS) if name.startswith(tuple(_FOR))][:KINDS_SHOWN]
    kind = KINDS[kinds[place % len(kinds)]]
    started = at - timedelta(minutes=chance.randrange(2_880))
    due = started + timedelta(minutes=chance.randrange(2_600, 12_000))
    subject = next(subject for room, subject in _FOR.items() if kind.name.startswith(room))
    return Clock(
        authority_id=council, kind=kind.name, subject_kind=subject, subject_key=str(UUID(int=chance.getrandbits(128))),
        label=f"M-{council}-{place:05}", team_id=team, unit=kind.unit, length=48, day_end="midnight",
        counting=kind.counting, rule_version="v1", started_at=started,
        half_at=started + (due - started) / 2, due_at=due,
    )  # fmt: skip
