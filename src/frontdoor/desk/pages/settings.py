"""What the settings pages show."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.urls import reverse

from frontdoor.councils.models import Council
from frontdoor.councils.models import Setting as Decided
from frontdoor.councils.rules import Setting, Valued, every_setting
from frontdoor.shell.pages import Row, link, text, when
from frontdoor.shell.rules import words

DETAIL_LABELS = {
    "legal_name": "Legal name",
    "phone_professionals": "Telephone for professionals",
    "phone_public": "Telephone for the public",
    "phone_out_of_hours": "Telephone out of hours",
    "social_worker_phone": "Telephone to speak to a qualified social worker",
    "social_worker_hours": "When that line is answered",
    "address": "Postal address",
    "dpo_email": "E-mail of the data protection officer",
    "brand_colour": "Colour",
}


@dataclass(frozen=True, slots=True)
class Group:
    """Settings under one heading, a row each."""

    heading: str
    rows: list[Row]


def groups(values: Mapping[str, Valued], upcoming: Iterable[Decided], slug: str) -> list[Group]:
    """Every declared setting with the value of today and the next that is decided."""
    following: dict[str, Decided] = {}
    for version in upcoming:
        following.setdefault(version.name, version)
    return [
        Group(heading, [_row(setting, values[setting.name], following.get(setting.name), slug) for setting in settings])
        for heading, settings in groupby(every_setting(), key=lambda setting: setting.group)
    ]


def _row(setting: Setting, value: Valued, following: Decided | None, slug: str) -> Row:
    to_come = f"{setting.shown(following.value)} from {words.day(following.starts_on)}" if following else ""
    return Row(
        (
            link(setting.label, reverse("settings:one", args=[slug, setting.name])),
            text(setting.shown(value.value)),
            text(words.day(value.since) if value.since else "As declared"),
            text(to_come),
        )
    )


def details(council: Council) -> list[tuple[str, str]]:
    """A council's own details as key and value."""
    return [(label, str(getattr(council, name))) for name, label in DETAIL_LABELS.items()]


def about(setting: Setting, value: Valued) -> list[tuple[str, str]]:
    """What a setting is and holds today."""
    rows = [
        ("Value today", setting.shown(value.value)),
        (
            "Holds since",
            words.day(value.since) if value.since else "Nobody has decided another value than the declared",
        ),
        ("Declared value", setting.shown(setting.default)),
        ("Source", setting.source),
    ]
    if setting.minimum is not None and setting.unit:
        rows.append(("Allowed", f"{setting.minimum} to {setting.maximum} {setting.unit}"))
    return [*rows, ("Name in code", setting.name)]


def history(setting: Setting, versions: Iterable[Decided], names: Mapping[int, str], today: date) -> list[Row]:
    """Every version, the newest first; one that waits for its day says so."""
    return [
        Row(
            (
                text(setting.shown(version.value), below="" if version.starts_on <= today else "Not yet"),
                text(words.day(version.starts_on)),
                text(words.day(version.ends_on) if version.ends_on else None),
                text(version.decided_by, below=version.why),
                when(version.entered_at),
                text(_entered(version.entered_by, names)),
            )
        )
        for version in versions
    ]


def _entered(actor: str, names: Mapping[int, str]) -> str:
    """An actor as people say it."""
    number = actor_number(actor)
    return "The service" if number is None else names.get(number, "An account that is gone")


def actor_number(actor: str) -> int | None:
    """The account of an actor's name, or None for a part of the service."""
    kind, _, number = actor.partition(":")
    return int(number) if kind == "user" else None
