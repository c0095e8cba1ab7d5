"""Addresses for systems, below `/api/v1/`."""

from frontdoor.api.views import declared

app_name = "api"
plain = declared()
