"""Addresses of this room, joined from its parts."""

from typing import Any

from frontdoor.people.urls import bringing, families, index, restricting, watching

app_name = "people"
council: list[Any] = [*index.council, *bringing.council, *families.council, *restricting.council, *watching.council]
receiving: list[Any] = []
