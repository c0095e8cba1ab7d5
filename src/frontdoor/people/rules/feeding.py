"""Who is open to whom, from the tables of a case system; who owns it; and when that is too old to be relied on."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from frontdoor.councils.rules import Kind, Setting, declare
from frontdoor.people.rules.bringing import layouts

Rows = Mapping[str, Iterable[Mapping[str, Any]]]

STALE = declare(
    Setting(
        "people.feed_hours",
        "Who is open to whom may be so old before every page that shows it warns",
        "People",
        Kind.NUMBER,
        24,
        "Our default: tables are made every night",
        unit="hours",
        minimum=1,
        maximum=168,
    )
)

PLANS = {
    "looked_after": "Looked after",
    "protection": "Child protection plan",
    "in_need": "Child in need plan",
    "care_leaver": "Care leaver",
    "early_help": "Early help",
    "open": "Open case",
}
"""What somebody is open for, the weightiest first."""

STATES = {"away": "is away", "left": "has left"}
_AWAY = re.compile(r"away|leave|sick|absent|secondment", re.IGNORECASE)
_LEFT = re.compile(r"^left|leaver|ended|inactive|former", re.IGNORECASE)
_CODE = re.compile(r"[A-Z][0-9]{1,3}|[A-Z][0-9][A-Z]")


@dataclass(frozen=True, slots=True)
class Held:
    """One matter open to somebody, as the tables say it."""

    external: str
    person: str
    kind: str
    worker: str = ""
    worker_state: str = ""
    team: str = ""
    manager: str = ""
    phone: str = ""
    plan: str = ""
    legal_status: str = ""
    offered_at: datetime | None = None
    accepted_at: datetime | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Owner:
    """Who answers for a matter now, and why that is not the allocated worker where it is not."""

    name: str
    why: str = ""


def owner_of(
    *, worker: str, worker_state: str, manager: str, offered_at: datetime | None, accepted_at: datetime | None,
    at: datetime, limit: timedelta,
) -> Owner:  # fmt: skip
    """Who owns a matter: its worker; the manager where the worker is away, has left, or has not accepted in time.

    :param limit: how long a worker has to accept what is offered
    """
    boss = manager or "The team's manager"
    if not worker:
        return Owner(boss, "No worker is allocated")
    if worker_state in STATES:
        return Owner(boss, f"{worker} {STATES[worker_state]}")
    if offered_at is not None and accepted_at is None and at - offered_at > limit:
        return Owner(boss, f"{worker} has not accepted it")
    return Owner(worker)


def is_stale(as_at: datetime | None, *, at: datetime, hours: float) -> bool:
    """Whether what is known is older than the council lets it be; what was never brought in is not old but absent."""
    return as_at is not None and at - as_at > timedelta(hours=hours)


@dataclass(slots=True)
class _Known:
    """What the tables say of workers, teams and each person's plans."""

    workers: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    teams: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    plans: dict[str, dict[str, date | None]] = field(default_factory=dict)
    law: dict[str, tuple[date, str]] = field(default_factory=dict)
    cases: dict[str, list[Mapping[str, Any]]] = field(default_factory=dict)


def held(rows: Rows, *, on: date) -> Iterator[Held]:
    """Everything that is open on a day: each involvement that has not ended, and each open case that has none.

    :param rows: checked rows by table
    """
    known = _known(rows, on)
    said: set[str] = set()
    for row in rows.get(layouts.INVOLVEMENT, ()):
        if _open(row.get("invo_involvement_start_date"), row.get("invo_involvement_end_date"), on):
            said.add(row["invo_person_id"])
            yield _involved(row, known)
    for person, cases in known.cases.items():
        if person not in said:
            yield _case(person, cases[-1], known)
    for person, plans in known.plans.items():
        if person not in said and person not in known.cases:
            since = min(filter(None, plans.values()), default=None)
            yield Held(f"plan:{person}"[:60], person, "plan", plan=_plan(plans), since=since)


