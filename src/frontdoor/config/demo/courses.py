"""How far each invented arrival gets: most are done; of the newest some are left wherever work waits."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from frontdoor.codes import rules as codes
from frontdoor.config.scenarios import Arrival

Fits = Callable[[Arrival], bool]


@dataclass(frozen=True, slots=True)
class Course:
    """How far practitioners take one arrival.

    :param answered: what the receiving team does with what is handed over: accepted, refused, or "" for nothing
    :param due_today: what the manager directs is due today and not done yet
    :param done: what the manager directs is done in time
    :param told: whoever is to be told by telephone is rung, and what was held back is looked at by a second person
    :param rung: a wish to be called back is met
    :param read_again: what was agreed by one key and drawn is read again by another manager
    :param doubted: somebody says that it was entered by mistake, and nobody has agreed
    """

    looked: bool = True
    screened: bool = True
    decided: bool = True
    answered: str = "accepted"
    due_today: bool = False
    done: bool = True
    told: bool = True
    rung: bool = True
    read_again: bool = True
    doubted: bool = False


DONE = Course()
UNSEEN = Course(looked=False, screened=False, told=False, rung=False)
LOOKED = Course(screened=False, told=False)
RECOMMENDED = Course(decided=False, told=False)

REFUSABLE = frozenset({"mash", "early_help", "assessment", "met_hub"})
HANDED_OVER = REFUSABLE | {"specialist", "lado"}


def _goes_to(destinations: frozenset[str], arrival: Arrival) -> bool:
    found = {codes.OUTCOMES[outcome.primary].destination for outcome in arrival.expected.outcomes.values()}
    return bool(arrival.children) and found <= destinations


def _anything(arrival: Arrival) -> bool:
    return bool(arrival.children)


def _at_night(arrival: Arrival) -> bool:
    return arrival.expected.out_of_hours


def _by_day(arrival: Arrival) -> bool:
    return not arrival.expected.out_of_hours


def _handed_over(arrival: Arrival) -> bool:
    return _goes_to(HANDED_OVER, arrival) and arrival.expected.suggested_rating != "red"


def _refusable(arrival: Arrival) -> bool:
    """Red and section 47 work is not refused (domain 9.6)."""
    urgent = {outcome.primary for outcome in arrival.expected.outcomes.values()} & {"strategy_discussion_s47"}
    return _goes_to(REFUSABLE, arrival) and arrival.expected.suggested_rating == "amber" and not urgent


def _directed(arrival: Arrival) -> bool:
    return arrival.expected.suggested_rating in {"amber", "red"} and not _goes_to(frozenset({"specialist"}), arrival)


def _plain(arrival: Arrival) -> bool:
    """What a manager may agree to by one key."""
    outcomes = [codes.OUTCOMES[outcome.primary] for outcome in arrival.expected.outcomes.values()]
    return bool(outcomes) and not any(outcome.whole_record for outcome in outcomes)


def _calm(arrival: Arrival) -> bool:
    """Nothing about it stands in the way of its being a mistake: no danger, nothing started at once."""
    return _anything(arrival) and arrival.expected.suggested_rating in {None, "green"}


def _told_by_phone(arrival: Arrival) -> bool:
    return arrival.referrer.feedback_route == "phone" and bool(arrival.referrer.phone)


WANTED: tuple[tuple[Course, int, Fits], ...] = (
    (UNSEEN, 2, _at_night),
    (UNSEEN, 2, _by_day),
    (replace(DONE, told=False, rung=False), 2, _told_by_phone),
    (RECOMMENDED, 4, _anything),
    (LOOKED, 3, _anything),
    (replace(LOOKED, doubted=True), 1, _calm),
    (replace(DONE, answered="refused", done=False), 1, _refusable),
    (replace(DONE, answered="", told=False), 4, _handed_over),
    (replace(DONE, due_today=True, done=False), 3, _directed),
    (replace(DONE, read_again=False), 8, _plain),
)
"""What waits at the end of the play: how many arrivals stop there, and which. The newest that fits is taken."""


LYING = timedelta(days=7)
"""What came in before that was left lying by mistake, where it was: the kind that a board must show."""
FORGOTTEN: tuple[tuple[Course, Fits], ...] = (
    (RECOMMENDED, _by_day),
    (replace(DONE, done=False), _directed),
    (replace(DONE, answered=""), _handed_over),
)


def courses(arrivals: Sequence[Arrival]) -> dict[str, Course]:
    """The course of every arrival that has come in, by its id, whatever the hour at which the play ends.

    :param arrivals: in the order of the instants, only those that have come in
    """
    left = list(reversed(arrivals))
    found: dict[str, Course] = {}
    for course, count, fits in WANTED:
        for arrival in _first(left, fits, count, found):
            found[arrival.id] = course
    if left:
        old = [arrival for arrival in left if left[0].arrives_at - arrival.arrives_at > LYING]
        for course, fits in FORGOTTEN:
            for arrival in _first(old[5:], fits, 1, found):
                found[arrival.id] = course
    return {arrival.id: found.get(arrival.id, DONE) for arrival in arrivals}


def _first(arrivals: Iterable[Arrival], fits: Fits, count: int, dealt: dict[str, Course]) -> list[Arrival]:
    free = (arrival for arrival in arrivals if arrival.id not in dealt and fits(arrival))
    return [arrival for arrival, _ in zip(free, range(count), strict=False)]
