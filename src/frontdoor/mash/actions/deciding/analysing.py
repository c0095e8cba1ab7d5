"""What the agencies' knowledge comes to, version by version; and whether an agency agrees, as it told us."""

from datetime import datetime
from uuid import uuid4

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, NotFound, Permission, StepNotAllowed, acting_person
from frontdoor.clocks import actions as clocks
from frontdoor.mash.actions.deciding.rows import begin_anew
from frontdoor.mash.actions.enquiries.rows import KIND, Key, changed, children, taken, turn
from frontdoor.mash.models import Analysis, Meaning, Request, View
from frontdoor.mash.queries import deciding as queries
from frontdoor.mash.rules import clocks as kinds
from frontdoor.mash.rules import deciding as rules
from frontdoor.mash.rules.states import Line, State, Step, after, open_still
from frontdoor.trail import actions as trail


@transaction.atomic
def analyse(key: Key, *, seen: int, given: rules.Analysed, by: Actor, at: datetime) -> Analysis:
    """Save the next version of the analysis; also while replies are outstanding.

    What was agreed to the version before is kept and is void; so is what was recommended and decided on it. But what
    another person has decided for a child stays in force: the new version is about the others, and says of that child
    what it said when that was decided.

    :raises NotPermitted: `by` does not work on enquiries
    :raises Conflict: the enquiry has changed since `by` saw it
    :raises InvalidInput: a part is missing
    :raises StepNotAllowed: it is not rated, is settled, or was decided for every child
    """
    enquiry = taken(key, Permission.MASH_WORK, seen=seen, by=by)
    if enquiry.state == State.DECIDED:
        raise StepNotAllowed("Every child was decided. A manager takes the decision back before it is analysed anew.")
    state = after(enquiry.state, Step.ANALYSE)
    those = children(enquiry, by=by)
    staying = queries.staying(those, by=by)
    before = queries.newest_analysis(enquiry, by=by)
    asked = [child for child in those if child.pk not in staying]
    rules.check_analysis(given, children=[str(child.key) for child in asked], first=before is None, at=at)
    number = before.number + 1 if before else 1
    voided, ended = begin_anew(enquiry, f"The analysis was changed: version {number}", staying=staying, by=by, at=at)
    made = Analysis.objects.create(
        authority_id=enquiry.authority_id, enquiry=enquiry, number=number, known=given.known.strip(),
        history=given.history.strip(), strengths=given.strengths.strip(), not_known=given.not_known.strip(),
        change_mind=given.change_mind.strip(), why=given.why.strip() if before else "",
        by_user=acting_person(by), at=at,
    )  # fmt: skip
    said = {each.child: each for each in given.children}
    for child in asked:
        _mean(made, child.pk, said[str(child.key)])
    for number_of, decision in staying.items():
        _repeat(made, number_of, decision.recommendation.analysis, by=by)
    clocks.stop(*kinds.ANALYSE.values(), subject=(KIND, enquiry.key), by=by, at=at)
    enquiry.state = state.value
    changed(enquiry, "state", by=by, at=at)
    words = f"Version {number}. {made.why}".strip()
    turn(enquiry, Line.ANALYSIS, by=by, at=at, text=words)
    if voided or ended:
        turn(enquiry, Line.VOIDED, by=by, at=at, text=f"The analysis was changed: version {number}")
    trail.record("mash.analyse", subject=enquiry, by=by, at=at, version=number, voided=voided, ended=ended)
    return made


def _mean(analysis: Analysis, subject: int, said: rules.Meant) -> None:
    voice = said.voice.strip()
    Meaning.objects.create(
        authority_id=analysis.authority_id, analysis=analysis, subject_id=subject, means=said.means.strip(),
        voice=voice, voice_on=said.voice_on if voice else None, unheard="" if voice else said.unheard.strip()[:300],
    )  # fmt: skip


def _repeat(analysis: Analysis, subject: int, before: Analysis, *, by: Actor) -> None:
    """What was said of a child when that child was decided is said again, word for word."""
    said = queries.meanings_of([before], by=by)[before.pk][subject]
    said.pk, said.key, said.analysis = None, uuid4(), analysis
    said.save(force_insert=True)


@transaction.atomic
def write_down_view(
    request: Key, *, analysis: Key, agrees: bool | None, words: str, how: str, said_by: str, by: Actor, at: datetime
) -> View:
    """Write down what an agency said to the analysis in the room or by telephone; it stands until its own word.

    :param request: the key of the request to that agency
    :param analysis: the key of the version that was talked about
    :raises NotPermitted: `by` does not work on enquiries
    :raises NotFound: no such request, or no such version of its enquiry
    :raises InvalidInput: it is not said whether, by whom or how, or not what is seen otherwise
    :raises StepNotAllowed: the enquiry is settled, a newer version stands, or the agency is no longer asked
    """
    asked = within(by, Request.objects.select_related("desk", "enquiry").filter(key=request)).first()
    if asked is None:
        raise NotFound
    enquiry = taken(asked.enquiry.key, Permission.MASH_WORK, seen=None, by=by)
    open_still(enquiry.state)
    if asked.stopped_at is not None:
        raise StepNotAllowed("This agency is no longer asked.", when=asked.stopped_at)
    version = within(by, Analysis.objects.filter(key=analysis, enquiry=enquiry)).first()
    if version is None:
        raise NotFound
    newest = queries.newest_analysis(enquiry, by=by)
    if newest is None or newest.pk != version.pk:
        raise StepNotAllowed("The analysis was changed. Ask the agency about the version that holds now.")
    rules.check_view(agrees=agrees, words=words)
    if how not in rules.BY_US:
        raise InvalidInput(how="Choose how they told us")
    if not said_by.strip():
        raise InvalidInput(said_by="Enter who said it, and what they are there")
    made = View.objects.create(
        authority_id=enquiry.authority_id, request=asked, analysis=version, agency=asked.agency, agrees=bool(agrees),
        words=words.strip(), how=how, said_by=said_by.strip()[:200], user_id=by.user_id, at=at,
    )  # fmt: skip
    said = "agrees" if agrees else "sees it otherwise"
    turn(
        enquiry, Line.VIEWED, by=by, at=at, text=f"{asked.desk.name} {said}, as they told us: version {version.number}"
    )
    changed(enquiry, by=by, at=at)
    trail.record("mash.view", subject=enquiry, by=by, at=at, agency=asked.agency, agrees=bool(agrees), how=how)
    return made
