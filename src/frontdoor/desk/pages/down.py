"""Where the sheet for a day without the system lies, and how old it is."""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

STALE = timedelta(minutes=15)
"""A sheet that is older is no sheet to work by (R23)."""


def file_of(slug: str) -> Path:
    """Where a council's sheet lies."""
    return Path(settings.DOWN_DIRECTORY) / f"{slug}.html"


def written_at(slug: str) -> datetime | None:
    """When a council's sheet was written last; None where there is none."""
    try:
        return datetime.fromtimestamp(file_of(slug).stat().st_mtime, tz=timezone.get_current_timezone())
    except FileNotFoundError:
        return None
