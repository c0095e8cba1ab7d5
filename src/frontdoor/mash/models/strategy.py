"""A strategy discussion: who was asked and came, what they brought, its issues, each child's decision, its minutes."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from frontdoor.actors.models import CaseRow
from frontdoor.contacts.models import Contact, Matter, Named
from frontdoor.mash.models.enquiries import Enquiry
from frontdoor.mash.rules import strategy as rules
from frontdoor.mash.rules.asking.replies import MARKS

SETTLED = ["closed", "not_held"]


class Discussion(CaseRow):
    """One strategy discussion about one or several children of a contact, beside an enquiry or without one.

    `protection` is the key of what was started on the contact's page and led here. `due_at` is the time of the clock
    that runs: to be held, then to have its minutes sent. `lacking` names who was missing for a quorum when it was
    signed, in words; `lacking_why` is the manager's reason.
    """

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, db_index=False, related_name="+")
    enquiry = models.ForeignKey(
        Enquiry, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="discussions"
    )
    protection = models.UUIDField(null=True, blank=True)
    reference = models.CharField(max_length=40)
    why = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.BigIntegerField()
    team_id = models.BigIntegerField()
    state = models.CharField(max_length=12, choices=rules.STATES, default=rules.State.ASKED.value)
    due_at = models.DateTimeField(null=True, blank=True)
    how = models.CharField(max_length=10, choices=rules.HOW, blank=True)
    chair = models.CharField(max_length=200, blank=True)
    began_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    again_at = models.DateTimeField(null=True, blank=True)
    why_not = models.TextField(blank=True)
    shared = models.TextField(blank=True)
    others = models.TextField(blank=True)
    parents = models.CharField(max_length=10, choices=rules.TOLD, blank=True)
    parents_why = models.TextField(blank=True)
    lado = models.TextField(blank=True)
    other_council = models.TextField(blank=True)
    legal = models.TextField(blank=True)
    contingency = models.TextField(blank=True)
    dissent = models.TextField(blank=True)
    lacking = models.TextField(blank=True)
    lacking_why = models.TextField(blank=True)
    written_by = models.BigIntegerField(null=True, blank=True)
    signed_by = models.BigIntegerField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["authority_id", "due_at", "id"], name="discussion_open", condition=~Q(state__in=SETTLED)
            ),
            models.Index(fields=["authority_id", "asked_at", "id"], name="discussion_all"),
            models.Index(fields=["authority_id", "contact", "id"], name="discussion_contact"),
            models.Index(
                fields=["authority_id", "enquiry"], name="discussion_enquiry", condition=Q(enquiry__isnull=False)
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "reference"], name="discussion_once_a_reference"),
            models.UniqueConstraint(fields=["authority_id", "protection"], name="discussion_once_a_protection"),
            models.CheckConstraint(
                condition=~Q(state__in=["held", "signed", "closed"]) | Q(began_at__isnull=False),
                name="discussion_held_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["signed", "closed"])
                | (Q(signed_at__isnull=False, signed_by__isnull=False) & ~Q(signed_by=models.F("written_by"))),
                name="discussion_signed_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["signed", "closed"]) | (~Q(contingency="") & ~Q(dissent="")),
                name="discussion_signed_holds_contingency",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["signed", "closed"]) | Q(lacking="") | ~Q(lacking_why=""),
                name="discussion_not_quorate_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Discussed(CaseRow):
    """One child of a strategy discussion, as the contact named them, and what was decided for that child.

    `began_at` is when the section 47 enquiry of this child began; `slip` hands the child to the assessment team, and
    `seeing` is the action by which somebody sees the child.
    """

    discussion = models.ForeignKey(Discussion, on_delete=models.PROTECT, db_index=False, related_name="children")
    named = models.ForeignKey(Named, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="+")
    matter = models.ForeignKey(
        Matter, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="+"
    )
    position = models.SmallIntegerField()
    threshold = models.CharField(max_length=4, choices=rules.THRESHOLD, blank=True)
    section47 = models.CharField(max_length=8, choices=rules.SECTION47, blank=True)
    reason = models.TextField(blank=True)
    enquiry = models.CharField(max_length=8, choices=rules.ENQUIRIES, blank=True)
    sees = models.CharField(max_length=200, blank=True)
    sees_at = models.DateTimeField(null=True, blank=True)
    sees_with = models.CharField(max_length=300, blank=True)
    medical = models.TextField(blank=True)
    safety = models.TextField(blank=True)
    decided_by = models.BigIntegerField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    began_at = models.DateTimeField(null=True, blank=True)
    slip = models.UUIDField(null=True, blank=True)
    seeing = models.UUIDField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "discussion", "position", "id"], name="discussed_of_discussion"),
            models.Index(fields=["authority_id", "named"], name="discussed_named"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "discussion", "named"], name="discussed_once_a_child"),
            models.CheckConstraint(
                condition=Q(named__isnull=False) | Q(matter__isnull=False), name="discussed_is_somebody"
            ),
            models.CheckConstraint(condition=Q(section47="") | ~Q(reason=""), name="discussed_says_why"),
            models.CheckConstraint(
                condition=Q(began_at__isnull=True) | Q(section47="start"), name="discussed_begun_is_begun"
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)


class Attending(CaseRow):
    """Somebody who was asked to take part, for an agency or for us, and what they brought.

    `agency` is the key of an agency that this service knows; `mark` says how their contribution may be used.
    """

    discussion = models.ForeignKey(Discussion, on_delete=models.PROTECT, db_index=False, related_name="attending")
    line = models.CharField(max_length=16, choices=rules.LINES)
    agency = models.UUIDField(null=True, blank=True)
    agency_name = models.CharField(max_length=200)
    who = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=200, blank=True)
    way = models.CharField(max_length=10, choices=rules.WAYS, blank=True)
    asked_at = models.DateTimeField()
    came = models.CharField(max_length=10, choices=rules.CAME, default=rules.Came.ASKED.value)
    contribution = models.TextField(blank=True)
    mark = models.CharField(max_length=20, choices=MARKS, blank=True)

    class Meta:
        verbose_name_plural = "attending"
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "discussion", "id"], name="attending_of_discussion"),
            models.Index(
                fields=["authority_id", "asked_at", "agency"],
                name="attending_agency",
                condition=Q(agency__isnull=False),
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(came="came") | ~Q(who=""), name="attending_is_somebody")
        ]

    def __str__(self) -> str:
        return self.agency_name


class Issue(CaseRow):
    """An issue that was raised, and the answer to it; or why it is left open, with the action that goes on."""

    discussion = models.ForeignKey(Discussion, on_delete=models.PROTECT, db_index=False, related_name="issues")
    raised_by = models.CharField(max_length=200)
    text = models.TextField()
    raised_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    open_why = models.TextField(blank=True)
    action = models.UUIDField(null=True, blank=True)
    answered_by = models.BigIntegerField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "discussion", "id"], name="issue_of_discussion")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="issue_says_something"),
            models.CheckConstraint(
                condition=Q(open_why="") | Q(action__isnull=False), name="issue_left_open_has_an_action"
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)


class DiscussionTurn(CaseRow):
    """One line of a strategy discussion's history. Written once."""

    discussion = models.ForeignKey(Discussion, on_delete=models.PROTECT, db_index=False, related_name="turns")
    kind = models.CharField(max_length=12, choices=rules.TURNS)
    text = models.TextField(blank=True)
    by_user = models.BigIntegerField(null=True, blank=True)
    by_name = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "discussion", "id"], name="turn_of_discussion")]

    def __str__(self) -> str:
        return self.kind


