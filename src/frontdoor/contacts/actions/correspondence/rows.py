"""Taking the row of something written, locked, of the council acted for."""

from uuid import UUID

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound
from frontdoor.contacts.models import Correspondence


def taken(key: UUID | str, *, by: Actor) -> Correspondence:
    """What came in writing, by its contact's key, locked.

    :raises NotFound: the council acted for has no such contact, or it did not come in writing
    """
    locked = Correspondence.objects.select_for_update(of=("self",), no_key=True).filter(contact__key=key)
    found = within(by, locked).first()
    if found is None:
        raise NotFound
    return found
