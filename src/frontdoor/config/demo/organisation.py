"""Two councils under one agreement, their teams, and an account for each role: the world of demonstration and tests.

The councils are real, the agreement's extension to 2029 and all people are invented.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse

from frontdoor.access.actions import give_post, make_account, set_password, wake_account
from frontdoor.access.models import User
from frontdoor.access.queries import actor_for
from frontdoor.access.rules import QUALIFIED_ROLES, Role
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import SEEDER, SERVICE, Actor, acting_council
from frontdoor.clocks.rules import london_date
from frontdoor.councils.actions import decide_setting
from frontdoor.councils.queries import council, setting
from frontdoor.councils.rules.declared import SAMPLE
from frontdoor.familyhelp.rules.checking import ONE_PLAN
from frontdoor.familyhelp.rules.outcomes import LOCAL_HEADINGS
from frontdoor.letters.rules import CALL_BACK_ADDRESS
from frontdoor.organisations.actions import delegate, make_agency, make_team
from frontdoor.organisations.models import Agency, Function, Team

CAMBRIDGESHIRE, PETERBOROUGH = 873, 874
STARTS, ENDS = date(2019, 1, 1), date(2029, 1, 1)
DELEGATED = (
    Function.CONTACT_CENTRE,
    Function.MASH,
    Function.EARLY_HELP,
    Function.OUT_OF_HOURS,
    Function.MET,
)

SLUGS = {CAMBRIDGESHIRE: "cambridgeshire", PETERBOROUGH: "peterborough"}

AGENCIES = {
    "Cambridgeshire Constabulary": "police",
    "Nene Community Health": "health",
    "Fenland Education Outreach": "education",
    "Whittle Brook Primary School": "school",
    "Hereward Schools Trust": "education",
    "Ouse Valley Advocacy": "idva",
}

_TEAMS = {
    Function.CONTACT_CENTRE: "contact centre",
    Function.MASH: "multi-agency safeguarding hub",
    Function.EARLY_HELP: "early help hub",
    Function.OUT_OF_HOURS: "emergency duty team",
    Function.MET: "missing, exploited and trafficked hub",
    Function.ASSESSMENT: "assessment team",
    Function.LADO: "designated officer for allegations",
    Function.SPECIALIST: "specialist team",
    Function.OVERSIGHT: "oversight and administration",
}

_HUB = (Function.MASH, Function.CONTACT_CENTRE)
POSTS: dict[Role, tuple[Function, ...]] = {
    Role.CONTACT_OFFICER: (Function.CONTACT_CENTRE,),
    Role.SOCIAL_WORKER: _HUB,
    Role.TEAM_MANAGER: _HUB,
    Role.HEAD_OF_SERVICE: DELEGATED,
    Role.EARLY_HELP_OFFICER: (Function.EARLY_HELP,),
    Role.DUTY_WORKER: (Function.OUT_OF_HOURS,),
    Role.MET_COORDINATOR: (Function.MET,),
    Role.ASSESSMENT_WORKER: (Function.ASSESSMENT,),
    Role.ASSESSMENT_MANAGER: (Function.ASSESSMENT,),
    Role.DESIGNATED_OFFICER: (Function.LADO,),
    Role.SPECIALIST_WORKER: (Function.SPECIALIST,),
    Role.AUDITOR: (Function.OVERSIGHT,),
    Role.ADMINISTRATOR: (Function.OVERSIGHT,),
    Role.DATA_PROTECTION_OFFICER: (Function.OVERSIGHT,),
    Role.INFORMATION_OFFICER: (Function.CONTACT_CENTRE,),
    Role.DATA_QUALITY_MANAGER: (Function.CONTACT_CENTRE,),
    Role.LEAD_PRACTITIONER: (Function.EARLY_HELP,),
}
"""In which teams an account of that role has a post."""

_TWICE = (Role.CONTACT_OFFICER, Role.SOCIAL_WORKER, Role.TEAM_MANAGER, Role.DUTY_WORKER)
"""Roles whose work one person checks for another: two accounts each."""

_NAMES = {
    CAMBRIDGESHIRE: (
        "Hannah Fordham", "Joel Abrams", "Priya Nair", "Owen Castell", "Ruth Adeyemi", "Marcus Thorne",
        "Gwen Halliwell", "Leila Farouk", "Dermot Quayle", "Ines Carvalho", "Tom Wrexley", "Bethan Sayer",
        "Kofi Mensah", "Clare Dunmore", "Sunita Rowe", "Rafael Silk", "Nadia Osman", "Stephen Oakes", "Judith Penrose",
        "Aled Prosser", "Bridie Ellershaw",
    ),
    PETERBOROUGH: (
        "Alice Merriman", "Dev Patel-Shaw", "Siobhan Crane", "Luke Ashworth", "Yasmin Haddad", "Peter Langtoft",
        "Moira Keane", "Emeka Obi", "Fiona Strand", "Callum Reid", "Anita Basra", "Jonas Vale", "Maya Lindqvist",
        "Edward Pinchbeck", "Gareth Lyle", "Tessa Wold", "Imran Chaudhry", "Harriet Sedge", "Colin Maddox",
        "Wren Tollemache", "Dafydd Ferris",
    ),
}  # fmt: skip
"""Invented names a council, one for each account."""


@dataclass(frozen=True, slots=True)
class Account:
    """What somebody needs to sign in to an account of the demonstration, the second factor apart."""

    role: Role
    authority: int
    email: str
    name: str
    user_id: int


def email_of(role: Role, *, authority: int, second: bool = False) -> str:
    """The address of an account: `social-worker-2@peterborough.example.org`."""
    return f"{role.replace('_', '-')}{'-2' if second else ''}@{SLUGS[authority]}.example.org"


def make(*, at: datetime, password: str, second_factor: Callable[[str], str] | None = None) -> list[Account]:
    """Make agencies, teams, the agreement for five functions, and the accounts of every role in both councils.

    :param password: of every account
    :param second_factor: TOTP secret by e-mail address; random where none is given
    """
    with acting_for(SERVICE, by=SEEDER) as by:
        for name, kind in AGENCIES.items():
            make_agency(name, kind=kind, by=by, at=at)
        employers = {number: make_agency(council(number).legal_name, kind="council", by=by, at=at) for number in SLUGS}
    accounts: list[Account] = []
    for number, employer in employers.items():
        with acting_for(number, by=SEEDER) as by:
            accounts += _make_accounts(number, _make_teams(employer, by, at), employer, by, at)
    with acting_for(PETERBOROUGH, by=SEEDER) as by:
        for function in DELEGATED:
            delegate(
                function, operator=employers[CAMBRIDGESHIRE], starts_on=STARTS, ends_on=ENDS,
                clause="Delegation agreement, clause 3 and schedule 1", by=by, at=at,
            )  # fmt: skip
    _let_in(accounts, password, second_factor or (lambda email: generate_totp_secret()), at)
    return accounts


def keep_awake(*, at: datetime) -> None:
    """Let each council's administrator vouch for its accounts: they were made long ago, before what is remembered."""
    for number, slug in SLUGS.items():
        keeper = actor_for(User.objects.get(email=email_of(Role.ADMINISTRATOR, authority=number)), at=at)
        with acting_for(number, by=keeper) as by:
            for user in User.objects.filter(email__endswith=f"@{slug}.example.org"):
                wake_account(user.key, by=by, at=at)


