"""What arrived: the submission as it came, its receipt, and the contact that was made of it."""

import uuid
from typing import ClassVar

from django.db import models

from frontdoor.actors.models import CaseRow
from frontdoor.contacts.rules import drafting, states


class Submission(models.Model):
    """What a sender sent, word for word, kept before anything else is done with it.

    Written by the portal's role, which may insert and not read: so the key is made in Python and nothing is returned.

    `body` follows the schema in `contacts.rules.intake`; `digest` is the SHA-256 of its canonical JSON. `agency` is
    that of a sender with an account or of a system: its own people, and nobody else in the portal's role, read it back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority_id = models.SmallIntegerField()
    channel = models.CharField(max_length=20, choices=states.CHANNELS)
    sender = models.CharField(max_length=80)
    agency = models.UUIDField(null=True, blank=True)
    idem = models.CharField(max_length=120)
    body = models.JSONField()
    digest = models.BinaryField(max_length=32)
    received_at = models.DateTimeField()
    entered_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "sender", "idem"], name="submission_once_a_key")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["authority_id", "agency", "-received_at", "id"],
                name="submission_of_agency",
                condition=models.Q(agency__isnull=False),
            ),
            models.Index(fields=["authority_id", "digest"], name="submission_words"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class ReceiptCounter(models.Model):
    """The last number given per council and channel, and the head of its hash chain."""

    authority_id = models.SmallIntegerField()
    channel = models.CharField(max_length=20)
    last = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority_id", "channel"],
                name="receipt_counter_once_a_channel",
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.last}"


class Receipt(models.Model):
    """A number, gap-free per council and channel, chained by hash to the one before; given only after commit."""

    authority_id = models.SmallIntegerField()
    channel = models.CharField(max_length=20)
    number = models.BigIntegerField()
    submission_id = models.UUIDField()
    digest = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority_id", "channel", "number"],
                name="receipt_once_a_number",
            ),
            models.UniqueConstraint(
                fields=["authority_id", "submission_id"],
                name="receipt_once_a_submission",
            ),
        ]

    def __str__(self) -> str:
        return states.receipt_text(self.authority_id, self.channel, self.number)


class Event(CaseRow):
    """One incident that several contacts tell of. One row per council; `mirror` names the other council's row.

    `reference` is the sender's own number of it, with whose it is: what names it again belongs to it by itself.
    """

    label = models.CharField(max_length=200)
    reference = models.CharField(max_length=140, blank=True)
    happened_at = models.DateTimeField(null=True, blank=True)
    mirror = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority_id", "reference"], name="event_once_a_reference", condition=~models.Q(reference="")
            )
        ]

    def __str__(self) -> str:
        return self.label


class Contact(CaseRow):
    """One communication about one or several children; each child is a matter of its own.

    `received_at` is the first receipt by any part of the service, and nothing changes it. `danger_rank`, `looked` and
    `due_at` are the stored order of the queue: danger, then never looked at, then time left. `answered_with` is the key
    of another contact of the same sender and event: the sender is told once, of all of them.
    """

    submission = models.ForeignKey(
        Submission,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="contacts",
        db_constraint=False,
    )
    receipt = models.CharField(max_length=24, blank=True)
    channel = models.CharField(max_length=20, choices=states.CHANNELS)
    category = models.CharField(max_length=30, choices=states.CATEGORIES)
    sub_type = models.CharField(max_length=40)
    source_code = models.CharField(max_length=2)
    source_local = models.CharField(max_length=40, blank=True)
    received_at = models.DateTimeField()
    happened_at = models.DateTimeField(null=True, blank=True)
    entered_at = models.DateTimeField()
    out_of_hours = models.BooleanField(default=False)
    story = models.TextField()
    danger_said = models.CharField(max_length=10, choices=states.ANSWERS)
    where_now = models.CharField(max_length=300, blank=True)
    with_whom = models.CharField(max_length=300, blank=True)
    until_when = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    responsible_authority = models.CharField(max_length=3, blank=True)
    team_id = models.BigIntegerField()
    family = models.UUIDField()
    event = models.ForeignKey(
        Event,
        on_delete=models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        related_name="contacts",
    )
    mirror = models.UUIDField(null=True, blank=True)
    answered_with = models.UUIDField(null=True, blank=True)

    state = models.CharField(max_length=20, choices=states.STATES)
    danger_rank = models.SmallIntegerField()
    looked = models.SmallIntegerField(default=0)
    due_at = models.DateTimeField()
    flagged_at = models.DateTimeField(null=True, blank=True)
    flagged_by = models.CharField(max_length=120, blank=True)
    flagged_why = models.CharField(max_length=300, blank=True)
    flag_taken_at = models.DateTimeField(null=True, blank=True)
    flag_taken_by = models.BigIntegerField(null=True, blank=True)
    holder = models.BigIntegerField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    touched_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.BigIntegerField(null=True, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["authority_id", "danger_rank", "looked", "due_at", "id"],
                name="contact_queue",
                condition=models.Q(closed_at__isnull=True),
            ),
            models.Index(fields=["authority_id", "family", "received_at"], name="contact_family"),
            models.Index(fields=["authority_id", "received_at", "id"], name="contact_received"),
            models.Index(fields=["authority_id", "receipt"], name="contact_receipt"),
            models.Index(
                fields=["authority_id", "holder"],
                name="contact_holder",
                condition=models.Q(closed_at__isnull=True),
            ),
            models.Index(
                fields=["authority_id", "flagged_at"],
                name="contact_flagged",
                condition=models.Q(flagged_at__isnull=False, flag_taken_at__isnull=True),
            ),
            models.Index(
                fields=["authority_id", "event"], name="contact_event", condition=models.Q(event__isnull=False)
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "submission"], name="contact_once_a_submission")
        ]

    def __str__(self) -> str:
        return self.receipt or str(self.key)

    @property
    def flag_stands(self) -> bool:
        """Whether a red flag is loud: raised, and taken by nobody."""
        return self.flagged_at is not None and self.flag_taken_at is None


class Named(CaseRow):
    """A child or adult as this contact names them, misspelt, partial or wrong; the index of people is another room.

    The `match_` columns are stored keys for exact matching: expressions are not pushed below a policy.
    """

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, db_index=False, related_name="people")
    position = models.SmallIntegerField()
    kind = models.CharField(max_length=10, choices=states.PERSON_KINDS)
    given_name = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    known_as = models.CharField(max_length=100, blank=True)
    date_of_birth = models.DateField(null=True, blank=True)
    expected_on = models.DateField(null=True, blank=True)
    approximate_age = models.SmallIntegerField(null=True, blank=True)
    description = models.CharField(max_length=500, blank=True)
    sex = models.CharField(max_length=1, blank=True)
    ethnicity = models.CharField(max_length=4, blank=True)
    language = models.CharField(max_length=60, blank=True)
    interpreter = models.BooleanField(null=True, blank=True)
    address = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    school = models.CharField(max_length=200, blank=True)
    nhs_number = models.CharField(max_length=10, blank=True)
    upn = models.CharField(max_length=13, blank=True)
    relationship = models.CharField(max_length=100, blank=True)
    parental_responsibility = models.BooleanField(null=True, blank=True)
    lives_with = models.BooleanField(null=True, blank=True)
    present = models.BooleanField(null=True, blank=True)
    concern = models.CharField(max_length=30, blank=True)
    safe_contact = models.CharField(max_length=500, blank=True)
    address_protected = models.BooleanField(default=False)
    match_name = models.CharField(max_length=220, blank=True)
    match_place = models.CharField(max_length=120, blank=True)
    match_family = models.CharField(max_length=110, blank=True)
    match_postcode = models.CharField(max_length=10, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "match_name", "id"], name="named_name"),
            models.Index(fields=["authority_id", "match_place", "id"], name="named_place"),
            models.Index(fields=["authority_id", "match_family"], name="named_family"),
            models.Index(fields=["authority_id", "match_postcode"], name="named_postcode"),
            models.Index(fields=["authority_id", "date_of_birth"], name="named_born"),
            models.Index(fields=["authority_id", "contact", "position"], name="named_contact"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """How pages name this person; full names, since twins may share an initial."""
        return states.person_label(
            self.kind,
            self.given_name,
            self.family_name,
            self.known_as,
            self.description,
        )

    @property
    def home(self) -> str:
        """Where they live, as pages show it: of a protected address only that it is."""
        plain = ", ".join(part for part in (self.address, self.postcode) if part)
        return "Address is protected" if self.address_protected else plain


class Referrer(CaseRow):
    """Who told us: a compartment of its own with its own permission. Nothing else in the record names them.

    Never in search, handover, letter to others, export or snapshot, which hold this row's key at most.
    """

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, db_index=False, related_name="referrers")
    kind = models.CharField(max_length=20, choices=states.REFERRER_KINDS)
    identity = models.CharField(max_length=10, choices=states.IDENTITIES)
    name = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=200, blank=True)
    agency = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=254, blank=True)
    address = models.CharField(max_length=300, blank=True)
    relationship = models.CharField(max_length=200, blank=True)
    route = models.CharField(max_length=20, choices=states.ROUTES)
    route_note = models.CharField(max_length=300, blank=True)
    family_knows = models.CharField(max_length=10, choices=states.ANSWERS, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "contact"], name="referrer_contact")]

    def __str__(self) -> str:
        return str(self.key)


class Statement(CaseRow):
    """A sentence that somebody marked: as the child's own words, a worry, a strength, a person, an address.

    `starts` and `ends` count characters of the contact's story; `words` are that slice, verbatim.
    """

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, db_index=False, related_name="statements")
    named = models.ForeignKey(
        Named,
        on_delete=models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        related_name="statements",
    )
    kind = models.CharField(max_length=12, choices=states.STATEMENT_KINDS)
    words = models.TextField()
    starts = models.IntegerField(null=True, blank=True)
    ends = models.IntegerField(null=True, blank=True)
    marked_by = models.BigIntegerField(null=True, blank=True)
    marked_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "contact"], name="statement_contact")]

    def __str__(self) -> str:
        return self.kind


class Matter(CaseRow):
    """One child within a contact: what is recommended and decided is always about one child."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, db_index=False, related_name="matters")
    child = models.ForeignKey(
        Named,
        on_delete=models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        related_name="matters",
    )
    state = models.CharField(max_length=20, choices=states.MATTER_STATES)
    outcome = models.CharField(max_length=30, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "contact"], name="matter_contact")]

    def __str__(self) -> str:
        return str(self.key)

    @property
    def called(self) -> str:
        """How pages name it: by its child."""
        return self.child.label if self.child else "No child named"


