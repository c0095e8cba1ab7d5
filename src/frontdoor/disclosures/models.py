"""A request for information with the people asked about, its searches and answers; and the ledger of what was told."""

from typing import ClassVar

from django.db import models

from frontdoor.actors.models import CaseRow
from frontdoor.contacts.models import Contact, Named
from frontdoor.contacts.rules.states import PERSON_KINDS
from frontdoor.disclosures.rules import answering, copies, grounds, states

OPEN = models.Q(settled_at__isnull=True)


class Request(CaseRow):
    """One request: the contact in which it came, who asks, what for, and where it stands.

    `received_at` is the contact's: the clock counts from first receipt. `due_at` is the clock's, as the lists order by.
    Who asks is the recipient of a disclosure and stands in the ledger; the compartment of the contact stays closed.
    """

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, db_index=False, related_name="+")
    sub_type = models.CharField(max_length=40)
    state = models.CharField(max_length=12, choices=states.STATES, default=states.State.WAITING.value)
    team_id = models.BigIntegerField()
    holder = models.BigIntegerField(null=True, blank=True)
    received_at = models.DateTimeField()
    begun_at = models.DateTimeField()
    due_at = models.DateTimeField()
    needed_by = models.DateField(null=True, blank=True)

    asker_name = models.CharField(max_length=200, blank=True)
    asker_role = models.CharField(max_length=200, blank=True)
    asker_agency = models.CharField(max_length=200, blank=True)
    reply_to = models.CharField(max_length=300, blank=True)
    checked = models.CharField(max_length=20, choices=grounds.CHECKS, blank=True)
    checked_how = models.CharField(max_length=500, blank=True)
    checked_by = models.BigIntegerField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)

    purpose = models.CharField(max_length=300, blank=True)
    basis = models.CharField(max_length=20, choices=grounds.BASES, blank=True)
    condition = models.CharField(max_length=20, choices=grounds.CONDITIONS, blank=True)
    necessity = models.TextField(blank=True)
    proportionality = models.TextField(blank=True)
    grounds_by = models.BigIntegerField(null=True, blank=True)
    grounds_at = models.DateTimeField(null=True, blank=True)

    redirected_to = models.CharField(max_length=200, blank=True)
    taken_by = models.CharField(max_length=200, blank=True)
    there_on = models.DateField(null=True, blank=True)
    there_what = models.TextField(blank=True)
    there_by = models.CharField(max_length=200, blank=True)
    settled_why = models.TextField(blank=True)
    settled_by = models.BigIntegerField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "due_at", "id"], name="request_open", condition=OPEN),
            models.Index(fields=["authority_id", "received_at", "id"], name="request_received"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "contact"], name="request_once_a_contact"),
            models.CheckConstraint(
                condition=models.Q(state__in=sorted(states.SETTLED), settled_at__isnull=False)
                | models.Q(~models.Q(state__in=sorted(states.SETTLED)), settled_at__isnull=True),
                name="request_settled_when_its_state_is",
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)


class About(CaseRow):
    """Somebody asked about: as the contact named them, or added from the request's own words.

    `match_name` is the stored key for exact matching. `asked` is taken back where they were named and not asked about.
    """

    request = models.ForeignKey(Request, on_delete=models.PROTECT, db_index=False, related_name="people")
    named = models.ForeignKey(Named, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="+")
    position = models.SmallIntegerField()
    kind = models.CharField(max_length=10, choices=PERSON_KINDS)
    given_name = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    born = models.DateField(null=True, blank=True)
    relationship = models.CharField(max_length=100, blank=True)
    match_name = models.CharField(max_length=220, blank=True)
    asked = models.BooleanField(default=True)
    added_by = models.BigIntegerField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "request", "position"], name="about_of_request")]

    def __str__(self) -> str:
        return str(self.key)

    @property
    def name(self) -> str:
        """How pages and answers name them."""
        return " ".join(part for part in (self.given_name, self.family_name) if part) or "Name not given"


class Search(CaseRow):
    """One search for one person: under which name, what it found, when and by whom; finding nothing is a result.

    `found` holds, for each contact found, its key and whether the date of birth was the same.
    """

    request = models.ForeignKey(Request, on_delete=models.PROTECT, db_index=False, related_name="searches")
    about = models.ForeignKey(About, on_delete=models.PROTECT, db_index=False, related_name="searches")
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    born = models.DateField(null=True, blank=True)
    elsewhere = models.CharField(max_length=500, blank=True)
    found = models.JSONField(default=list)
    closed = models.SmallIntegerField(default=0)
    searched_by = models.BigIntegerField()
    searched_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "request", "id"], name="search_of_request")]

    def __str__(self) -> str:
        return str(self.key)


class Answer(CaseRow):
    """One answer: proposed by one person, approved by another, sent word for word. After sending it is never changed.

    `text` is the whole of what is sent, `digest` its fingerprint. `corrects` is the answer that this one sets right.
    """

    request = models.ForeignKey(Request, on_delete=models.PROTECT, db_index=False, related_name="answers")
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="+"
    )
    number = models.SmallIntegerField()
    kind = models.CharField(max_length=12, choices=answering.ANSWERS)
    reason = models.CharField(max_length=20, choices=answering.REASONS, blank=True)
    facts = models.JSONField(default=list)
    words = models.TextField(blank=True)
    text = models.TextField()
    digest = models.CharField(max_length=64)
    proposed_by = models.BigIntegerField()
    proposed_at = models.DateTimeField()
    approved_by = models.BigIntegerField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    back_by = models.BigIntegerField(null=True, blank=True)
    back_at = models.DateTimeField(null=True, blank=True)
    back_why = models.CharField(max_length=500, blank=True)
    sent_by = models.BigIntegerField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_how = models.CharField(max_length=20, choices=answering.ROUTES, blank=True)
    sent_to = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "request", "number"], name="answer_once_a_number"),
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True) | ~models.Q(approved_by=models.F("proposed_by")),
                name="answer_is_approved_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(sent_at__isnull=True) | models.Q(approved_at__isnull=False),
                name="answer_is_approved_before_it_is_sent",
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)


