"""The door: a password and a second factor, each attempt written down, and no way round."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver
from django.utils import timezone

from frontdoor.access import jobs
from frontdoor.access.actions import make_account
from frontdoor.access.models import Post, User
from frontdoor.access.rules import BEFORE_SECOND_FACTOR, SUBJECTS, Link
from frontdoor.access.urls import sign_in
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import MAILER, SEEDER, SERVICE, SIGN_IN
from frontdoor.config.sessions import SessionStore
from frontdoor.trail.models import Entry
from tests.worlds import PASSWORD, PETERBOROUGH, World

LOGIN, CODE, SETUP = "/account/login/", "/account/2fa/authenticate/", "/account/2fa/totp/activate/"
PAGE = "/peterborough/council/show/"
WRONG = "an entirely wrong password"

pytestmark = pytest.mark.usefixtures("spine")


def entries(*actions: str) -> list[Entry]:
    """The service's entries of some actions, the oldest first."""
    with acting_for(SERVICE, by=SEEDER):
        return list(Entry.objects.filter(action__in=actions or DOOR).order_by("id"))


DOOR = (
    "access.sign_in", "access.sign_in_failed", "access.sign_in_refused", "access.sign_out", "access.change_password",
    "access.add_factor", "access.remove_factor",
)  # fmt: skip


def give_password(client: Client, email: str, password: str = PASSWORD) -> Any:
    return client.post(LOGIN, {"login": email, "password": password})


@pytest.fixture
def worker(world: World) -> User:
    return world.user("social_worker")


def test_a_password_and_a_code_open_the_desk(world: World, worker: User) -> None:
    client = Client()
    assert give_password(client, worker.email)["Location"] == CODE
    assert client.get(PAGE)["Location"].startswith(LOGIN)  # the password alone has opened nothing
    assert client.post(CODE, {"code": world.code(worker)})["Location"] == "/desk/"
    assert client.get(PAGE).status_code == 200
    (entry,) = entries()
    assert (entry.action, entry.actor, entry.subject_key) == ("access.sign_in", "system:sign-in", str(worker.key))
    assert entry.detail == {"methods": ["password", "mfa"]}
    worker.refresh_from_db()
    assert worker.last_login is not None


def test_after_sign_in_one_is_back_where_one_was_going(world: World, worker: User) -> None:
    client = Client()
    client.post(LOGIN, {"login": worker.email, "password": PASSWORD, "next": PAGE})
    assert client.post(CODE, {"code": world.code(worker)})["Location"] == PAGE
    elsewhere = Client()
    elsewhere.post(LOGIN, {"login": worker.email, "password": PASSWORD, "next": "https://example.org/"})
    code = RecoveryCodes.activate(worker).get_unused_codes()[0]
    assert elsewhere.post(CODE, {"code": code})["Location"] == "/desk/"


def test_the_session_is_another_after_sign_in(world: World, worker: User) -> None:
    client = Client()
    give_password(client, worker.email)
    before = client.cookies["frontdoor"].value
    client.post(CODE, {"code": world.code(worker)})
    assert client.cookies["frontdoor"].value != before
    assert client.cookies["frontdoor"]["httponly"]
    assert client.cookies["frontdoor"]["samesite"] == "Lax"


def test_a_code_works_once(world: World, worker: User) -> None:
    code = world.code(worker)
    for expected in (302, 200):
        client = Client()
        give_password(client, worker.email)
        assert client.post(CODE, {"code": code}).status_code == expected


def test_a_recovery_code_works_once(worker: User) -> None:
    code = RecoveryCodes.activate(worker).get_unused_codes()[0]
    for expected in (302, 200):
        client = Client()
        give_password(client, worker.email)
        assert client.post(CODE, {"code": code}).status_code == expected


