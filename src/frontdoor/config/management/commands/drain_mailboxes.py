"""Takes in what lies in the councils' mailboxes."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from frontdoor.config.mailbox import MailboxAway, drain


class Command(BaseCommand):
    """`./frontdoor mailbox`."""

    help = "Takes in every message of each mailbox that FRONTDOOR_MAILBOX names, and moves it once it has its number."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.ENVIRONMENT.mailboxes:
            raise CommandError("FRONTDOOR_MAILBOX names no mailbox.")
        wrong = []
        for mailbox in settings.ENVIRONMENT.mailboxes:
            try:
                done = drain(mailbox)
            except MailboxAway as away:
                wrong.append(f"council {mailbox.council}: {away}")
                continue
            self.stdout.write(
                f"council {mailbox.council}: {done.taken} taken in, {done.known} known already, "
                f"{done.large} too large to keep, {done.failed} left where they are"
            )
            if done.failed:
                wrong.append(f"council {mailbox.council}: {done.failed} could not be taken in; the log says why")
        if wrong:
            raise CommandError("; ".join(wrong))
