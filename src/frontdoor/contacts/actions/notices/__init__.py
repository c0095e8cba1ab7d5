"""Police notices: checked, taken in many at once, looked at first, joined as one incident, a storm of them met."""

from frontdoor.contacts.actions.notices.batches import check_file, drop, take, take_batch
from frontdoor.contacts.actions.notices.incidents import join
from frontdoor.contacts.actions.notices.looking import begin, look_and_next, put_off
from frontdoor.contacts.actions.notices.receiving import receive, take_in_some
from frontdoor.contacts.actions.notices.storms import settle_storm

__all__ = [
    "begin",
    "check_file",
    "drop",
    "join",
    "look_and_next",
    "put_off",
    "receive",
    "settle_storm",
    "take",
    "take_batch",
    "take_in_some",
]
