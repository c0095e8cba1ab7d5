"""Complaints and compliments about the front door: stage, clock, owner, outcome, reply, and what is learnt."""
