"""Strategy discussions of the demonstration: whole with minutes sent, not quorate, and with an issue unanswered."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from functools import partial

from frontdoor.access.rules import Role
from frontdoor.actors.rules import Actor
from frontdoor.config.demo.playing import Agenda, at_the_desk
from frontdoor.contacts.models import Contact
from frontdoor.handovers import actions as handovers
from frontdoor.handovers.models import Handover
from frontdoor.mash.actions import strategy as actions
from frontdoor.mash.models import Attending, Discussed, Discussion, Issue
from frontdoor.mash.rules.strategy import Came, ForChild, Record, State
from frontdoor.organisations.models import Agency

Acting = Callable[..., AbstractContextManager[Actor]]

THERE = (
    ("care_worker", "", "Children’s social care", "Social worker of MASH", ""),
    ("care_manager", "", "Children’s social care", "Team manager of MASH", ""),
    ("police", "Cambridgeshire Constabulary", "", "Detective sergeant on call",
     "Two calls to the home in the last year. An officer can go there tonight."),
    ("health", "Nene Community Health", "", "Named nurse",
     "The health visitor saw the children on Tuesday; one appointment was missed since."),
)  # fmt: skip
RECORD = Record(
    shared="What the school saw this morning, two earlier calls to the police, one missed appointment.",
    others="Everybody under eighteen in the home was talked about; a cousin who stays at weekends is named.",
    parents="will_be", parents_why="The social worker tells the mother at the visit, once the children are with her.",
    contingency="If the children cannot be seen tonight, the police go in with the out-of-hours team, and an order is "
    "asked for in the morning.",
    dissent="Nobody disagreed.", legal="The duty solicitor was rung: the threshold for an order may be met.",
)  # fmt: skip
ISSUES = ("Who else has a key to the home?", "The neighbour")
ANSWER = "Seen tonight by the social worker and the police together; nobody leaves before it is known who stays."
WHY_NOT = "The named nurse was rung twice and read what was decided the same evening; she agreed."


class Discussing:
    """Puts on the agenda what becomes of a strategy discussion that was started on a contact.

    :param acting: somebody of a role, acting for a council
    """

    unsigned = 3
    """Of so many one has no minutes, and an issue that nobody has answered."""

    def __init__(self, agenda: Agenda, acting: Acting) -> None:
        self.agenda, self.acting, self._number = agenda, acting, 0

    def begin(self, contact: Contact, at: datetime) -> None:
        """From the moment in which it was started."""
        self._number += 1
        plan, number, council = self.agenda.plan, self._number, contact.authority_id
        plan(at + timedelta(minutes=20), partial(self._attend, contact, council, number))
        plan(at + timedelta(minutes=35), partial(self._decide, contact, council, number))
        if number % self.unsigned:
            plan(at_the_desk(at + timedelta(minutes=80)), partial(self._sign, contact, council))

    def _of(self, contact: Contact) -> Discussion:
        """How it stands; inside `acting`."""
        return Discussion.objects.filter(contact=contact).order_by("id")[0]

    def _attend(self, contact: Contact, council: int, number: int, at: datetime) -> None:
        """Everybody comes, but for every third the health trust."""
        with self.acting(council, Role.DUTY_WORKER, at) as by:
            for line, agency, name, who, brought in THERE:
                came = Came.NOT if (line, number % 3) == ("health", 2) else Came.CAME
                key = Agency.objects.filter(name=agency).values_list("key", flat=True).first()
                known = key if agency else None
                actions.attend(
                    self._of(contact).key, seen=self._of(contact).version, who=who, role="", line=line,
                    agency=str(known) if known else "", name=name or agency, came=came.value,
                    way="telephone" if came is Came.CAME else "", contribution=brought if came is Came.CAME else "",
                    mark="professionals", by=by, at=at,
                )  # fmt: skip
            row = self._of(contact)
            actions.hold(
                row.key, seen=row.version, began=row.began_at, ended=at, how="call", chair="Team manager of MASH",
                by=by, at=at,
            )  # fmt: skip

    def _decide(self, contact: Contact, council: int, number: int, at: datetime) -> None:
        with self.acting(council, Role.DUTY_WORKER, at) as by:
            row = self._of(contact)
            given = ForChild(
                threshold="yes", section47="start", enquiry="joint", sees=f"user:{by.user_id}",
                reason="What was seen may be significant harm, and nobody knows who is in the home tonight.",
                sees_at=at + timedelta(hours=4), sees_with="with the police, and alone",
                medical="The duty doctor decides once the child was seen.",
                safety="An officer stays at the home until the social worker is there.",
            )  # fmt: skip
            for child in Discussed.objects.filter(discussion=row).order_by("position"):
                actions.decide_child(row.key, child.key, seen=self._of(contact).version, given=given, by=by, at=at)
            for issue in Issue.objects.filter(discussion=row):
                actions.answer_issue(
                    row.key, issue.key, seen=self._of(contact).version, answer=ANSWER, open_why="", action="",
                    owner="", until=None, by=by, at=at,
                )  # fmt: skip
            if number % self.unsigned == 0:
                text, who = ISSUES
                actions.raise_issue(
                    row.key, seen=self._of(contact).version, text=text, raised_by=who, by=by, at=at
                )  # fmt: skip
            actions.write(row.key, seen=self._of(contact).version, record=RECORD, by=by, at=at)
        self.agenda.plan(at + timedelta(minutes=25), partial(self._accept, contact, council))

    def _accept(self, contact: Contact, council: int, at: datetime) -> None:
        """The assessment team takes the children on at whatever hour: nobody waits for a signature."""
        with self.acting(council, Role.ASSESSMENT_MANAGER, at) as by:
            keys = Discussed.objects.filter(discussion=self._of(contact)).values_list("key", flat=True)
            for slip in list(Handover.objects.filter(subject_key__in=list(keys), state="sent").order_by("id")):
                handovers.accept(slip.key, seen=slip.version, by=by, at=at)

    def _sign(self, contact: Contact, council: int, at: datetime) -> None:
        with self.acting(council, Role.TEAM_MANAGER, at) as by:
            row = self._of(contact)
            whole = not Attending.objects.filter(discussion=row, line="health").exclude(came=Came.CAME.value).exists()
            if row.state != State.HELD:
                return
            actions.sign(row.key, seen=row.version, why="" if whole else WHY_NOT, by=by, at=at)
            actions.send(row.key, seen=self._of(contact).version, by=by, at=at)
