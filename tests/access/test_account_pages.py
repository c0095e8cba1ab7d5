"""Administrators keep accounts, posts, clients and agreements, and never their own."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client

from frontdoor.access.actions import give_post, make_account
from frontdoor.access.models import ApiClient, Post, User
from frontdoor.access.queries import api_client, standing
from frontdoor.access.rules import Role
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import SEEDER
from frontdoor.organisations.models import Agency, Delegation
from frontdoor.trail.models import Entry
from tests.worlds import CAMBRIDGESHIRE, MADE_AT, PASSWORD, PETERBOROUGH, World

BASE = "/peterborough/accounts/"


@pytest.fixture
def admin(world: World) -> Client:
    """The browser of Peterborough's administrator."""
    return world.signed_in(Client(), world.user("administrator", council=PETERBOROUGH))


@pytest.fixture
def worker(world: World) -> User:
    """A social worker whom Peterborough employs."""
    return world.user("social_worker", council=PETERBOROUGH)


def day(name: str, value: date) -> dict[str, str]:
    """A day as the form's three fields."""
    return {f"{name}-{part}": str(getattr(value, part)) for part in ("day", "month", "year")}


def entries(action: str, council: int = PETERBOROUGH) -> list[Entry]:
    """The entries of one action in a council's trail, those of the world's making apart."""
    with acting_for(council, by=SEEDER):
        return list(Entry.objects.filter(action=action).exclude(actor="system:seeder").order_by("id"))


def post_fields(world: World, **changed: Any) -> dict[str, Any]:
    """A valid post in Peterborough's oversight team."""
    return {
        "team": str(world.team("oversight").key), "role": "auditor",
        "agency": str(world.agencies["Peterborough City Council"].key),
        **day("starts_on", date(2026, 11, 1)), **changed,
    }  # fmt: skip


def test_an_account_is_made_and_its_owner_invited(admin: Client, world: World) -> None:
    answer = admin.post(BASE + "new/", {"email": "Some.New@example.org", "name": "Somebody New", "registration": ""})
    user = User.objects.get(email="some.new@example.org")
    assert answer["Location"] == f"{BASE}{user.key}/"
    assert (user.authority_id, user.has_usable_password()) == (PETERBOROUGH, False)
    page = admin.get(answer["Location"]).content.decode()
    assert "Invited" in page
    assert "this account reaches nothing" in page
    with connection.cursor() as cursor:
        cursor.execute("SELECT args::text FROM procrastinate_jobs WHERE task_name = 'access.send_link'")
        assert [f'"user": {user.pk},' in args for (args,) in cursor.fetchall()] == [True]
    (made,), (invited,) = entries("access.make_account"), entries("access.invite")
    assert made.subject_key == invited.subject_key == str(user.key)
    assert "Somebody" not in str(made.detail) + str(invited.detail)
    assert not standing(user, at=datetime.now(UTC)).actor.reach


@pytest.mark.parametrize("typed", [
    {"email": "", "name": ""}, {"email": "nobody", "name": "N"}, {"email": "a@example.org", "name": "x" * 121},
    {"email": "a@example.org\nBcc: b@example.org", "name": "N"}, {"email": "a@example.org", "name": "a\x00b"},
])  # fmt: skip
def test_wrong_input_is_answered_beside_the_field_and_kept(admin: Client, typed: dict[str, str]) -> None:
    answer = admin.post(BASE + "new/", {**typed, "registration": "SW1"})
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    assert "SW1" in answer.content.decode()


def test_fields_that_the_page_does_not_show_change_nothing(admin: Client) -> None:
    extra = {"is_active": "", "authority_id": "873", "password": "x", "ended_at": "2026-01-01", "role": "administrator"}
    admin.post(BASE + "new/", {"email": "new@example.org", "name": "New", "registration": "", **extra})
    user = User.objects.get(email="new@example.org")
    assert (user.is_active, user.authority_id, user.has_usable_password(), user.posts.count()) == (
        True, PETERBOROUGH, False, 0,
    )  # fmt: skip


