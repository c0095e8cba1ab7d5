"""The lines of the reviewed table (`routes.py`) for early help."""

from frontdoor.actors.rules import Permission as P  # noqa: N817 (a table)
from tests.separation.routing import Route, council, merged

OPENS = "earlyhelp.open"


def _step(permission: P = P.EARLY_HELP_KEEP, **more: str) -> Route:
    return council(permission, key="episode", entry=OPENS, more=more)


EARLY_HELP: dict[str, Route] = {
    "desk:early-help": merged(P.EARLY_HELP_READ),
    "earlyhelp:episode": council(P.EARLY_HELP_READ, key="episode", entry=OPENS),
    "earlyhelp:of-slip": council(P.EARLY_HELP_READ, key="helped-slip", get=302, some=True),
    "earlyhelp:accept": council(P.EARLY_HELP_KEEP, key="helped-slip", entry="handovers.open", some=True),
    "earlyhelp:take": council(P.EARLY_HELP_KEEP, key="episode", get=405),
    "earlyhelp:agreement": _step(member="helped-member"),
    "earlyhelp:look": _step(P.EARLY_HELP_SCREEN),
    "earlyhelp:uptake": _step(signpost="signpost"),
    **{
        f"earlyhelp:{name}": _step()
        for name in (
            "attempt", "triage", "offer", "answer", "take-back", "review", "stop", "step-up", "close", "reopen",
            "note", "signpost",
        )
    },
    "earlyhelp:providers": council(P.EARLY_HELP_KEEP, entry=""),
    "earlyhelp:add-provider": council(P.EARLY_HELP_KEEP, entry=""),
    "earlyhelp:places": council(P.EARLY_HELP_KEEP, key="provider", entry=""),
    "earlyhelp:end-provider": council(P.EARLY_HELP_KEEP, key="provider", entry=""),
}  # fmt: skip
