"""Telling: every verb of a referral."""

from frontdoor.referrals.actions.dating import close, record_date, set_need, strike_date
from frontdoor.referrals.actions.following import follow, follow_all
from frontdoor.referrals.actions.joining import join, say_open
from frontdoor.referrals.actions.passing import give, pass_on, pick_up
from frontdoor.referrals.actions.reopening import reopen
from frontdoor.referrals.actions.visiting import record_visit, strike_visit

__all__ = [
    "close",
    "follow",
    "follow_all",
    "give",
    "join",
    "pass_on",
    "pick_up",
    "record_date",
    "record_visit",
    "reopen",
    "say_open",
    "set_need",
    "strike_date",
    "strike_visit",
]