def test_an_address_with_an_account_elsewhere_leads_to_a_post_here(admin: Client, world: World) -> None:
    known = world.user("auditor", council=CAMBRIDGESHIRE)
    answer = admin.post(BASE + "new/", {"email": known.email, "name": "Whoever", "registration": ""})
    assert answer["Location"].startswith(f"{BASE}{known.key}/post/?known=")
    assert admin.get(f"{BASE}{known.key}/post/").status_code == 404
    assert admin.get(f"{BASE}{known.key}/post/?known=made-up").status_code == 404
    assert admin.get(f"{BASE}{known.key}/").status_code == 404  # nothing of it is seen before it has a post here
    assert admin.post(answer["Location"], post_fields(world)).status_code == 302
    assert "Another council keeps this account" in admin.get(f"{BASE}{known.key}/").content.decode()
    assert PETERBOROUGH in standing(known, at=datetime.now(UTC)).actor.reach


def test_a_post_is_given_and_ended(admin: Client, world: World, worker: User) -> None:
    assert admin.post(f"{BASE}{worker.key}/post/", post_fields(world)).status_code == 302
    post = Post.objects.get(user=worker, role="auditor")
    assert post.granted_by == f"user:{world.user('administrator', council=PETERBOROUGH).pk}"
    today = datetime.now(UTC).date()
    assert admin.post(f"{BASE}posts/{post.key}/end/", day("ends_on", today)).status_code == 302
    post.refresh_from_db()
    assert post.ends_on == today
    assert admin.post(f"{BASE}posts/{post.key}/end/", day("ends_on", today)).status_code == 409
    assert [len(entries(action)) for action in ("access.give_post", "access.end_post")] == [1, 1]


def test_a_post_is_not_ended_in_the_past(admin: Client, worker: User) -> None:
    post = worker.posts.first()
    assert post is not None
    yesterday = datetime.now(UTC).date() - timedelta(days=2)
    answer = admin.post(f"{BASE}posts/{post.key}/end/", day("ends_on", yesterday))
    assert answer.status_code == 422
    assert "Choose today or a later day" in answer.content.decode()


def test_nobody_gives_ends_or_corrects_anything_of_their_own(admin: Client, world: World) -> None:
    own = world.user("administrator", council=PETERBOROUGH)
    post = own.posts.get()
    later = datetime.now(UTC).date() + timedelta(days=5)
    for path, typed in (
        (f"{own.key}/post/", post_fields(world, role="data_protection_officer")),
        (f"posts/{post.key}/end/", day("ends_on", later)),
        (f"{own.key}/correct/", {"name": "Another Name", "registration": "SW1"}),
        (f"{own.key}/end/", {"why": "because"}),
        (f"{own.key}/second-step/", {"why": "because"}),
    ):
        answer = admin.post(BASE + path, typed)
        assert (answer.status_code, "omebody else" in answer.content.decode()) == (422, True), path
    assert own.posts.count() == 1


def test_a_qualified_role_needs_a_registration_and_keeps_it(admin: Client, world: World) -> None:
    with acting_for(PETERBOROUGH, by=SEEDER) as by:
        user = make_account("plain@example.org", "Plain", by=by, at=MADE_AT)
    typed = post_fields(world, role="social_worker", team=str(world.team("mash").key))
    answer = admin.post(f"{BASE}{user.key}/post/", typed)
    assert (answer.status_code, "Social Work England" in answer.content.decode()) == (422, True)
    admin.post(f"{BASE}{user.key}/correct/", {"name": "Plain", "registration": "SW1"})
    assert admin.post(f"{BASE}{user.key}/post/", typed).status_code == 302
    answer = admin.post(f"{BASE}{user.key}/correct/", {"name": "Plain", "registration": ""})
    assert (answer.status_code, "end the post first" in answer.content.decode()) == (422, True)


