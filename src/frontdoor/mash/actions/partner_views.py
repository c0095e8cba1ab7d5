"""An agency says at its own desk whether it agrees to the shared analysis: each time a new row, the newest holds."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from frontdoor.actors.rules import Actor, InvalidInput, StepNotAllowed, acting_person
from frontdoor.background.actions import later
from frontdoor.mash.models import View
from frontdoor.mash.queries.partners import taken
from frontdoor.mash.queries.shared import shared_with
from frontdoor.mash.rules import deciding as rules
from frontdoor.trail import actions as trail


@transaction.atomic
def say_view(key: UUID, *, number: int, agrees: bool | None, words: str = "", by: Actor, at: datetime) -> UUID:
    """Agree to the version of the analysis that stands, or say what the agency sees otherwise.

    :param key: of the request
    :param number: the version that was read
    :raises NotFound: another agency's or council's request, or none
    :raises StepNotAllowed: there is no analysis that this agency reads, or the council no longer asks
    :raises InvalidInput: a newer version stands, it is not said which, or not what is seen otherwise
    """
    request = taken(key, by=by)
    version = shared_with(request).analysis
    if version is None:
        raise StepNotAllowed("There is no shared analysis to agree to, or the council no longer asks this.")
    if version.number != number:
        raise InvalidInput(agrees="It was written anew meanwhile. Read what stands now, then say it again")
    rules.check_view(agrees=agrees, words=words)
    made = View.objects.create(
        authority_id=request.authority_id, request=request, analysis_id=version.id, agency=request.agency,
        agrees=bool(agrees), words=words.strip(), how="desk", said_by=by.label[:200], user_id=acting_person(by), at=at,
    )  # fmt: skip
    later("mash.hear", request=str(request.key))
    trail.record("mash.say_view", subject=request, by=by, at=at, version=number, agrees=bool(agrees))
    return made.key
