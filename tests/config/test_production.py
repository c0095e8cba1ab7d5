"""What a production environment makes of the settings, and what a browser is sent by them."""

import json
import os
import secrets
import subprocess
import sys
from ast import literal_eval
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from frontdoor.config import starting
from frontdoor.config.commands.make_field_key import make_field_key
from frontdoor.config.environment import read
from tests.worlds import PASSWORD, World

ASKED = (
    "DEBUG", "SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE",
    "CSRF_COOKIE_NAME", "CSRF_COOKIE_SECURE", "CSRF_COOKIE_HTTPONLY", "DRAFT_COOKIE_NAME", "SECURE_SSL_REDIRECT",
    "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD", "SECURE_PROXY_SSL_HEADER",
    "SECURE_REFERRER_POLICY", "PASSWORD_HASHERS", "SESSION_COOKIE_DOMAIN", "CSRF_COOKIE_DOMAIN",
    "SESSION_COOKIE_PATH", "CSRF_COOKIE_PATH",
)  # fmt: skip
READ = """
import json, django
from django.conf import settings
django.setup()
print(json.dumps({{name: getattr(settings, name) for name in {names!r}}}))
"""


CHECK = """
import django
django.setup()
from django.core.checks import WARNING, Tags, run_checks
found = run_checks(tags=[Tags.security], include_deployment_checks=True)
print([each.id for each in found if each.level >= WARNING and each.id.startswith("security")])
"""


OUTER = "".join(f"{number:02x}" for number in range(32))


DATABASE, KEYS = os.environ["FRONTDOOR_DATABASE_URL"], Path(os.environ["FRONTDOOR_SEAL_KEY_FILE"]).parent


@cache
def key_file() -> str:
    """The key outside, kept as the guide says; beside the run's own, so that it goes when the run ends."""
    file = KEYS / f"outer-{secrets.token_hex(4)}.key"
    make_field_key(file)
    return str(file)


def in_production() -> dict[str, str]:
    """What the guide to production says is needed."""
    return {
        "FRONTDOOR_DATABASE_URL": DATABASE, "FRONTDOOR_SECRET_KEY": secrets.token_urlsafe(50),
        "FRONTDOOR_HOSTS": "front-door.example.org", "FRONTDOOR_FIELD_KEY_FILE": key_file(),
    }  # fmt: skip


