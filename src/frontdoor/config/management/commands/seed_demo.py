"""Loads the two invented councils and their fortnight of arrivals, once."""

import gc
import json
import secrets
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from procrastinate.contrib.django import app

from frontdoor.access.models import User
from frontdoor.access.rules import ROLE_NAMES
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import SEEDER
from frontdoor.config.demo import (
    answering,
    asking,
    indexing,
    knowing,
    organisation,
    practising,
    restricting,
    sending,
    signposting,
)
from frontdoor.config.demo.arriving import written_at
from frontdoor.config.demo.practising import Practice
from frontdoor.config.demo.remembering import remembered
from frontdoor.config.scenarios import (
    Households,
    arrivals,
    households,
    shifted,
    shifted_households,
    weeks_until,
    wishes,
)
from frontdoor.councils.queries import council


class Command(BaseCommand):
    """Run by `./frontdoor demo`; again it does nothing, so that what people did in the demonstration is kept."""

    help = "Loads the invented councils, accounts and arrivals of the demonstration, unless they are there."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where the site will be, for letters that name one of its pages."""
        parser.add_argument("--address", default="", help="address of the site, without a slash at the end")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO and not settings.ENVIRONMENT.testing:
            raise CommandError("This is not a demonstration: nothing invented is loaded here.")
        now = timezone.now()
        if User.objects.exists():
            organisation.name_call_back_pages(options["address"], at=now)
            return
        gc.set_threshold(100_000)  # it makes thousands of short-lived rows and hardly a cycle
        password = f"{secrets.choice(_WORDS)}-{secrets.choice(_WORDS)}-{secrets.randbelow(9000) + 1000}"
        weeks = weeks_until(now, arrivals())
        moved = shifted(arrivals(), weeks=weeks)
        known = shifted_households(households(), weeks=weeks)
        begins = remembered(known)[0].at - timedelta(days=1)
        self._keep(organisation.make(at=begins, password=password), password)
        sending.make(at=begins, password=password)
        answering.make(at=begins, password=password)
        asking.keep_desks(at=begins)
        organisation.name_call_back_pages(options["address"], at=begins)
        organisation.read_most_again(at=begins)
        restricting.make(known, now=now)
        signposting.begin(at=begins)
        taken = Practice(until=now).play(moved, known, wishes())
        self._leave_the_rest(moved, now, weeks)
        restricting.break_one(now=now)
        knowing.make(now=now)
        self._look_for_doubles(known, now)
        practising.fill_rota(now)
        sending.fall_silent(now)
        signposting.make(now=now)
        asking.say_today(at=now)
        organisation.keep_awake(at=now)
        self.stdout.write(f"{taken} arrivals taken in, {len(moved) - taken} come in at their own minute")

    def _look_for_doubles(self, known: Households, now: datetime) -> None:
        """What a night's search leaves in the morning: possible doubles of each council, and across the two."""
        councils = (organisation.PETERBOROUGH, organisation.CAMBRIDGESHIRE)
        for here, there in (councils, councils[::-1]):
            with acting_for(here, by=SEEDER) as by:
                indexing.never_link(known.never_link, by=by, at=now)
            for more in ([], ["--with", council(there).slug]):
                call_command("match", "--council", council(here).slug, *more, stdout=StringIO(), stderr=StringIO())

    def _keep(self, accounts: list[organisation.Account], password: str) -> None:
        """What the demonstration prints: one account of each role a council."""
        rows = [
            {
                "role": f"{ROLE_NAMES[account.role]}, {council(account.authority).name}",
                "code": account.role.replace("_", "-") + ("" if account.authority == 873 else "@peterborough"),
                "email": account.email,
                "password": password,
            }
            for account in accounts
            if not account.email.split("@", maxsplit=1)[0].endswith("-2")
        ]
        rows += [
            {"role": f"Sender, {each.agency}", "code": each.code, "email": each.email, "password": password}
            for each in sending.SENDERS
        ]
        rows += [
            {"role": f"Partner, {each.agency}", "code": each.code, "email": each.email, "password": password}
            for each in answering.PARTNERS
        ]
        path = settings.STATE / "accounts.json"
        path.write_text(json.dumps(rows, indent=1))
        path.chmod(0o600)

    def _leave_the_rest(self, moved: Any, now: Any, weeks: int) -> None:
        """What is later than now comes in at its own minute, while the demonstration runs."""
        for arrival in moved:
            if (at := written_at(arrival)) > now:
                app.configure_task("config.arrive", schedule_at=at).defer(arrival=arrival.id, weeks=weeks)


_WORDS = ("willow", "harbour", "lantern", "meadow", "pebble", "orchard", "kestrel", "saffron", "thimble", "wicket")
