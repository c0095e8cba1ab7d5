"""The answer: proposed by one, approved by another, sent word for word, and written into the ledger of each person."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import (
    Actor,
    InvalidInput,
    Permission,
    StepNotAllowed,
    acting_council,
    acting_person,
    require,
)
from frontdoor.clocks.rules import london_date
from frontdoor.disclosures import queries
from frontdoor.disclosures.actions import ledger
from frontdoor.disclosures.actions.rows import Key, in_work, move, start_clock, taken
from frontdoor.disclosures.models import Answer, Request
from frontdoor.disclosures.rules import answering, kinds
from frontdoor.disclosures.rules.states import Step, after, second_person
from frontdoor.trail import actions as trail

P = Permission


@transaction.atomic
def propose(
    key: Key, *, seen: int, kind: str, facts: Collection[str] = (), words: str = "", reason: str = "", by: Actor,
    at: datetime,
) -> Answer:  # fmt: skip
    """Propose an answer: dated facts that were found, “not known to us”, or a refusal. Another person reads it.

    :param facts: codes of facts that searches found (`answering.Fact.code`)
    :param words: free words beside them, which may name nobody else and hold no address
    :raises NotPermitted: `by` does not work on requests
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: a part is missing; the words name somebody else, tell who told us, or hold an address
    :raises StepNotAllowed: it is a request for one's own records; who asks or the basis is not written down
    """
    request = taken(key, P.DISCLOSURE_PREPARE, seen=seen, by=by)
    in_work(request)
    kinds.answered_here(request.sub_type)
    _prepared(request, kind)
    people = queries.asked(request, by=by)
    known = {fact.code: fact for fact in queries.facts(request, by=by)}
    if not set(facts) <= set(known):
        raise InvalidInput(facts="Choose among what a search of this request found")
    told = [fact for code, fact in known.items() if code in set(facts)]
    searched = queries.all_searched(request, by=by)
    answering.check_answer(kind, facts=told, words=words, reason=reason, searched=searched)
    held = queries.people_found(request, by=by) & {person.key for person in people}
    if kind == "not_known" and held:
        raise InvalidInput(kind="A search found contacts: they are known. Tell of them, or refuse with a reason")
    answering.check_words(words, queries.guarded(request, by=by))
    silent = held - {fact.about for fact in told} if kind == "facts" else set()
    on = london_date(at)
    text = answering.composed(kind, people, told, silent=silent, words=words.strip(), reason=reason, on=on)
    move(request, Step.PROPOSE, by=by, at=at)
    before = queries.answers(request, by=by)
    made = Answer.objects.create(
        authority_id=request.authority_id, request=request, number=len(before) + 1, kind=kind, reason=reason,
        facts=_kept(told, silent),
        words=words.strip(), text=text, digest=answering.digest(text), proposed_by=acting_person(by), proposed_at=at,
        corrects=next((each for each in reversed(before) if each.sent_at), None),
    )  # fmt: skip
    trail.record("disclosures.propose", subject=request, by=by, at=at, answer=made.key, kind=kind, facts=len(told))
    return made


def _kept(told: Sequence[answering.Fact], silent: set[str]) -> list[dict[str, str]]:
    """The facts as an answer keeps them; with no contact, that nothing was told of somebody who was found."""
    facts = [{"contact": fact.contact, "about": fact.about, "words": fact.words} for fact in told]
    return facts + [{"contact": "", "about": key, "words": answering.NOTHING_TOLD} for key in sorted(silent)]


def _prepared(request: Request, kind: str) -> None:
    """Go on only when it is written down who asks and, unless it is refused, what for and on which basis.

    :raises StepNotAllowed: it is not
    """
    if not request.checked:
        raise StepNotAllowed("Write down first who asks, and how that was checked.")
    if kind != "refusal" and not request.basis:
        raise StepNotAllowed("Write down first what it is for, and on which lawful basis.")


def _standing(request: Request, *, by: Actor) -> Answer:
    """The newest answer, locked: the one that was proposed or approved."""
    locked = Answer.objects.select_for_update(of=("self",), no_key=True).filter(request=request)
    found = within(by, locked).order_by("-number").first()
    if found is None:
        raise StepNotAllowed("Nothing has been proposed.")
    return found


@transaction.atomic
def take_back(key: Key, *, seen: int, by: Actor, at: datetime) -> Request:
    """Take one's own proposal back before anybody has approved it.

    :raises NotPermitted: `by` does not work on requests
    :raises Conflict: it has changed since `by` saw it
    :raises StepNotAllowed: nothing waits, or somebody else proposed it
    """
    request = taken(key, P.DISCLOSURE_PREPARE, seen=seen, by=by)
    move(request, Step.TAKE_BACK, by=by, at=at)
    answer = _standing(request, by=by)
    if answer.proposed_by != by.user_id:
        raise StepNotAllowed("Somebody else proposed this. Whoever may approve it can send it back.")
    _end(answer, "Taken back by whoever proposed it", by=by, at=at)
    trail.record("disclosures.take_back", subject=request, by=by, at=at, answer=answer.key)
    return request


def _end(answer: Answer, why: str, *, by: Actor, at: datetime) -> None:
    answer.back_by, answer.back_at, answer.back_why = by.user_id, at, why[:500]
    answer.save(update_fields=["back_by", "back_at", "back_why"])


def _may_approve(*, by: Actor, at: datetime) -> None:
    """Let only those be the second person whom the council names: managers, or the desk too.

    :raises NotPermitted: `by` is none of them
    """
    if not queries.may_approve(by=by, at=at):
        require(by, P.DISCLOSURE_APPROVE, authority=acting_council(by))


@transaction.atomic
def send_back(key: Key, *, seen: int, why: str, by: Actor, at: datetime) -> Request:
    """The second person sends a proposal back: it stays as it was, and another is written.

    :raises NotPermitted: `by` may not approve
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: no reason
    :raises StepNotAllowed: nothing waits, or `by` proposed it
    """
    request = taken(key, P.DISCLOSURE_PREPARE, seen=seen, by=by)
    _may_approve(by=by, at=at)
    if not why.strip():
        raise InvalidInput(why="Write what has to be put right")
    move(request, Step.SEND_BACK, by=by, at=at)
    answer = _standing(request, by=by)
    second_person(answer.proposed_by, by.user_id)
    _end(answer, why.strip(), by=by, at=at)
    trail.record("disclosures.send_back", subject=request, by=by, at=at, answer=answer.key)
    return request


@transaction.atomic
def approve(key: Key, *, seen: int, digest: str, by: Actor, at: datetime) -> Answer:
    """The second person has read exactly these words and approves them (trust S25).

    :param digest: of the text as it was read
    :raises NotPermitted: `by` may not approve
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: other words were read than stand there
    :raises StepNotAllowed: nothing waits, or `by` proposed it
    """
    request = taken(key, P.DISCLOSURE_PREPARE, seen=seen, by=by)
    _may_approve(by=by, at=at)
    answer = _standing(request, by=by)
    move(request, Step.APPROVE, by=by, at=at)
    second_person(answer.proposed_by, by.user_id)
    if digest != answer.digest:
        raise InvalidInput(digest="The words have changed. Read them again.")
    answer.approved_by, answer.approved_at = acting_person(by), at
    answer.save(update_fields=["approved_by", "approved_at"])
    trail.record("disclosures.approve", subject=request, by=by, at=at, answer=answer.key, digest=digest)
    return answer


@transaction.atomic
def correct(key: Key, *, seen: int, why: str, by: Actor, at: datetime) -> Request:
    """Take an approved answer back to be corrected before it is sent; the next one is read by a second person again.

    :raises NotPermitted: `by` does not work on requests
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: no reason
    :raises StepNotAllowed: nothing is approved
    """
    request = taken(key, P.DISCLOSURE_PREPARE, seen=seen, by=by)
    if not why.strip():
        raise InvalidInput(why="Write what has to be put right")
    move(request, Step.CORRECT, by=by, at=at)
    answer = _standing(request, by=by)
    _end(answer, why.strip(), by=by, at=at)
    trail.record("disclosures.correct", subject=request, by=by, at=at, answer=answer.key)
    return request


@transaction.atomic
def send(key: Key, *, seen: int, how: str, to_whom: str, by: Actor, at: datetime) -> Answer:
    """Write down that exactly the approved words were sent: how, to whom, when. The ledger of each person says so.

    :raises NotPermitted: `by` does not work on requests
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: it is not said how or to whom
    :raises StepNotAllowed: nothing is approved
    """
    request = taken(key, P.DISCLOSURE_PREPARE, seen=seen, by=by)
    problems = {}
    if how not in dict(answering.ROUTES):
        problems["how"] = "Choose how it was sent"
    if not to_whom.strip():
        problems["to_whom"] = "Enter to whom it was sent"
    if problems:
        raise InvalidInput(**problems)
    answer = _standing(request, by=by)
    move(request, Step.REFUSE if answer.kind == "refusal" else Step.SEND, by=by, at=at)
    if answer.digest != answering.digest(answer.text):
        raise StepNotAllowed("The words of this answer are not those that were approved.")
    answer.sent_by, answer.sent_at, answer.sent_how = acting_person(by), at, how
    answer.sent_to = to_whom.strip()[:300]
    answer.save(update_fields=["sent_by", "sent_at", "sent_how", "sent_to"])
    ledger.write_answer(request, answer, by=by, at=at)
    trail.record("disclosures.send", subject=request, by=by, at=at, answer=answer.key, digest=answer.digest, how=how)
    return answer


@transaction.atomic
def reopen(key: Key, *, seen: int, why: str, by: Actor, at: datetime) -> Request:
    """Open a settled request again: to correct what was sent by another answer, or because it is asked for again.

    What was sent stays as it was, in the ledger too. A second clock starts; the first keeps how it ended.

    :raises NotPermitted: `by` does not work on requests
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: no reason
    :raises StepNotAllowed: it is not settled
    """
    request = taken(key, P.DISCLOSURE_PREPARE, seen=seen, by=by)
    if not why.strip():
        raise InvalidInput(why="Write why it is opened again")
    after(request.state, Step.REOPEN)  # before a clock starts: the one of an open request still runs
    request.holder = acting_person(by)
    kind = kinds.KINDS[request.sub_type]
    request.settled_why = ""
    request.due_at = start_clock(request, kind, receipt=request.contact.receipt, by=by, at=at)
    move(request, Step.REOPEN, "holder", "due_at", "settled_why", by=by, at=at)
    trail.record("disclosures.reopen", subject=request, by=by, at=at, why=why.strip())
    return request
