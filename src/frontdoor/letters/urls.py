"""Addresses of this room."""

from typing import Any

app_name = "letters"
council: list[Any] = []
