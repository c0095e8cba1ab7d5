"""What lies in another state than the matrix needs it in, so that the forms of that state are swept as well."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse

from frontdoor.access.rules import Role
from tests.separation import planted_family_help, planted_help
from tests.separation.planted_family_help import begun_meeting
from tests.separation.planted_referrals import begun
from tests.separation.planted_strategies import about_one_of_two
from tests.separation.planting import Ground, _contact, token


def other_states(ground: Ground) -> Iterator[tuple[Role, str]]:
    """Pages of things in such states, each with somebody before whom its forms lie. It plants as it goes."""
    slug = ground.world.slugs[ground.council]
    # Whoever has proposed an answer may take it back.
    for key in (ground.keys["request"], _untaken_request(ground)):
        yield Role.INFORMATION_OFFICER, reverse("disclosures:request", args=[slug, key])
    yield Role.HEAD_OF_SERVICE, reverse("contacts:telling", args=[slug, _chosen_telling(ground)])
    yield Role.SOCIAL_WORKER, reverse("contacts:beside", args=[slug, _of_two(ground)])
    found = _contact(ground, 64, category="request_for_service", sub_type="found_notification", call_back=None)
    yield Role.CONTACT_OFFICER, reverse("contacts:duty", args=[slug, found.key])
    several = [_doubt(ground, number) for number in range(4)]
    yield Role.SOCIAL_WORKER, reverse("contacts:doubts-alike", args=[slug, several[0]])
    _called_not_genuine(ground, several[2:])
    yield Role.HEAD_OF_SERVICE, reverse("contacts:doubts-agree", args=[slug, several[2]])
    yield from _people(ground)
    yield from _helped(ground)
    yield Role.HEAD_OF_SERVICE, reverse("familyhelp:hold-meeting", args=[slug, *begun_meeting(ground)])
    yield from _enquiries(ground)
    yield Role.ASSESSMENT_MANAGER, reverse("referrals:reopen", args=[slug, _closed_referral(ground)])
    yield Role.HEAD_OF_SERVICE, reverse("disclosures:copy", args=[slug, _copy_that_may_go(ground)])


def _of_two(ground: Ground) -> str:
    """A contact of two children: one of them may be another council's."""
    from frontdoor.contacts.rules.intake import PersonGiven

    names = (f"{token(ground.council, 'case')}{number}" for number in (94, 95))
    people = tuple(PersonGiven("child", given_name=name, date_of_birth=date(2018, 3, 2)) for name in names)
    return str(_contact(ground, 94, people=people, call_back=None).key)


def _enquiries(ground: Ground) -> Iterator[tuple[Role, str]]:
    """Forms of an enquiry whose agency has not answered yet, and of one that was stood down."""
    from frontdoor.mash.actions.enquiries import stand_down
    from frontdoor.mash.models import Enquiry

    with ground.acting("team_manager") as by:
        asked, hub = (Enquiry.objects.get(reference=f"{ground.council}-H-{kind}") for kind in ("asked", "hub"))
        stand_down(hub.key, seen=hub.version, why=ground.said(), to="nobody", by=by, at=ground.at)
    slug = ground.world.slugs[ground.council]
    for name in ("enquiry-stand-down", "enquiry-join", "missing", "said"):
        yield Role.HEAD_OF_SERVICE, reverse(f"mash:{name}", args=[slug, asked.key])
    yield Role.HEAD_OF_SERVICE, reverse("mash:enquiry-reopen", args=[slug, hub.key])
    yield Role.HEAD_OF_SERVICE, reverse("mash:strategy-add", args=[slug, about_one_of_two(ground)])


def _helped(ground: Ground) -> Iterator[tuple[Role, str]]:
    """Families at the hub that wait, are offered, were taken on, said no, and where it has ended."""
    slug = ground.world.slugs[ground.council]
    complete, shared = planted_family_help.complete(ground), planted_family_help.shared(ground)
    yield Role.HEAD_OF_SERVICE, reverse("familyhelp:assessment-share", args=[slug, complete.key])
    yield Role.HEAD_OF_SERVICE, reverse("familyhelp:assessment-begin", args=[slug, shared.key])
    lies = {
        "offer": planted_help.waiting, "answer": planted_help.offered, "take-back": planted_help.offered,
        "close": planted_help.taken_on, "look": planted_help.stopped, "reopen": planted_help.ended,
    }  # fmt: skip
    yield Role.HEAD_OF_SERVICE, reverse("earlyhelp:signpost", args=[slug, ground.keys["episode"]]) + "?q=Group"
    yield Role.HEAD_OF_SERVICE, reverse("contacts:point", args=[slug, ground.keys["contact"]]) + "?q=Group"
    for number, (name, make) in enumerate(lies.items(), 82):
        row = make(ground, number)
        yield Role.HEAD_OF_SERVICE, reverse(f"earlyhelp:{name}", args=[slug, row.key])
        if name == "offer":
            yield Role.HEAD_OF_SERVICE, reverse("earlyhelp:review", args=[slug, row.key])


