"""Asking another maker's feed: the one client of this room, which goes only where the operator lists."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from uuid import UUID

from django.conf import settings

from frontdoor.directory.rules import feeds
from frontdoor.directory.rules.feeds import MOST_BYTES, MOST_SERVICES, PER_PAGE, Entry, Listing, Place, Unreadable
from frontdoor.directory.rules.reading import Finding, Kind

SECONDS = 20
"""After so long a feed that says nothing is away."""


def fetch(url: str) -> Iterator[Entry | Finding]:
    """Everything of a feed, one after the other: its list page by page, each service by itself, its terms if any.

    A service that cannot be read is told and left as it is; a list that cannot be read fails the whole.

    :raises Unreadable: the address is not listed, does not answer, or answers something else
    """
    place = feeds.place(url, settings.DIRECTORY_HOSTS)
    with closing(_connection(place)) as connection:
        client = _Client(connection, place)
        for listed in client.every("services"):
            yield client.service(listed)
        for many, one in (("taxonomies", "taxonomy"), ("taxonomy_terms", "taxonomy_term")):
            yield from (Entry(one, each) for each in client.optional(many))


class _Client:
    def __init__(self, connection: HTTPConnection, place: Place) -> None:
        self.connection, self.place = connection, place

    def every(self, name: str) -> Iterator[Any]:
        """Every entry of a list, page by page; a list without end is cut."""
        number, pages, count = 1, 1, 0
        while number <= pages:
            page = self._page(name, number)
            pages = page.pages
            for each in page.contents:
                count += 1
                if count > MOST_SERVICES:
                    raise Unreadable(f"The feed lists more than {MOST_SERVICES:,} {name}")
                yield each
            number += 1

    def service(self, listed: Any) -> Entry | Finding:
        """One service with everything in it; what its list says of it where it has no usable identifier."""
        key = listed.get("id") if isinstance(listed, dict) else None
        try:
            UUID(str(key))
        except ValueError:
            return Entry("service", listed)
        try:
            return Entry("service", feeds.parsed(self._get(self.place.of("services", str(key)))))
        except Unreadable as error:
            return Finding(str(key)[:80], "", Kind.UNREAD, str(error)[:300], left_out=True)

    def optional(self, name: str) -> list[Any]:
        """A list that not every maker gives; empty where there is none."""
        try:
            return list(self.every(name))
        except Unreadable:
            return []

    def _page(self, name: str, number: int) -> Listing:
        return feeds.listing(self._get(f"{self.place.of(name)}?page={number}&per_page={PER_PAGE}"))

    def _get(self, path: str) -> bytes:
        """What stands at a path; never what stands elsewhere.

        :raises Unreadable: no answer, another status, or too much of one
        """
        try:
            self.connection.request("GET", path, headers={"Accept": "application/json", "User-Agent": "frontdoor"})
            answer = self.connection.getresponse()
            body = answer.read(MOST_BYTES + 1)
        except (OSError, HTTPException, ValueError) as error:
            self.connection.close()
            raise Unreadable(f"It does not answer ({type(error).__name__})") from error
        if len(body) > MOST_BYTES:
            self.connection.close()
            raise Unreadable("It answers more than can be taken at once")
        if answer.status != 200:
            raise Unreadable(f"It answers with the status {answer.status}")
        return body


def _connection(place: Place) -> HTTPConnection:
    """A line to the place, to an address that was looked at: a name may not lead into a network of one's own."""
    try:
        found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise Unreadable("There is no such place") from error
    address = str(found[0][4][0])
    if not feeds.may_connect(address, named=place.host):
        raise Unreadable("The name leads into a network of its own")
    kind = _Safe if place.secure else _Plain
    return kind(place.host, place.port, address)


class _Plain(HTTPConnection):
    def __init__(self, host: str, port: int, address: str) -> None:
        super().__init__(host, port, timeout=SECONDS)
        self.address = address

    def connect(self) -> None:
        self.sock = socket.create_connection((self.address, self.port), SECONDS)


class _Safe(HTTPSConnection):
    def __init__(self, host: str, port: int, address: str) -> None:
        self.safely = ssl.create_default_context()
        super().__init__(host, port, timeout=SECONDS, context=self.safely)
        self.address = address

    def connect(self) -> None:
        line = socket.create_connection((self.address, self.port), SECONDS)
        self.sock = self.safely.wrap_socket(line, server_hostname=self.host)
