"""A strategy discussion in each council, not quorate, signed, its minutes sent to the police. For `planting.py`."""

from datetime import date, timedelta
from typing import Any

from tests.separation import planted_asking  # noqa: F401  (its agencies are planted first)
from tests.separation.planting import Ground, _contact, plants, token


@plants("discussion")
def discussion(ground: Ground) -> Any:
    """One that is held, with a child, an issue, somebody of the police, and the canary in every word."""
    from frontdoor.mash.actions import strategy as actions
    from frontdoor.mash.models import Discussion, Issue
    from frontdoor.mash.queries.strategy.finding import children_of
    from frontdoor.mash.rules.strategy import Record

    said, at = ground.said(), ground.at
    contact = _contact(ground, 36)
    with ground.acting("social_worker") as by:
        those = [str(child.key) for child in children_of(contact, by=by)]
        made = actions.begin(
            contact.key, why=said, with_whom=said[:200], those=those, now=True, by=by, at=at
        )  # fmt: skip
        words = {name: said for name in Record.__dataclass_fields__ if name != "parents"}
        actions.write(made.key, seen=1, record=Record(parents="told", **words), by=by, at=at)
        police = str(ground.world.agencies["Ouse Valley Advocacy"].key)
        actions.attend(
            made.key, seen=2, who=said[:200], role=said[:200], line="idva", agency=police, name="", came="came",
            way="room", contribution=said, mark="professionals", by=by, at=at,
        )  # fmt: skip
        issue = Issue.objects.get(discussion=made)
        actions.answer_issue(
            made.key, issue.key, seen=3, answer=said, open_why="", action="", owner="", until=None, by=by, at=at
        )
        actions.act(
            made.key, seen=4, what=said[:200], owner=f"user:{by.user_id}", until=at + timedelta(days=1), child="",
            by=by, at=at,
        )  # fmt: skip
        return Discussion.objects.get(pk=made.pk).key


def _of(ground: Ground, model: str) -> Any:
    from frontdoor.mash import models

    with ground.acting("social_worker"):
        return getattr(models, model).objects.get(discussion__key=ground.keys["discussion"]).key


@plants("discussed-child")
def discussed_child(ground: Ground) -> Any:
    return _of(ground, "Discussed")


@plants("attending")
def attending(ground: Ground) -> Any:
    return _of(ground, "Attending")


@plants("issue")
def issue(ground: Ground) -> Any:
    return _of(ground, "Issue")


@plants("minuted")
def minuted(ground: Ground) -> Any:
    """A discussion of another contact that was signed, so that its minutes can be read."""
    from frontdoor.mash.actions import strategy as actions
    from frontdoor.mash.models import Discussed, Discussion, Issue
    from frontdoor.mash.queries.strategy.finding import children_of
    from frontdoor.mash.rules.strategy import ForChild, Record

    said, at = ground.said(), ground.at
    contact = _contact(ground, 37)
    with ground.acting("social_worker") as by:
        those = [str(child.key) for child in children_of(contact, by=by)]
        made = actions.begin(contact.key, why=said, with_whom="x", those=those, now=True, by=by, at=at)

        def seen() -> int:
            return int(Discussion.objects.get(pk=made.pk).version)

        words = {name: said for name in Record.__dataclass_fields__ if name != "parents"}
        actions.write(made.key, seen=seen(), record=Record(parents="told", **words), by=by, at=at)
        actions.hold(made.key, seen=seen(), began=at, ended=at, how="call", chair=said[:200], by=by, at=at)
        agency = str(ground.world.agencies["Ouse Valley Advocacy"].key)
        actions.attend(
            made.key, seen=seen(), who=said[:200], role=said[:200], line="idva", agency=agency, name="", came="came",
            way="room", contribution=said, mark="professionals", by=by, at=at,
        )  # fmt: skip
        answer: dict[str, Any] = {"answer": said, "open_why": "", "action": "", "owner": "", "until": None}
        for each in Issue.objects.filter(discussion=made):
            actions.answer_issue(made.key, each.key, seen=seen(), **answer, by=by, at=at)
        for child in Discussed.objects.filter(discussion=made):
            given = ForChild(threshold="no", section47="none", reason=said, safety=said)
            actions.decide_child(made.key, child.key, seen=seen(), given=given, by=by, at=at)
    with ground.acting("team_manager") as by:
        actions.sign(made.key, seen=seen(), why=said, by=by, at=at)
    return made.key


def about_one_of_two(ground: Ground) -> Any:
    """The key of a discussion about one of the two children of a contact, so that the other may join it."""
    from frontdoor.contacts.rules.intake import PersonGiven
    from frontdoor.mash.actions import strategy as actions
    from frontdoor.mash.queries.strategy.finding import children_of

    name = token(ground.council, "case")
    two = tuple(
        PersonGiven(
            kind="child", given_name=f"{name}{each}", family_name=f"{name}two", date_of_birth=date(2017, each, 4)
        )
        for each in (5, 6)
    )
    contact = _contact(ground, 96, people=two)
    with ground.acting("social_worker") as by:
        first = str(children_of(contact, by=by)[0].key)
        said, at = ground.said(), ground.at
        return actions.begin(contact.key, why=said, with_whom="x", those=[first], now=True, by=by, at=at).key
