"""Addresses of this room, joined from its parts."""

from typing import Any

from frontdoor.people.urls import index

app_name = "people"
council: list[Any] = [*index.council]
receiving: list[Any] = []
