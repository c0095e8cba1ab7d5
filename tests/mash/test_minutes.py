"""What each agency gets of minutes: by its key, and on the other side nothing of where people are and are kept safe."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from frontdoor.mash.rules.strategy import Record
from tests.mash.strategising import AT, RECORD, answered, begun, came, decided, kept
from tests.worlds import World

NURSES, POLICE = "Nene Community Health", "Cambridgeshire Constabulary"


def minutes_sent(world: World, row: Any, *, record: Record = RECORD) -> dict[str, Any]:
    """Signed and sent; the copies by name of the agency."""
    from frontdoor.mash.actions import strategy as actions

    with world.acting("social_worker", at=AT) as by:
        actions.write(row.key, seen=kept(row).version, record=record, by=by, at=AT)
    with world.acting("team_manager", at=AT) as by:
        actions.sign(row.key, seen=kept(row).version, why="They agreed.", by=by, at=AT)
        made = actions.send(row.key, seen=kept(row).version, by=by, at=AT)
    return {each.agency_name: each for each in made}


def held(world: World, **of_the_refuge: Any) -> Any:
    """One with the police, health, and a refuge whose name says what it is."""
    row = begun(world)
    came(world, row, ("care_worker", "care_manager", "police"))
    came(world, row, ("health",), contribution="What health knows.", mark="intelligence")
    more: dict[str, Any] = {"name": "Swan Refuge", "contribution": "She came in May."} | of_the_refuge
    came(world, row, ("idva",), **more)
    decided(world, row)
    answered(world, row)
    return row


def other_side(world: World, name: str = NURSES) -> None:
    from frontdoor.mash.models import Desk

    with world.acting("team_manager", at=AT):
        Desk.objects.filter(name=name).update(other_side=True)


def test_an_agency_is_known_by_its_key_and_not_by_how_its_name_was_typed(world: World) -> None:
    from frontdoor.mash.models import Attending

    row = held(world)
    with world.acting("team_manager", at=AT):
        theirs = str(Attending.objects.get(discussion=row, line="health").agency)
    came(world, row, ("midwifery",), agency=theirs, name=NURSES, contribution="The midwife knows.", mark="intelligence")
    came(world, row, ("doctor",), name=NURSES, contribution="Typed by name.", mark="intelligence")
    with world.acting("team_manager", at=AT):
        Attending.objects.filter(discussion=row, line="health").update(agency_name="Nene CH")
    sent = minutes_sent(world, row)
    assert set(sent) == {POLICE, "Nene CH", NURSES, "Swan Refuge"}
    keyed, typed = str(sent["Nene CH"].body), str(sent[NURSES].body)
    assert sent[NURSES].agency is None
    assert "What health knows." in keyed
    assert "The midwife knows." in keyed
    assert "Typed by name." not in keyed
    assert "What health knows." not in typed
    assert "The midwife knows." not in typed
    assert "Typed by name." in typed


def test_two_agencies_of_one_name_get_their_own_copies(world: World) -> None:
    from frontdoor.mash.models import Attending

    row = held(world)
    with world.acting("team_manager", at=AT):
        Attending.objects.filter(discussion=row, agency__isnull=False).update(agency_name="The trust")
    from frontdoor.mash.models import Circulation

    minutes_sent(world, row)
    with world.acting("team_manager", at=AT):
        assert Circulation.objects.filter(agency_name="The trust").count() == 2


def test_the_other_side_reads_no_plan_no_place_and_no_agency_by_name(world: World) -> None:
    row = held(world, contribution="She is at PE1 1AA")
    other_side(world)
    sent = minutes_sent(world, row, record=replace(RECORD, shared="Ring her on 07700 900123", others="Both sisters."))
    theirs, police = str(sent[NURSES].body), str(sent[POLICE].body)
    away = (
        "Swan Refuge", POLICE, "PE1 1AA", "07700 900123", "The baby stays on the ward", "Tonight at the hospital",
        "If the mother lets him in", "with the police, and alone", "Domestic abuse service",
    )  # fmt: skip
    for words in away:
        assert words in police, words
        assert words not in theirs, words
    for words in (
        "What health knows.",
        "Both sisters.",
        "What police knows.",
        "care_worker knows",
        "A bruise on a baby.",
    ):
        assert words in theirs, words


@pytest.mark.parametrize("where", ["12 Hidden Lane", "12 hidden ln", "Larkspur Fen Primary"])
def test_homes_schools_and_sealed_addresses_of_the_family_stay_out(world: World, where: str) -> None:
    from frontdoor.contacts.models import Named
    from frontdoor.letters import actions as letters

    row = held(world, contribution=f"They are seen at {where}.")
    other_side(world)
    with world.acting("team_manager", at=AT) as by:
        people = Named.objects.filter(contact=kept(row).contact)
        people.update(school="Larkspur Fen Primary")
        subject = ("contacts.named", people[0].key)
        letters.protect(subject, address="12 Hidden Lane, Peterborough", why="In a refuge", by=by, at=AT)
    sent = minutes_sent(world, row)
    assert where in str(sent[POLICE].body)
    assert where not in str(sent[NURSES].body)


def test_once_a_victims_safety_is_marked_nothing_written_in_common_goes_there(world: World) -> None:
    row = held(world, mark="victim_safety")
    other_side(world)
    theirs = str(minutes_sent(world, row)[NURSES].body)
    for words in ("The health visitor saw", "Both sisters", "What police knows.", "A bruise on a baby."):
        assert words not in theirs
    assert "What health knows." in theirs


def test_a_name_that_was_typed_is_the_other_side_too(world: World) -> None:
    row = held(world)
    came(world, row, ("doctor",), name="nene community health")
    other_side(world)
    sent = minutes_sent(world, row)
    assert sent["nene community health"].agency is None
    assert "Swan Refuge" not in str(sent["nene community health"].body)


def test_the_page_says_that_it_is_a_part_and_stands(world: World, client: Any) -> None:
    row = held(world, mark="victim_safety")
    other_side(world)
    copy = minutes_sent(world, row)[NURSES]
    world.signed_in(client, world.partner("health-mash"))
    page = client.get(f"/partner/minutes/{copy.key}/").content.decode()
    assert "nothing of where people are" in page
    assert "Another agency" in page
    assert "Swan Refuge" not in page


def test_the_database_writes_and_shows_the_other_side_no_whole_minutes(world: World) -> None:
    from frontdoor.mash.models import Circulation

    row = held(world, contribution="She is at PE1 1AA")
    made = minutes_sent(world, row)[NURSES]
    with world.answering("health-mash"):
        assert Circulation.objects.filter(key=made.key).exists()
    other_side(world)
    with world.answering("health-mash"), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM mash_circulation WHERE key = %s", [made.key])
        assert cursor.fetchone() == (0,)
    again: dict[str, Any] = {
        "authority_id": made.authority_id, "minutes_id": made.minutes_id, "agency": made.agency, "number": 1,
        "agency_name": "x", "reference": "x", "sent_by": 1, "sent_at": AT,
    }  # fmt: skip
    for body in (made.body, {"part": "other_side", "shared": ["At\nPE1 1AA"]}):
        with (
            world.acting("team_manager", at=AT),
            pytest.raises(IntegrityError, match="tell where"),
            transaction.atomic(),
        ):
            Circulation.objects.create(**again, body=body)


def test_an_agency_of_an_enquiry_about_the_family_is_the_other_side_here_too(world: World) -> None:
    from frontdoor.mash.models import Enquiry, Request
    from tests.mash.asking import asked
    from tests.mash.enquiring import rated

    enquiry = rated(world)
    asked(world, enquiry)
    with world.acting("team_manager", at=AT):
        Request.objects.filter(enquiry=enquiry, desk__line="health").update(other_side=True)
        contact = Enquiry.objects.select_related("contact").get(pk=enquiry.pk).contact
    row = begun(world, contact=contact)
    came(world, row)
    decided(world, row)
    answered(world, row)
    sent = minutes_sent(world, row)
    assert (sent[NURSES].body.get("part"), sent[POLICE].body.get("part")) == ("other_side", None)
