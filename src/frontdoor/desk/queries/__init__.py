"""What is composed of several rooms, council by council: each is read inside its own `acting_for`."""

from frontdoor.desk.queries.banners import banners
from frontdoor.desk.queries.clocks import (
    NOTICES_PAGE,
    SEEN_SHOWN,
    Board,
    Lead,
    Missed,
    Noticed,
    Notices,
    board,
    leads,
    missed,
    notices,
    reaching,
    unseen,
)
from frontdoor.desk.queries.councils import each
from frontdoor.desk.queries.figures import FIGURE_PAGE, FIGURES, Counted, counted
from frontdoor.desk.queries.lists import QUEUE_PAGE, queue
from frontdoor.desk.queries.searching import find
from frontdoor.desk.queries.work import MOST, Work, my_work, since_yesterday

__all__ = [
    "FIGURES",
    "FIGURE_PAGE",
    "MOST",
    "NOTICES_PAGE",
    "QUEUE_PAGE",
    "SEEN_SHOWN",
    "Board",
    "Counted",
    "Lead",
    "Missed",
    "Noticed",
    "Notices",
    "Work",
    "banners",
    "board",
    "counted",
    "each",
    "find",
    "leads",
    "missed",
    "my_work",
    "notices",
    "queue",
    "reaching",
    "since_yesterday",
    "unseen",
]