LEDGER = [
    ("told", "Told"),
    ("not_known", "“Not known to us”"),
    ("refused", "Refused"),
    ("redirected", "Passed on, not answered here"),
    ("there", "Answered by another team"),
]


class Disclosure(CaseRow):
    """One line of the ledger, about one person: to whom, what for, on which basis, what, when, approved by whom.

    Written once. `contacts` holds the keys of the contacts from which something was told.
    """

    request = models.ForeignKey(Request, on_delete=models.PROTECT, db_index=False, related_name="disclosures")
    answer = models.ForeignKey(
        Answer, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="+"
    )
    about = models.ForeignKey(About, on_delete=models.PROTECT, db_index=False, related_name="+")
    kind = models.CharField(max_length=12, choices=LEDGER)
    match_name = models.CharField(max_length=220, blank=True)
    born = models.DateField(null=True, blank=True)
    to_whom = models.CharField(max_length=420)
    purpose = models.CharField(max_length=300)
    basis = models.CharField(max_length=20, choices=grounds.BASES, blank=True)
    what = models.TextField()
    made_by = models.BigIntegerField()
    approved_by = models.BigIntegerField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "at", "id"], name="disclosure_newest"),
            models.Index(fields=["authority_id", "match_name"], name="disclosure_name"),
        ]

    def __str__(self) -> str:
        return str(self.key)


class Told(CaseRow):
    """A contact from which a disclosure told something: so its page can say to whom."""

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, db_index=False, related_name="told")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, db_index=False, related_name="+")

    class Meta:
        verbose_name_plural = "told"
        indexes: ClassVar = [models.Index(fields=["authority_id", "contact"], name="told_of_contact")]

    def __str__(self) -> str:
        return str(self.key)


class Risk(CaseRow):
    """That a request showed a risk, and the contact that was made of it at once."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, db_index=False, related_name="risks")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, db_index=False, related_name="+")
    why = models.CharField(max_length=300)
    seen_by = models.BigIntegerField()
    seen_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "request"], name="risk_of_request")]

    def __str__(self) -> str:
        return str(self.key)


class Copy(CaseRow):
    """Something built for one named person out of a contact: a letter, a copy of the record, a worker's paper copy.

    `text` is the whole of what goes, sealed for this row where the guard found something in it; `written_by` who
    changed it last. `clear` says that the guard found nothing in it when it last looked, `digest` which words it saw
    and what it found; a release is for exactly `released_digest`, asked for by one person and given by another. Taken,
    it never changes.
    """

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, db_index=False, related_name="+")
    named = models.ForeignKey(Named, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="+")
    own = models.BooleanField(default=False)
    to_name = models.CharField(max_length=200)
    relation = models.CharField(max_length=200)
    agency = models.CharField(max_length=200, blank=True)
    how = models.CharField(max_length=10, choices=copies.HOWS)
    why = models.CharField(max_length=500)
    basis = models.CharField(max_length=20, choices=grounds.BASES)
    title = models.CharField(max_length=200)
    text = models.TextField()
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=copies.STATES, default=copies.State.DRAFT.value)
    clear = models.BooleanField(default=False)
    made_by = models.BigIntegerField()
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    written_by = models.BigIntegerField(null=True, blank=True)
    asked_by = models.BigIntegerField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    asked_why = models.CharField(max_length=500, blank=True)
    released_by = models.BigIntegerField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    released_why = models.CharField(max_length=500, blank=True)
    released_digest = models.CharField(max_length=64, blank=True)
    refused_by = models.BigIntegerField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    refused_why = models.CharField(max_length=500, blank=True)
    taken_by = models.BigIntegerField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    dropped_by = models.BigIntegerField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_why = models.CharField(max_length=500, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        verbose_name_plural = "copies"
        indexes: ClassVar = [models.Index(fields=["authority_id", "contact", "made_at"], name="copy_of_contact")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(released_by__isnull=True)
                | ~models.Q(released_by=models.F("asked_by"))
                & ~models.Q(released_by=models.F("made_by"))
                & ~models.Q(released_by=models.F("written_by"))
                & ~models.Q(released_why=""),
                name="copy_is_released_by_another_who_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(taken_at__isnull=True)
                | models.Q(clear=True)
                | models.Q(released_by__isnull=False, released_digest=models.F("digest")),
                name="copy_is_clear_or_released_before_it_goes",
            ),
            models.CheckConstraint(
                condition=~models.Q(to_name="") & ~models.Q(relation="") & ~models.Q(why=""),
                name="copy_says_whom_and_why",
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)

    @property
    def owners(self) -> tuple[int | None, ...]:
        """Who began it, wrote its words last or asked for its release: none of them releases it."""
        return self.made_by, self.written_by, self.asked_by
