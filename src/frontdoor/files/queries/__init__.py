"""Asking for files: those of one subject, and one of them piece by piece."""

from frontdoor.files.queries.lists import FileRow, of_subject, of_subjects
from frontdoor.files.queries.opening import (
    Broken,
    Opened,
    open_file,
    open_original,
    pieces,
    see_page,
    show_file,
    stored,
    texts_of,
)

__all__ = [
    "Broken",
    "FileRow",
    "Opened",
    "of_subject",
    "of_subjects",
    "open_file",
    "open_original",
    "pieces",
    "see_page",
    "show_file",
    "stored",
    "texts_of",
]