class Minutes(CaseRow):
    """One version of the minutes, as the record stood when it was signed; no child is named in it. Written once."""

    discussion = models.ForeignKey(Discussion, on_delete=models.PROTECT, db_index=False, related_name="minutes")
    number = models.SmallIntegerField()
    body = models.JSONField()
    why = models.TextField(blank=True)
    signed_by = models.BigIntegerField()
    signed_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "minutes"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "discussion", "number"], name="minutes_once_a_number"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(why=""), name="minutes_corrected_say_why"),
        ]

    def __str__(self) -> str:
        return str(self.number)


class Circulation(CaseRow):
    """Minutes as one agency got them: without what is marked to stay with others. The agency reads its own rows.

    `agency` is empty for somebody whose agency has no desk here: they get the minutes on paper. Written once.
    """

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, db_index=False, related_name="circulated")
    agency = models.UUIDField(null=True, blank=True)
    agency_name = models.CharField(max_length=200)
    reference = models.CharField(max_length=40)
    number = models.SmallIntegerField()
    body = models.JSONField()
    sent_by = models.BigIntegerField()
    sent_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "minutes", "id"], name="circulation_of_minutes"),
            models.Index(fields=["authority_id", "agency", "sent_at"], name="circulation_agency"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority_id", "minutes", "agency"], name="circulation_once", condition=Q(agency__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["authority_id", "minutes", "agency_name"],
                name="circulation_once_on_paper",
                condition=Q(agency__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.agency_name
