"""Each council's family that was taken on, and whoever leads its team.

`planting` takes it in at its end.
"""

from typing import Any
from uuid import UUID

from tests.separation import planted_help, planted_referrals
from tests.separation.planting import Ground, plants

LEAD = "lead_practitioner"


def led(ground: Ground, number: int) -> Any:
    """Help for a family of its own that was taken on, led by the council's lead practitioner; who took it on stays."""
    from frontdoor.familyhelp.actions.team import change_lead
    from frontdoor.familyhelp.queries.team import seen_of, team
    from frontdoor.familyhelp.rules.team import Comer

    made = planted_help.taken_on(ground, number)
    with ground.acting(planted_help.OFFICER, of=ground.council) as by:
        user = ground.world.user(LEAD, council=ground.council)
        comer = Comer(account=user.pk, own=False, agency=ground.said(), job=ground.said(), email="lead@example.org")
        change_lead(
            made.key, seen=seen_of(team(made, by=by)), comer=comer, why=ground.said(), stays=True, by=by, at=ground.at
        )
    return made


@plants("helped-family")
def helped_family(ground: Ground) -> Any:
    """A family that somebody leads, with somebody else in its team."""
    from frontdoor.familyhelp.models import Practitioner

    made = led(ground, 90)
    with ground.acting(planted_help.OFFICER, of=ground.council):
        ground.keys["practitioner"] = str(Practitioner.objects.get(episode=made, until=None, leads=False).key)
    _planned(ground, made)
    _changes(ground, made)
    return UUID(str(made.key))


def _planned(ground: Ground, episode: Any) -> None:
    """Its plan: agreed once and changed since, reviewed, with a meeting that is planned."""
    from datetime import timedelta

    from frontdoor.earlyhelp.models import Member
    from frontdoor.familyhelp.actions import meeting, planning, printing, reviewing
    from frontdoor.familyhelp.models import Invited, Plan
    from frontdoor.familyhelp.rules.meetings import Planned
    from frontdoor.familyhelp.rules.planning import Doing, Heard, Reviewed, Said
    from frontdoor.shell.rules import london

    told, key, at, today = ground.said(), episode.key, ground.at, london(ground.at).date()
    with ground.acting(planted_help.OFFICER, of=ground.council) as by:
        people = list(Member.objects.filter(episode=episode, same_as=None).order_by("position"))
        ground.keys["plan-member"] = str(people[0].key)
        goal = planning.add_goal(key, words=told, member=people[0].key, by=by, at=at)
        given = Doing(what=told, due_on=today, agency=told, goal=str(goal.key))
        doing = planning.add_action(key, given=given, by=by, at=at)
        said = tuple(Said(member=str(each.key), agrees="partly", words=told) for each in people)
        edition = planning.agree(key, seen=Plan.objects.get(episode=episode).version, said=said, by=by, at=at)
        made = printing.print_plan(
            key, number=edition.number, to=f"practitioner:{ground.keys['practitioner']}", language="pl", large=True,
            by=by, at=at,
        )  # fmt: skip
        heard = tuple(Heard(member=str(each.key), words=told) for each in people if each.is_child)
        reviewing.review(
            key, by=by, at=at, given=Reviewed(
                held_on=today, well=told, worries=told, changes=told, leads_to="on", why=told, heard=heard
            ),
        )  # fmt: skip
        planning.change_goal(key, goal=goal.key, seen=1, words=f"{told} more", state="open", by=by, at=at)
        met = meeting.plan_meeting(
            key, by=by, at=at, given=Planned(
                starts_at=at + timedelta(minutes=1), minutes=60, way="place", place=told, agenda=told,
                invited=(f"member:{people[0].key}", f"practitioner:{ground.keys['practitioner']}"),
            ),
        )  # fmt: skip
        ground.keys |= {
            "plan-goal": str(goal.key), "plan-action": str(doing.key), "plan-edition": str(edition.number),
            "plan-print": str(made.key), "team-meeting": str(met.key),
            "team-invited": str(Invited.objects.get(meeting=met, practitioner=None).key),
            "team-asked": str(Invited.objects.get(meeting=met, member=None).key),
        }  # fmt: skip