def _known(rows: Rows, on: date) -> _Known:
    known = _Known(
        workers={row["prof_professional_id"]: row for row in rows.get(layouts.PROFESSIONAL, ())},
        teams={row["dept_team_id"]: row for row in rows.get(layouts.TEAM, ())},
    )
    for table, plan, who, since, until in _PLANS:
        for row in rows.get(table, ()):
            if _open(row.get(since), row.get(until) if until else None, on):
                known.plans.setdefault(row[who], {})[plan] = row.get(since)
    for row in rows.get(layouts.CIN, ()):
        if not row.get("cine_referral_nfa") and _open(row.get("cine_referral_date"), row.get("cine_close_date"), on):
            known.cases.setdefault(row["cine_person_id"], []).append(row)
    _read_law(rows.get(layouts.LEGAL, ()), known, on)
    return known


def _read_law(rows: Iterable[Mapping[str, Any]], known: _Known, on: date) -> None:
    """The newest legal status of each person that is in force, as its code."""
    for row in rows:
        since: date = row.get("lega_legal_status_start_date") or date.min
        code = _CODE.match(row.get("lega_legal_status", ""))
        if code and _open(since, row.get("lega_legal_status_end_date"), on):
            newest = known.law.get(row["lega_person_id"])
            if newest is None or newest[0] <= since:
                known.law[row["lega_person_id"]] = since, code[0]


_PLANS = (
    (layouts.CLA, "looked_after", "clae_person_id", "clae_cla_episode_start_date", "clae_cla_episode_ceased_date"),
    (layouts.CP_PLAN, "protection", "cppl_person_id", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"),
    (layouts.CIN_PLAN, "in_need", "cinp_person_id", "cinp_cin_plan_start_date", "cinp_cin_plan_end_date"),
    (layouts.EARLY_HELP, "early_help", "earl_person_id", "earl_episode_start_date", "earl_episode_end_date"),
)


def _open(since: date | None, until: date | None, on: date) -> bool:
    return (since is None or since <= on) and (until is None or until >= on)


def _plan(plans: Mapping[str, object]) -> str:
    return next((plan for plan in PLANS if plan in plans), "open")


def _people(worker: str, team: str, known: _Known) -> dict[str, Any]:
    """Worker, team, manager and telephone; a team that has no name in its table is shown by its number."""
    one, other = known.workers.get(worker, {}), known.teams.get(team, {})
    state = one.get("prof_professional_state", "")
    return {
        "worker": one.get("prof_professional_name", "")[:120],
        "worker_state": "left" if _LEFT.search(state) else "away" if _AWAY.search(state) else "",
        "team": (other.get("dept_team_name") or team or one.get("prof_professional_department", ""))[:120],
        "manager": other.get("dept_team_manager_name", ""),
        "phone": one.get("prof_professional_telephone") or other.get("dept_team_telephone", ""),
    }


def _involved(row: Mapping[str, Any], known: _Known) -> Held:
    person = row["invo_person_id"]
    return Held(
        row["invo_involvements_id"], person, "involvement", plan=_plan(known.plans.get(person, {})),
        legal_status=known.law.get(person, (None, ""))[1], offered_at=row.get("invo_offered_date"),
        accepted_at=row.get("invo_accepted_date"), since=row.get("invo_involvement_start_date"),
        **_people(row.get("invo_professional_id", ""), row.get("invo_professional_team", ""), known),
    )  # fmt: skip


def _case(person: str, row: Mapping[str, Any], known: _Known) -> Held:
    return Held(
        f"case:{row.get('cine_referral_id') or person}"[:60], person, "case", plan=_plan(known.plans.get(person, {})),
        legal_status=known.law.get(person, (None, ""))[1], since=row.get("cine_referral_date"),
        **_people(row.get("cine_referral_worker_id", ""), row.get("cine_referral_team", ""), known),
    )  # fmt: skip
