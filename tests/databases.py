"""Databases for tests: always as the application role, never flushed.

One template database is made once a run, out of a migrated one that is kept as long as no migration changes: migrating
takes longer than most of what is run by hand. Each worker works in a clone of it, where every test is rolled back; a
test that needs commits (`own_database`) or a live server (`site`) gets a clone of its own. A run holds an advisory lock
for as long as it lives, so that what a killed run left behind can be told from what another run is using.
"""

import fcntl
import hashlib
import os
import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django
import psycopg
import pytest
from hypothesis import HealthCheck, settings
from psycopg import sql
from pytest_django.plugin import DjangoDbBlocker

from frontdoor.config.cluster import CLONE, Cluster, admit

RUN = "FRONTDOOR_TEST_RUN"
PREFIX = "fdtest"
KEPT = "fdmigrated"
"""How a migrated database is named that later runs begin with; a print of all migrations follows."""
TABLES = ("src/frontdoor/*/migrations/*.py", "src/frontdoor/actors/*.py", "requirements.lock")
"""All that decides what a migrated database holds: the migrations, what they import, and the release of Django."""


def pytest_configure(config: pytest.Config) -> None:
    """Find or start the test cluster, once a run: the workers of pytest-xdist inherit the environment."""
    # How long a property takes says what else the machine does: timings belong in the benchmark.
    settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("untimed")
    if hasattr(config, "workerinput"):
        return
    held = ExitStack()
    if "FRONTDOOR_DATABASE_URL" not in os.environ:
        # Started for whoever runs a few tests by hand: left running, since the next run follows soon.
        cluster = held.enter_context(Cluster("test").used(keep=True))
        os.environ.update(cluster.environment())
    os.environ.setdefault("FRONTDOOR_SECRET_KEY", secrets.token_urlsafe(40))
    os.environ["FRONTDOOR_TESTING"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frontdoor.config.settings")
    os.environ[RUN] = secrets.token_hex(4)
    admin = held.enter_context(_admin())
    admin.execute("SELECT pg_advisory_lock(%s)", [_lock_of(os.environ[RUN])])
    held.callback(_sweep, admin, os.environ[RUN])
    _sweep_what_the_dead_left(admin)
    config.add_cleanup(held.close)
    django.setup()  # the settings read the environment just written, so pytest-django could not do it before


def _admin() -> psycopg.Connection[tuple[object, ...]]:
    """The owner, on the database that every cluster has: who makes and drops databases."""
    return psycopg.connect(
        urlsplit(os.environ["FRONTDOOR_OWNER_URL"])._replace(path="/postgres").geturl(), autocommit=True
    )


def _lock_of(run: str) -> int:
    return int(run, 16)


def _names(admin: psycopg.Connection[tuple[object, ...]], like: str) -> list[str]:
    rows = admin.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [like.replace("_", r"\_")])
    return [str(name) for (name,) in rows]


def _sweep(admin: psycopg.Connection[tuple[object, ...]], run: str) -> None:
    for name in _names(admin, f"{PREFIX}_{run}_%"):
        _drop_in(admin, name)


def _drop_in(admin: psycopg.Connection[tuple[object, ...]], name: str) -> None:
    """Drop a database with whoever is still in it.

    One of the server's own processes may be in it for a moment, which nobody but a superuser may end: then the server
    waits some seconds until it has left.
    """
    drop = sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name))
    try:
        admin.execute(drop + sql.SQL(" WITH (FORCE)"))
    except psycopg.errors.InsufficientPrivilege:
        admin.execute(drop)


def _sweep_what_the_dead_left(admin: psycopg.Connection[tuple[object, ...]]) -> None:
    """Drop the databases of runs that no longer hold their lock."""
    for run in {name.split("_")[1] for name in _names(admin, f"{PREFIX}_%")}:
        free = admin.execute("SELECT pg_try_advisory_lock(%s)", [_lock_of(run)]).fetchone() == (True,)
        if free and run != os.environ[RUN]:
            _sweep(admin, run)
            admin.execute("SELECT pg_advisory_unlock(%s)", [_lock_of(run)])


def _create(template: str) -> str:
    name = f"{PREFIX}_{os.environ[RUN]}_{secrets.token_hex(4)}"
    with _admin() as admin:
        words = {"name": sql.Identifier(name), "template": sql.Identifier(template)}
        admin.execute(sql.SQL("CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY").format(**words))
        admit(admin, name)
    return name


def _drop(name: str) -> None:
    with _admin() as admin:
        _drop_in(admin, name)


def _use(name: str) -> None:
    """Point every alias at a database; threads share these settings, child processes read the environment."""
    from django.db import connections

    for connection in connections.all():
        connection.close()
        connection.settings_dict["NAME"] = name
        connection.settings_dict["CONN_MAX_AGE"] = 0  # a thread of a job or of the site leaves no connection behind
    for variable in ("FRONTDOOR_DATABASE_URL", "FRONTDOOR_OWNER_URL"):
        os.environ[variable] = urlsplit(os.environ[variable])._replace(path=f"/{name}").geturl()


