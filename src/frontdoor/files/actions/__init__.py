"""The use cases of this room."""

from frontdoor.files.actions.keeping import keep, put
from frontdoor.files.actions.releasing import release
from frontdoor.files.actions.scanning import make_copy, scan, sweep

__all__ = ["keep", "make_copy", "put", "release", "scan", "sweep"]
