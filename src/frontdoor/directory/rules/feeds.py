"""A feed as bytes: pages of services, whole files, and addresses from which we read. Pure; what is odd is refused."""

import ipaddress
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, urlsplit

MOST_BYTES: Final = 8 * 1024 * 1024
"""Of one answer of a feed."""

MOST_FILE: Final = 20 * 1024 * 1024
"""Of one file that somebody brings."""

MOST_SERVICES: Final = 60_000
PER_PAGE: Final = 100


class Unreadable(ValueError):
    """A feed, a page of it or a file cannot be read; the words are for people."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a feed is.

    :param host: as it stands in the operator's list; `port` where another than the usual
    """

    secure: bool
    host: str
    port: int
    path: str

    def of(self, *parts: str) -> str:
        """The path of one of its endpoints; what comes from the feed itself is quoted."""
        return "/".join([self.path, *(quote(part, safe="") for part in parts)])


def place(url: str, hosts: Collection[str]) -> Place:
    """An address from which a feed is read.

    :param hosts: those that the operator lists, with a port where it is another than the usual
    :raises Unreadable: it is none, is not safe, or its host is not listed
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Unreadable("This is not an address") from None
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not host or parts.username or parts.query or parts.fragment:
        raise Unreadable("Enter an address that begins with https and ends where /services would follow")
    if parts.scheme == "http" and not _loopback(host):
        raise Unreadable("The address must begin with https")
    if (f"{host}:{port}" if port else host) not in hosts:
        raise Unreadable(f"{host} is not in the list of places that this service may ask: its operator keeps the list")
    secure = parts.scheme == "https"
    return Place(secure, host, port or (443 if secure else 80), parts.path.rstrip("/"))


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def may_connect(address: str, *, named: str) -> bool:
    """Whether a name may lead to this address: never into a network of one's own, unless it was listed as a number."""
    return address == named or ipaddress.ip_address(address).is_global


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list of a feed."""

    contents: list[Any]
    pages: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a feed lists, as it came: a service, a taxonomy or a term (`name`)."""

    name: str
    raw: Any


def parsed(body: bytes) -> Any:
    """What stands in JSON.

    :raises Unreadable: it is none, or nested without end
    """
    try:
        return json.loads(body.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise Unreadable("It is not JSON") from None


def listing(body: bytes) -> Listing:
    """One page, as the profile lays it down: `contents` and `total_pages`.

    :raises Unreadable: it is something else
    """
    said = parsed(body)
    if not isinstance(said, Mapping) or not isinstance(said.get("contents"), list):
        raise Unreadable("A page has no list named contents")
    pages = said.get("total_pages")
    if isinstance(pages, bool) or not isinstance(pages, int) or not 0 <= pages <= MOST_SERVICES:
        raise Unreadable("A page does not say how many pages there are (total_pages)")
    return Listing(said["contents"], pages)


def whole(body: bytes) -> list[Entry]:
    """A file with the services of one maker: a list, or an object with `services` or `contents`, and terms beside them.

    :raises Unreadable: it is something else, or too large
    """
    if len(body) > MOST_FILE:
        raise Unreadable(f"The file is larger than {MOST_FILE // 1_048_576} MB: bring it by address instead")
    said = parsed(body)
    if isinstance(said, list):
        said = {"services": said}
    services = said.get("services", said.get("contents")) if isinstance(said, Mapping) else None
    if not isinstance(services, list):
        raise Unreadable("The file holds no list of services")
    if len(services) > MOST_SERVICES:
        raise Unreadable(f"The file holds more than {MOST_SERVICES:,} services")
    found = [Entry("service", each) for each in services]
    for many, one in (("taxonomies", "taxonomy"), ("taxonomy_terms", "taxonomy_term")):
        listed = said.get(many, [])
        found += [Entry(one, each) for each in (listed if isinstance(listed, list) else [])]
    return found
