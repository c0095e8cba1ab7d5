"""The sealer as tests run it: once, or until nothing is left to seal."""

from datetime import UTC, datetime
from threading import Event

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import SEALER
from frontdoor.trail import actions as trail
from tests.worlds import PETERBOROUGH


def seal(key: Ed25519PrivateKey, council: int = PETERBOROUGH) -> int:
    """One run of the sealer."""
    with acting_for(council, by=SEALER) as by:
        return trail.seal(key=key, by=by, at=datetime.now(UTC))


def unsealed(council: int = PETERBOROUGH) -> list[str]:
    """The actions of the entries that no seal holds yet, those apart that sealing leaves of itself."""
    with acting_for(council, by=SEALER), connection.cursor() as cursor:
        cursor.execute(
            "SELECT action FROM trail_entry WHERE id NOT IN (SELECT entry_id FROM trail_leaf)"
            " AND action NOT IN ('trail.seal', 'trail.publish') ORDER BY id"
        )
        return [action for (action,) in cursor.fetchall()]


def settle(key: Ed25519PrivateKey, council: int = PETERBOROUGH) -> list[int]:
    """Seal until everything is sealed, and say in which steps.

    Numbers of transactions are a server's, so a test that runs beside this one, though in another database, may hold
    the sealer up for a moment: who needs an entry sealed calls this and not the sealer alone.
    """
    steps, patience = [], Event()
    for _ in range(3_000):
        if count := seal(key, council):
            steps.append(count)
        if not unsealed(council):
            return steps
        patience.wait(0.02)
    raise AssertionError("the sealer was held up for a minute")
