"""Telling: every verb of a request for information."""

from frontdoor.disclosures.actions.answering import approve, correct, propose, reopen, send, send_back, take_back
from frontdoor.disclosures.actions.beginning import begin, begin_arrived, show_risk, sort, take
from frontdoor.disclosures.actions.ending import end
from frontdoor.disclosures.actions.passing_on import answer_there, come_back, follow, pass_on, redirect
from frontdoor.disclosures.actions.preparing import add_person, check_asker, choose_people, search, set_grounds

__all__ = [
    "add_person",
    "answer_there",
    "approve",
    "begin",
    "begin_arrived",
    "check_asker",
    "choose_people",
    "come_back",
    "correct",
    "end",
    "follow",
    "pass_on",
    "propose",
    "redirect",
    "reopen",
    "search",
    "send",
    "send_back",
    "set_grounds",
    "show_risk",
    "sort",
    "take",
    "take_back",
]