def started(code: str, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Python with the environment that the guide to production describes."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("FRONTDOOR_")}
    environment |= in_production() | {
        "DJANGO_SETTINGS_MODULE": "frontdoor.config.settings", "PYTHONPATH": os.pathsep.join(sys.path), **more,
    }  # fmt: skip
    line = [sys.executable, *(command or ("-c", code))]
    return subprocess.run(line, env=environment, capture_output=True, text=True, check=False)


@cache
def production() -> dict[str, Any]:
    found = started(READ.format(names=ASKED))
    assert found.returncode == 0, found.stderr
    settings: dict[str, Any] = json.loads(found.stdout)
    return settings


def test_every_cookie_is_of_this_host_alone_secure_and_out_of_reach_of_scripts() -> None:
    made = production()
    for cookie in ("SESSION", "CSRF"):
        assert made[f"{cookie}_COOKIE_NAME"].startswith("__Host-")
        assert made[f"{cookie}_COOKIE_SECURE"] is made[f"{cookie}_COOKIE_HTTPONLY"] is True
        assert (made[f"{cookie}_COOKIE_DOMAIN"], made[f"{cookie}_COOKIE_PATH"]) == (None, "/")
    assert made["DRAFT_COOKIE_NAME"].startswith("__Host-")
    assert made["DEBUG"] is False


def test_passwords_are_hashed_slowly_and_everything_goes_over_https() -> None:
    made = production()
    assert made["PASSWORD_HASHERS"][0].endswith("ScryptPasswordHasher")
    assert not any("MD5" in hasher for hasher in made["PASSWORD_HASHERS"])
    assert made["SECURE_SSL_REDIRECT"] is True
    assert made["SECURE_HSTS_SECONDS"] >= 31_536_000


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"FRONTDOOR_SECRET_KEY": "short"}, "FRONTDOOR_SECRET_KEY"),
        ({"FRONTDOOR_SECRET_KEY": ""}, "FRONTDOOR_SECRET_KEY"),
        ({"FRONTDOOR_SECRET_KEY": "django-insecure-0123456789abcdefghijklmnopqrstuvwxyz"}, "drawn at random"),
        ({"FRONTDOOR_SECRET_KEY": "abcdefgh" * 8}, "drawn at random"),
        ({"FRONTDOOR_SECRET_KEY_FILE": "/nowhere/secret"}, "FRONTDOOR_SECRET_KEY_FILE"),
        ({"FRONTDOOR_HOSTS": ""}, "FRONTDOOR_HOSTS"),
        ({"FRONTDOOR_DATABASE_URL": ""}, "FRONTDOOR_DATABASE_URL"),
        ({"FRONTDOOR_DEMO": "1"}, "FRONTDOOR_DEMO"),
        ({"FRONTDOOR_TESTING": "1"}, "FRONTDOOR_TESTING"),
    ],
)
def test_it_does_not_start_without_what_keeps_it_safe(
    change: dict[str, str], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [each for each in os.environ if each.startswith("FRONTDOOR_")]:
        monkeypatch.delenv(name)
    for name, value in (in_production() | change).items():
        monkeypatch.setenv(name, value)
    with pytest.raises(starting.Misconfigured) as ended:
        read()
    assert words in str(ended.value)
    assert "\n" not in str(ended.value)


def refused(found: subprocess.CompletedProcess[str], words: str) -> None:
    """It ended, and said why in one line."""
    assert found.returncode != 0
    (line,) = found.stderr.strip().splitlines()
    assert words in line


@pytest.mark.parametrize(
    ("text", "mode", "words"),
    [
        (f"{OUTER}\n", 0o644, "chmod 600"),
        (f"{OUTER}\n", 0o660, "chmod 600"),
        ("", 0o600, "64 hexadecimal digits"),
        (f"{OUTER}\n{OUTER[:40]}\n", 0o600, "64 hexadecimal digits"),
        ("00" * 32, 0o600, "nobody drew at random"),
        ("\udcff" * 32, 0o600, "cannot be read"),
    ],
)
def test_the_key_outside_is_there_whole_and_for_few_eyes(text: str, mode: int, words: str, tmp_path: Path) -> None:
    file = tmp_path / "outer.key"
    file.write_bytes(text.encode(errors="surrogateescape"))
    file.chmod(mode)
    with pytest.raises(starting.Misconfigured) as ended:
        starting.field_key(file)
    said = str(ended.value)
    assert words in said
    assert "FRONTDOOR_FIELD_KEY_FILE" in said
    assert "\n" not in said
    assert OUTER[:16] not in said


def test_two_keys_that_their_group_may_read_will_do(tmp_path: Path) -> None:
    file = tmp_path / "outer.key"
    file.write_text(f"{OUTER}\n{OUTER[::-1]}\n")
    file.chmod(0o440)
    assert starting.field_key(file) == file


def test_neither_site_nor_worker_starts_without_the_key_outside() -> None:
    refused(started("", "-m", "frontdoor", "worker", FRONTDOOR_FIELD_KEY_FILE=""), "make_field_key")
    found = started("", "-m", "frontdoor", "serve", FRONTDOOR_FIELD_KEY_FILE="/nowhere/field.key")
    refused(found, "/nowhere/field.key")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ("DEBUG = True", "DEBUG"),
        ("SECRET_KEY = 'short'", "FRONTDOOR_SECRET_KEY"),
        ("SESSION_COOKIE_SECURE = False", "SESSION_COOKIE_SECURE"),
        ("CSRF_COOKIE_SECURE = False", "CSRF_COOKIE_SECURE"),
        ("SECURE_SSL_REDIRECT = False", "SECURE_SSL_REDIRECT"),
        ("SECURE_PROXY_SSL_HEADER = None", "SECURE_PROXY_SSL_HEADER"),
        ("SECURE_HSTS_SECONDS = 3600", "SECURE_HSTS_SECONDS"),
    ],
)
def test_settings_that_somebody_loosened_do_not_start(changed: str, words: str) -> None:
    settings = SimpleNamespace(
        ENVIRONMENT=SimpleNamespace(secure=True), SECRET_KEY=secrets.token_urlsafe(50), **production()
    )
    starting.safe(settings)
    name, _, value = changed.partition(" = ")
    setattr(settings, name, literal_eval(value))
    with pytest.raises(starting.Misconfigured) as ended:
        starting.safe(settings)
    assert words in str(ended.value)


