"""`./frontdoor serve`: the site, by granian."""

import argparse
import hashlib
import socket
import subprocess
import sys
import time
from typing import Any

from frontdoor.config.cluster import CLONE, state_directory
from frontdoor.config.commands.standing import connected
from frontdoor.config.environment import read


def run(arguments: list[str]) -> int:
    """Serve the site until told to stop."""
    parser = argparse.ArgumentParser(prog="./frontdoor serve", description="Serves the site.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=0, help="port to listen on; a free one if none is given")
    parser.add_argument("--workers", type=int, default=2, help="processes")
    parser.add_argument("--threads", type=int, default=1, help="threads a process; more than two make it slower")
    options = parser.parse_args(arguments)
    with connected():
        read()  # here, where it is one line: each process would say it again, and be started again
        collect_static()
        if not options.port:
            options.port = free_port()
            print(f"Front Door: http://{options.host}:{options.port}", file=sys.stderr, flush=True)
        _serve(options.host, options.port, options.workers, options.threads)
    return 0


def free_port() -> int:
    """A port of this machine that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def collect_static() -> None:
    """Gather the pages' files under hashed names, if any changed since it was last done."""
    root = state_directory() / "static"
    stamp, want = root.with_suffix(".stamp"), _static_digest()
    if stamp.exists() and stamp.read_text() == want:
        return
    command = [sys.executable, "-m", "frontdoor", "django", "collectstatic", "--noinput", "--clear", "--verbosity=0"]
    subprocess.run(command, check=True)
    stamp.write_text(want)


def _static_digest() -> str:
    """Changes with our static files and with the packages, which bring files of their own."""
    whole = hashlib.sha256((CLONE / "requirements.lock").read_bytes())
    for file in sorted((CLONE / "src" / "frontdoor").glob("*/static/**/*")):
        if file.is_file():
            whole.update(f"{file.relative_to(CLONE)} {file.stat().st_mtime_ns} {file.stat().st_size}\n".encode())
    return whole.hexdigest()


HEADERS_WITHIN = 10_000
"""Milliseconds within which a request's headers have come; then the line is cut. For a body that comes slowly the proxy
in front waits: granian would wait as long as it takes, and hold a thread meanwhile."""

MOST_RESPAWNS, WITHIN = 20, 60
"""So many worker processes may end by themselves within so many seconds before the server itself gives up."""


def _serve(host: str, port: int, workers: int, threads: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.http import HTTP1Settings
    from granian.log import LogLevels

    class Patient(Granian):  # type: ignore[misc, valid-type]  # which class it is granian chooses when it is imported
        """Starts a worker again that has ended, also one that ends soon after; by itself granian would then stop.

        The others go on serving meanwhile. Where processes end as soon as they start, granian's own rule holds in the
        end: it stops with an error, and whoever watches the service sees it.
        """

        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            self._ended: list[float] = []

        def _respawn_workers(self, workers: list[int], *arguments: Any, **options: Any) -> None:
            super()._respawn_workers(workers, *arguments, **options)
            now = time.monotonic()
            self._ended = [at for at in self._ended if now - at < WITHIN] + [now] * len(workers)
            if len(self._ended) <= MOST_RESPAWNS:
                self.respawned_wrks.clear()

    server = Patient(
        "frontdoor.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        websockets=False,
        http1_settings=HTTP1Settings(header_read_timeout=HEADERS_WITHIN),
        respawn_failed_workers=True,
        workers_kill_timeout=15,
        log_level=LogLevels.warning,
    )
    server.serve()
