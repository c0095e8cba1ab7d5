"""Addresses of this room, joined from its parts."""

from typing import Any

from frontdoor.contacts.urls import decisions, drafting, night, passing_on, record, samples, screening, telephone

app_name = "contacts"
council: list[Any] = [
    *decisions.council, *drafting.council, *night.council, *passing_on.council, *samples.council,
    *screening.council, *record.council, *telephone.council,
]  # fmt: skip
receiving: list[Any] = [*screening.receiving, *telephone.receiving]
