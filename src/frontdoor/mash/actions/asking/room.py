"""What a partner said in the room, in two lines: who, and what. The partner confirms it at their own desk."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, Permission, acting_council, require
from frontdoor.mash.actions.asking.following import Heard, take_by_telephone
from frontdoor.mash.models import Asked, Reply, Request


@dataclass(frozen=True, slots=True, kw_only=True)
class InRoom:
    """What somebody of an agency said while we sat together.

    :param request: key of the request to their agency
    :param about: keys of the people of the enquiry whom it is about
    :param said_by: who said it, and what they are there
    """

    request: UUID
    about: Collection[UUID]
    said_by: str
    words: str
    mark: str = "professionals"


@transaction.atomic
def say_in_room(key: UUID | str, said: InRoom, *, by: Actor, at: datetime) -> list[Reply]:
    """Write down what a partner said in the room about people of an enquiry.

    :param key: of the enquiry
    :raises NotPermitted: `by` works on no enquiries
    :raises InvalidInput: no agency of this enquiry, nobody whom it asked about, nobody who said it, or nothing said
    """
    require(by, Permission.MASH_WORK, authority=acting_council(by))
    row = within(by, Request.objects.filter(key=said.request, enquiry__key=key, stopped_at=None)).first()
    if row is None:
        raise InvalidInput(request="Choose the agency for which they spoke")
    if not said.words.strip():
        raise InvalidInput(words="Write what they said")
    people = within(by, Asked.objects.filter(request=row, subject__key__in=said.about)).values_list("key", flat=True)
    if not people:
        raise InvalidInput(about="Say whom it is about. This agency was asked about none of those chosen.")
    heard = Heard(
        people=list(people), kind="information", said_by=said.said_by, facts=said.words, mark=said.mark, how="room"
    )
    return take_by_telephone(row.key, heard, seen=None, by=by, at=at)
