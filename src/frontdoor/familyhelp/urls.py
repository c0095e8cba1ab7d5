"""Addresses of this room; each names one family's help, or one row of it, by its random key."""

from typing import Any

app_name = "familyhelp"
council: list[Any] = []
