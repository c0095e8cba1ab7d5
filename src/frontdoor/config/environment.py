"""What the environment tells the product, read once and checked: nothing else reads os.environ."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from frontdoor.config.cluster import state_directory
from frontdoor.config.starting import Misconfigured, field_key, secret_key


@dataclass(frozen=True)
class Mailbox:
    """The mailbox of one council, which is drained by IMAP.

    :param council: its number
    :param safe: whether the way there is encrypted; without, only to this machine itself
    :param folder: from which messages are taken in
    :param taken: into which they are moved once each has its number; `large` for those that are too large to be kept
    """

    council: int
    host: str
    port: int
    safe: bool
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    taken: str = "Taken in"
    large: str = "Too large"


@dataclass(frozen=True)
class Environment:
    """Typed settings of one process.

    :param database_url: `postgresql://frontdoor_app:…@/name?host=/socket/dir`
    :param owner_url: the same for `frontdoor_owner`; only migrations and tests have it
    :param seal_key_file: the key that signs the trail's seals; a file, so that it lies in no backup of the database
    :param seal_directory: where the signed heads are written every hour, best on another machine's disk
    :param field_key_file: the key that wraps the councils' own keys for protected addresses, in no backup either
    :param down_directory: where the sheets for a day without the system are written, best on another machine's disk
    :param mailboxes: of the councils that have one
    :param feeds: of each council that has one, the folder in which its case system lays who is open to whom
    :param directory_hosts: the places whose feeds of services may be read: names, with a port where it is not the usual
    :param spark: where Apache Spark is, for a search for doubles beyond one machine; empty where there is none
    :param spark_directory: what all its machines read and write; names lie there while a search runs
    :param weights: the version of the weights by which people are matched; `weights_directory` holds the learnt ones
    :param clamd: where the scanner of files listens; without one every file is held
    :param proxies: how many reverse proxies stand before the site and add to X-Forwarded-For
    """

    database_url: str
    owner_url: str
    secret_key: str
    state: Path
    hosts: tuple[str, ...]
    demo: bool
    testing: bool
    secure: bool
    proxies: int
    seal_key_file: Path | None
    seal_directory: Path
    field_key_file: Path | None
    down_directory: Path
    clamd: str
    notify_key: str
    notify_template: str
    notify_text_template: str
    mailboxes: tuple[Mailbox, ...]
    feeds: tuple[tuple[int, Path], ...]
    directory_hosts: tuple[str, ...]
    weights: int
    weights_directory: Path
    spark: str
    spark_directory: Path
    oidc_server: str
    oidc_client: str
    oidc_secret: str


def _text(name: str, default: str = "") -> str:
    return os.environ.get(f"FRONTDOOR_{name}", default)


def _secret(name: str) -> str:
    """A secret from its variable, or from the file that NAME_FILE points at.

    :raises Misconfigured: there is no such file, or this account may not read it
    """
    if not (file := _text(f"{name}_FILE")):
        return _text(name)
    try:
        return Path(file).read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured(f"FRONTDOOR_{name}_FILE: {file} cannot be read ({type(error).__name__})") from None


def read() -> Environment:
    """Read and check the environment.

    :raises Misconfigured: a needed variable is missing or too weak
    """
    demo, testing = _text("DEMO") == "1", _text("TESTING") == "1"
    key = secret_key(_secret("SECRET_KEY"), strict=not (demo or testing))
    if not (url := _secret("DATABASE_URL")):
        raise Misconfigured("FRONTDOOR_DATABASE_URL is missing")
    hosts = tuple(host for host in _text("HOSTS").split(",") if host)
    if not hosts and not (demo or testing):
        raise Misconfigured("FRONTDOOR_HOSTS is missing: the names under which the site is served")
    if hosts and (demo or testing):
        raise Misconfigured("FRONTDOOR_DEMO and FRONTDOOR_TESTING turn off HTTPS: take them out, or FRONTDOOR_HOSTS")
    return Environment(
        database_url=url,
        owner_url=_secret("OWNER_URL"),
        secret_key=key,
        state=state_directory(),
        hosts=hosts or ("127.0.0.1", "localhost", "[::1]"),
        demo=demo,
        testing=testing,
        secure=not (demo or testing),
        proxies=int(_text("PROXIES", "0")),
        seal_key_file=_seal_key(demo),
        field_key_file=_field_key(demo, testing),
        down_directory=Path(_text("DOWN_DIRECTORY") or f"{_text('STATE', '/var/tmp/frontdoor')}/down"),  # noqa: S108
        seal_directory=Path(_text("SEAL_DIRECTORY") or f"{_text('STATE', '/var/tmp/frontdoor')}/seals"),  # noqa: S108
        clamd=_scanner(_text("CLAMD")),
        notify_key=_secret("NOTIFY_KEY"),
        notify_template=_text("NOTIFY_TEMPLATE"),
        notify_text_template=_text("NOTIFY_TEXT_TEMPLATE"),
        mailboxes=tuple(_mailbox(each) for each in _text("MAILBOX").split()),
        feeds=tuple(_feed(each) for each in _text("FEEDS").split()),
        directory_hosts=tuple(_text("DIRECTORY_HOSTS").split()),
        weights=_version(_text("WEIGHTS", "1")),
        weights_directory=Path(_text("WEIGHTS_DIRECTORY") or state_directory() / "weights"),
        spark=_text("SPARK"),
        spark_directory=_spark_directory(_text("SPARK"), _text("SPARK_DIRECTORY")),
        oidc_server=_text("OIDC_SERVER"),
        oidc_client=_text("OIDC_CLIENT"),
        oidc_secret=_secret("OIDC_SECRET"),
    )


def _scanner(address: str) -> str:
    """Where clamd listens: `tcp://host:3310` or `unix:///run/clamav/clamd.ctl`; nothing where there is none.

    :raises Misconfigured: an address of neither form, which would hold every file without anybody knowing why
    """
    place = urlsplit(address)
    if not address or (place.scheme == "tcp" and place.hostname) or (place.scheme == "unix" and place.path):
        return address
    raise Misconfigured("FRONTDOOR_CLAMD is neither tcp://host:port nor unix:///path/of/the/socket")


def _seal_key(demo: bool) -> Path | None:
    """The file of the key of the seals; the demonstration makes its own."""
    if file := _text("SEAL_KEY_FILE"):
        return Path(file)
    return Path(_text("STATE", "/var/tmp/frontdoor")) / "seal.key" if demo else None  # noqa: S108 (as above)


def _field_key(demo: bool, testing: bool) -> Path | None:
    """The file of the key that wraps councils' keys; the demonstration and the tests make their own.

    :raises Misconfigured: in production there is none, or it does not keep what it should
    """
    file = Path(given) if (given := _text("FIELD_KEY_FILE")) else None
    if not (demo or testing):
        return field_key(file)
    return file or (Path(_text("STATE", "/var/tmp/frontdoor")) / "field.key" if demo else None)  # noqa: S108 (as above)


def _feed(said: str) -> tuple[int, Path]:
    """One council's folder of tables: `874=/srv/feeds/peterborough`."""
    council, equals, folder = said.partition("=")
    if not (equals and council.isdigit() and folder.startswith("/")):
        raise Misconfigured("FRONTDOOR_FEEDS holds a council's number and a folder each: 874=/srv/feeds/peterborough")
    return int(council), Path(folder)


