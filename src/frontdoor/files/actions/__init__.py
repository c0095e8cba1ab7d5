"""The use cases of this room."""

from frontdoor.files.actions.keeping import keep, put
from frontdoor.files.actions.scanning import scan

__all__ = ["keep", "put", "scan"]
