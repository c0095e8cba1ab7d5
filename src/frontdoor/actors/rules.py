"""Actor, Permission and the few errors: what every floor above speaks in."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Self

SERVICE = 0
"""The council number of the service itself: sign-ins and accounts are kept under it."""


class Permission(StrEnum):
    """What somebody may do for a council; roles in `access.rules` are sets of these."""

    CONTACT_TAKE = "contact.take"
    CONTACT_READ = "contact.read"
    CONTACT_SEARCH = "contact.search"
    CONTACT_LOOK = "contact.look"
    CONTACT_SCREEN = "contact.screen"
    CONTACT_ASSIGN = "contact.assign"
    CONTACT_DECIDE = "contact.decide"
    CONTACT_PROTECT = "contact.protect"
    CONTACT_LATE_ENTRY = "contact.late-entry"
    CONTACT_ADVISE = "contact.advise"
    SAMPLE_READ = "sample.read"
    REFERRER_READ = "referrer.read"
    REFERRER_TELL = "referrer.tell"
    HANDOVER_SEND = "handover.send"
    HANDOVER_ANSWER = "handover.answer"
    HANDOVER_OVERRULE = "handover.overrule"
    DIRECTION_DO = "direction.do"
    DIRECTION_GIVE = "direction.give"
    CLOCK_READ = "clock.read"
    CLOCK_EXPLAIN = "clock.explain"
    CLOCK_PAUSE = "clock.pause"
    CLOCK_KEEP = "clock.keep"
    LETTER_READ = "letter.read"
    LETTER_SEND = "letter.send"
    LETTER_RELEASE = "letter.release"
    FILE_SCAN = "file.scan"
    FILE_RELEASE = "file.release"
    FAMILY_TELL = "family.tell"
    FAMILY_RELEASE = "family.release"
    SAFE_CONTACT_KEEP = "safe-contact.keep"
    PROTECTED_OPEN = "protected.open"
    DOWN_KEEP = "down.keep"
    ROTA_KEEP = "rota.keep"
    FIGURES_READ = "figures.read"
    SETTING_READ = "setting.read"
    SETTING_CHANGE = "setting.change"
    ACCOUNT_KEEP = "account.keep"
    SENDER_KEEP = "sender.keep"
    PARTNER_KEEP = "partner.keep"
    REQUEST_ANSWER = "request.answer"
    AGREEMENT_KEEP = "agreement.keep"
    TRAIL_READ = "trail.read"
    TRAIL_SEAL = "trail.seal"
    DISCLOSURE_READ = "disclosure.read"
    DISCLOSURE_PREPARE = "disclosure.prepare"
    DISCLOSURE_APPROVE = "disclosure.approve"
    DISCLOSURE_LEDGER = "disclosure.ledger"
    COMPLAINT_TAKE = "complaint.take"
    COMPLAINT_KEEP = "complaint.keep"
    MASH_READ = "mash.read"
    MASH_WORK = "mash.work"
    MASH_DECIDE = "mash.decide"
    REFERRAL_READ = "referral.read"
    REFERRAL_KEEP = "referral.keep"
    EARLY_HELP_READ = "early-help.read"
    EARLY_HELP_KEEP = "early-help.keep"
    EARLY_HELP_SCREEN = "early-help.screen"
    FAMILY_HELP_READ = "family-help.read"
    FAMILY_HELP_WORK = "family-help.work"
    FAMILY_HELP_STATUS = "family-help.status"
    DISAGREEMENT_RAISE = "disagreement.raise"
    DISAGREEMENT_KEEP = "disagreement.keep"
    PERSON_READ = "person.read"
    PERSON_KEEP = "person.keep"
    JOIN_PROPOSE = "join.propose"
    JOIN_APPROVE = "join.approve"
    MATCH_EXPLAIN = "match.explain"
    APART_KEEP = "apart.keep"
    PEOPLE_BRING = "people.bring"
    DIRECTORY_KEEP = "directory.keep"
    RESTRICTION_KEEP = "restriction.keep"
    RESTRICTED_ASK = "restricted.ask"
    GLASS_REVIEW = "glass.review"


class Error(Exception):
    """Base of what an action or a query may refuse with; shell turns each into an answer."""


class NotFound(Error):
    """No such thing for this actor: absent, another council's, out of reach or restricted; one answer for all."""


