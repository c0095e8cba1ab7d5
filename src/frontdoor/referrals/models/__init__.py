"""A referral, the slips that came for it, visits to the child, the dates after, and its history."""

from frontdoor.referrals.models.recorded import Milestone, Visit
from frontdoor.referrals.models.referrals import Arrival, Referral, Turn

__all__ = ["Arrival", "Milestone", "Referral", "Turn", "Visit"]
