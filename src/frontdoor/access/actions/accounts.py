"""Making accounts and giving posts: two people's work, since nobody gives a post to themselves."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q

from frontdoor.access.actions.door import send_link
from frontdoor.access.models import Post, User
from frontdoor.access.rules import QUALIFIED_ROLES, Link, Role
from frontdoor.actors.rules import Actor, InvalidInput, Permission, StepNotAllowed, acting_council, require
from frontdoor.organisations.models import Agency, Team
from frontdoor.organisations.rules import london_day
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


def _kept(key: UUID, by: Actor) -> User:
    """An account that the council acted for keeps, locked.

    :raises NotFound: another council keeps it
    :raises NotPermitted: `by` may not keep accounts
    """
    user = User.objects.select_for_update(of=("self",)).get(key=key)
    require(by, Permission.ACCOUNT_KEEP, authority=user.authority_id)
    return user


def _in_use(user: User) -> None:
    if user.ended_at is not None:
        raise StepNotAllowed("This account has ended.", when=user.ended_at)


@transaction.atomic
def invite(key: UUID, *, site: str, by: Actor, at: datetime) -> None:
    """Send the one-time link with which its owner chooses a password.

    :param site: scheme and host that the link begins with
    :raises NotFound: another council keeps the account
    :raises NotPermitted: `by` may not keep accounts
    :raises StepNotAllowed: the account has ended
    """
    user = _kept(key, by)
    _in_use(user)
    send_link(user, Link.INVITATION, site=site)
    trail.record("access.invite", subject=user, by=by, at=at)


@transaction.atomic
def correct_account(key: UUID, *, name: str, registration: str, by: Actor, at: datetime) -> None:
    """Correct a name or the Social Work England number; the e-mail address stays, for it is who signs in.

    :raises NotFound: another council keeps the account
    :raises NotPermitted: `by` may not keep accounts
    :raises InvalidInput: it is one's own, or a post in force asks a registration
    """
    user = _kept(key, by)
    _in_use(user)
    if user.pk == by.user_id:
        raise InvalidInput(name="Somebody else corrects your account.")
    open_posts = user.posts.filter(Q(ends_on=None) | Q(ends_on__gte=london_day(at)), role__in=QUALIFIED_ROLES)
    if not registration and open_posts.exists():
        raise InvalidInput(registration="A post of this account asks a Social Work England number: end the post first.")
    changed = [
        field for field, value in (("name", name), ("registration", registration)) if getattr(user, field) != value
    ]
    user.name, user.registration = name, registration
    user.save(update_fields=["name", "registration"])
    trail.record("access.correct_account", subject=user, by=by, at=at, changed=changed)


@transaction.atomic
def wake_account(key: UUID, *, by: Actor, at: datetime) -> None:
    """Vouch for an account that fell asleep: its owner still works here.

    :raises NotFound: another council keeps the account
    :raises NotPermitted: `by` may not keep accounts
    :raises StepNotAllowed: the account has ended
    """
    user = _kept(key, by)
    _in_use(user)
    user.awake_since = at
    user.save(update_fields=["awake_since"])
    trail.record("access.wake_account", subject=user, by=by, at=at)


@transaction.atomic
def reset_factors(key: UUID, *, why: str, site: str, by: Actor, at: datetime) -> None:
    """Take away the second factors of somebody who lost them; the next sign-in sets up another. All sessions end.

    :param why: how the administrator made sure who asked
    :raises NotFound: another council keeps the account
    :raises NotPermitted: `by` may not keep accounts
    :raises InvalidInput: it is one's own
    :raises StepNotAllowed: the account has ended
    """
    user = _kept(key, by)
    _in_use(user)
    if user.pk == by.user_id:
        raise InvalidInput(why="Somebody else does this for your account.")
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user)
    send_link(user, Link.NEW_FACTOR, site=site)
    trail.record("access.reset_factors", subject=user, by=by, at=at, why=why)


@transaction.atomic
def end_account(key: UUID, *, why: str, by: Actor, at: datetime) -> None:
    """End an account at once: its sessions, its posts from today, and its way in. What it did stays in its name.

    :raises NotFound: another council keeps the account
    :raises NotPermitted: `by` may not keep accounts
    :raises InvalidInput: it is one's own
    :raises StepNotAllowed: it has ended already
    """
    user = _kept(key, by)
    _in_use(user)
    if user.pk == by.user_id:
        raise InvalidInput(why="Somebody else ends your account.")
    user.is_active, user.ended_at = False, at
    user.save(update_fields=["is_active", "ended_at"])
    end_sessions(user)
    trail.record("access.end_account", subject=user, by=by, at=at, why=why)


def end_sessions(user: User) -> None:
    """Sign an account out everywhere, now. Part of the act that ends something of it, which records it."""
    sessions = UserSession.objects.filter(user=user)
    Session.objects.filter(session_key__in=list(sessions.values_list("session_key", flat=True))).delete()
    sessions.delete()


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
    :raises InvalidInput: the account is `by`'s own, or the role asks a registered social worker
    :raises StepNotAllowed: the account has ended
    """
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    require(by, Permission.ACCOUNT_KEEP, authority=team.authority_id)
    _in_use(user)
    if by.user_id == user.pk:
        raise InvalidInput(role="A post is given by somebody else.")
    if role in QUALIFIED_ROLES and not user.registration:
        raise InvalidInput(role="This role needs a Social Work England number on the account.")
    if ends_on is not None and ends_on < starts_on:
        raise InvalidInput(ends_on="The last day must not lie before the first.")
    post = Post.objects.create(
        user=user, team=team, role=role, agency=agency, starts_on=starts_on, ends_on=ends_on, granted_by=by.name
    )
    trail.record("access.give_post", subject=post, by=by, at=at, user=user.key, team=team.key, role=role)
    return post


@transaction.atomic
def end_post(key: UUID, *, ends_on: date, by: Actor, at: datetime) -> None:
    """Let a post end with that day; what it reached ends that midnight.

    :raises NotPermitted: `by` may not keep accounts for the team's council
    :raises NotFound: the post is in another council's team
    :raises InvalidInput: the post is `by`'s own, or the day is over
    :raises StepNotAllowed: it ended already, or ends earlier
    """
    post = Post.objects.select_for_update(of=("self",)).select_related("team", "user").get(key=key)
    require(by, Permission.ACCOUNT_KEEP, authority=post.team.authority_id)
    if post.ends_on is not None and post.ends_on <= ends_on:
        raise StepNotAllowed(f"This post ends on {post.ends_on:%d/%m/%Y} already.")
    if post.user_id == by.user_id:
        raise InvalidInput(ends_on="Somebody else ends your post.")
    if ends_on < max(post.starts_on, london_day(at)):
        raise InvalidInput(ends_on="Choose today or a later day, and none before the post begins.")
    post.ends_on = ends_on
    post.save(update_fields=["ends_on"])
    trail.record("access.end_post", subject=post, by=by, at=at, user=post.user.key, ends_on=ends_on)
