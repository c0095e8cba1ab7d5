"""Addresses for systems, below `/api/`."""

from typing import Any

app_name = "api"
plain: list[Any] = []