class NotPermitted(Error):
    """The actor reaches this council but lacks the permission.

    :param permission: what was missing, so that the page can name whom to ask
    """

    def __init__(self, permission: Permission) -> None:
        super().__init__(permission)
        self.permission = permission


class StepNotAllowed(Error):
    """The matter is not in a state from which this step leads on.

    :param what: one plain sentence saying what has happened instead
    :param who: who did it, as shown to people; empty when nobody did
    :param when: when they did it, or None
    """

    def __init__(self, what: str, *, who: str = "", when: datetime | None = None) -> None:
        super().__init__(what)
        self.what, self.who, self.when = what, who, when


class Conflict(Error):
    """Somebody changed the row after this actor saw it.

    :param seen: the version the actor saw
    :param now: the version that stands
    :param current: the present values by name, to lay beside what was typed
    """

    def __init__(self, seen: int, now: int, current: Mapping[str, Any] | None = None) -> None:
        super().__init__(f"seen {seen}, now {now}")
        self.seen, self.now, self.current = seen, now, dict(current or {})


class SameKeyOtherBody(Error):
    """An idempotency key came again with another body; the first receipt stands untouched."""


class InvalidInput(Error):
    """What was given breaks a rule that the form could not see.

    :param problems: message by field name; "" for the whole
    """

    def __init__(self, **problems: str) -> None:
        super().__init__("; ".join(f"{name}: {problem}" for name, problem in problems.items()))
        self.problems = problems


class NoActor(Error):
    """A read or write of council data was tried while nobody acts for a council."""


class Nested(Error):
    """`acting_for` was opened inside another: one council at a time."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, in which post, for which council, and what may be done there.

    :param name: `user:12`, `client:<id>` or `system:<name>`; what the database sees and the trail keeps
    :param label: the name that people read
    :param user_id: the account, or None for systems and the public
    :param authority: the council acted for now, or None while none is set
    :param reach: permissions by council number, as posts and delegations gave them at this request
    :param teams: team numbers by council that the actor's posts cover
    :param post: the post acted in, as text for the trail
    :param posts: the same by council, where somebody has several
    :param agency: the employing agency's key; what the portal's policies compare
    :param db_role: the database role to take: `none` keeps the application's own
    :param qualified: a registered social worker
    """

    name: str
    label: str = ""
    user_id: int | None = None
    authority: int | None = None
    reach: Mapping[int, frozenset[Permission]] = field(default_factory=lambda: MappingProxyType({}))
    teams: Mapping[int, frozenset[int]] = field(default_factory=lambda: MappingProxyType({}))
    post: str = ""
    posts: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    agency: str = ""
    draft: str = ""
    db_role: str = "none"
    qualified: bool = False

    def at(self, authority: int | None) -> Self:
        """The same actor, acting for this council, in the post that reaches it."""
        post = self.post if authority is None else self.posts.get(authority, self.post)
        return replace(self, authority=authority, post=post)

    def may(self, permission: Permission) -> bool:
        """Whether the permission is held for the council acted for now."""
        return self.authority is not None and permission in self.reach.get(self.authority, frozenset())

    @property
    def councils(self) -> tuple[int, ...]:
        """The councils reached, the service left out, in a steady order."""
        return tuple(sorted(council for council in self.reach if council != SERVICE))

    @property
    def is_system(self) -> bool:
        return self.name.startswith("system:")


class Everywhere(Mapping[int, frozenset[Permission]]):
    """The same permissions for every council: the reach of a system actor."""

    def __init__(self, *permissions: Permission) -> None:
        self._permissions = frozenset(permissions)

    def __getitem__(self, authority: int) -> frozenset[Permission]:
        return self._permissions

    def __iter__(self):  # type: ignore[no-untyped-def]  # holds for every council, so there are none to list
        return iter(())

    def __len__(self) -> int:
        return 0

    def get(self, authority: int, default: Any = None) -> frozenset[Permission]:
        return self._permissions


