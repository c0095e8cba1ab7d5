"""What a signed-in person is offered: pages over all councils, the pages of one, and the way to the other."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from frontdoor.contacts.actions import night
from frontdoor.contacts.queries import night as nights


def test_whoever_reaches_two_councils_goes_over_on_the_same_page(signed):
    page = signed("team_manager").get("/peterborough/night/").text
    assert 'href="/cambridgeshire/night/">Go to Cambridgeshire</a>' in page


def test_whoever_reaches_one_council_is_offered_no_other(signed):
    page = signed("team_manager", council=874).get("/peterborough/night/").text
    assert "fd-place__other" not in page
    assert "/peterborough/look/" in page
    assert "/cambridgeshire/" not in page


def test_once_the_agreement_has_ended_the_way_over_is_gone(world, signed):
    world.agree_until(timezone.localdate() - timedelta(days=1))
    page = signed("team_manager").get("/desk/").text
    assert "Peterborough" not in page
    assert "/cambridgeshire/look/" in page


def test_pages_that_a_role_may_not_open_are_not_offered(signed):
    page = signed("contact_officer").get("/cambridgeshire/night/").text
    assert reverse("contacts:telephone", args=["cambridgeshire"]) in page
    assert reverse("contacts:waiting", args=["cambridgeshire"]) not in page


def test_a_long_menu_keeps_what_is_of_every_day_and_folds_the_rest_under_headings(signed):
    page = signed("team_manager").get("/peterborough/night/").text
    daily, folded = page.split("<details", 1)[0], page.split("<details", 1)[1].split("</details>", 1)[0]
    for name in ("contacts:telephone", "contacts:night"):
        assert f'href="{reverse(name, args=["peterborough"])}"' in daily
    for heading, name in (
        ("Families and agencies", "complaints:complaints"),
        ("Who is who", "matching:told-list"),
        ("Running the service", "settings:overview"),
    ):
        assert f'href="{reverse(name, args=["peterborough"])}"' in folded.split(heading, 1)[1]
        assert reverse(name, args=["peterborough"]) not in daily


def test_a_short_menu_is_not_folded(signed):
    assert "fd-more" not in signed("administrator").get("/peterborough/accounts/").text


@pytest.mark.parametrize("role", ["administrator", "data_protection_officer"])
def test_whoever_may_not_open_the_queue_is_not_led_to_it(signed, role):
    page = signed(role).get("/desk/").text
    assert "Nothing waits for you at the moment." in page
    assert reverse("desk:queue") not in page


def test_a_shift_is_taken_off_after_a_question(world, signed):
    now = timezone.now()
    with world.acting("team_manager", at=now) as by:
        worker = world.user("duty_worker").pk
        night.add_shift(worker, starts_at=now + timedelta(hours=1), ends_at=now + timedelta(hours=9), by=by, at=now)
        (shift,) = nights.on_rota(by=by, at=now, until=now + timedelta(days=1))
    address = reverse("contacts:end-shift", args=["peterborough", shift.key])
    manager = signed("team_manager")
    assert address in manager.get("/peterborough/night/").text
    assert shift.name in manager.get(address).text
    with world.acting("team_manager", at=now) as by:
        assert nights.on_rota(by=by, at=now, until=now + timedelta(days=1))
    assert manager.post(address).status_code == 302
    later = timezone.now() + timedelta(seconds=2)
    with world.acting("team_manager", at=later) as by:
        assert not nights.on_rota(by=by, at=later, until=later + timedelta(days=1))
