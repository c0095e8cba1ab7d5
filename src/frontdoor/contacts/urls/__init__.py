"""Addresses of this room, joined from its parts."""

from typing import Any

from frontdoor.contacts.urls import (
    correspondence,
    decisions,
    drafting,
    night,
    passing_on,
    record,
    samples,
    screening,
    telephone,
)

app_name = "contacts"
council: list[Any] = [
    *correspondence.council, *decisions.council, *drafting.council, *night.council, *passing_on.council,
    *samples.council, *screening.council, *record.council, *telephone.council,
]  # fmt: skip
receiving: list[Any] = [*correspondence.receiving, *screening.receiving, *telephone.receiving]
