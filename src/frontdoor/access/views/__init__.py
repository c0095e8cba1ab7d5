"""Sign-in, and the pages on which administrators keep accounts."""

from frontdoor.access.views.sign_in import AccountAdapter, DirectoryAdapter

__all__ = ["AccountAdapter", "DirectoryAdapter"]
