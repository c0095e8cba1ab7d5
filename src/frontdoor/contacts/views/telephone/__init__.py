"""Pages of a telephone call; all but those that show other people's contacts work for any council."""

from frontdoor.contacts.views.telephone.call import call, draft, earlier, mark
from frontdoor.contacts.views.telephone.lists import ended, safety_call, take_over, telephone

__all__ = ["call", "draft", "earlier", "ended", "mark", "safety_call", "take_over", "telephone"]