def test_a_wrong_password_or_code_is_written_down_and_no_password_is(worker: User) -> None:
    client = Client()
    give_password(client, worker.email, WRONG)
    give_password(client, worker.email)
    client.post(CODE, {"code": "000000"})
    found = entries()
    assert [(entry.action, entry.subject_key, entry.detail) for entry in found] == [
        ("access.sign_in_failed", str(worker.key), {"step": "password"}),
        ("access.sign_in_failed", str(worker.key), {"step": "totp"}),
    ]
    assert all(WRONG not in str(vars(entry)) for entry in found)


def test_of_an_unknown_address_nothing_is_kept(world: World) -> None:
    give_password(Client(), "a.password.typed.in.the.wrong.field@example.org")
    (entry,) = entries()
    assert (entry.action, entry.subject_key, entry.detail) == ("access.sign_in_failed", "", {"step": "password"})


def test_an_unknown_address_is_answered_as_a_wrong_password_is(worker: User) -> None:
    def told(email: str) -> tuple[int, str]:
        answer = give_password(Client(), email, WRONG)
        page = re.sub(r'(csrfmiddlewaretoken" value=")[^"]*', "", answer.content.decode())
        return answer.status_code, page.replace(email, "")

    assert told(worker.email) == told("nobody.at.all@cambridgeshire.example.org")


def test_a_password_is_hashed_for_an_unknown_address_too(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: list[str] = []
    monkeypatch.setattr(User, "set_password", lambda self, password: hashed.append(password))
    give_password(Client(), "nobody@example.org", WRONG)
    assert hashed == [WRONG]


def test_after_five_wrong_passwords_the_right_one_waits_like_any(world: World, worker: User) -> None:
    for email, address in ((worker.email, "192.0.2.1"), ("nobody.at.all@example.org", "192.0.2.2")):
        client = Client(REMOTE_ADDR=address)
        for _ in range(5):
            assert "Too many" not in give_password(client, email, WRONG).content.decode()
        assert "Too many" in give_password(client, email).content.decode()
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=6)):
        assert give_password(Client(), worker.email)["Location"] == CODE


def test_attempts_are_counted_where_every_process_sees_them(world: World, worker: User) -> None:
    give_password(Client(), worker.email, WRONG)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_cache WHERE cache_key LIKE '%%login_failed%%'")
        assert cursor.fetchone()[0] >= 1


@pytest.fixture
def newcomer(world: World) -> User:
    """An account as an administrator has just made it, with its first password chosen."""
    with acting_for(PETERBOROUGH, by=SEEDER) as by:
        user = make_account("newcomer@example.org", "New Comer", by=by, at=datetime.now(UTC))
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
    return user


