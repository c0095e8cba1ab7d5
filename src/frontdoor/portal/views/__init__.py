"""The pages of people who are not staff."""

from frontdoor.portal.views.files import add_files
from frontdoor.portal.views.report import begin, check, person, sent, start, step, where
from frontdoor.portal.views.returning import come_back, forgotten, saved
from frontdoor.portal.views.speaking import call_back, call_back_asked, which_council
from frontdoor.portal.views.young import young, young_message, young_sent

__all__ = [
    "add_files",
    "begin",
    "call_back",
    "call_back_asked",
    "check",
    "come_back",
    "forgotten",
    "person",
    "saved",
    "sent",
    "start",
    "step",
    "where",
    "which_council",
    "young",
    "young_message",
    "young_sent",
]
