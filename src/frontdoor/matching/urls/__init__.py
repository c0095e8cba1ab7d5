"""Addresses of this room, joined from its parts."""

from typing import Any

from frontdoor.matching.urls import candidates, doubles, joining

app_name = "matching"
council: list[Any] = [*candidates.council, *doubles.council, *joining.council]
receiving: list[Any] = []
