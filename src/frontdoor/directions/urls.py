"""Addresses of this room."""

from typing import Any

app_name = "directions"
council: list[Any] = []