class CallBack(models.Model):
    """Somebody asked to speak to a qualified social worker. The portal inserts it and cannot read it back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority_id = models.SmallIntegerField()
    submission_id = models.UUIDField(null=True, blank=True)
    contact = models.ForeignKey(
        Contact,
        on_delete=models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        related_name="call_backs",
    )
    name = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40)
    when = models.CharField(max_length=200, blank=True)
    about = models.CharField(max_length=500, blank=True)
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.BigIntegerField(null=True, blank=True)
    outcome = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "done_at", "asked_at"], name="call_back_open"),
            models.Index(
                fields=["authority_id", "contact"], name="call_back_contact", condition=models.Q(contact__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Draft(CaseRow):
    """What somebody is typing, saved as it is typed. It is theirs alone until their reach ends."""

    owner = models.BigIntegerField()
    form = models.CharField(max_length=40)
    subject = models.CharField(max_length=60, blank=True)
    data = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["authority_id", "owner", "form"],
                name="draft_owner",
                condition=models.Q(ended_at__isnull=True),
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority_id", "owner", "form", "subject"],
                name="draft_one_a_step",
                condition=models.Q(ended_at__isnull=True, form__startswith=drafting.FORM),
            )
        ]

    def __str__(self) -> str:
        return str(self.key)