def test_an_account_that_ends_is_out_at_once_and_stays_in_the_trail(admin: Client, world: World, worker: User) -> None:
    theirs = world.signed_in(Client(), worker)
    assert theirs.get("/desk/").status_code == 200
    assert admin.post(f"{BASE}{worker.key}/end/", {"why": ""}).status_code == 422
    assert admin.post(f"{BASE}{worker.key}/end/", {"why": "Left the council"}).status_code == 302
    assert theirs.get("/desk/")["Location"].startswith("/account/login/")
    (entry,) = entries("access.end_account")
    assert (entry.subject_key, entry.why) == (str(worker.key), "Left the council")
    assert admin.post(f"{BASE}{worker.key}/end/", {"why": "again"}).status_code == 409
    assert admin.post(f"{BASE}{worker.key}/post/", post_fields(world)).status_code == 409


def test_a_sleeping_account_is_woken(admin: Client, worker: User) -> None:
    with acting_for(PETERBOROUGH, by=SEEDER):
        User.objects.filter(pk=worker.pk).update(awake_since=datetime.now(UTC) - timedelta(days=60))
    assert "Asleep" in admin.get(f"{BASE}{worker.key}/").content.decode()
    assert admin.get(f"{BASE}{worker.key}/wake/").status_code == 405
    admin.post(f"{BASE}{worker.key}/wake/")
    assert "Asleep" not in admin.get(f"{BASE}{worker.key}/").content.decode()


def test_a_lost_second_step_is_taken_away_and_set_up_anew(admin: Client, world: World, worker: User) -> None:
    theirs = world.signed_in(Client(), worker)
    admin.post(f"{BASE}{worker.key}/second-step/", {"why": "Seen in person with their staff card"})
    fresh = Client()
    fresh.post("/account/login/", {"login": worker.email, "password": PASSWORD})
    assert fresh.get("/desk/")["Location"] == "/account/2fa/totp/activate/"
    assert [entry.why for entry in entries("access.reset_factors")] == ["Seen in person with their staff card"]
    assert theirs is not fresh


def test_another_councils_accounts_posts_clients_and_agreements_are_not_there(admin: Client, world: World) -> None:
    other = world.user("auditor", council=CAMBRIDGESHIRE)
    post = other.posts.get()
    client, _ = world.api_client(council=CAMBRIDGESHIRE)
    absent = uuid4()
    for pattern, key in (
        (BASE + "{}/", other.key), (BASE + "{}/correct/", other.key), (BASE + "{}/end/", other.key),
        (BASE + "{}/second-step/", other.key), (BASE + "posts/{}/end/", post.key),
        (BASE + "clients/{}/", client.key), (BASE + "clients/{}/secret/", client.key),
        (BASE + "clients/{}/end/", client.key), ("/peterborough/agreements/{}/end/", _foreign_agreement(world)),
    ):  # fmt: skip
        for method in (admin.get, admin.post):
            theirs, none = method(pattern.format(key)), method(pattern.format(absent))
            assert (theirs.status_code, theirs.content) == (none.status_code, none.content), pattern
            assert theirs.status_code == 404
    for path in (f"{BASE}{other.key}/wake/", f"{BASE}{other.key}/invite/"):
        assert admin.post(path).status_code == 404
    assert other.name not in admin.get(BASE).content.decode()


def _foreign_agreement(world: World) -> UUID:
    with acting_for(CAMBRIDGESHIRE, by=SEEDER):
        made = Delegation.objects.create(
            authority_id=CAMBRIDGESHIRE, function="met", operator=world.agencies["Peterborough City Council"],
            starts_on=date(2030, 1, 1), clause="none",
        )  # fmt: skip
    return made.key


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_but_an_administrator_keeps_accounts(world: World, role: Role) -> None:
    client = world.signed_in(Client(), world.user(role, council=PETERBOROUGH))
    for path in ("", "new/", "clients/", "clients/new/", "agencies/new/"):
        assert client.get(BASE + path).status_code == 403
        assert client.post(BASE + path).status_code == 403


