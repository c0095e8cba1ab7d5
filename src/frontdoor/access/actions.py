"""Making accounts, giving posts, keeping the clients of other systems."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from frontdoor.access.models import ApiClient, Post, User
from frontdoor.access.rules import QUALIFIED_ROLES, Link, Role
from frontdoor.actors.rules import Actor, InvalidInput, Permission, acting_council, require
from frontdoor.background.actions import later
from frontdoor.organisations.models import Agency, Team
from frontdoor.trail import actions as trail


@transaction.atomic
def make_account(email: str, name: str, *, registration: str = "", by: Actor, at: datetime) -> User:
    """Make an account, kept by the council acted for. It has no password yet, and reaches nothing until it has a post.

    :param registration: the Social Work England number of a qualified worker
    :raises NotPermitted: `by` may not keep accounts
    :raises InvalidInput: the address has an account already
    """
    authority = acting_council(by)
    require(by, Permission.ACCOUNT_KEEP, authority=authority)
    if User.objects.filter(email__iexact=email).exists():
        raise InvalidInput(email="There is an account with this e-mail address already.")
    user = User.objects.create(
        email=email.lower(), name=name, registration=registration, authority_id=authority,
        password=make_password(None), made_at=at, awake_since=at,
    )  # fmt: skip
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    trail.record("access.make_account", subject=user, by=by, at=at)
    return user


@transaction.atomic
def set_password(users: Iterable[User], password: str, *, by: Actor, at: datetime) -> None:
    """Set one first password for seeded accounts; people set their own by the one-time link.

    :raises NotPermitted: `by` may not keep accounts
    """
    require(by, Permission.ACCOUNT_KEEP, authority=acting_council(by))
    hashed = make_password(password)  # once: it is slow on purpose
    for user in users:
        user.password = hashed
        user.save(update_fields=["password"])
        trail.record("access.set_password", subject=user, by=by, at=at)


@transaction.atomic
def give_post(
    user: User,
    *,
    team: Team,
    role: Role,
    agency: Agency,
    starts_on: date,
    ends_on: date | None = None,
    by: Actor,
    at: datetime,
) -> Post:
    """Put an account into a team in a role, from a day until a day (inclusive).

    :raises NotPermitted: `by` may not keep accounts
    :raises NotFound: the team is another council's
    :raises InvalidInput: the account is `by`'s own or has ended, or the role asks a registered social worker
    """
    require(by, Permission.ACCOUNT_KEEP, authority=team.authority_id)
    if by.user_id == user.pk:
        raise InvalidInput(user="A post is given by somebody else.")
    if user.ended_at is not None:
        raise InvalidInput(user="This account has ended.")
    if role in QUALIFIED_ROLES and not user.registration:
        raise InvalidInput(registration="This role needs a Social Work England number on the account.")
    if ends_on is not None and ends_on < starts_on:
        raise InvalidInput(ends_on="The last day must not lie before the first.")
    post = Post.objects.create(
        user=user, team=team, role=role, agency=agency, starts_on=starts_on, ends_on=ends_on, granted_by=by.name
    )
    trail.record("access.give_post", subject=post, by=by, at=at, user=user.key, team=team.key, role=role)
    return post


@transaction.atomic
def end_post(post: Post, *, ends_on: date, by: Actor, at: datetime) -> None:
    """Let a post end with that day; what it reached ends that midnight.

    :raises NotPermitted: `by` may not keep accounts for the team's council
    """
    require(by, Permission.ACCOUNT_KEEP, authority=post.team.authority_id)
    post.ends_on = ends_on
    post.save(update_fields=["ends_on"])
    trail.record("access.end_post", subject=post, by=by, at=at, ends_on=ends_on)


def secret_hash(secret: str) -> bytes:
    """What is kept of an API client's secret: 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).digest()


@transaction.atomic
def make_client(
    name: str,
    *,
    agency: Agency,
    purpose: str,
    by: Actor,
    at: datetime,
    lasts: timedelta = timedelta(days=365),
) -> tuple[ApiClient, str]:
    """Make an API client of the council acted for; its secret is given here once and never again.

    :raises NotPermitted: `by` may not keep accounts
    """
    authority = acting_council(by)
    require(by, Permission.ACCOUNT_KEEP, authority=authority)
    secret = secrets.token_urlsafe(32)
    client = ApiClient.objects.create(
        authority_id=authority, agency=agency, name=name, purpose=purpose,
        secret_hash=secret_hash(secret), made_at=at, expires_at=at + lasts,
    )  # fmt: skip
    trail.record("access.make_client", subject=client, by=by, at=at, purpose=purpose)
    return client, secret


@transaction.atomic
def note_sign_in(what: str, user: User | None, *, why: str = "", by: Actor, at: datetime, **detail: Any) -> None:
    """Write into the service's own trail what somebody did at the door: signed in, failed, left, changed a factor.

    :param what: `access.verb`
    :param user: the account, or None where nobody has one of that address
    """
    subject = user if user is not None else ("access.user", "")
    trail.record(what, subject=subject, by=by, at=at, why=why, **detail)


def one_at_a_time(email: str) -> None:
    """Wait, within this transaction, for whoever is trying the same e-mail address at this moment."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"sign-in {email.lower()}"])


def send_link(user: User, link: Link, *, site: str) -> None:
    """Have a mail sent about an account, with a one-time link where it is to set a password.

    :param site: scheme and host that the link begins with
    :raises NoActor: nobody acts
    """
    later("access.send_link", user=user.pk, link=link, site=site)
