"""A disagreement between professionals, and every line that was said about it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from frontdoor.actors.models import CaseRow
from frontdoor.contacts.models import Contact, Matter
from frontdoor.mash.models.objecting import Objection, Position
from frontdoor.mash.rules import disagreements as rules


class Disagreement(CaseRow):
    """What a professional says against a decision about a child, from the first word to what was learnt.

    `decision` is the key of the decision that stood when it was raised, and `decided_by` whoever made it; both are
    empty where what is disputed is not a decision. `owner` answers for it on our side, `counterpart` on theirs.
    `objection` is what the agency raised at its own desk; empty where somebody here wrote down what was told.
    """

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, db_index=False, related_name="+")
    matter = models.ForeignKey(
        Matter, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="+"
    )
    decision = models.UUIDField(null=True, blank=True)
    decided_by = models.BigIntegerField(null=True, blank=True)

    about = models.CharField(max_length=20, choices=rules.ABOUT)
    who = models.CharField(max_length=200)
    role = models.CharField(max_length=200, blank=True)
    agency = models.CharField(max_length=200)
    way = models.CharField(max_length=12, choices=rules.WAYS)
    position = models.TextField()
    wanted = models.TextField()
    urgent = models.BooleanField(default=False)
    raised_at = models.DateTimeField()
    taken_by = models.BigIntegerField()

    state = models.CharField(max_length=10, choices=rules.STATES, default=rules.State.OPEN.value)
    stage = models.SmallIntegerField(choices=rules.STAGES, default=1)
    owner = models.BigIntegerField(null=True, blank=True)
    objection = models.ForeignKey(
        Objection, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="+"
    )
    counterpart = models.CharField(max_length=200, blank=True)
    due_at = models.DateTimeField()
    outcome = models.CharField(max_length=12, choices=rules.OUTCOMES, blank=True)
    agreed = models.BooleanField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["authority_id", "due_at", "id"],
                name="disagreement_open",
                condition=Q(state=rules.State.OPEN.value),
            ),
            models.Index(fields=["authority_id", "contact", "id"], name="disagreement_contact"),
            models.Index(
                fields=["authority_id", "resolved_at", "id"],
                name="disagreement_resolved",
                condition=Q(resolved_at__isnull=False),
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "objection"], name="disagreement_once_an_objection"),
            models.CheckConstraint(
                condition=Q(state="open", resolved_at__isnull=True, outcome="")
                | (Q(state="resolved", resolved_at__isnull=False, agreed__isnull=False) & ~Q(outcome="")),
                name="disagreement_resolved_says_how",
            ),
            models.CheckConstraint(
                condition=Q(stage__lt=rules.MANAGED_FROM)
                | Q(owner__isnull=True)
                | Q(decided_by__isnull=True)
                | ~Q(owner=models.F("decided_by")),
                name="disagreement_is_settled_by_another",
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)


class Saying(CaseRow):
    """One line of a disagreement; written once. `side` is the agency whose position it is, empty for ours.

    `told` is what the agency wrote at its own desk.
    """

    disagreement = models.ForeignKey(Disagreement, on_delete=models.PROTECT, db_index=False, related_name="sayings")
    kind = models.CharField(max_length=10, choices=rules.TURNS)
    side = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    stage = models.SmallIntegerField()
    by_user = models.BigIntegerField(null=True, blank=True)
    told = models.ForeignKey(
        Position, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "disagreement", "id"], name="saying_of_disagreement")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "told"], name="saying_once_a_position"),
            models.CheckConstraint(condition=Q(kind="owned") | ~Q(text=""), name="saying_says_something"),
        ]

    def __str__(self) -> str:
        return self.kind
