"""Addresses of this room."""

from typing import Any

app_name = "handovers"
council: list[Any] = []
