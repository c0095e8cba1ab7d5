"""What is typed in a telephone call: kept as it is typed, read as clean values when the call ends."""

from frontdoor.contacts.forms.telephone.call import (
    CallForm,
    Form,
    MarkForm,
    ReachedForm,
    people_sent,
    sent,
    shown,
    typed,
)
from frontdoor.contacts.forms.telephone.paper import paper_questions
from frontdoor.contacts.forms.telephone.person import PersonForm
from frontdoor.contacts.forms.telephone.reporting import councils_of, postcodes, read

__all__ = [
    "CallForm",
    "Form",
    "MarkForm",
    "PersonForm",
    "ReachedForm",
    "councils_of",
    "paper_questions",
    "people_sent",
    "postcodes",
    "read",
    "sent",
    "shown",
    "typed",
]
