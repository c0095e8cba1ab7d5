"""Addresses of this room, joined from its parts."""

from typing import Any

from frontdoor.matching.urls import apart, candidates, doubles, joining

app_name = "matching"
council: list[Any] = [*apart.council, *candidates.council, *doubles.council, *joining.council]
receiving: list[Any] = []
