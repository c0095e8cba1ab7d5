"""A small IMAP server on this machine: as much of it as draining a mailbox asks, and it can stop whoever asks.

`stop(when, what)` is called before and after each command of the kinds that change anything or give a message out, so
that a test can end the other process at exactly that moment.
"""

import re
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

Stop = Callable[[str, str], None]


@dataclass
class Kept:
    """One message of the mailbox."""

    uid: int
    content: bytes
    reached_at: datetime


@dataclass
class Imap:
    """The mailbox: folders of messages by name."""

    port: int = 0
    folders: dict[str, list[Kept]] = field(default_factory=lambda: {"INBOX": []})
    stop: Stop = lambda when, what: None
    password: str = "a secret of the test"
    moves: bool = True
    lock: threading.Lock = field(default_factory=threading.Lock)
    last: int = 0

    def put(self, content: bytes, reached_at: datetime | None = None, folder: str = "INBOX") -> None:
        """A message arrives."""
        self.last += 1
        self.folders.setdefault(folder, []).append(Kept(self.last, content, reached_at or datetime.now(UTC)))


class _Handler(socketserver.StreamRequestHandler):
    folder = "INBOX"
    disable_nagle_algorithm = True  # else a message, which is said in two parts, takes 40 ms

    @property
    def imap(self) -> Imap:
        found: Imap = self.server.imap  # type: ignore[attr-defined]  # put there below
        return found

    def say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")

    def handle(self) -> None:
        self.say(b"* OK ready")
        with suppress(OSError):
            while line := self.rfile.readline():
                tag, _, rest = line.rstrip(b"\r\n").partition(b" ")
                if not self.answer(tag, rest):
                    return

    def answer(self, tag: bytes, rest: bytes) -> bool:
        words = rest.split(b" ")
        verb = words[0].upper()
        if verb == b"UID":
            verb, words = words[1].upper(), words[1:]
        with self.imap.lock:
            done = getattr(self, f"do_{verb.decode().lower()}", self.do_nothing)(words, rest)
        self.say(tag + (done or b" OK done"))
        return verb != b"LOGOUT"

    def do_logout(self, words: list[bytes], rest: bytes) -> None:
        self.say(b"* BYE")

    def do_nothing(self, words: list[bytes], rest: bytes) -> None:
        """What asks for nothing that matters here."""

    def do_capability(self, words: list[bytes], rest: bytes) -> None:
        self.say(b"* CAPABILITY IMAP4rev1" + (b" MOVE" if self.imap.moves else b""))

    def do_login(self, words: list[bytes], rest: bytes) -> bytes | None:
        if _quoted(rest)[-1] != self.imap.password:
            return b" NO [AUTHENTICATIONFAILED] wrong"
        self.do_capability(words, rest)
        return None

    def do_list(self, words: list[bytes], rest: bytes) -> None:
        wanted = _quoted(rest)[-1]
        for name in self.imap.folders:
            if wanted in ("*", name):
                self.say(f'* LIST () "/" "{name}"'.encode())

    def do_create(self, words: list[bytes], rest: bytes) -> None:
        self.imap.folders.setdefault(_quoted(rest)[-1], [])

    def do_select(self, words: list[bytes], rest: bytes) -> bytes | None:
        self.folder = _quoted(rest)[-1]
        if self.folder not in self.imap.folders:
            return b" NO no such folder"
        self.say(f"* {len(self.imap.folders[self.folder])} EXISTS".encode())
        return b" OK [READ-WRITE] done"

    def do_search(self, words: list[bytes], rest: bytes) -> None:
        self.say(b"* SEARCH " + b" ".join(str(each.uid).encode() for each in self.imap.folders[self.folder]))

    def chosen(self, uids: bytes) -> list[Kept]:
        wanted = {int(each) for each in uids.split(b",")}
        return [each for each in self.imap.folders[self.folder] if each.uid in wanted]

    def do_fetch(self, words: list[bytes], rest: bytes) -> None:
        body = re.search(rb"BODY\.PEEK\[\](?:<0\.(\d+)>)?", rest)
        for each in self.chosen(words[1]):
            if body is None:
                when = each.reached_at.strftime("%d-%b-%Y %H:%M:%S %z")
                self.say(f'* 1 FETCH (UID {each.uid} RFC822.SIZE {len(each.content)} INTERNALDATE "{when}")'.encode())
                continue
            self.imap.stop("before", "fetch")
            content = each.content[: int(body[1])] if body[1] else each.content
            self.say(f"* 1 FETCH (UID {each.uid} BODY[] {{{len(content)}}}".encode())
            self.wfile.write(content)
            self.say(b")")
            self.imap.stop("after", "fetch")

    def do_append(self, words: list[bytes], rest: bytes) -> None:
        size = int(re.search(rb"\{(\d+)\}$", rest)[1])  # type: ignore[index]  # every client of ours says it
        self.say(b"+ go on")
        content = self.rfile.read(size)
        self.rfile.readline()
        self.imap.put(content, folder=_quoted(rest)[1])

    def do_move(self, words: list[bytes], rest: bytes) -> None:
        self.imap.stop("before", "move")
        self.copy(words[1], _quoted(rest)[-1])
        self.remove(words[1])
        self.imap.stop("after", "move")

    def do_copy(self, words: list[bytes], rest: bytes) -> None:
        self.imap.stop("before", "move")
        self.copy(words[1], _quoted(rest)[-1])
        self.imap.stop("after", "copy")

    def do_store(self, words: list[bytes], rest: bytes) -> None:
        self.remove(words[1])
        self.imap.stop("after", "move")

    def copy(self, uids: bytes, folder: str) -> None:
        for each in self.chosen(uids):
            self.imap.put(each.content, each.reached_at, folder)

    def remove(self, uids: bytes) -> None:
        gone = {each.uid for each in self.chosen(uids)}
        self.imap.folders[self.folder] = [each for each in self.imap.folders[self.folder] if each.uid not in gone]


def _quoted(rest: bytes) -> list[str]:
    """The words of a command, those in quotation marks whole."""
    found = re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', rest.decode())
    return [re.sub(r"\\(.)", r"\1", quoted) if quoted else plain for quoted, plain in found]


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True


@contextmanager
def serving(**options: Any) -> Iterator[Imap]:
    """A mailbox that answers on a port of this machine while the block lasts."""
    imap = Imap(**options)
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.imap = imap  # type: ignore[attr-defined]  # read by the handler
        imap.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield imap
        finally:
            server.shutdown()
            thread.join()
