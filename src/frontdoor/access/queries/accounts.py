"""Accounts and posts, for the administrators who keep them.

Accounts and posts are read before a council is known, so no policy stands before them: what an administrator sees is
said here, once, by `_seen`.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Q, QuerySet

from frontdoor.access.models import Post, User
from frontdoor.access.rules import Role, asleep
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.organisations.rules import in_force, london_day


@dataclass(frozen=True, slots=True)
class PostHeld:
    """A post as the pages of accounts show it.

    :param state: `in force`, `to come` or `ended`
    """

    key: UUID
    user: UUID
    role: Role
    team: str
    agency: str
    starts_on: date
    ends_on: date | None
    state: str


@dataclass(frozen=True, slots=True)
class Account:
    """An account as its keepers see it.

    :param state: `in use`, `asleep`, `invited` (no password chosen yet) or `ended`
    :param kept_here: whether the council acted for keeps it, and not only gave it a post
    """

    id: int
    key: UUID
    name: str
    email: str
    registration: str
    state: str
    kept_here: bool
    made_at: datetime
    last_sign_in: datetime | None
    ended_at: datetime | None
    posts: tuple[PostHeld, ...]
    has_second_factor: bool = False


def account_of_address(email: str) -> User | None:
    """The account that signs in with an e-mail address; asked at the door, where nobody acts yet."""
    return User.objects.filter(email__iexact=email).first() if email else None


def _seen(by: Actor) -> QuerySet[User]:
    """The accounts that the council acted for keeps, or has given a post.

    :raises NotPermitted: `by` may not keep accounts
    """
    authority = acting_council(by)
    require(by, Permission.ACCOUNT_KEEP, authority=authority)
    posted = Exists(Post.objects.filter(user=OuterRef("pk"), team__authority_id=authority))
    return User.objects.filter(Q(authority_id=authority) | posted)


def accounts(*, by: Actor, at: datetime, after: tuple[str, int] | None = None, limit: int = 50) -> list[Account]:
    """Accounts by name, `limit` of them after a name and number.

    :raises NotPermitted: `by` may not keep accounts
    """
    seen = _seen(by).order_by("name", "id")
    if after is not None:
        name, number = after
        seen = seen.filter(Q(name__gt=name) | Q(name=name, id__gt=number))
    return _shown(list(seen[:limit]), by, at)


def account(key: UUID, *, by: Actor, at: datetime) -> Account:
    """One account.

    :raises NotFound: the council acted for neither keeps it nor gave it a post
    :raises NotPermitted: `by` may not keep accounts
    """
    found = _seen(by).filter(key=key).first()
    if found is None:
        raise NotFound
    return _shown([found], by, at)[0]


def account_elsewhere(email: str, *, by: Actor) -> User | None:
    """The account of an e-mail address, whichever council keeps it: it may be given a post here too.

    :raises NotPermitted: `by` may not keep accounts
    """
    require(by, Permission.ACCOUNT_KEEP, authority=acting_council(by))
    return account_of_address(email)


def account_for_post(key: UUID, *, vouched: bool, by: Actor) -> User:
    """An account to be given a post: one that this council sees, or one whose e-mail address `by` has just given.

    :raises NotFound: there is none, or it is another council's and nobody here knows its address
    :raises NotPermitted: `by` may not keep accounts
    """
    seen = _seen(by)
    found = (User.objects if vouched else seen).filter(key=key).first()
    if found is None:
        raise NotFound
    return found


def account_in_trail(key: UUID, *, by: Actor) -> tuple[int, bool]:
    """The number by which the trail names an account, and whether the council acted for keeps it or gave it a post.

    :raises NotFound: there is no such account
    :raises NotPermitted: `by` may not read the trail
    """
    authority = acting_council(by)
    require(by, Permission.TRAIL_READ, authority=authority)
    found = User.objects.filter(key=key).first()
    if found is None:
        raise NotFound
    posted = Post.objects.filter(user=found, team__authority_id=authority).exists()
    return found.pk, found.authority_id == authority or posted


def account_post(key: UUID, *, by: Actor, at: datetime) -> PostHeld:
    """One post in a team of the council acted for.

    :raises NotFound: it is another council's
    :raises NotPermitted: `by` may not keep accounts
    """
    authority = acting_council(by)
    require(by, Permission.ACCOUNT_KEEP, authority=authority)
    posts = Post.objects.filter(team__authority_id=authority).select_related("team", "agency", "user")
    found = posts.filter(key=key).first()
    if found is None:
        raise NotFound
    return _held(found, london_day(at))


def _shown(users: list[User], by: Actor, at: datetime) -> list[Account]:
    numbers = [user.pk for user in users]
    posts = _posts(numbers, by, at)
    factors = Authenticator.objects.filter(user_id__in=numbers).exclude(type=Authenticator.Type.RECOVERY_CODES)
    safe = set(factors.values_list("user_id", flat=True))
    return [
        Account(
            id=user.pk, key=user.key, name=user.name, email=user.email, registration=user.registration,
            state=_state(user, at), kept_here=user.authority_id == by.authority, made_at=user.made_at,
            last_sign_in=user.last_login, ended_at=user.ended_at, posts=tuple(posts[user.pk]),
            has_second_factor=user.pk in safe,
        )
        for user in users
    ]  # fmt: skip


def _state(user: User, at: datetime) -> str:
    if user.ended_at is not None:
        return "ended"
    if not user.has_usable_password():
        return "invited"
    return "asleep" if asleep(user.last_login, user.awake_since, at=at) else "in use"


def _posts(users: Iterable[int], by: Actor, at: datetime) -> dict[int, list[PostHeld]]:
    """The posts of accounts in teams of the council acted for, the newest first; another council's are its own."""
    rows = (
        Post.objects.filter(user_id__in=users, team__authority_id=acting_council(by))
        .select_related("team", "agency", "user")
        .order_by("-starts_on", "-id")
    )
    found: dict[int, list[PostHeld]] = defaultdict(list)
    for post in rows:
        found[post.user_id].append(_held(post, london_day(at)))
    return found


def _held(post: Post, today: date) -> PostHeld:
    state = "in force" if in_force(post.starts_on, post.ends_on, today) else "ended"
    return PostHeld(
        key=post.key, user=post.user.key, role=Role(post.role), team=post.team.name, agency=post.agency.name,
        starts_on=post.starts_on, ends_on=post.ends_on, state="to come" if post.starts_on > today else state,
    )  # fmt: skip
