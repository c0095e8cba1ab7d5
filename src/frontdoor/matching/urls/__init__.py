"""Addresses of this room, joined from its parts."""

from typing import Any

from frontdoor.matching.urls import joining

app_name = "matching"
council: list[Any] = [*joining.council]
receiving: list[Any] = []
