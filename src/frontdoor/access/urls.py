"""Addresses of this room."""

from typing import Any

app_name = "access"
council: list[Any] = []
plain: list[Any] = []
