"""Five partners and five staff at once, held together at every act: the load of `bench --load`, made certain."""

import threading

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from frontdoor.access.models import User
from frontdoor.actors.rules import CLOCK_SWEEP
from frontdoor.config.bench import crowd
from frontdoor.config.bench.checking import checked
from frontdoor.config.bench.visiting import FAULTS, Partner, Staff
from frontdoor.mash.actions.asking import hear
from frontdoor.mash.models import Request
from frontdoor.organisations.models import Agency
from tests.contacts.arriving import arrive

PEOPLE = 5
PATIENCE = 300
pytestmark = pytest.mark.usefixtures("own_database")


class Together:
    """A visitor's browser that sends a form only when all the others are about to send theirs."""

    def __init__(self, client: Client, barrier: threading.Barrier) -> None:
        self.client, self.barrier = client, barrier

    def get(self, what, path):
        answer = self.client.get(path)
        assert answer.status_code < 500, what
        return answer.status_code, answer.headers.get("Location", ""), answer.content.decode()

    def post(self, what, path, page, typed, *, faults=FAULTS):
        self.barrier.wait(PATIENCE)
        answer = self.client.post(path, typed)
        assert answer.status_code < 500, what
        assert answer.status_code not in faults, what
        return answer.status_code, answer.headers.get("Location", ""), answer.content.decode()


def at_once(world, users, visitor, do, *, first=0):
    """Everybody does the same at once; their visitors with what they were told."""
    barrier, failures = threading.Barrier(len(users)), []
    visitors = [
        visitor(Together(world.signed_in(Client(), user), barrier), number) for number, user in enumerate(users, first)
    ]

    def one(each):
        try:
            do(each)
        except Exception as failure:  # noqa: BLE001 (handed to the test's own thread)
            failures.append(failure)
            barrier.abort()
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(each,)) for each in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert not failures, failures
    return [each.account for each in visitors]


@pytest.fixture
def work(world):
    """One enquiry whose agencies were asked, one for which nobody was, and five families in the queue."""
    with world.acting("social_worker") as by:
        for _ in range(PEOPLE):
            arrive(by=by)
    return crowd.work(1, 1, at=timezone.now())


def test_of_five_staff_who_act_on_one_version_at_once_one_does_and_the_queue_gives_each_another(world, work):
    staff = crowd.staff(PEOPLE, at=timezone.now())
    everybody = []
    for turn, act in enumerate(("write", "rate", "send", "take", "claim")):
        accounts = at_once(
            world,
            staff,
            lambda browser, number: Staff(browser, number, "peterborough", [*work.enquiries], [*work.unsent]),
            lambda each: getattr(each, act)(),  # noqa: B023 (done with before the next)
            first=turn * PEOPLE,  # so that nobody writes the same mark twice
        )
        assert sum(len(account.versions) for account in accounts) == (act != "claim"), act
        everybody += accounts
    held = [key for account in everybody for key in account.held]
    assert len(held) == len(set(held)) == PEOPLE
    found = checked(everybody, work)
    assert not found.words
    assert not found.double


def test_of_five_partners_of_one_agency_who_answer_for_one_person_at_once_one_does(world, work):
    agency = Agency.objects.get(key=next(iter(work.requests)))
    made = crowd.partners(PEOPLE, [agency], at=timezone.now())
    users = list(User.objects.filter(pk__in=[user.pk for user, _ in made]))
    ((key, people),) = work.requests[agency.key].items()
    accounts = at_once(
        world, users, lambda browser, number: Partner(browser, number, {key: people[:1]}), lambda each: each.step()
    )
    with world.system(CLOCK_SWEEP) as by:
        for request in Request.objects.all():
            hear(request.key, by=by, at=timezone.now())
    assert sum(len(account.done.get("answer", ())) for account in accounts) == 1
    assert not checked(accounts, work).words
