"""The database that is measured: made once for a size, kept in the bench's own cluster while nothing changed."""

import hashlib
import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import django
from psycopg import sql

from frontdoor.config.bench import invented
from frontdoor.config.cluster import Cluster, admit

PACKAGE = Path(__file__).resolve().parents[2]
SIZES = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000, "10m": 10_000_000}

Say = Callable[[str], None]


CONTACTS, PEOPLE, ENQUIRIES, SERVICES, LOAD = "contacts", "people", "enquiries", "services", "load"
MEASURED = {
    CONTACTS: (
        "the queue page", "row-level security", "the record page", "contacts submitted",
        "contacts submitted by four clients", "police notices", "a flood of reports",
        "an assessment written together",
    ),
    PEOPLE: ("person search",),
    ENQUIRIES: ("the enquiry page", "the clock board"),
    SERVICES: ("services for families",),
}  # fmt: skip
"""What is measured in each database, by name."""
_MAKERS = {
    CONTACTS: ("invented.py", "loading.py", "database.py"), PEOPLE: ("people.py", "database.py"),
    ENQUIRIES: ("invented.py", "loading.py", "database.py", "enquiring.py", "clocking.py"),
    SERVICES: ("services.py", "database.py"),
    LOAD: ("invented.py", "loading.py", "database.py"),
}  # fmt: skip


def recipe(size: str, what: str = CONTACTS) -> str:
    """What a kept database was made from: the seed, the size, every migration, and what fills it."""
    whole = hashlib.sha256(f"{invented.SEED} {size}".encode())
    makers = [Path(__file__).parent / name for name in _MAKERS[what]]
    if what == PEOPLE:
        makers += sorted(path for path in (PACKAGE / "config/population").iterdir() if path.is_file())
    for file in [*sorted(PACKAGE.glob("*/migrations/*.py")), *makers, PACKAGE / "config/demo/organisation.py"]:
        whole.update(file.read_bytes())
    return whole.hexdigest()


@contextmanager
def prepared(cluster: Cluster, size: str, say: Say, what: str = CONTACTS) -> Iterator[str]:
    """Set up Django on the database of a size, which is made and filled unless it stands; gives its name.

    One process at a time holds a database: another waits.

    :param what: contacts, the people of an index, or one large enquiry and the clocks of a board among contacts
    """
    name, wanted = (
        f"frontdoor_bench_{size}" if what == CONTACTS else f"frontdoor_bench_{what}_{size}",
        recipe(size, what),
    )
    with cluster.connect() as superuser:
        superuser.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])
        made = superuser.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
        ).fetchone()
        stands = made is not None and made[0] == wanted and what != LOAD  # the load leaves its people behind
        if not stands:
            superuser.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
            superuser.execute(
                sql.SQL("CREATE DATABASE {} OWNER frontdoor_owner TEMPLATE template0").format(sql.Identifier(name))
            )
            admit(superuser, name)
            superuser.execute("GRANT SET ON PARAMETER session_replication_role TO frontdoor_owner")
        os.environ |= cluster.environment(name) | {"FRONTDOOR_DEMO": "1"}
        django.setup()
        _use(name)
        if not stands:
            began = time.monotonic()
            fill = {
                CONTACTS: _fill,
                PEOPLE: _fill_people,
                ENQUIRIES: _fill_enquiries,
                SERVICES: _fill_services,
                LOAD: _fill,
            }[what]
            fill(cluster.url("frontdoor_owner", name), SIZES[size], say)
            superuser.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(wanted)))
            superuser.execute("CHECKPOINT")
            say(f"{SIZES[size]:,} {what} made in {time.monotonic() - began:.0f} s")
        yield name


def _use(name: str) -> None:
    """Let Django speak to another database of the same cluster, where it was set up on one before."""
    from django.db import connections

    for each in connections.all():
        if each.settings_dict["NAME"] != name:
            each.close()
            each.settings_dict["NAME"] = name


