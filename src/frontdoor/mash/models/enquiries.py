"""An enquiry of several agencies about one family: its people, its ratings and its history."""

from typing import ClassVar

from django.db import models

from frontdoor.actors.models import CaseRow
from frontdoor.codes import rules as codes
from frontdoor.contacts.models import Contact, Matter, Named
from frontdoor.mash.rules import safety, states

OPEN = models.Q(settled_at__isnull=True)
RATINGS = codes.RATINGS.choices()


class Enquiry(CaseRow):
    """One enquiry, one for a family: where it stands, how it is rated, and until when it has to be decided.

    `contact` is the one whose slip opened it; slips of the same family join it. `received_at` is the first receipt by
    any part of the service. `urgency` and `due_at` are the stored order of the list; `due_at` is that of the clock that
    decides: to be rated, then to be decided. `touched_at` is when somebody last did something about it. `night_slip` is
    how the question whether a child is safe went to the out-of-hours team; empty while the door is open.
    """

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, db_index=False, related_name="+")
    family = models.UUIDField()
    reference = models.CharField(max_length=40)
    question = models.TextField(blank=True)
    rating = models.CharField(max_length=10, choices=RATINGS, blank=True)
    section47 = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=states.STATES, default=states.State.REQUESTED.value)
    received_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    opened_by = models.BigIntegerField(null=True, blank=True)
    rated_at = models.DateTimeField(null=True, blank=True)
    touched_at = models.DateTimeField()
    team_id = models.BigIntegerField()
    holder = models.BigIntegerField(null=True, blank=True)
    urgency = models.SmallIntegerField()
    due_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.BigIntegerField(null=True, blank=True)
    settled_why = models.TextField(blank=True)
    joined_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="+"
    )
    reopened_at = models.DateTimeField(null=True, blank=True)
    night_slip = models.UUIDField(null=True, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        verbose_name_plural = "enquiries"
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "urgency", "due_at", "id"], name="enquiry_open", condition=OPEN),
            models.Index(fields=["authority_id", "contact"], name="enquiry_contact"),
            models.Index(fields=["authority_id", "family", "id"], name="enquiry_family"),
            models.Index(fields=["authority_id", "settled_at", "id"], name="enquiry_settled"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "family"], name="enquiry_one_a_family", condition=OPEN),
            models.UniqueConstraint(fields=["authority_id", "reference"], name="enquiry_once_a_reference"),
            models.CheckConstraint(
                condition=models.Q(state__in=sorted(states.SETTLED), settled_at__isnull=False)
                | models.Q(~models.Q(state__in=sorted(states.SETTLED)), settled_at__isnull=True),
                name="enquiry_settled_when_its_state_is",
            ),
            models.CheckConstraint(
                condition=models.Q(state=states.State.JOINED, joined_to__isnull=False)
                | models.Q(~models.Q(state=states.State.JOINED), joined_to__isnull=True),
                name="enquiry_joined_to_one",
            ),
            models.CheckConstraint(
                condition=models.Q(settled_at__isnull=True) | ~models.Q(settled_why=""), name="enquiry_settled_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Subject(CaseRow):
    """A child or an adult of an enquiry, as the contact named them. Names stand there, and never here.

    `matter` and `slip` are how a child came: one child of a contact, and the handover. `named` is null where the
    contact could name no child. `safe` is the newest answer to whether the child is safe now, `safe_due_at` when it is
    asked again; adults have neither. `same_as` is the row of the same child who was handed over twice: nothing is
    asked or decided on this one.
    """

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, db_index=False, related_name="subjects")
    named = models.ForeignKey(Named, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="+")
    matter = models.ForeignKey(
        Matter, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="+"
    )
    slip = models.UUIDField(null=True, blank=True)
    same_as = models.ForeignKey(
        "self", on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="again"
    )
    is_child = models.BooleanField()
    position = models.SmallIntegerField()
    safe = models.CharField(max_length=10, choices=safety.ANSWERS, blank=True)
    safe_at = models.DateTimeField(null=True, blank=True)
    safe_due_at = models.DateTimeField(null=True, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "enquiry", "position", "id"], name="subject_of_enquiry"),
            models.Index(fields=["authority_id", "slip"], name="subject_slip", condition=models.Q(slip__isnull=False)),
            models.Index(fields=["authority_id", "named"], name="subject_named"),
            models.Index(fields=["authority_id", "matter"], name="subject_matter"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "enquiry", "named"], name="subject_once_a_person"),
            models.UniqueConstraint(fields=["authority_id", "enquiry", "slip"], name="subject_once_a_slip"),
            models.CheckConstraint(
                condition=models.Q(is_child=True)
                | models.Q(matter__isnull=True, slip__isnull=True, safe="", safe_due_at__isnull=True),
                name="subject_adult_is_not_handed_over",
            ),
            models.CheckConstraint(
                condition=models.Q(named__isnull=False) | models.Q(matter__isnull=False), name="subject_is_somebody"
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)


class Rating(CaseRow):
    """One rating in the history of an enquiry (domain 3.4). Written once.

    `due_before` and `due_after` are the time by which it had to be decided; `was_late` says that it was late already, a
    breach that no later rating takes away.
    """

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, db_index=False, related_name="ratings")
    change = models.CharField(max_length=10, choices=states.CHANGES)
    before = models.CharField(max_length=10, choices=RATINGS, blank=True)
    after = models.CharField(max_length=10, choices=RATINGS)
    why = models.TextField()
    due_before = models.DateTimeField(null=True, blank=True)
    due_after = models.DateTimeField()
    was_late = models.BooleanField(default=False)
    by_user = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "enquiry", "at", "id"], name="rating_of_enquiry")]
        constraints: ClassVar = [models.CheckConstraint(condition=~models.Q(why=""), name="rating_says_why")]

    def __str__(self) -> str:
        return self.after


class Turn(CaseRow):
    """One line of an enquiry's history. Written once."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, db_index=False, related_name="turns")
    kind = models.CharField(max_length=12, choices=states.LINES)
    text = models.TextField(blank=True)
    by_user = models.BigIntegerField(null=True, blank=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "enquiry", "at", "id"], name="turn_of_enquiry")]

    def __str__(self) -> str:
        return self.kind
