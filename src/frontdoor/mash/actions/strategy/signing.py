"""A record is signed, its minutes are sent to those who took part, and it is corrected: old minutes are kept."""

from datetime import datetime

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, Permission, StepNotAllowed, acting_person
from frontdoor.clocks.models import Ended
from frontdoor.mash.actions.strategy.rows import Key, changed, start_minutes, stop, taken, turn
from frontdoor.mash.models import Circulation, Discussed, Discussion, DiscussionTurn, Minutes
from frontdoor.mash.queries.strategy.standing import how_it_stands, lacking
from frontdoor.mash.queries.strategy.writing import copies, written
from frontdoor.mash.rules import strategy as rules
from frontdoor.mash.rules.strategy import Record, State, Step, after
from frontdoor.trail import actions as trail


@transaction.atomic
def sign(key: Key, *, seen: int, why: str, by: Actor, at: datetime) -> Minutes:
    """Sign the record: a manager, who chaired or another, and not whoever wrote down what was decided.

    :param why: where it was not quorate, why that is accepted and what is done about it
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: it was not quorate and nobody says why that is accepted
    :raises NotPermitted: `by` is no manager here
    :raises StepNotAllowed: something is missing, it is signed already, or `by` wrote what was decided
    """
    row = taken(key, Permission.MASH_DECIDE, seen=seen, by=by)
    state = after(row.state, Step.SIGN)
    signer = acting_person(by)
    record = Record(**{name: getattr(row, name) for name in Record.__dataclass_fields__})
    absent = lacking(row, by=by, at=at)
    rules.check_signing(record, how_it_stands(row, by=by), lacking=absent, why=why)
    if within(by, Discussed.objects.filter(discussion=row, decided_by=signer)).exists():
        raise StepNotAllowed("You wrote down what was decided for a child. Another manager signs.")
    row.state, row.signed_by, row.signed_at = state.value, signer, at
    row.lacking, row.lacking_why = "; ".join(absent), why.strip() if absent else ""
    row.save(update_fields=["state", "signed_by", "signed_at", "lacking", "lacking_why"])
    made = _minutes(row, by=by, at=at)
    changed(row)
    turn(row, "signed", row.lacking_why, by=by, at=at)
    trail.record("mash.sign_strategy", subject=row, by=by, at=at, number=made.number, quorate=not absent)
    return made


def _minutes(row: Discussion, *, by: Actor, at: datetime) -> Minutes:
    """Keep the record as it is signed, as the next version of the minutes."""
    last = within(by, Minutes.objects.filter(discussion=row)).order_by("-number").first()
    corrections = DiscussionTurn.objects.filter(discussion=row, kind="correcting")
    why = within(by, corrections).order_by("-id").values_list("text", flat=True).first() if last else ""
    return Minutes.objects.create(
        authority_id=row.authority_id, discussion=row, number=last.number + 1 if last else 1, why=why or "",
        body=written(row, by=by, at=at), signed_by=acting_person(by), signed_at=at,
    )  # fmt: skip


@transaction.atomic
def send(key: Key, *, seen: int, by: Actor, at: datetime) -> list[Circulation]:
    """Send the minutes to the agencies that took part: each reads its copy at its own desk, or gets it on paper.

    :returns: one for each agency; none where nobody but us took part
    :raises Conflict: it has changed since `by` saw it
    :raises NotPermitted: `by` does not work on enquiries
    :raises StepNotAllowed: it is not signed, or the minutes were sent
    """
    row = taken(key, Permission.MASH_WORK, seen=seen, by=by)
    row.state, row.sent_at = after(row.state, Step.SEND).value, at
    minutes = within(by, Minutes.objects.filter(discussion=row)).order_by("-number")[0]
    made = [
        Circulation.objects.create(
            authority_id=row.authority_id, minutes=minutes, agency=copy.agency, agency_name=copy.name,
            reference=row.reference, number=minutes.number, body=copy.body, sent_by=acting_person(by), sent_at=at,
        )
        for copy in copies(row, minutes, by=by, at=at)
    ]  # fmt: skip
    stop(row, by=by, at=at)
    changed(row, "state", "sent_at")
    names = ", ".join(each.agency_name for each in made)
    turn(row, "sent", f"To {names}" if names else "Nobody but us took part", by=by, at=at)
    trail.record(
        "mash.send_minutes", subject=row, by=by, at=at, number=minutes.number,
        agencies=[str(each.agency) for each in made if each.agency],
    )  # fmt: skip
    return made


@transaction.atomic
def correct(key: Key, *, seen: int, why: str, by: Actor, at: datetime) -> None:
    """Open a signed record again to correct it: the minutes that were sent are kept, the corrected are a new version.

    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: no reason
    :raises NotPermitted: `by` is no manager here
    :raises StepNotAllowed: it is not signed
    """
    row = taken(key, Permission.MASH_DECIDE, seen=seen, by=by)
    closed = row.state == State.CLOSED
    row.state = after(row.state, Step.CORRECT).value
    if not why.strip():
        raise InvalidInput(why="Write what is wrong in the minutes")
    if closed:
        stop(row, by=by, at=at, ended=Ended.NOT_NEEDED)
        start_minutes(row, by=by, at=at)
    changed(row, "state", "due_at")
    turn(row, "correcting", why.strip(), by=by, at=at)
    trail.record("mash.correct_strategy", subject=row, by=by, at=at)
