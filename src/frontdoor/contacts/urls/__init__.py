"""Addresses of this room, joined from its parts."""

from typing import Any

from frontdoor.contacts.urls import (
    attachments,
    beside,
    correspondence,
    decisions,
    doors,
    drafting,
    duties,
    family,
    night,
    notices,
    passing_on,
    people,
    record,
    samples,
    screening,
    signposting,
    telephone,
    watching,
)

app_name = "contacts"
council: list[Any] = [
    *attachments.council, *beside.council, *correspondence.council, *decisions.council, *doors.council,
    *drafting.council, *duties.council, *family.council, *night.council, *notices.council, *passing_on.council,
    *people.council, *samples.council, *screening.council, *signposting.council, *record.council,
    *telephone.council, *watching.council,
]  # fmt: skip
receiving: list[Any] = [*correspondence.receiving, *screening.receiving, *telephone.receiving]
