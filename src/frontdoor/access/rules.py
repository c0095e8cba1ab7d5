"""Roles as sets of permissions, how a view says who may open its address, and how long a session or account lasts."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from frontdoor.actors.rules import Permission

View = TypeVar("View", bound=Callable[..., Any])


class Role(StrEnum):
    """The practitioners' own words for what somebody is employed as (domain 10.2)."""

    CONTACT_OFFICER = "contact_officer"
    SOCIAL_WORKER = "social_worker"
    TEAM_MANAGER = "team_manager"
    HEAD_OF_SERVICE = "head_of_service"
    EARLY_HELP_OFFICER = "early_help_officer"
    DUTY_WORKER = "duty_worker"
    MET_COORDINATOR = "met_coordinator"
    ASSESSMENT_WORKER = "assessment_worker"
    ASSESSMENT_MANAGER = "assessment_manager"
    DESIGNATED_OFFICER = "designated_officer"
    SPECIALIST_WORKER = "specialist_worker"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    DATA_PROTECTION_OFFICER = "data_protection_officer"
    INFORMATION_OFFICER = "information_officer"
    DATA_QUALITY_MANAGER = "data_quality_manager"
    LEAD_PRACTITIONER = "lead_practitioner"


ROLE_NAMES = {
    Role.CONTACT_OFFICER: "Contact officer",
    Role.SOCIAL_WORKER: "Social worker",
    Role.TEAM_MANAGER: "Team manager",
    Role.HEAD_OF_SERVICE: "Head of service",
    Role.EARLY_HELP_OFFICER: "Early help officer",
    Role.DUTY_WORKER: "Emergency duty worker",
    Role.MET_COORDINATOR: "Missing and exploitation coordinator",
    Role.ASSESSMENT_WORKER: "Assessment social worker",
    Role.ASSESSMENT_MANAGER: "Assessment team manager",
    Role.DESIGNATED_OFFICER: "Designated officer for allegations",
    Role.SPECIALIST_WORKER: "Specialist team worker",
    Role.AUDITOR: "Auditor",
    Role.ADMINISTRATOR: "System administrator",
    Role.DATA_PROTECTION_OFFICER: "Data protection officer",
    Role.INFORMATION_OFFICER: "Information officer",
    Role.DATA_QUALITY_MANAGER: "Data-quality manager",
    Role.LEAD_PRACTITIONER: "Lead practitioner",
}

_DESK = {
    Permission.CONTACT_READ,
    Permission.CONTACT_SEARCH,
    Permission.CLOCK_READ,
    Permission.FIGURES_READ,
    Permission.LETTER_READ,
    Permission.PERSON_READ,
}
_INBOX = {Permission.HANDOVER_SEND, Permission.HANDOVER_ANSWER, Permission.DIRECTION_DO}
_QUALIFIED = {
    Permission.CONTACT_TAKE,
    Permission.CONTACT_LOOK,
    Permission.CONTACT_SCREEN,
    Permission.CONTACT_PROTECT,
    Permission.CONTACT_ADVISE,
    Permission.REFERRER_READ,
    Permission.REFERRER_TELL,
    Permission.LETTER_SEND,
    Permission.FAMILY_TELL,
    Permission.SAFE_CONTACT_KEEP,
    Permission.PROTECTED_OPEN,
    Permission.CONTACT_LATE_ENTRY,
    Permission.DISCLOSURE_READ,
    Permission.COMPLAINT_TAKE,
    Permission.MASH_READ,
    Permission.MASH_WORK,
    Permission.REFERRAL_READ,
    Permission.EARLY_HELP_READ,
    Permission.EARLY_HELP_SCREEN,
    Permission.FAMILY_HELP_READ,
    Permission.DISAGREEMENT_RAISE,
    Permission.PERSON_KEEP,
    Permission.JOIN_PROPOSE,
    Permission.RESTRICTED_ASK,
}
_ASSESSMENT = {
    Permission.CONTACT_TAKE,
    Permission.CONTACT_PROTECT,
    Permission.REFERRAL_READ,
    Permission.REFERRAL_KEEP,
    Permission.FAMILY_HELP_READ,
    Permission.FAMILY_HELP_WORK,
    Permission.FAMILY_HELP_STATUS,
}
_MANAGER = {
    Permission.CONTACT_ASSIGN,
    Permission.CONTACT_DECIDE,
    Permission.SAMPLE_READ,
    Permission.DIRECTION_GIVE,
    Permission.CLOCK_EXPLAIN,
    Permission.CLOCK_PAUSE,
    Permission.ROTA_KEEP,
    Permission.SETTING_READ,
    Permission.LETTER_RELEASE,
    Permission.FILE_RELEASE,
    Permission.FAMILY_RELEASE,
    Permission.DOWN_KEEP,
    Permission.DISCLOSURE_PREPARE,
    Permission.DISCLOSURE_APPROVE,
    Permission.COMPLAINT_KEEP,
    Permission.MASH_DECIDE,
    Permission.EARLY_HELP_KEEP,
    Permission.FAMILY_HELP_WORK,
    Permission.FAMILY_HELP_STATUS,
    Permission.DISAGREEMENT_KEEP,
}

