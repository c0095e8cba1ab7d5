"""Guessing: one password at many accounts, many at one, and nobody kept out of their shift by it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.cache import cache
from django.test import Client

from frontdoor.access.actions import make_account
from frontdoor.access.models import User
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import SEEDER, SERVICE
from tests.worlds import PASSWORD, PETERBOROUGH, World

LOGIN, CODE = "/account/login/", "/account/2fa/authenticate/"
WRONG = "an entirely wrong password"
HOME, ELSEWHERE = "198.51.100.7", "203.0.113.9"

pytestmark = pytest.mark.usefixtures("spine")


def tries(email: str, *, place: str, password: str = WRONG) -> Any:
    return Client(REMOTE_ADDR=place).post(LOGIN, {"login": email, "password": password})


def refused(answer: Any) -> bool:
    return "Too many" in answer.content.decode()


@pytest.fixture
def worker(world: World) -> User:
    return world.user("duty_worker")


def sign_in(world: World, worker: User, *, place: str) -> None:
    client = Client(REMOTE_ADDR=place)
    client.post(LOGIN, {"login": worker.email, "password": PASSWORD})
    assert client.post(CODE, {"code": world.code(worker)})["Location"] == "/desk/"


def test_one_password_at_many_accounts_is_stopped_by_its_source(db: None) -> None:
    now = datetime.now(UTC)
    let = 0
    for minute in range(8):
        with time_machine.travel(now + timedelta(minutes=2 * minute), tick=False):
            let += sum(not refused(tries(f"n{minute}.{number}@example.org", place=ELSEWHERE)) for number in range(11))
    assert let == 60


def test_strangers_who_guess_keep_nobody_out_of_their_shift(world: World, worker: User) -> None:
    sign_in(world, worker, place=HOME)
    for _ in range(6):
        last = tries(worker.email, place=ELSEWHERE)
    assert refused(last)
    assert refused(tries(worker.email, place=ELSEWHERE, password=PASSWORD))
    neighbour = HOME.replace(".7", ".8")  # the same network
    assert tries(worker.email, place=neighbour, password=PASSWORD)["Location"] == CODE


def test_guessing_from_where_somebody_works_is_limited_as_well(world: World, worker: User) -> None:
    sign_in(world, worker, place=HOME)
    answers = [refused(tries(worker.email, place=HOME)) for _ in range(6)]
    assert answers == [False] * 5 + [True]


def test_a_place_is_forgotten_with_the_account_that_sleeps(world: World, worker: User) -> None:
    sign_in(world, worker, place=HOME)
    with time_machine.travel(datetime.now(UTC) + timedelta(days=46)):
        for _ in range(5):
            tries(worker.email, place=ELSEWHERE)
        assert refused(tries(worker.email, place=HOME))


def test_a_thousand_other_names_make_no_attempt_forgotten(world: World, worker: User) -> None:
    for _ in range(5):
        tries(worker.email, place=ELSEWHERE)
    for number in range(400):
        cache.set(f"filling-{number:04}", 1, 600)
    assert refused(tries(worker.email, place="192.0.2.77"))


def unknown(world: World) -> str:
    return "nobody.at.all@cambridgeshire.example.org"


def known(world: World) -> str:
    return world.user("duty_worker").email


def invited(world: World) -> str:
    with acting_for(PETERBOROUGH, by=SEEDER) as by:
        return make_account("invited@example.org", "In Vited", by=by, at=datetime.now(UTC)).email


def ended(world: World) -> str:
    user = world.user("duty_worker")
    with acting_for(SERVICE, by=SEEDER):
        User.objects.filter(pk=user.pk).update(is_active=False, ended_at=datetime.now(UTC))
    return user.email


def asleep(world: World) -> str:
    user = world.user("duty_worker")
    long_ago = datetime.now(UTC) - timedelta(days=200)
    with acting_for(SERVICE, by=SEEDER):
        User.objects.filter(pk=user.pk).update(last_login=long_ago, awake_since=long_ago)
    return user.email


@pytest.mark.parametrize("whose", [known, invited, ended, asleep])
def test_every_account_is_answered_as_one_that_there_is_not_and_costs_the_same(
    whose: Any, world: World, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    """The same page and one slow hash each: a clock at the door tells nobody who works here."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    hashed: list[str] = []
    slow = PBKDF2PasswordHasher.encode

    def counted(self: Any, password: str, salt: str, iterations: int | None = None) -> Any:
        hashed.append(password)
        return slow(self, password, salt, 1)

    email = whose(world)
    if whose is not invited:
        user = User.objects.get(email=email)
        user.set_password(PASSWORD)
        with acting_for(SERVICE, by=SEEDER):
            User.objects.filter(pk=user.pk).update(password=user.password)
    monkeypatch.setattr(PBKDF2PasswordHasher, "encode", counted)

    def asked(email: str, place: str) -> tuple[int, str, int]:
        hashed.clear()
        answer = tries(email, place=place)
        token = answer.context["csrf_token"] if answer.context else ""
        page = answer.content.decode().replace(email, "").replace(str(token), "")
        return answer.status_code, page, len(hashed)

    tries(unknown(world), place="192.0.2.1")  # whatever is made once is made
    assert asked(email, "192.0.2.2") == asked(unknown(world), "192.0.2.3")
    assert len(hashed) == 1
