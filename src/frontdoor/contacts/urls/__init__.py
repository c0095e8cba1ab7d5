"""Addresses of this room, joined from its parts."""

from typing import Any

from frontdoor.contacts.urls import decisions, night, record, screening

app_name = "contacts"
council: list[Any] = [*decisions.council, *night.council, *screening.council, *record.council]
receiving: list[Any] = [*screening.receiving]