ROLES: dict[Role, frozenset[Permission]] = {
    Role.CONTACT_OFFICER: frozenset(
        _DESK
        | {
            Permission.CONTACT_TAKE,
            Permission.CONTACT_LATE_ENTRY,
            Permission.REFERRER_READ,
            Permission.REFERRER_TELL,
            Permission.FAMILY_TELL,
            Permission.SAFE_CONTACT_KEEP,
            Permission.HANDOVER_SEND,
            Permission.DIRECTION_DO,
            Permission.COMPLAINT_TAKE,
            Permission.DISAGREEMENT_RAISE,
            Permission.PERSON_KEEP,
            Permission.JOIN_PROPOSE,
            Permission.RESTRICTED_ASK,
        }
    ),
    Role.SOCIAL_WORKER: frozenset(_DESK | _INBOX | _QUALIFIED),
    Role.TEAM_MANAGER: frozenset(_DESK | _INBOX | _QUALIFIED | _MANAGER),
    Role.HEAD_OF_SERVICE: frozenset(
        _DESK
        | _INBOX
        | _QUALIFIED
        | _MANAGER
        | {
            Permission.HANDOVER_OVERRULE,
            Permission.DISCLOSURE_LEDGER,
            Permission.RESTRICTION_KEEP,
            Permission.GLASS_REVIEW,
            Permission.APART_KEEP,
        }
    ),
    Role.EARLY_HELP_OFFICER: frozenset(
        _DESK
        | _INBOX
        | {
            Permission.CONTACT_TAKE,
            Permission.EARLY_HELP_READ,
            Permission.EARLY_HELP_KEEP,
            Permission.FAMILY_HELP_READ,
            Permission.FAMILY_HELP_WORK,
            Permission.DISAGREEMENT_RAISE,
            Permission.DIRECTORY_KEEP,
        }
    ),
    Role.DUTY_WORKER: frozenset(_DESK | _INBOX | _QUALIFIED),
    Role.MET_COORDINATOR: frozenset(_DESK | _INBOX | {Permission.CONTACT_TAKE, Permission.DISAGREEMENT_RAISE}),
    Role.ASSESSMENT_WORKER: frozenset(_DESK | _INBOX | _ASSESSMENT | {Permission.DISAGREEMENT_RAISE}),
    Role.ASSESSMENT_MANAGER: frozenset(
        _DESK
        | _INBOX
        | _ASSESSMENT
        | {
            Permission.DIRECTION_GIVE,
            Permission.DISAGREEMENT_RAISE,
            Permission.DISAGREEMENT_KEEP,
        }
    ),
    Role.DESIGNATED_OFFICER: frozenset(_DESK | _INBOX | {Permission.CONTACT_TAKE}),
    Role.SPECIALIST_WORKER: frozenset(_DESK | _INBOX | {Permission.CONTACT_TAKE}),
    Role.AUDITOR: frozenset(
        {Permission.CONTACT_READ, Permission.SAMPLE_READ, Permission.CLOCK_READ, Permission.FIGURES_READ}
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.ACCOUNT_KEEP,
            Permission.SENDER_KEEP,
            Permission.PARTNER_KEEP,
            Permission.AGREEMENT_KEEP,
            Permission.DIRECTORY_KEEP,
            Permission.SETTING_READ,
            Permission.SETTING_CHANGE,
        }
    ),
    Role.DATA_PROTECTION_OFFICER: frozenset(
        {
            Permission.TRAIL_READ,
            Permission.SETTING_READ,
            Permission.DISCLOSURE_READ,
            Permission.DISCLOSURE_LEDGER,
            Permission.GLASS_REVIEW,
        }
    ),
    Role.INFORMATION_OFFICER: frozenset(
        _DESK
        | {
            Permission.CONTACT_TAKE,
            Permission.REFERRER_READ,
            Permission.HANDOVER_SEND,
            Permission.DIRECTION_DO,
            Permission.DISCLOSURE_READ,
            Permission.DISCLOSURE_PREPARE,
            Permission.DISCLOSURE_LEDGER,
            Permission.COMPLAINT_TAKE,
        }
    ),
    Role.DATA_QUALITY_MANAGER: frozenset(
        {
            Permission.CONTACT_READ,
            Permission.PERSON_READ,
            Permission.PERSON_KEEP,
            Permission.JOIN_PROPOSE,
            Permission.JOIN_APPROVE,
            Permission.MATCH_EXPLAIN,
            Permission.APART_KEEP,
            Permission.PEOPLE_BRING,
            Permission.SETTING_READ,
        }
    ),
    Role.LEAD_PRACTITIONER: frozenset({Permission.FAMILY_HELP_READ, Permission.FAMILY_HELP_WORK}),
}

