"""A feed of another maker on this machine, that answers as a test tells it to."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


class Feed:
    """What the feed has, and how it behaves now.

    :param broken: paths that answer with a status of their own
    """

    def __init__(self, *services: dict[str, Any]) -> None:
        self.services = list(services)
        self.broken: dict[str, int] = {}
        self.bodies: dict[str, bytes] = {}
        self.size = 2
        self.asked: list[str] = []
        self.host = ""

    @property
    def url(self) -> str:
        return f"http://{self.host}/directory"

    def answer(self, path: str) -> tuple[int, bytes]:
        parts = urlsplit(path)
        self.asked.append(path)
        if parts.path in self.broken:
            return self.broken[parts.path], b""
        if parts.path in self.bodies:
            return 200, self.bodies[parts.path]
        if parts.path == "/directory/services":
            number = int(parse_qs(parts.query)["page"][0])
            shown = self.services[(number - 1) * self.size : number * self.size]
            pages = -(-len(self.services) // self.size)
            return 200, json.dumps(
                {"contents": [{"id": each["id"]} for each in shown], "total_pages": pages, "page_number": number}
            ).encode()
        for each in self.services:
            if parts.path == f"/directory/services/{each['id']}":
                return 200, json.dumps(each).encode()
        return 404, b""


@contextmanager
def served(*services: dict[str, Any]) -> Iterator[Feed]:
    """Let a feed answer on this machine."""
    feed = Feed(*services)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status, body = feed.answer(self.path)
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "http://127.0.0.1:1/")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    feed.host = f"127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield feed
    finally:
        server.shutdown()
        server.server_close()
