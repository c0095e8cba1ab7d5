"""A referral of one child, every slip that came for it, and its history."""

from typing import ClassVar

from django.db import models

from frontdoor.actors.models import CaseRow
from frontdoor.contacts.models import Contact, Matter, Named
from frontdoor.handovers.rules import STATES as SLIP_STATES
from frontdoor.people.models import Person
from frontdoor.referrals.rules import judging, states

OPEN = models.Q(settled_at__isnull=True)


class Referral(CaseRow):
    """Work about one child that was sent to an assessment team. The referral begins with the sending.

    `person` is who the child is, once that is confirmed and not behind the second wall. `counts` says
    what it is in the statistics: work on a case that was open already is no referral. `before` is the day of the
    earlier referral that makes it a re-referral. `due_at`, `unseen_since` and `alone_since` follow the running clocks,
    as lists order and narrow by them.
    """

    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="+"
    )
    matter = models.ForeignKey(
        Matter, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="+"
    )
    named = models.ForeignKey(Named, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="+")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="+"
    )
    label = models.CharField(max_length=120)
    counts = models.CharField(max_length=12, choices=judging.COUNTS)
    before = models.DateField(null=True, blank=True)
    open_with = models.CharField(max_length=300, blank=True)
    source_code = models.CharField(max_length=2, blank=True)
    need = models.CharField(max_length=2, blank=True)
    urgent = models.BooleanField(default=False)
    section47 = models.BooleanField(default=False)
    restricted = models.BooleanField(default=False)
    unborn = models.BooleanField(default=False)

    received_at = models.DateTimeField()
    began_at = models.DateTimeField()
    began_on = models.DateField()
    state = models.CharField(max_length=12, choices=states.STATES, default=states.State.OFFERED.value)
    team_id = models.BigIntegerField()
    worker = models.BigIntegerField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    picked_at = models.DateTimeField(null=True, blank=True)
    visited_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    alone_at = models.DateTimeField(null=True, blank=True)
    unseen_since = models.DateTimeField(null=True, blank=True)
    alone_since = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField()

    same_as = models.ForeignKey(
        "self", on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="+"
    )
    closed_on = models.DateField(null=True, blank=True)
    closure = models.CharField(max_length=3, blank=True)
    nfa = models.BooleanField(default=False)
    settled_why = models.TextField(blank=True)
    settled_by = models.BigIntegerField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "due_at", "id"], name="referral_open", condition=OPEN),
            models.Index(fields=["authority_id", "settled_at", "id"], name="referral_settled"),
            models.Index(fields=["authority_id", "person", "began_on"], name="referral_person"),
            models.Index(fields=["authority_id", "contact"], name="referral_contact"),
            models.Index(fields=["authority_id", "worker", "due_at"], name="referral_worker", condition=OPEN),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority_id", "person"], name="referral_one_open_a_person",
                condition=OPEN & models.Q(person__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["authority_id", "named"], name="referral_one_open_a_child",
                condition=OPEN & models.Q(named__isnull=False),
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=states.OPEN, settled_at__isnull=True)
                | models.Q(~models.Q(state__in=states.OPEN), settled_at__isnull=False),
                name="referral_settled_when_its_state_is",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="closed")
                | ((~models.Q(closure="") | models.Q(nfa=True)) & models.Q(closed_on__isnull=False)),
                name="referral_closed_with_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(counts="re_referral", before__isnull=False)
                | models.Q(~models.Q(counts="re_referral"), before__isnull=True),
                name="referral_again_names_the_day",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.label


class Arrival(CaseRow):
    """One slip that came for a referral: the one that began it, or one that brought more about the same child.

    `of_kind` and `of_key` name what was handed over, as plain values: it may be a thing of a room beside this one.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, db_index=False, related_name="arrivals")
    slip = models.UUIDField()
    of_kind = models.CharField(max_length=60)
    of_key = models.UUIDField()
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="+"
    )
    named = models.ForeignKey(Named, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="+")
    urgent = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=SLIP_STATES)
    sent_at = models.DateTimeField()
    came_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "referral", "sent_at"], name="arrival_of_referral"),
            models.Index(fields=["authority_id", "contact"], name="arrival_of_contact"),
        ]
        constraints: ClassVar = [models.UniqueConstraint(fields=["authority_id", "slip"], name="arrival_once_a_slip")]

    def __str__(self) -> str:
        return str(self.key)


class Turn(CaseRow):
    """One line of a referral's history; written once."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, db_index=False, related_name="turns")
    kind = models.CharField(max_length=12, choices=states.TURNS)
    text = models.TextField(blank=True)
    by_user = models.BigIntegerField(null=True, blank=True)
    by_name = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "referral", "at", "id"], name="turn_of_referral")]

    def __str__(self) -> str:
        return self.kind
