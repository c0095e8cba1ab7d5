"""Sign-in, and the pages on which administrators keep accounts."""

from frontdoor.access.views.sign_in import AccountAdapter, DirectoryAdapter, FactorAdapter, closed

__all__ = ["AccountAdapter", "DirectoryAdapter", "FactorAdapter", "closed"]