def _closed_referral(ground: Ground) -> str:
    """A referral that needed no further action."""
    from frontdoor.referrals import actions
    from frontdoor.shell.rules import london

    made, at = begun(ground, 72), ground.at
    with ground.acting("assessment_manager", of=ground.council) as by:
        held = actions.pick_up(made.key, seen=made.version, by=by, at=at)
        actions.close(made.key, seen=held.version, on=london(at).date(), nfa=True, why=ground.said(), by=by, at=at)
    return str(made.key)


def _copy_that_may_go(ground: Ground) -> str:
    """A copy against which the guard of words has nothing."""
    from frontdoor.disclosures.actions import copies

    contact = _contact(ground, 73, call_back=None)
    with ground.acting("social_worker") as by:
        made = copies.begin_copy(
            contact.key, how="post", to_name="Ros Tate", relation="solicitor", why="A hearing", basis="public_task",
            title="A letter", parts=[], by=by, at=ground.at,
        )  # fmt: skip
    return str(made.key)


def _people(ground: Ground) -> Iterator[tuple[Role, str]]:
    """Forms about people: whoever has searched writes somebody down, and each sort of fact has its own."""
    from frontdoor.people.pages.index_new import new_href

    slug = ground.world.slugs[ground.council]
    with ground.acting("contact_officer") as by:
        searched = new_href(slug, by=by, at=ground.at)
    yield Role.CONTACT_OFFICER, searched
    for kind in ("birth", "residence", "identifier", "caution", "disability", "died", "ethnicity", "sex", "school"):
        yield Role.CONTACT_OFFICER, reverse("people:add", args=[slug, ground.keys["person"], kind])


def _doubt(ground: Ground, number: int) -> str:
    """One of several marked reports with the same words."""
    from frontdoor.actors.rules import PUBLIC_INTAKE
    from frontdoor.contacts.actions import submit, take_in
    from frontdoor.contacts.models import Doubt
    from frontdoor.contacts.rules.doors import Mark
    from frontdoor.contacts.rules.intake import Report

    told = Report(story="Cheap shoes, and the same again", danger="no")
    with ground.world.system(PUBLIC_INTAKE, council=ground.council) as by:
        given = submit(told, channel="web", idem=f"alike {number}", marks=(Mark.TRAP,), by=by, at=ground.at)
        take_in(str(given.submission), by=by, at=ground.at)
        return str(Doubt.objects.get(submission=given.submission).pk)


def _called_not_genuine(ground: Ground, keys: list[str]) -> None:
    """What a social worker called not genuine in one act."""
    from frontdoor.contacts.actions import doors
    from frontdoor.contacts.models import Doubt

    with ground.acting("social_worker") as by:
        seen = {key: Doubt.objects.get(pk=key).version for key in keys}
        doors.say_alike_not_genuine(seen, why="An advertisement", by=by, at=ground.at)


def _untaken_request(ground: Ground) -> str:
    """A request that nobody has taken."""
    from frontdoor.disclosures import actions

    asks = _contact(ground, 63, category="request_for_information", sub_type="cafcass_s7", call_back=None)
    with ground.acting("information_officer") as by:
        return str(actions.begin(asks.key, by=by, at=ground.at).key)


def _chosen_telling(ground: Ground) -> str:
    """Words for a mother that wait for a second person."""
    from frontdoor.contacts.actions import family
    from frontdoor.contacts.models import Matter, Named
    from frontdoor.contacts.rules.family import Chosen

    contact = ground.keys["contact"]
    with ground.acting("social_worker") as by:
        matter = Matter.objects.filter(contact__key=contact).order_by("id")[0]
        mother = Named.objects.filter(contact__key=contact, kind="adult").order_by("position")[0]
        telling = family.add(matter.key, person=mother.key, told="arrived", by=by, at=ground.at)
        words = Chosen(
            how="phone", teller=by.user_id, tell_at=ground.at + timedelta(hours=2), worry="wellbeing", reason="",
            responsibility="yes", known_from=ground.said(),
        )  # fmt: skip
        return str(family.choose(telling.key, seen=telling.version, given=words, by=by, at=ground.at).key)
