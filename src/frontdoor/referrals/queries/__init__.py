"""Asking for referrals: lists, one whole, those of a contact, and what makes one a re-referral."""

from frontdoor.referrals.queries.lists import PAGE, WHICH, Listed, referrals, waits_for
from frontdoor.referrals.queries.opening import KIND, Became, Opened, of_contact, open_referral

__all__ = [
    "KIND",
    "PAGE",
    "WHICH",
    "Became",
    "Listed",
    "Opened",
    "of_contact",
    "open_referral",
    "referrals",
    "waits_for",
]
