"""What the person who told us is told of a decision: the team and its number, and what was typed for them."""

from dataclasses import replace

import pytest

from frontdoor.contacts.rules.decisions import Decided
from frontdoor.contacts.rules.intake import ReferrerGiven
from frontdoor.letters.models import Letter
from frontdoor.letters.queries import in_words
from frontdoor.letters.rules import Kind
from tests.contacts.deciding import ADVICE, AT, arrived, decided, minutes, recommended
from tests.worlds import World

REASON = "The nursery has checked: it was a fall in the garden, seen by two adults."
SCHOOL = ReferrerGiven(kind="professional", identity="given", name="Nkechi Obi", address="1 Mere Way", route="letter")


@pytest.mark.parametrize(
    ("outcome", "field"), [("nfa", "reason"), ("information_advice", "next_step"), ("signpost", "next_step")]
)
def test_a_letter_names_the_team_its_number_and_what_was_typed(world: World, outcome: str, field: str) -> None:
    matter = recommended(world, arrived(world, referrer=SCHOOL), replace(ADVICE, outcome=outcome, detail=REASON))
    decided(world, matter, Decided(outcome=outcome, detail=REASON), at=minutes(30))
    with world.acting("team_manager", at=minutes(30)) as by:
        letter = Letter.objects.get(kind=Kind.OUTCOME_PROFESSIONAL)
        said = in_words(letter, by=by, at=minutes(30)).words.plain
    assert letter.facts["told"][0][field] == REASON
    assert letter.facts["contact"].startswith("the Peterborough contact centre on 01632 960")
    assert REASON in said
    assert letter.facts["contact"] in said


def test_a_member_of_the_public_is_told_no_reason(world: World) -> None:
    neighbour = replace(SCHOOL, kind="public")
    matter = recommended(world, arrived(world, referrer=neighbour), replace(ADVICE, outcome="nfa", detail=REASON))
    decided(world, matter, Decided(outcome="nfa", detail=REASON), at=minutes(30))
    with world.acting("team_manager", at=AT):
        assert REASON not in str(Letter.objects.get(kind=Kind.OUTCOME_PUBLIC).facts)
