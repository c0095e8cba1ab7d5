"""Who told us: their words and numbers where they stand beside a case, for those alone who may see them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from frontdoor.access.rules import ROLES, Role
from frontdoor.actors.rules import Permission
from frontdoor.contacts.models import Contact, SafetyCall
from tests.separation.planting import Ground, token
from tests.worlds import PETERBOROUGH, World

SLUG = World.slugs[PETERBOROUGH]
TOLD = token(PETERBOROUGH, "referrer")
READERS = [role for role in Role if Permission.CONTACT_READ in ROLES[role]]
PAGES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("letters:letter", ("told-letter",), TOLD),
    ("letters:about", ("contacts.contact", "other-contact"), ""),
    ("contacts:detail", ("other-contact",), TOLD),
    ("contacts:files", ("paper",), "Original 1"),
    ("contacts:detail", ("paper",), "Original 1"),
    ("contacts:safety-call", ("safety-call",), TOLD),
    ("contacts:telephone", (), TOLD),
)
"""Each page, of what, and what only those read on it who may see who told us; empty where nobody reads it there."""


@pytest.fixture
def ground(planted: dict[int, Ground], world: World) -> Ground:
    """Peterborough, whose call back belongs to a contact by now."""
    mine = planted[PETERBOROUGH]
    with mine.acting("social_worker"):
        made = SafetyCall.objects.filter(key=mine.keys["safety-call"])
        made.update(contact=Contact.objects.get(key=mine.keys["other-contact"]))
    return mine


@pytest.mark.parametrize("role", READERS, ids=str)
def test_words_and_numbers_of_who_told_us_are_for_those_who_may_see_them(role: Role, ground: Ground) -> None:
    reads = Permission.REFERRER_READ in ROLES[role]
    client: Any = ground.world.signed_in(Client(), ground.world.user(role, council=PETERBOROUGH))
    asked = 0
    for name, parts, words in PAGES:
        answer = client.get(reverse(name, args=[SLUG, *(ground.keys.get(part, part) for part in parts)]))
        if answer.status_code == 403:
            continue
        page, asked = answer.content.decode(), asked + 1
        assert (answer.status_code, words in page if words else False) == (200, reads and bool(words)), name
        assert reads or TOLD not in page, name
    assert asked >= 4


def test_whoever_agreed_a_call_back_reads_whom_to_ring_though_they_may_see_nobody_who_told_us(ground: Ground) -> None:
    officer = ground.world.user("met_coordinator", council=PETERBOROUGH)
    client: Any = ground.world.signed_in(Client(), officer)
    page = reverse("contacts:safety-call", args=[SLUG, ground.keys["safety-call"]])
    assert "ask one of them" in client.get(page).content.decode()
    with ground.acting("social_worker"):
        SafetyCall.objects.filter(key=ground.keys["safety-call"]).update(started_by=officer.pk)
    assert TOLD in client.get(page).content.decode()
