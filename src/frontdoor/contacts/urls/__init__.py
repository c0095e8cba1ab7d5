"""Addresses of this room, joined from its parts."""

from typing import Any

from frontdoor.contacts.urls import decisions, night, record, screening, telephone

app_name = "contacts"
council: list[Any] = [*decisions.council, *night.council, *screening.council, *record.council, *telephone.council]
receiving: list[Any] = [*screening.receiving, *telephone.receiving]
