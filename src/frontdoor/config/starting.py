"""What must be true before a process starts in production: else it says in one line what to do, and ends."""

import re
import stat
from pathlib import Path
from typing import Any


class Misconfigured(SystemExit):
    """Start-up refuses to go on; says which variable and why."""


FEWEST_CHARACTERS, FEWEST_KINDS = 40, 12
"""Of a secret key: how long it is, and how many different characters it has, at least."""
_A_YEAR = 31_536_000
_MAKE = "./frontdoor make_field_key FILE makes one"


def secret_key(key: str, *, strict: bool) -> str:
    """The key that signs sessions and encrypts second factors.

    :param strict: in production, where a key that somebody made up or left as it came is refused as well
    :raises Misconfigured: it is missing, short, or nobody drew it at random
    """
    if len(key) < FEWEST_CHARACTERS:
        raise Misconfigured(
            f"FRONTDOOR_SECRET_KEY is missing or shorter than {FEWEST_CHARACTERS} characters: set one drawn at random"
        )
    if strict and (len(set(key)) < FEWEST_KINDS or re.search("insecure|change.?me|example|secret", key, re.IGNORECASE)):
        raise Misconfigured("FRONTDOOR_SECRET_KEY is nobody's secret: set one drawn at random")
    return key


def field_key(file: Path | None) -> Path:
    """The file of the key that wraps the councils' own keys, which is there, is read by few, and holds whole keys.

    :raises Misconfigured: any of it is not so; without it a protected address could be neither kept nor opened
    """
    name = "FRONTDOOR_FIELD_KEY_FILE"
    if file is None:
        raise Misconfigured(f"{name} is missing, and no address could be protected: {_MAKE}")
    try:
        mode, text = file.stat().st_mode, file.read_text()
    except FileNotFoundError:
        raise Misconfigured(
            f"{name}: there is no file {file}. Bring it back, or, at the very first start, {_MAKE}"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured(
            f"{name}: {file} cannot be read ({type(error).__name__}): give it to this account"
        ) from None
    if mode & (stat.S_IWGRP | stat.S_IRWXO):
        raise Misconfigured(f"{name}: others than its owner and group can reach {file}: chmod 600 {file}")
    keys = [line.strip() for line in text.splitlines() if line.strip()]
    if not keys or not all(re.fullmatch("[0-9a-fA-F]{64}", key) for key in keys):
        raise Misconfigured(
            f"{name}: {file} must hold 64 hexadecimal digits a line. Bring the right file back: {_MAKE}"
        )
    if any(len(set(key)) < 6 for key in keys):
        raise Misconfigured(f"{name}: {file} holds a key that nobody drew at random: {_MAKE}")
    return file


def safe(settings: Any) -> None:
    """Refuse settings that were changed on the way: what is said to others, and how, is not left to a mistake.

    :param settings: Django's, as they stand at the end
    :raises Misconfigured: a fault would show what it knows, or something would go over a network in clear
    """
    if not settings.ENVIRONMENT.secure:
        return
    secret_key(settings.SECRET_KEY, strict=True)
    if settings.DEBUG:
        raise Misconfigured("DEBUG is on, and each fault would show what it knows: take it out of the settings")
    needed = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_PROXY_SSL_HEADER")
    missing = [name for name in needed if not getattr(settings, name)]
    if settings.SECURE_HSTS_SECONDS < _A_YEAR:
        missing.append("SECURE_HSTS_SECONDS")
    if missing:
        raise Misconfigured(
            f"{', '.join(missing)}: the site would be reached without HTTPS. Put back what is said there"
        )