def begun_meeting(ground: Ground) -> tuple[str, str]:
    """A meeting of the planted family that has begun, of which nothing is written down yet: the family, the meeting."""
    from datetime import timedelta

    from frontdoor.earlyhelp.models import Episode
    from frontdoor.familyhelp.actions.meeting import plan_meeting
    from frontdoor.familyhelp.rules.meetings import Planned

    before = ground.at - timedelta(hours=2)
    with ground.acting(planted_help.OFFICER, of=ground.council) as by:
        episode = Episode.objects.get(key=ground.keys["helped-family"])
        given = Planned(
            starts_at=before + timedelta(hours=1), minutes=30, way="phone", place=ground.said(),
            invited=(f"practitioner:{ground.keys['practitioner']}",),
        )  # fmt: skip
        return str(episode.key), str(plan_meeting(episode.key, given=given, by=by, at=before).key)


def _changes(ground: Ground, made: Any) -> None:
    """What is to change for the family is marked, and somebody asks it later how it goes."""
    from frontdoor.familyhelp.actions import checking, outcomes
    from frontdoor.familyhelp.rules.checking import Asked

    with ground.acting(planted_help.OFFICER, of=ground.council) as by:
        made.refresh_from_db()
        row = outcomes.mark(
            made.key, seen=made.version, heading="housing", wanted=ground.said(), evidence=ground.said(), by=by,
            at=ground.at,
        )  # fmt: skip
        ground.keys["outcome"] = str(row.key)
        first, _ = checking.promise(made, "step_down", since=ground.at, by=by, at=ground.at)
        ground.keys["check"] = str(first.key)
        given = Asked(reached=False, words=ground.said())
        checking.record_asking(first.key, seen=1, given=given, by=by, at=ground.at)


@plants("step-down")
def step_down(ground: Ground) -> Any:
    """A referral whose family was sent to the hub, which has not answered."""
    from frontdoor.familyhelp.actions import stepping
    from frontdoor.familyhelp.rules.standing import SteppedDown
    from frontdoor.shell.rules import london

    made = planted_referrals.begun(ground, 92)
    given = SteppedDown(
        held_on=london(ground.at).date(), came_from="section17", there=ground.said(), family_there=True,
        plan=ground.said(), heard=ground.said(), lead_name=ground.said(), lead_agency=ground.said(),
    )  # fmt: skip
    with ground.acting("assessment_worker", of=ground.council) as by:
        row = stepping.step_down(made.key, seen=made.version, given=given, by=by, at=ground.at)
    return UUID(str(row.key))


def written(ground: Ground, number: int, texts: dict[str, dict[str, str]]) -> Any:
    """A family whose lead practitioner writes its assessment; `child` is the page of its first child."""
    from frontdoor.familyhelp.actions import assessing
    from frontdoor.familyhelp.queries.assessment import parts_of
    from frontdoor.familyhelp.rules.assessing import Written

    made = led(ground, number)
    with ground.acting(LEAD, of=ground.council) as by:
        assessing.begin(made.key, by=by, at=ground.at)
        names = {"child": parts_of(made, by=by)[0].name}
        for part, said in texts.items():
            given = [Written(code, text, 0) for code, text in said.items()]
            assessing.write(made.key, part=names.get(part, part), given=given, by=by, at=ground.at)
            assessing.come(made.key, part=names.get(part, part), by=by, at=ground.at)
    return made


@plants("assessed-family")
def assessed_family(ground: Ground) -> Any:
    """A family whose assessment is being written."""
    return UUID(str(written(ground, 191, {"thinking": {"going_on": ground.said()}}).key))


def complete(ground: Ground, number: int = 192) -> Any:
    """A family whose assessment could be shared."""
    said = ground.said()
    texts = {
        "child": {"health_well": said, "health_worry": said, "voice_unheard": said},
        "family": {"housing_well": said, "housing_worry": said}, "thinking": {"going_on": said, "change": said},
    }  # fmt: skip
    return written(ground, number, texts)


def shared(ground: Ground) -> Any:
    """A family whose assessment was shared with it."""
    from frontdoor.familyhelp.actions import assessing
    from frontdoor.familyhelp.queries import assessment as queries

    made = complete(ground, 193)
    with ground.acting(LEAD, of=ground.council) as by:
        seen = queries.version_of(queries.passages(queries.rounds(made, by=by)[-1], by=by))
        assessing.share(
            made.key, seen=seen, agrees="yes", comments=ground.said(), how="paper", who=ground.said(), by=by,
            at=ground.at,
        )  # fmt: skip
    return made