def _version(text: str) -> int:
    """A version of the weights.

    :raises Misconfigured: no number
    """
    if not text.isdecimal():
        raise Misconfigured("FRONTDOOR_WEIGHTS is the number of a version of the weights, as 1 or 101")
    return int(text)


def _spark_directory(master: str, directory: str) -> Path:
    """Where a search on Spark lays its files; on this machine alone the state directory will do.

    :raises Misconfigured: a cluster without a directory that its machines share
    """
    if directory.startswith("/") or (not directory and (not master or master.startswith("local"))):
        return Path(directory) if directory else state_directory() / "spark"
    raise Misconfigured(
        "FRONTDOOR_SPARK needs FRONTDOOR_SPARK_DIRECTORY: a path at which all its machines find one folder"
    )


def _mailbox(said: str) -> Mailbox:
    """One mailbox: `874=imaps://user@host:993/INBOX?taken=Taken%20in&large=Too%20large`; the password apart.

    :raises Misconfigured: a part is missing, or mail would cross a network unencrypted
    """
    council, _, url = said.partition("=")
    parts = urlsplit(url)
    if not council.isdigit() or parts.scheme not in {"imap", "imaps"} or not parts.hostname or not parts.username:
        raise Misconfigured("FRONTDOOR_MAILBOX must be like 874=imaps://user@host/INBOX, several with spaces between")
    if parts.password:
        raise Misconfigured(f"FRONTDOOR_MAILBOX holds a password; it belongs in FRONTDOOR_MAILBOX_PASSWORD_{council}")
    if parts.scheme == "imap" and parts.hostname not in {"127.0.0.1", "::1", "localhost"}:
        raise Misconfigured("FRONTDOOR_MAILBOX is not encrypted: begin its address with imaps://")
    if not (password := _secret("MAILBOX_PASSWORD" + f"_{council}")):
        raise Misconfigured(f"FRONTDOOR_MAILBOX_PASSWORD_{council} is missing")
    safe, query = parts.scheme == "imaps", parse_qs(parts.query)
    folders = {name: query[name][0] for name in ("taken", "large") if query.get(name)}
    mailbox = Mailbox(
        int(council), parts.hostname, parts.port or (993 if safe else 143), safe, unquote(parts.username), password,
        unquote(parts.path.strip("/")) or "INBOX", **folders,
    )  # fmt: skip
    if len({mailbox.folder, mailbox.taken, mailbox.large}) != 3:
        raise Misconfigured("FRONTDOOR_MAILBOX: its three folders need three names")
    return mailbox


def database(url: str) -> dict[str, object]:
    """Django's settings of one database from its URL; a socket directory comes as `?host=`."""
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", [parts.hostname or ""])[0],
        "PORT": query.get("port", [str(parts.port or "")])[0],
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, "application_name": "frontdoor"},
    }
