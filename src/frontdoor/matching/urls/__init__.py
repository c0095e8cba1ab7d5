"""Addresses of this room, joined from its parts."""

from typing import Any

from frontdoor.matching.urls import doubles, joining

app_name = "matching"
council: list[Any] = [*doubles.council, *joining.council]
receiving: list[Any] = []
