"""What two councils tell each other of one incident: that there is a record, its number and a word. Nothing else."""

from frontdoor.contacts.rules.states import ContactState

CONTACT, ENQUIRY = "contact", "enquiry"
KINDS = [(CONTACT, "Contact"), (ENQUIRY, "Enquiry of several agencies")]

OPEN, DECIDED, CLOSED = "open", "decided", "closed"
STOOD_DOWN, JOINED, MISTAKE, WITHDRAWN = "stood_down", "joined", "mistake", "withdrawn"
WORDS = [
    (OPEN, "Open"),
    (DECIDED, "Decided"),
    (CLOSED, "Closed"),
    (STOOD_DOWN, "Stood down"),
    (JOINED, "Goes on in another record there"),
    (MISTAKE, "Entered by mistake there"),
    (WITHDRAWN, "Taken back"),
]
"""Every word that one council may tell the other of where its record stands."""

NUMBER = r"^(M-)?[0-9]{3}-[A-Z]{1,3}-[0-9]{6,}(/[0-9]+)?$"
"""What a record's number looks like: nothing else fits where a number is told."""

OF_CONTACT = {
    ContactState.DECIDED: DECIDED,
    ContactState.CLOSED: CLOSED,
    ContactState.DUPLICATE: JOINED,
    ContactState.VOIDED: MISTAKE,
}
TONES = {OPEN: "waiting", DECIDED: "done", CLOSED: "done", STOOD_DOWN: "done", JOINED: "done", WITHDRAWN: "late",
         MISTAKE: "late"}  # fmt: skip


def contact_word(state: str, *, withdrawn: bool) -> str:
    """The word for a contact; all that is done before a decision is open to the other council.

    :param withdrawn: what was passed to the other council was taken back
    """
    return WITHDRAWN if withdrawn else OF_CONTACT.get(ContactState(state), OPEN)
