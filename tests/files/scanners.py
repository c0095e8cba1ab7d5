"""A scanner that stands on this machine and answers as clamd does, and the harmless sequence that all scanners know."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Scanner:
    """clamd as far as it is asked: PING, and INSTREAM with its limit of length.

    :param says: what it answers instead; empty closes the line without a word
    """

    def __init__(self, says: bytes | None = None, most: int = 26_214_400) -> None:
        self.says, self.most = says, most
        self.looked: list[int] = []
        self.line = socket.create_server(("127.0.0.1", 0))
        self.address = f"tcp://127.0.0.1:{self.line.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self.line.accept()
            except OSError:
                return
            with line:
                line.sendall(self._answer(line))

    def _answer(self, line: socket.socket) -> bytes:
        command = b""
        while not command.endswith(b"\0"):
            command += line.recv(1)
        if command == b"zPING\0":
            return b"PONG\0"
        content = b""
        while length := struct.unpack("!L", self._all(line, 4))[0]:
            content += self._all(line, length)
        self.looked.append(len(content))
        if self.says is not None:
            return self.says
        if len(content) > self.most:
            return b"INSTREAM size limit exceeded. ERROR\0"
        return b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"

    def _all(self, line: socket.socket, length: int) -> bytes:
        content = b""
        while len(content) < length:
            content += line.recv(min(65_536, length - len(content)))
        return content


@contextmanager
def standing(says: bytes | None = None) -> Iterator[Scanner]:
    made = Scanner(says)
    try:
        yield made
    finally:
        made.line.close()
