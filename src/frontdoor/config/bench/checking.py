"""What the database says after a load: each act that was done stands once, what was refused not at all."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import SEEDER
from frontdoor.config.bench.crowd import Work
from frontdoor.config.bench.visiting import Account
from frontdoor.config.demo.organisation import PETERBOROUGH
from frontdoor.contacts.models import Contact
from frontdoor.mash.models import Asked, Opening, Rating, Reply, Request, SafetyCheck, Turn
from frontdoor.mash.rules.asking import replies


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found.

    :param wrong: by what it is, how often
    :param double: contacts that two people hold, or that somebody else holds than was told
    """

    wrong: Counter[str]
    double: int

    @property
    def whole(self) -> bool:
        return not self.wrong

    @property
    def words(self) -> str:
        """What is wrong; empty where nothing is."""
        return "; ".join(f"{what}: {many}" for what, many in sorted(self.wrong.items()))


def checked(accounts: Sequence[Account], work: Work) -> Checked:
    """Ask the database, past nobody's back: as the council's own seeder, behind its wall."""
    wrong: Counter[str] = Counter()
    with acting_for(PETERBOROUGH, by=SEEDER):
        there = {
            "note": Turn.objects.filter(text__startswith="Mark ").values_list("text", flat=True),
            "rating": Rating.objects.filter(why__startswith="Mark ").values_list("why", flat=True),
            "safety": SafetyCheck.objects.filter(said__startswith="Mark ")
            .values_list("said", "answered_at").distinct(),
            "call": Reply.objects.filter(facts__contains="Mark ", how="telephone").values_list("facts", flat=True),
            "answer": Reply.objects.filter(facts__contains="Mark ", how="desk").values_list("facts", flat=True),
            "tell": Reply.objects.filter(facts__contains="Mark ", how="volunteered").values_list("facts", flat=True),
            "send": Request.objects.filter(question__startswith="Mark ")
            .values_list("question", "enquiry_id").distinct(),
        }  # fmt: skip
        found = {what: Counter(map(_mark, rows)) for what, rows in there.items()}
        wrong += _marks(accounts, found)
        wrong += _versions(accounts)
        wrong += _doubled()
        double = _held(accounts)
    return Checked(wrong, double)


def _mark(row: object) -> str:
    text = str(row[0] if isinstance(row, tuple) else row)
    begin = text.index("Mark ")
    return text[begin : text.index(" end", begin) + 4]


def _marks(accounts: Iterable[Account], found: dict[str, Counter[str]]) -> Counter[str]:
    """What was done and is not there, or there more than once; what was refused and is there."""
    wrong: Counter[str] = Counter()
    for account in accounts:
        for what, marks in account.done.items():
            wrong[f"{what} lost"] += sum(not found[what][mark] for mark in marks)
            wrong[f"{what} doubled"] += sum(found[what][mark] > 1 for mark in marks)
        for what, marks in account.refused.items():
            wrong[f"{what} refused and yet there"] += sum(bool(found[what][mark]) for mark in marks)
    return +wrong


def _versions(accounts: Iterable[Account]) -> Counter[str]:
    """Two acts on one version of one enquiry: the second would have written over what it never saw."""
    seen = Counter((where, version) for account in accounts for where, version, _ in account.versions)
    return +Counter({"two acts on one version": sum(many - 1 for many in seen.values())})


def _doubled() -> Counter[str]:
    """Two first openings of one request; two answers for one person where one was asked for; a request sent twice."""
    openings = Counter(Opening.objects.values_list("request_id", flat=True))
    answers = Counter(
        Reply.objects.filter(how="desk", supersedes=None, facts__contains="Mark ").values_list("asked_id", flat=True)
    )
    sent = Counter(Request.objects.filter(stopped_at=None).values_list("enquiry_id", "agency"))
    return +Counter(
        {
            "requests opened first twice": sum(many > 1 for many in openings.values()),
            "people answered for twice": sum(many > 1 for many in answers.values()),
            "requests sent twice": sum(many > 1 for many in sent.values()),
            "requests that did not follow": _behind(),
        }
    )


def _behind() -> int:
    """Requests that stand otherwise than their replies say, once the worker has done its work."""
    people: dict[int, list[int]] = {}
    for request, asked in Asked.objects.values_list("request_id", "pk"):
        people.setdefault(request, []).append(asked)
    answered: dict[int, set[int]] = {}
    for request, asked in Reply.objects.filter(how__in=("desk", "volunteered")).values_list("request_id", "asked_id"):
        answered.setdefault(request, set()).add(asked)
    ours = set(Reply.objects.filter(how__in=replies.BY_US).values_list("request_id", flat=True))
    late = 0
    for row in Request.objects.exclude(pk__in=ours):
        complete = set(people.get(row.pk, ())) == answered.get(row.pk, set())
        late += complete != (row.state == "answered")
    return late


def _held(accounts: Iterable[Account]) -> int:
    claims = Counter(key for account in accounts for key in account.held)
    holders = Contact.objects.filter(key__in=list(claims), holder=None).count()
    return sum(many > 1 for many in claims.values()) + holders