def _fill_people(url: str, count: int, say: Say) -> None:
    from django.core.management import call_command
    from django.db import connections

    from frontdoor.actors.rules import SEEDER
    from frontdoor.config.bench import people
    from frontdoor.config.demo import organisation

    say("migrating")
    call_command("migrate", database="owner", verbosity=0)
    organisation.make(at=datetime.now(UTC), password=secrets.token_urlsafe(16))
    connections.close_all()
    say(f"making {count:,} people")
    people.load(url, list(organisation.SLUGS), count, actor=SEEDER.name)


def _fill_services(url: str, count: int, say: Say) -> None:
    import psycopg
    from django.core.management import call_command
    from django.db import connections

    from frontdoor.config.bench import services
    from frontdoor.config.demo import organisation

    say("migrating")
    call_command("migrate", database="owner", verbosity=0)
    organisation.make(at=datetime.now(UTC), password=secrets.token_urlsafe(16))
    say(f"making {services.TIMES * count:,} services")
    services.fill(services.TIMES * count, say)
    connections.close_all()
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute("VACUUM (ANALYZE)")


def _fill_enquiries(url: str, count: int, say: Say) -> None:
    import psycopg
    from django.db import connections

    _fill(url, count, say)
    from frontdoor.config.bench import clocking
    from frontdoor.config.bench.enquiring import Family, Size
    from frontdoor.config.demo.organisation import PETERBOROUGH

    at = datetime.now(UTC) - timedelta(hours=2)
    say("making an enquiry and the clocks of a board")
    Family(PETERBOROUGH, Size(), at=at).make()
    clocking.make(at=at)
    connections.close_all()
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute("VACUUM (ANALYZE)")


def _fill(url: str, count: int, say: Say) -> None:
    from django.core.management import call_command
    from django.db import connections

    from frontdoor.actors.actions import acting_for
    from frontdoor.actors.rules import SEEDER
    from frontdoor.codes import rules as codes
    from frontdoor.config.bench.loading import Loader
    from frontdoor.config.demo import organisation
    from frontdoor.contacts.rules.kinds import DECISION
    from frontdoor.organisations.models import Function
    from frontdoor.organisations.queries import team_for

    say("migrating")
    call_command("migrate", database="owner", verbosity=0)
    organisation.make(at=datetime.now(UTC), password=secrets.token_urlsafe(16))
    say(f"making {count:,} contacts")
    teams, due_at, kinds = {}, {}, []
    for council in organisation.SLUGS:
        with acting_for(council, by=SEEDER) as by:
            teams[council] = team_for(Function.CONTACT_CENTRE, by=by, at=invented.ANCHOR).pk
            due_at[council], kinds = _deadline(DECISION, by), _kinds(by)
    connections.close_all()
    marks = {each.code: each.mark for each in codes.CHANNELS}
    Loader(url, kinds, marks).load(teams, count, due_at, actor=SEEDER.name)


def _deadline(kind, by) -> invented.DueAt:  # type: ignore[no-untyped-def]  # types come with Django, set up later
    """The product's own deadline, worked out once for each hour of arrival."""
    from frontdoor.clocks import queries, rules

    terms = queries.terms([kind], by=by)

    @cache
    def of_hour(hour: datetime) -> datetime:
        return rules.deadline(terms.rule(kind, hour), hour)

    def due_at(received: datetime) -> datetime:
        return max(of_hour(received.replace(minute=0, second=0, microsecond=0)), received)

    return due_at


def _kinds(by) -> list[tuple[object, ...]]:  # type: ignore[no-untyped-def]  # types come with Django, set up later
    """The clocks that an arrival starts, as the loader writes them."""
    from frontdoor.clocks import queries
    from frontdoor.contacts.rules.kinds import DECISION, FIRST_LOOK
    from frontdoor.letters.rules import ACKNOWLEDGE

    wanted = (FIRST_LOOK, DECISION, ACKNOWLEDGE)
    terms = queries.terms(wanted, by=by)
    found: list[tuple[object, ...]] = []
    for kind in wanted:
        rule = terms.rule(kind, invented.ANCHOR)
        minutes = rule.length if kind is FIRST_LOOK else None
        found.append((kind.name, rule.unit, rule.length, minutes, rule.counting, rule.version(kind.version)))
    return found