def _system(name: str, label: str, *permissions: Permission, db_role: str = "none") -> Actor:
    return Actor(
        name=f"system:{name}",
        label=label,
        reach=Everywhere(*permissions),
        db_role=db_role,
    )


PUBLIC_INTAKE = _system(
    "public-intake", "Public intake", Permission.CONTACT_TAKE, Permission.LETTER_SEND, Permission.HANDOVER_SEND,
    Permission.CONTACT_READ,
)  # fmt: skip
SIGN_IN = _system("sign-in", "Sign-in", Permission.ACCOUNT_KEEP)
CLOCK_SWEEP = _system(
    "clock-sweep", "Clock sweep", Permission.CLOCK_KEEP, Permission.CLOCK_READ, Permission.CONTACT_READ,
    Permission.DIRECTION_DO, Permission.LETTER_SEND,
)  # fmt: skip
SEALER = _system("sealer", "Sealer", Permission.TRAIL_SEAL, Permission.TRAIL_READ)
MAILER = _system(
    "mailer",
    "Mailer",
    Permission.LETTER_SEND,
    Permission.LETTER_READ,
    Permission.CONTACT_READ,
)
SCANNER = _system("scanner", "Scanner of files", Permission.FILE_SCAN)
COURIER = _system(
    "courier", "Courier between councils", Permission.HANDOVER_SEND, Permission.HANDOVER_ANSWER,
    Permission.CONTACT_TAKE, Permission.CONTACT_READ, Permission.DISCLOSURE_PREPARE, Permission.COMPLAINT_TAKE,
    Permission.MASH_WORK, Permission.REFERRAL_KEEP, Permission.EARLY_HELP_KEEP, Permission.PERSON_READ,
)  # fmt: skip
MAILBOX = _system(
    "mailbox", "Mailbox", Permission.CONTACT_TAKE, Permission.CONTACT_READ, Permission.LETTER_SEND,
)  # fmt: skip
MATCHER = _system(
    "matcher", "Matcher", Permission.PERSON_READ, Permission.MATCH_EXPLAIN, Permission.CONTACT_READ,
)  # fmt: skip
BRINGER = _system(
    "bringer", "Bringer of people", Permission.PERSON_READ, Permission.PERSON_KEEP, Permission.PEOPLE_BRING
)
DIRECTORY = _system("directory", "Reader of feeds of services", Permission.DIRECTORY_KEEP)
SEEDER = _system("seeder", "Seeder of invented data", *Permission)
MIGRATION = _system("migration", "Migration", *Permission)
PUBLIC = _system(
    "public",
    "Member of the public",
    Permission.CONTACT_TAKE,
    db_role="frontdoor_portal",
)

SYSTEM_ACTORS = (
    MATCHER,
    BRINGER,
    PUBLIC_INTAKE,
    SIGN_IN,
    CLOCK_SWEEP,
    SEALER,
    MAILER,
    SCANNER,
    COURIER,
    MAILBOX,
    DIRECTORY,
    SEEDER,
    MIGRATION,
    PUBLIC,
)
"""The closed list: no other system actor exists."""


def require(by: Actor, permission: Permission, *, authority: int) -> None:
    """Let `by` go on only with the permission, for the council acted for.

    :raises NotFound: the record is another council's than the one acted for
    :raises NotPermitted: the permission is missing
    """
    if by.authority != authority:
        raise NotFound
    if not by.may(permission):
        raise NotPermitted(permission)


def acting_council(by: Actor) -> int:
    """The council acted for, for actions that make something new.

    :raises NoActor: none is set
    """
    if by.authority is None:
        raise NoActor
    return by.authority


def acting_person(by: Actor) -> int:
    """The account that acts, where only a person may.

    :raises NoActor: a system or the public acts
    """
    if by.user_id is None:
        raise NoActor
    return by.user_id


def unchanged(seen: int, version: int, current: Mapping[str, Any] | None = None) -> None:
    """Refuse to act on a row that has changed since it was seen.

    :raises Conflict: the versions differ
    """
    if seen != version:
        raise Conflict(seen, version, current)