def name_call_back_pages(site: str, *, at: datetime) -> None:
    """Tell each council where its page is on which people ask to be rung back, unless it knows; letters name it.

    :param site: address of the site; nothing happens where none is given
    """
    for number, slug in SLUGS.items() if site else ():
        page = f"{site}{reverse('portal:call-back', args=[slug])}"
        why = "Everybody who tells us something can ask to be rung back."
        _decide(CALL_BACK_ADDRESS.name, page, number, why=why, decided_by="Head of customer services", at=at)


def read_most_again(*, at: datetime) -> None:
    """Let each council have most of what managers agree by one key read again, so that a few weeks hold some of it."""
    for number in SLUGS:
        why = "In the first months of a new way of working, four in five."
        _decide(SAMPLE.name, 80, number, why=why, decided_by="Director of children's services", at=at)


def add_headings(headings: Iterable[str], number: int, *, at: datetime) -> None:
    """Let a council add headings of its own to the ten national ones."""
    why = "What families here told us that they want, and the ten headings do not say."
    value = "; ".join(headings)
    _decide(LOCAL_HEADINGS.name, value, number, why=why, decided_by="Director of children's services", at=at)


def begin_one_plan(number: int, *, at: datetime) -> None:
    """Let a council begin with one plan for each family: a status that changes ends no help."""
    why = "From the day on which our Family Help teams began."
    _decide(ONE_PLAN.name, True, number, why=why, decided_by="Director of children's services", at=at)


def _decide(name: str, value: Any, number: int, *, why: str, decided_by: str, at: datetime) -> None:
    if setting(name, authority=number, on=at).value == value:
        return
    keeper = User.objects.get(email=email_of(Role.ADMINISTRATOR, authority=number))
    with acting_for(number, by=actor_for(keeper, at=at)) as by:
        starts_on = london_date(at)
        decide_setting(name, value=value, starts_on=starts_on, decided_by=decided_by, why=why, by=by, at=at)


def _make_teams(employer: Agency, by: Actor, at: datetime) -> dict[Function, Team]:
    place = council(acting_council(by)).name
    return {
        function: make_team(
            f"{place} {name}", function=function, agency=employer, opened_on=STARTS,
            restricted=function in (Function.LADO, Function.SPECIALIST), by=by, at=at,
        )
        for function, name in _TEAMS.items()
    }  # fmt: skip


def _make_accounts(
    authority: int, teams: dict[Function, Team], employer: Agency, by: Actor, at: datetime
) -> Iterator[Account]:
    wanted = [(role, second) for role in Role for second in (False, True) if not second or role in _TWICE]
    for number, ((role, second), name) in enumerate(zip(wanted, _NAMES[authority], strict=True)):
        registration = f"SW{authority}{number:03}" if role in QUALIFIED_ROLES else ""
        email = email_of(role, authority=authority, second=second)
        user = make_account(email, name, registration=registration, by=by, at=at)
        for function in POSTS[role]:
            give_post(user, team=teams[function], role=role, agency=employer, starts_on=STARTS, by=by, at=at)
        yield Account(role, authority, email, name, user.pk)


def _let_in(accounts: list[Account], password: str, second_factor: Callable[[str], str], at: datetime) -> None:
    """Give every account its password, a second factor and recovery codes, as its owner would have done."""
    with acting_for(SERVICE, by=SEEDER) as by:
        users = User.objects.in_bulk([account.user_id for account in accounts])
        set_password(users.values(), password, by=by, at=at)
        for account in accounts:
            user = users[account.user_id]
            TOTP.activate(user, second_factor(account.email))
            RecoveryCodes.activate(user)