def activation_code(client: Client) -> str:
    """What an authenticator app would show that has just read the page's picture."""
    secret = client.session["mfa.totp.secret"]
    return format_hotp_value(hotp_value(secret, int(datetime.now(UTC).timestamp()) // 30))


def test_the_first_sign_in_leads_to_a_second_factor_and_then_on(newcomer: User) -> None:
    client = Client()
    assert give_password(client, newcomer.email)["Location"] == "/desk/"
    for path in (PAGE, "/merged/merged/", "/peterborough/receiving/show/", "/account/password/change/"):
        assert client.get(path)["Location"] == SETUP
    client.get(SETUP)
    answer = client.post(SETUP, {"code": activation_code(client)})
    assert answer["Location"] == "/account/2fa/recovery-codes/"
    assert client.get("/merged/merged/").status_code == 200
    assert [entry.action for entry in entries()] == ["access.sign_in", "access.add_factor", "access.add_factor"]
    page = client.get(answer["Location"]).content.decode()
    assert RecoveryCodes.activate(newcomer).get_unused_codes()[0] in page
    assert 'href="/desk/"' in page


def test_a_wrong_first_code_sets_up_nothing(newcomer: User) -> None:
    client = Client()
    give_password(client, newcomer.email)
    client.get(SETUP)
    assert client.post(SETUP, {"code": "000000"}).status_code == 200
    assert not Authenticator.objects.filter(user=newcomer).exists()
    assert client.get(PAGE)["Location"] == SETUP


def doors() -> Iterator[tuple[str, str]]:
    """Every page of the sign-in library that is open here: its name and an address."""

    def walk(patterns: list[Any], prefix: str) -> Iterator[tuple[str, str]]:
        for entry in patterns:
            if isinstance(entry, URLResolver):
                yield from walk(entry.url_patterns, prefix + str(entry.pattern))
            elif isinstance(entry, URLPattern) and entry.callback.__module__.startswith("allauth."):
                yield str(entry.name), prefix + str(entry.pattern)

    for name, pattern in walk(sign_in, "account/"):
        address = re.sub(r"<int:\w+>", "1", re.sub(r"\(\?P<uidb36>.*", "a-b/", pattern.replace("^", "")))
        yield name, "/" + re.sub(r"\(\?P<provider_id>[^)]*\)", "council", address).replace("$", "")


@pytest.mark.parametrize("name", sorted({name for name, _ in doors()} - BEFORE_SECOND_FACTOR))
def test_a_password_alone_opens_no_page_about_the_account(newcomer: User, name: str) -> None:
    client = Client()
    give_password(client, newcomer.email)
    answer = client.get(dict(doors())[name])
    assert (answer.status_code, answer["Location"]) == (302, SETUP)


def test_the_pages_that_a_password_opens_are_pages_that_there_are() -> None:
    assert {name for name, _ in doors()} >= BEFORE_SECOND_FACTOR


@pytest.mark.parametrize("path", [
    "/account/signup/", "/account/email/", "/account/password/set/", "/account/directory/signup/",
    "/account/directory/connections/", "/account/2fa/webauthn/signup/", "/account/login/code/", "/account/2fa/trust/",
])  # fmt: skip
def test_nobody_signs_up_changes_an_address_or_goes_round_the_second_factor(
    world: World, worker: User, path: str
) -> None:
    for client in (Client(), world.signed_in(Client(), worker)):
        assert client.get(path).status_code == 404
        assert client.post(path, {"email": "new@example.org", "password1": PASSWORD}).status_code == 404


def test_after_half_an_hour_alone_a_session_is_over(world: World, worker: User) -> None:
    now = datetime.now(UTC)
    client = world.signed_in(Client(), worker, at=now)
    with time_machine.travel(now + timedelta(minutes=29)):
        assert client.get(PAGE).status_code == 200
    with time_machine.travel(now + timedelta(minutes=58)):
        assert client.get(PAGE).status_code == 200
    with time_machine.travel(now + timedelta(minutes=89)):
        assert client.get(PAGE)["Location"] == f"{LOGIN}?next={PAGE}"
        assert client.get(PAGE, headers={"x-asked-by": "page"})["Location"].startswith(LOGIN)


def test_a_page_that_renews_itself_keeps_no_session_alive(world: World, worker: User) -> None:
    now = datetime.now(UTC)
    client = world.signed_in(Client(), worker, at=now)
    for minutes in (20, 29):
        with time_machine.travel(now + timedelta(minutes=minutes)):
            assert client.get(PAGE, headers={"x-asked-by": "page"}).status_code == 200
    with time_machine.travel(now + timedelta(minutes=31)):
        assert client.get(PAGE).status_code == 302


def test_after_twelve_hours_a_session_is_over_whoever_is_still_there(world: World, worker: User) -> None:
    now = datetime.now(UTC)
    client = world.signed_in(Client(), worker, at=now)
    for step in range(1, 37):
        with time_machine.travel(now + timedelta(minutes=20 * step)):
            assert client.get(PAGE).status_code == 200
    with time_machine.travel(now + timedelta(hours=12, minutes=1)):
        assert client.get(PAGE).status_code == 302
    assert [entry.action for entry in entries("access.sign_out")] == ["access.sign_out"]


def test_signing_out_ends_the_session_and_clears_the_browser(world: World, worker: User) -> None:
    client = world.signed_in(Client(), worker)
    key = client.session.session_key
    assert client.get("/account/logout/").status_code == 200  # asks first, and a link cannot sign anybody out
    assert client.get(PAGE).status_code == 200
    answer = client.post("/account/logout/")
    assert answer["Clear-Site-Data"] == '"cookies", "storage"'
    assert not Session.objects.filter(session_key=key).exists()
    replay = Client()
    replay.cookies["frontdoor"] = key
    assert replay.get(PAGE)["Location"].startswith(LOGIN)
    (entry,) = entries("access.sign_out")
    assert (entry.actor, entry.subject_key) == (f"user:{worker.pk}", str(worker.key))


def test_who_leaves_is_out_at_the_next_request(world: World, worker: User) -> None:
    client = world.signed_in(Client(), worker)
    assert client.get(PAGE).status_code == 200
    with acting_for(SERVICE, by=SEEDER):
        User.objects.filter(pk=worker.pk).update(is_active=False, ended_at=datetime.now(UTC))
    assert client.get(PAGE)["Location"].startswith(LOGIN)
    assert give_password(Client(), worker.email)["Location"] == "/account/inactive/"


def test_a_new_password_ends_every_other_session(world: World, worker: User) -> None:
    here, elsewhere = (world.signed_in(Client(), worker) for _ in range(2))
    new = "another long password indeed"
    answer = here.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert answer.status_code == 302
    assert here.get(PAGE).status_code == 200
    assert elsewhere.get(PAGE)["Location"].startswith(LOGIN)
    assert [entry.actor for entry in entries("access.change_password")] == [f"user:{worker.pk}"]


def test_ones_own_sessions_are_listed_and_ended(world: World, worker: User) -> None:
    clients = []
    for code in RecoveryCodes.activate(worker).get_unused_codes()[:2]:
        client = Client(headers={"user-agent": f"Browser of {code}"})
        give_password(client, worker.email)
        client.post(CODE, {"code": code})
        clients.append(client)
    here, elsewhere = clients
    assert here.get("/account/sessions/").content.decode().count("Browser of") == 2
    here.post("/account/sessions/")
    assert here.get(PAGE).status_code == 200
    assert elsewhere.get(PAGE)["Location"].startswith(LOGIN)


def test_an_account_unused_for_45_days_sleeps_until_somebody_vouches_for_it(world: World, worker: User) -> None:
    now = datetime.now(UTC)
    with acting_for(SERVICE, by=SEEDER):
        User.objects.filter(pk=worker.pk).update(
            last_login=now - timedelta(days=45, hours=1), awake_since=now - timedelta(days=400)
        )
    assert give_password(Client(), worker.email)["Location"] == "/account/inactive/"
    assert [(entry.action, entry.why) for entry in entries()] == [("access.sign_in_refused", "asleep")]
    with acting_for(SERVICE, by=SEEDER):
        User.objects.filter(pk=worker.pk).update(awake_since=now)
    assert give_password(Client(), worker.email)["Location"] == CODE


def test_second_factors_are_kept_encrypted(world: World, worker: User) -> None:
    for kept in Authenticator.objects.filter(user=worker):
        for value in (value for value in kept.data.values() if isinstance(value, str)):
            assert value.startswith("gAAAA")  # a Fernet token: version, time, ciphertext


def test_an_old_secret_key_still_reads_second_factors(world: World, worker: User, settings: Any) -> None:
    from frontdoor.access.views import sign_in as views

    code = world.code(worker)
    views._cipher.cache_clear()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "x" * 50, [settings.SECRET_KEY]
    assert world.code(worker) == code
    views._cipher.cache_clear()


def follow(client: Client, body: str) -> str:
    """Open the link of a mail as a browser does; gives the address of the form behind it."""
    found = re.search(r"http://testserver(/\S+)", body)
    assert found
    return str(client.get(found.group(1))["Location"])


@pytest.mark.parametrize("link", [Link.RESET, Link.INVITATION])
def test_a_link_sets_a_password_once(newcomer: User, link: Link) -> None:
    with acting_for(SERVICE, by=MAILER) as by:
        jobs.send_link(by=by, at=datetime.now(UTC), user=newcomer.pk, link=link, site="http://testserver/")
    (sent,) = mail.outbox
    assert sent.to == [newcomer.email]
    assert newcomer.name not in sent.subject + sent.body
    client, new = Client(), "a password of one's own"
    form = follow(client, sent.body)
    assert client.post(form, {"password1": new, "password2": new}).status_code == 302
    assert give_password(Client(), newcomer.email, new)["Location"] == "/desk/"
    again = Client()
    answer = again.get(re.search(r"http://testserver(/\S+)", sent.body).group(1))  # type: ignore[union-attr]
    assert answer.status_code == 200
    assert "password1" not in answer.content.decode()
    assert [entry.action for entry in entries("access.send_link")] == ["access.send_link"]


def test_a_link_lasts_a_day(newcomer: User) -> None:
    now = datetime.now(UTC)
    with acting_for(SERVICE, by=MAILER) as by:
        jobs.send_link(by=by, at=now, user=newcomer.pk, link=Link.RESET, site="http://testserver/")
    for hours, works in ((23, True), (25, False)):
        with time_machine.travel(now + timedelta(hours=hours)):
            answer = Client().get(re.search(r"http://testserver(/\S+)", mail.outbox[0].body).group(1))  # type: ignore[union-attr]
            assert (answer.status_code == 302) is works


def test_asking_for_a_new_password_tells_nobody_whether_the_address_is_known(worker: User) -> None:
    for email in (worker.email, "nobody@example.org"):
        answer = Client().post("/account/password/reset/", {"email": email})
        assert (answer.status_code, answer["Location"]) == (302, "/account/password/reset/done/")
    assert not mail.outbox  # sent by a job, so a known address answers no later
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'access.send_link'")
        left = [json.loads(args) for (args,) in cursor.fetchall()]
    assert left == [{"authority": SERVICE, "user": worker.pk, "link": "reset", "site": "http://testserver/"}]


def test_an_ended_account_gets_no_mail(worker: User) -> None:
    with acting_for(SERVICE, by=MAILER) as by:
        User.objects.filter(pk=worker.pk).update(is_active=False, ended_at=datetime.now(UTC))
        jobs.send_link(by=by, at=datetime.now(UTC), user=worker.pk, link=Link.RESET, site="http://testserver/")
    assert not mail.outbox


def test_the_owner_is_told_when_password_or_second_factor_change(newcomer: User) -> None:
    with acting_for(SERVICE, by=MAILER) as by:
        for link in (Link.NEW_PASSWORD, Link.NEW_FACTOR):
            jobs.send_link(by=by, at=datetime.now(UTC), user=newcomer.pk, link=link, site="http://testserver/")
    assert [sent.subject for sent in mail.outbox] == [SUBJECTS[Link.NEW_PASSWORD], SUBJECTS[Link.NEW_FACTOR]]
    assert all("/key/" not in sent.body for sent in mail.outbox)


def test_whose_last_post_ends_is_signed_out_at_the_next_request(world: World, worker: User) -> None:
    client = world.signed_in(Client(), worker)
    assert client.get(PAGE).status_code == 200
    with acting_for(PETERBOROUGH, by=SEEDER):
        Post.objects.filter(user=worker).update(ends_on=datetime.now(UTC).date() - timedelta(days=1))
    assert client.get("/merged/merged/")["Location"].startswith(LOGIN)
    assert client.get("/account/password/change/")["Location"].startswith(LOGIN)  # the session itself is gone
    assert [entry.subject_key for entry in entries("access.sign_out")] == [str(worker.key)]


def test_a_session_that_ran_out_is_nobodys_and_its_key_is_not_taken_up_again(world: World) -> None:
    with world.system(SIGN_IN, council=0):
        kept = SessionStore()
        kept["seen"] = 1
        kept.create()
        assert SessionStore(kept.session_key)["seen"] == 1
        Session.objects.filter(pk=kept.session_key).update(expire_date=timezone.now())
        late = SessionStore(kept.session_key)
        assert dict(late.items()) == {}
        assert late.session_key is None