def test_a_settings_module_of_somebodys_own_is_looked_at_too(tmp_path: Path) -> None:
    (tmp_path / "loosened.py").write_text("from frontdoor.config.settings import *\nDEBUG = True\n")
    path = os.pathsep.join([str(tmp_path), *sys.path])
    refused(started(READ.format(names=["DEBUG"]), DJANGO_SETTINGS_MODULE="loosened", PYTHONPATH=path), "DEBUG is on")


def test_djangos_own_check_of_a_deployment_has_nothing_to_say() -> None:
    found = started(CHECK)
    assert found.stdout.strip() == "[]", found.stdout + found.stderr


@pytest.fixture
def as_in_production(settings: Any) -> None:
    for name, value in production().items():
        if name != "PASSWORD_HASHERS":  # the world's accounts have the test's hash
            setattr(settings, name, tuple(value) if isinstance(value, list) else value)


def test_what_a_browser_is_sent(as_in_production: None, world: World) -> None:
    worker, client = world.user("social_worker"), Client()
    client.get("/account/login/", secure=True)
    client.post("/account/login/", {"login": worker.email, "password": PASSWORD}, secure=True)
    client.post("/account/2fa/authenticate/", {"code": world.code(worker)}, secure=True)
    client.post("/", {"way": "worry"}, secure=True)
    assert set(client.cookies) == {"__Host-frontdoor", "__Host-form", "__Host-report"}
    for cookie in client.cookies.values():
        assert cookie["secure"], cookie.key
        assert cookie["httponly"], cookie.key
        assert (cookie["path"], cookie["domain"]) == ("/", "")
        assert cookie["samesite"] in {"Lax", "Strict"}
    assert client.get("/desk/", secure=True).status_code == 200


ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload",
}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200), ("/account/login/", 200), ("/desk/", 302), ("/no/such/page/", 404),
        ("/api/v1/receipts/2026-04-02", 401), ("/api/v1/openapi.json", 200),
        ("/health/alive/", 200), ("/health/", 503),  # unwell: no clock is swept here
        ("/peterborough/contacts/", 302),
    ],
)  # fmt: skip
def test_every_answer_carries_the_headers_that_keep_others_out(
    as_in_production: None, db: None, path: str, status: int
) -> None:
    answer = Client().get(path, secure=True)
    assert answer.status_code == status
    assert {name: answer.get(name) for name in ALWAYS} == ALWAYS
    assert "geolocation=()" in answer["Permissions-Policy"]
    policy = {
        part.split()[0]: part.split()[1:] for part in answer["Content-Security-Policy"].split(";") if part.strip()
    }
    assert (
        policy["default-src"] == policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == ["'none'"]
    )
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == ["'self'"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]


def test_without_https_a_browser_is_sent_there_first(as_in_production: None, db: None) -> None:
    answer = Client().get("/account/login/")
    assert (answer.status_code, answer["Location"]) == (301, "https://testserver/account/login/")


def test_a_form_of_another_site_is_refused(as_in_production: None, world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.get("/account/login/", secure=True)
    given = {"login": "a@example.org", "password": "x", "csrfmiddlewaretoken": client.cookies["__Host-form"].value}
    sent = {"secure": True, "headers": {"origin": "https://elsewhere.example.org"}}
    assert client.post("/account/login/", given, **sent).status_code == 403
    assert (
        client.post("/account/login/", given, secure=True, headers={"referer": "https://testserver/"}).status_code
        == 200
    )
