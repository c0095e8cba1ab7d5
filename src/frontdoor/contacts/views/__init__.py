"""Pages about contacts: request, one query or one action, response."""
