"""The drawn states are those of the rules: an arrow too many, too few or elsewhere fails here."""

import itertools
import re

import pytest

from frontdoor.complaints import rules as complaints
from frontdoor.contacts.rules import correspondence as written
from frontdoor.contacts.rules import family, passing_on
from frontdoor.contacts.rules import states as matters
from frontdoor.directions import rules as directions
from frontdoor.directory.rules import keeping as directory
from frontdoor.disclosures.rules import copies
from frontdoor.disclosures.rules import states as requests
from frontdoor.earlyhelp.rules import states as helped
from frontdoor.familyhelp.rules import assessing, inviting
from frontdoor.familyhelp.rules import meetings as team_meetings
from frontdoor.familyhelp.rules import standing as stepping
from frontdoor.files.rules import states as files
from frontdoor.handovers.rules import states as handovers
from frontdoor.letters.rules import kinds as letters
from frontdoor.mash.rules import states as enquiries
from frontdoor.mash.rules import strategy as strategies
from frontdoor.mash.rules.asking import states as asked
from frontdoor.matching.rules import doubles
from frontdoor.matching.rules import joining as joins
from frontdoor.people.rules import families, lifting, watching
from frontdoor.referrals.rules import states as referrals
from tests.house.source import ROOT

PAGE = ROOT / "docs" / "states.md"
TABLES = {
    "Matter": (matters.STEPS, matters.MatterState),
    "Handover": (handovers.STEPS, handovers.State),
    "Direction": (directions.STEPS, directions.State),
    "Letter": (letters.STEPS, letters.State),
    "Telling": (family.STEPS, family.State),
    "File": (files.STEPS, files.State),
    "Letter or e-mail that came": (written.STEPS, written.State),
    "Request for information": (requests.STEPS, requests.State),
    "Copy": (copies.STEPS, copies.State),
    "Request to an agency": (asked.STEPS, asked.State),
    "Referral": (referrals.STEPS, referrals.State),
    "Early help": (helped.STEPS, helped.State),
    "Meeting with a family": (team_meetings.STEPS, team_meetings.State),
    "Invitation by e-mail": (inviting.STEPS, inviting.State),
    "Step-down": (stepping.STEPS, stepping.State),
    "Assessment of a family": (assessing.STEPS, assessing.State),
    "Complaint": (complaints.STEPS, complaints.State),
    "Enquiry": (enquiries.STEPS, enquiries.State),
    "Strategy discussion": (strategies.STEPS, strategies.State),
    "Change of who lives where": (families.STEPS, families.State),
    "Lifting a sealed address": (lifting.STEPS, lifting.State),
    "Opening without a known reason": (watching.STEPS, watching.State),
    "Reading of services": (directory.STEPS, directory.State),
    "Join": (joins.STEPS, joins.State),
    "Suspicion": (doubles.STEPS, doubles.State),
}
LOOKED_AT = "looked_at"
"""The drawing's name of the state `looked`: `looked` itself is the question there."""


def _drawing(heading):
    section = PAGE.read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return re.search(r"```mermaid\n(.*?)```", section, re.DOTALL)[1]


@pytest.mark.parametrize("heading", TABLES)
def test_every_arrow_drawn_is_a_step_of_the_rules_and_every_step_is_drawn(heading):
    drawn = re.findall(r"^ +(\w+) --> (\w+) : (\w+)$", _drawing(heading), re.MULTILINE)
    steps, _ = TABLES[heading]
    assert sorted(drawn) == sorted((start, end, step) for step, (starts, end) in steps.items() for start in starts)


@pytest.mark.parametrize("heading", TABLES)
def test_every_state_is_drawn(heading):
    drawn = re.findall(r"^ +(\w+) : ", _drawing(heading), re.MULTILINE)
    assert drawn == [state.value for state in TABLES[heading][1]]


@pytest.mark.parametrize("matter", [matters.MatterState.ACTIONED, matters.MatterState.BACK])
@pytest.mark.parametrize("slips", [*itertools.product(handovers.State, repeat=2)])
def test_the_questions_drawn_lead_a_matter_after_its_slips(matter, slips):
    section = PAGE.read_text(encoding="utf-8").split("\n## Matter\n")[1].split("\n## ")[0]
    drawing = section.split("flowchart TD")[1].split("```")[0]
    arrows = {
        (start, answer == "yes"): end
        for start, answer, end in re.findall(r"^ +(\w+) -- (yes|no) --> (\w+)$", drawing, re.MULTILINE)
    }
    answers = {
        "main": slips[0] == "withdrawn",
        "returned": any(state in ("refused", "corrected", "escalated") for state in slips),
        "waiting": "sent" in slips,
    }
    at = "main"
    while at in answers:
        at = arrows[at, answers[at]]
    step = matters.Step(at)
    stands = matter not in matters.STEPS[step][0]
    passed = [passing_on.Passed(state, main=place == 0) for place, state in enumerate(slips)]
    assert passing_on.next_step(matter, passed) == (None if stands else step)


def _by_the_drawing(states, *, looked, held, asked):
    arrows = {
        (start, answer == "yes"): end
        for start, answer, end in re.findall(r"^ +(\w+) -- (yes|no) --> (\w+)$", _drawing("Contact"), re.MULTILINE)
    }
    answers = {
        "all_closed": all(state == "closed" for state in states),
        "all_settled": all(state in ("decided", "actioned", "back", "closed") for state in states),
        "any_back": "back" in states,
        "none_open": all(state != "open" for state in states),
        "asked": asked,
        "held": held,
        "looked": looked,
    }
    at = "all_closed"
    while at in answers:
        at = arrows[at, answers[at]]
    return "looked" if at == LOOKED_AT else at


@pytest.mark.parametrize("states", [*itertools.combinations_with_replacement(matters.MatterState, 2)])
@pytest.mark.parametrize(("looked", "held", "asked"), [*itertools.product([False, True], repeat=3)])
def test_the_questions_drawn_lead_a_contact_to_the_state_that_the_rules_give_it(states, looked, held, asked):
    facts = {"looked": looked, "held": held, "asked": asked}
    assert _by_the_drawing(states, **facts) == matters.contact_state(list(states), **facts)