@pytest.fixture(scope="session")
def template_database(
    tmp_path_factory: pytest.TempPathFactory,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
) -> str:
    """The name of the migrated database that all others are copied from; the first worker makes it."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    kept = shared / f"template-{os.environ[RUN]}"
    with (shared / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            with django_db_blocker.unblock():
                kept.write_text(_migrated())
    return kept.read_text()


def _migrated() -> str:
    """A migrated database in which the world stands."""
    from django.core.management import call_command
    from django.db import connections

    from tests.worlds import furnish

    kept = migrations_print()
    name = _copied(kept)
    if not name:
        name = _create("template0")
        _use(name)
        call_command("migrate", database="owner", verbosity=0)
        connections.close_all()  # a database with a session in it cannot be copied
        _keep(name, kept)
    _use(name)
    furnish()
    connections.close_all()
    return name


def migrations_print(root: Path = CLONE) -> str:
    """The name under which a database is kept that was migrated by the migrations of a clone as they stand now."""
    files = sorted(path for pattern in TABLES for path in root.glob(pattern))
    whole = hashlib.sha256()
    for path in files:
        whole.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes() + b"\0")
    return f"{KEPT}_{whole.hexdigest()[:16]}"


def _copied(kept: str) -> str:
    """A copy of a kept database; empty where there is none, or another run is making room."""
    with _admin() as admin:
        if kept not in _names(admin, kept):
            return ""
    try:
        return _create(kept)
    except psycopg.errors.InvalidCatalogName:
        return ""


def _keep(name: str, kept: str) -> None:
    """Keep a copy of a database that has just been migrated, in place of any that other migrations made."""
    whole = _create(name)
    with _admin() as admin:
        admin.execute("SELECT pg_advisory_lock(hashtext(%s))", [KEPT])
        names = _names(admin, f"{KEPT}_%")
        for other in names:
            if other != kept:
                _drop_in(admin, other)
        if kept in names:
            _drop_in(admin, whole)
        else:
            words = {"name": sql.Identifier(whole), "kept": sql.Identifier(kept)}
            admin.execute(sql.SQL("ALTER DATABASE {name} RENAME TO {kept}").format(**words))


@pytest.fixture(scope="session")
def django_db_setup(template_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """One database a worker, in place of pytest-django's own, which would make it as the application."""
    from django.db import connections

    name = _create(template_database)
    with django_db_blocker.unblock():
        _use(name)
        yield
        connections.close_all()
    _drop(name)


@pytest.fixture(scope="session")
def planted_template(
    template_database: str, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> tuple[str, Any]:
    """A database in which the ground of `tests/separation` is planted, and that ground; each worker makes it once."""
    from django.db import connections

    from tests.separation.planting import plant
    from tests.worlds import World

    usual = connections["default"].settings_dict["NAME"]
    name = _create(template_database)
    with django_db_blocker.unblock():
        _use(name)
        grounds = plant(World())
        _use(usual)
    return name, grounds


@pytest.fixture(scope="module")
def planted(planted_template: tuple[str, Any], django_db_blocker: DjangoDbBlocker) -> Iterator[Any]:
    """The planted ground, in a database that all tests of this file use; each takes back what it did."""
    from django.db import connections

    usual = connections["default"].settings_dict["NAME"]
    with django_db_blocker.unblock():
        _use(planted_template[0])
        yield planted_template[1]
        _use(usual)


@contextmanager
def in_its_own(template: str, blocker: DjangoDbBlocker) -> Iterator[str]:
    """A copy of a database, used inside the block and dropped after it; child processes find it too."""
    from django.db import connections

    usual = connections["default"].settings_dict["NAME"]
    name = _create(template)
    with blocker.unblock():
        _use(name)
        yield name
        _use(usual)
    _drop(name)


@pytest.fixture
def own_database(template_database: str, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A database for this test alone, where it may commit, race and kill."""
    with in_its_own(template_database, django_db_blocker) as name:
        yield name


@pytest.fixture
def site(own_database: str) -> Iterator[str]:
    """The address of the site, served by a thread over `own_database`; `localhost`, as passkeys ask."""
    from django.core.servers.basehttp import ThreadedWSGIServer
    from django.test.testcases import LiveServerThread

    class Server(ThreadedWSGIServer):
        """Looks up ten times as often whether it should stop: half a second a test is a lot."""

        def serve_forever(self, poll_interval: float = 0.05) -> None:
            super().serve_forever(poll_interval)

    class Thread(LiveServerThread):
        server_class = Server

    server = Thread("127.0.0.1", lambda application: application, port=0)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    yield f"http://localhost:{server.port}"
    server.terminate()


@pytest.fixture
def run_jobs(own_database: str) -> Callable[[], None]:
    """Runs every job that waits in `own_database`, and those that they leave, by the real worker; then returns."""
    from procrastinate.contrib.django import app

    def work() -> None:
        with app.replace_connector(app.connector.get_worker_connector()):
            app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)

    def run() -> None:
        # In a thread of its own: where a browser is open, this one has an event loop already.
        with ThreadPoolExecutor(max_workers=1) as thread:
            thread.submit(work).result()

    return run
