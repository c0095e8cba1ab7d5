"""What is kept of everything that arrives, from the submission to the frozen decision."""

from frontdoor.contacts.models.arrivals import (
    CallBack,
    Contact,
    Draft,
    Event,
    Matter,
    Named,
    Receipt,
    ReceiptCounter,
    Referrer,
    Statement,
    Submission,
)
from frontdoor.contacts.models.beside import Reference, ReferenceSent, Shared, SharedChild
from frontdoor.contacts.models.correspondence import Correspondence, Sorting
from frontdoor.contacts.models.decisions import (
    Agreement,
    Decision,
    LawfulBasis,
    Pattern,
    Protection,
    Recommendation,
    Review,
    Snapshot,
)
from frontdoor.contacts.models.doors import Doubt
from frontdoor.contacts.models.duties import Settled
from frontdoor.contacts.models.family import FamilyCall, Telling
from frontdoor.contacts.models.notices import Batch, Claim, Notice, Storm
from frontdoor.contacts.models.screening import (
    Attempt,
    Consultation,
    FirstLook,
    Link,
    Mistake,
    Question,
    Shift,
)
from frontdoor.contacts.models.senders import Progress, Silence, Trial
from frontdoor.contacts.models.signposting import Pointer
from frontdoor.contacts.models.telephone import SafetyCall

__all__ = [
    "Agreement",
    "Attempt",
    "Batch",
    "CallBack",
    "Claim",
    "Consultation",
    "Contact",
    "Correspondence",
    "Decision",
    "Doubt",
    "Draft",
    "Event",
    "FamilyCall",
    "FirstLook",
    "LawfulBasis",
    "Link",
    "Matter",
    "Mistake",
    "Named",
    "Notice",
    "Pattern",
    "Pointer",
    "Progress",
    "Protection",
    "Question",
    "Receipt",
    "ReceiptCounter",
    "Recommendation",
    "Reference",
    "ReferenceSent",
    "Referrer",
    "Review",
    "SafetyCall",
    "Settled",
    "Shared",
    "SharedChild",
    "Shift",
    "Silence",
    "Snapshot",
    "Sorting",
    "Statement",
    "Storm",
    "Submission",
    "Telling",
    "Trial",
]
