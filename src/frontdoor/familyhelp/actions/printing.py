"""Printing a plan for one named person: the guard reads every word first, and the ledger of disclosures has a line."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, NotFound, StepNotAllowed, acting_person
from frontdoor.contacts.queries.telling import RISK
from frontdoor.earlyhelp.models import Episode, Member
from frontdoor.earlyhelp.queries import finding
from frontdoor.familyhelp.actions.meeting import tells
from frontdoor.familyhelp.actions.rows import Key, held
from frontdoor.familyhelp.models import PlanEdition, PlanLine, PlanPrint, Practitioner
from frontdoor.familyhelp.queries.plan import words_on
from frontdoor.familyhelp.queries.team import told
from frontdoor.familyhelp.rules.headings import LANGUAGES
from frontdoor.familyhelp.rules.planning import Line
from frontdoor.familyhelp.rules.team import NOT_TO_AGENCIES
from frontdoor.handovers.actions.slips import signature
from frontdoor.letters import queries as letters
from frontdoor.trail import actions as trail

TELLS = "Words of this plan tell an address, a school or a number that is kept secret. Change them and agree it again"
AT_RISK = "This person may be harming somebody of the family, or lives with somebody who may. Ask a manager first"
UNSAFE = "Something is set down about reaching this person safely. Ask a manager first"


@transaction.atomic
def print_plan(key: Key, *, number: int, to: str, language: str, large: bool, by: Actor, at: datetime) -> PlanPrint:
    """Print an edition for one person of the family or of its team. Nothing is printed for nobody.

    :param to: `member:` or `practitioner:` with a key
    :raises NotFound: absent, not a family of theirs, or no edition of that number
    :raises NotPermitted: `by` does not work on plans
    :raises InvalidInput: nobody of this family or team, or the guard found something
    :raises StepNotAllowed: it has ended, nobody agrees, or nobody agrees that agencies are told
    """
    episode = held(key, by=by, at=at)
    edition = within(by, PlanEdition.objects.filter(plan__episode=episode, number=number)).first()
    if edition is None:
        raise NotFound
    member, practitioner = _to(episode, to, by=by)
    wrong = {} if member or practitioner else {"to": "Choose for whom it is"}
    if language not in dict(LANGUAGES):
        wrong["language"] = "Choose a language"
    if member is not None and (against := _against(member, by=by, at=at)):
        wrong["to"] = against
    if not wrong and tells(episode, "\n".join(_every_word(edition, by=by)), by=by):
        wrong["to"] = TELLS
    if wrong:
        raise InvalidInput(**wrong)
    if practitioner is not None and practitioner not in told(episode, by=by, at=at):
        raise StepNotAllowed(NOT_TO_AGENCIES)
    row = PlanPrint.objects.create(
        authority_id=episode.authority_id, edition=edition, member=member, practitioner=practitioner,
        language=language, large=large, by_user=acting_person(by), by_name=signature(by), at=at,
    )  # fmt: skip
    PlanLine.objects.create(
        authority_id=episode.authority_id, plan_id=edition.plan_id, kind=Line.PRINTED.value, about=row.key,
        text=f"Edition {number}", by_user=by.user_id, by_name=signature(by), at=at,
    )  # fmt: skip
    trail.record("familyhelp.print_plan", subject=episode, by=by, at=at, print=row.key)
    return row


def _to(episode: Episode, to: str, *, by: Actor) -> tuple[Member | None, Practitioner | None]:
    kind, _, key = to.partition(":")
    if kind == "member":
        return next((each for each in finding.members(episode, by=by) if str(each.key) == key), None), None
    there = within(by, Practitioner.objects.filter(episode=episode, until=None))
    return None, next((each for each in there if str(each.key) == key), None)


def _against(member: Member, *, by: Actor, at: datetime) -> str:
    """What speaks against giving it to a person, as for a copy (`disclosures.queries.copies`)."""
    if member.named is None:
        return ""
    if member.named.concern in RISK:
        return AT_RISK
    kept = letters.rules_of([("contacts.named", member.named.key)], by=by, at=at)
    return UNSAFE if member.named.safe_contact or kept else ""


def _every_word(edition: PlanEdition, *, by: Actor) -> Iterator[str]:
    """Every word that is printed and that somebody has typed."""
    yield from edition.said["team"]
    for goal in edition.said["goals"]:
        yield from (goal["words"], goal["why"])
        for each in goal["actions"]:
            yield from (each["what"], each["who"], each["why"])
    yield from (each.words for each in words_on(edition, by=by))