def test_the_list_is_paged_and_asks_the_same_number_of_questions_at_any_length(
    admin: Client, world: World, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    with acting_for(PETERBOROUGH, by=SEEDER) as by:
        for number in range(60):
            user = make_account(f"n{number}@example.org", f"Person {number:02}", by=by, at=MADE_AT)
            give_post(
                user, team=world.team("oversight"), role=Role.AUDITOR, starts_on=date(2026, 1, 1), by=by, at=MADE_AT,
                agency=world.agencies["Peterborough City Council"],
            )  # fmt: skip
    with django_assert_max_num_queries(20):
        first = admin.get(BASE).content.decode()
    following = re.search(r'href="(\?after=[^"]+)"', first)
    assert following
    assert "Person" not in following.group(1)
    second = admin.get(BASE + following.group(1)).content.decode()
    names = [re.findall(r"Person \d\d", page) for page in (first, second)]
    assert sorted(set(names[0] + names[1])) == [f"Person {number:02}" for number in range(60)]
    assert not set(names[0]) & set(names[1])
    assert admin.get(BASE + "?after=made-up").status_code == 404


def secret_in(answer: Any) -> str:
    found = re.search(r"[\w-]{43}", answer.content.decode().split("govuk-inset-text")[1])
    assert found
    return found.group()


def test_a_clients_secret_is_shown_once_and_kept_hashed(admin: Client, world: World) -> None:
    typed = {
        "name": "School system",
        "agency": str(world.agencies["Whittle Brook Primary School"].key),
        "purpose": "Reports",
    }
    answer = admin.post(BASE + "clients/new/", typed)
    secret = secret_in(answer)
    client = ApiClient.objects.get(name="School system")
    assert (answer.status_code, client.authority_id) == (201, PETERBOROUGH)
    assert secret.encode() not in bytes(client.secret_hash)
    assert secret not in admin.get(f"{BASE}clients/{client.key}/").content.decode()
    assert all(secret not in str(vars(entry)) for entry in entries("access.make_client"))
    found = api_client(secret, at=datetime.now(UTC))
    assert found is not None
    assert found.pk == client.pk
    again = admin.post(BASE + "clients/new/", typed)
    assert (again.status_code, "of this name" in again.content.decode()) == (422, True)


def test_after_a_rotation_both_secrets_work_for_a_week_and_then_the_new_one_alone(admin: Client, world: World) -> None:
    client, old = world.api_client()
    assert admin.get(f"{BASE}clients/{client.key}/secret/").status_code == 200
    new = secret_in(admin.post(f"{BASE}clients/{client.key}/secret/"))
    now = datetime.now(UTC)
    for days, works in ((6, (True, True)), (8, (False, True)), (366, (False, False))):
        at = now + timedelta(days=days)
        assert (api_client(old, at=at) is not None, api_client(new, at=at) is not None) == works
    admin.post(f"{BASE}clients/{client.key}/end/", {"why": "Seen by somebody"})
    assert not api_client(old, at=now)
    assert not api_client(new, at=now)
    assert admin.post(f"{BASE}clients/{client.key}/secret/").status_code == 409


def test_agreements_are_seen_with_their_dates_by_those_who_read_settings(world: World) -> None:
    manager = world.signed_in(Client(), world.user("team_manager"))
    page = manager.get("/peterborough/agreements/").content.decode()
    assert page.count("1 January 2029") == 5
    assert "End it early" not in page
    assert "Cambridgeshire County Council" in page
    assert manager.get("/cambridgeshire/agreements/").content.decode().count("Peterborough") >= 5
    officer = world.signed_in(Client(), world.user("contact_officer"))
    assert officer.get("/peterborough/agreements/").status_code == 403


def test_ending_an_agreement_early_ends_the_reach_of_that_function_that_midnight(admin: Client, world: World) -> None:
    agreement = Delegation.objects.get(authority_id=PETERBOROUGH, function="early_help")
    path = f"/peterborough/agreements/{agreement.key}/end/"
    today = datetime.now(UTC).date()
    assert admin.post(path, {**day("ends_on", date(2020, 1, 1)), "why": "x"}).status_code == 422
    assert admin.post(path, {**day("ends_on", date(2029, 1, 1)), "why": "x"}).status_code == 422
    last = today + timedelta(days=10)
    assert admin.post(path, {**day("ends_on", last), "why": "Decided by cabinet"}).status_code == 302
    officer = world.user("early_help_officer")
    before, after = (datetime(last.year, last.month, last.day, 12, tzinfo=UTC) + timedelta(days=n) for n in (0, 1))
    assert PETERBOROUGH in standing(officer, at=before).actor.reach
    assert PETERBOROUGH not in standing(officer, at=after).actor.reach
    assert PETERBOROUGH in standing(world.user("team_manager"), at=after).actor.reach
    (entry,) = entries("organisations.end_delegation")
    assert (entry.why, entry.detail["agreed"]) == ("Decided by cabinet", "2029-01-01")


def test_an_agency_is_written_down_once(admin: Client) -> None:
    typed = {"name": "Fenland Refuge", "kind": "charity"}
    assert admin.post(BASE + "agencies/new/", typed).status_code == 302
    answer = admin.post(BASE + "agencies/new/", {**typed, "name": "FENLAND REFUGE"})
    assert (answer.status_code, Agency.objects.filter(name__iexact="fenland refuge").count()) == (422, 1)


@pytest.fixture
def watcher(world: World) -> Client:
    """The browser of Peterborough's data protection officer."""
    return world.signed_in(Client(), world.user("data_protection_officer", council=PETERBOROUGH))


def test_the_trail_of_a_record_is_read_by_its_address(admin: Client, watcher: Client, worker: User) -> None:
    admin.post(f"{BASE}{worker.key}/wake/")
    answer = watcher.post(
        "/peterborough/trail/", {"about": "subject", "key": f"https://x/peterborough/accounts/{worker.key}/"}
    )
    assert answer["Location"] == f"/peterborough/trail/record/{worker.key}/"
    page = watcher.get(answer["Location"]).content.decode()
    assert "access.wake_account" in page
    assert "System administrator" in page
    (read,) = entries("trail.read")
    assert read.subject_key == str(worker.key)


def test_the_trail_of_an_account_shows_what_it_did_for_this_council_alone(
    admin: Client, watcher: Client, world: World, worker: User
) -> None:
    admin.post(f"{BASE}{worker.key}/wake/")
    own = world.user("administrator", council=PETERBOROUGH)
    page = watcher.get(f"/peterborough/trail/account/{own.key}/").content.decode()
    assert f"What {own.name} did" in page
    assert page.count("access.wake_account") == 1
    assert watcher.get("/cambridgeshire/trail/").status_code == 404


@pytest.mark.parametrize("typed", ["", "nothing like a key", "x" * 600, "\u202e\x00"])
def test_what_is_no_key_is_said_to_be_none(watcher: Client, typed: str) -> None:
    assert watcher.post("/peterborough/trail/", {"about": "subject", "key": typed}).status_code == 422


def test_an_account_that_is_not_there_has_no_trail(watcher: Client) -> None:
    assert watcher.get(f"/peterborough/trail/account/{uuid4()}/").status_code == 404


def test_only_a_data_protection_officer_reads_the_trail(world: World) -> None:
    for role in set(Role) - {Role.DATA_PROTECTION_OFFICER}:
        client = world.signed_in(Client(), world.user(role, council=PETERBOROUGH))
        assert client.get("/peterborough/trail/").status_code == 403
        assert client.get(f"/peterborough/trail/record/{uuid4()}/").status_code == 403


def test_the_trail_is_paged(watcher: Client, admin: Client, world: World, worker: User) -> None:
    for _ in range(101):
        admin.post(f"{BASE}{worker.key}/wake/")
    page = watcher.get(f"/peterborough/trail/record/{worker.key}/").content.decode()
    following = re.search(r'href="(\?before=[^"]+)"', page)
    assert following
    older = watcher.get(f"/peterborough/trail/record/{worker.key}/{following.group(1)}").content.decode()
    assert page.count("access.wake_account") == 100
    assert older.count("access.wake_account") == 1
