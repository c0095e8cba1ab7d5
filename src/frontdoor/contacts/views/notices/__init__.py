"""Pages of police notices: files, first looks, incidents and families, storms."""

from frontdoor.contacts.views.notices.files import (
    notice_answers,
    notice_file,
    notice_files,
    notice_refused,
    notice_sample,
)
from frontdoor.contacts.views.notices.groups import incident, join, notices, storm
from frontdoor.contacts.views.notices.looks import notice_look, notice_looks

__all__ = [
    "incident",
    "join",
    "notice_answers",
    "notice_file",
    "notice_files",
    "notice_look",
    "notice_looks",
    "notice_refused",
    "notice_sample",
    "notices",
    "storm",
]