QUALIFIED_ROLES = frozenset(
    {
        Role.SOCIAL_WORKER, Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE, Role.DUTY_WORKER, Role.ASSESSMENT_WORKER,
        Role.ASSESSMENT_MANAGER,
    }
)  # fmt: skip
"""Roles that only a social worker registered with Social Work England may hold."""

RECEIVING = frozenset({Permission.CONTACT_TAKE, Permission.HANDOVER_SEND})
"""What every signed-in practitioner may do for any council: take in and hand over."""

RECEIVING_QUALIFIED = RECEIVING | {Permission.CONTACT_LOOK, Permission.CONTACT_PROTECT}
"""The same for a registered social worker: also look first, and act to protect a child found here."""

NOT_PRACTITIONERS = frozenset(
    {
        Role.AUDITOR, Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER, Role.DATA_QUALITY_MANAGER,
        Role.LEAD_PRACTITIONER,
    }
)  # fmt: skip


def receiving_permissions(roles: set[Role]) -> frozenset[Permission]:
    """What somebody may do at a receiving address of a council outside their reach."""
    working = roles - NOT_PRACTITIONERS
    if not working:
        return frozenset()
    return RECEIVING_QUALIFIED if working & QUALIFIED_ROLES else RECEIVING


class Kind(StrEnum):
    """The kinds of address; each says which council is set and who acts.

    `client` is that of systems: the council and the actor are those of the API client that the request names. `partner`
    is merged under the portal's role: somebody who sends for an agency, each council read inside `acting_for`; `agency`
    is the same for somebody who answers for one.
    """

    COUNCIL = "council"
    RECEIVING = "receiving"
    PORTAL = "portal"
    MERGED = "merged"
    PARTNER = "partner"
    AGENCY = "agency"
    NONE = "none"
    CLIENT = "client"


@dataclass(frozen=True, slots=True)
class Address:
    """What a view declares of its address.

    :param permission: needed on the council of the address; at merged addresses, on any council reached
    """

    kind: Kind
    permission: Permission | None = None


def address(kind: Kind, permission: Permission | None = None) -> Callable[[View], View]:
    """Declare the kind of address that a view answers and the permission it asks; without one the start stops."""

    def declare(view: View) -> View:
        view.address = Address(kind, permission)  # type: ignore[attr-defined]  # read by Reach and by the check
        return view

    return declare


IDLE = timedelta(minutes=30)
"""A session ends when nobody has been there for so long."""

LONGEST = timedelta(hours=12)
"""A session ends so long after sign-in, whoever is still there: one shift."""

DORMANT = timedelta(days=45)
"""An account that nobody used for so long falls asleep, until its keeper vouches for it again."""

SIGNED_IN_AT, SEEN_AT = "signed_in_at", "seen_at"
"""What a session holds of itself, in seconds since 1970."""

BEFORE_SECOND_FACTOR = frozenset(
    {
        "account_login",
        "account_logout",
        "account_inactive",
        "account_reauthenticate",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "mfa_authenticate",
        "mfa_activate_totp",
        "mfa_login_webauthn",
    }
)
"""The sign-in library's pages that a password alone opens, or nothing at all: they lead to a second factor."""


def session_over(session: Mapping[str, Any], *, at: datetime) -> bool:
    """Whether a signed-in session has lasted too long or been left alone too long; one that cannot tell is over."""
    now = at.timestamp()
    since, seen = session.get(SIGNED_IN_AT), session.get(SEEN_AT)
    if not isinstance(since, int | float) or not isinstance(seen, int | float):
        return True
    return now - since > LONGEST.total_seconds() or now - seen > IDLE.total_seconds()


def second_factor_given(records: Iterable[Mapping[str, Any]]) -> bool:
    """Whether a session's authentication records hold a second factor; a council's own directory is none."""
    return any(record.get("method") == "mfa" for record in records)


def asleep(last_sign_in: datetime | None, awake_since: datetime, *, at: datetime) -> bool:
    """Whether an account has been unused for too long."""
    return at - max(last_sign_in or awake_since, awake_since) > DORMANT


class Link(StrEnum):
    """The mails about an account; the first two carry a one-time link to set a password."""

    INVITATION = "invitation"
    RESET = "reset"
    NEW_PASSWORD = "new_password"  # noqa: S105 (the name of a mail)
    NEW_FACTOR = "new_factor"


SUBJECTS = {
    Link.INVITATION: "Your account: choose a password",
    Link.RESET: "Your account: choose a new password",
    Link.NEW_PASSWORD: "Your account has a new password",
    Link.NEW_FACTOR: "The second step of your account has changed",
}
"""Neutral on purpose: a subject is read over shoulders and on locked screens."""
