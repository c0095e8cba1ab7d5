"""Addresses of this room, joined from its parts."""

from typing import Any

app_name = "matching"
council: list[Any] = []
receiving: list[Any] = []
