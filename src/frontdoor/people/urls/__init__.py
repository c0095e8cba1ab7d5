"""Addresses of this room, joined from its parts."""

from typing import Any

from frontdoor.people.urls import families, index, restricting

app_name = "people"
council: list[Any] = [*index.council, *families.council, *restricting.council]
receiving: list[Any] = []
