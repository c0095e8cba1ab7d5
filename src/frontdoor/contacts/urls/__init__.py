"""Addresses of this room, joined from its parts."""

from typing import Any

from frontdoor.contacts.urls import decisions, night

app_name = "contacts"
council: list[Any] = [*decisions.council, *night.council]
receiving: list[Any] = []
