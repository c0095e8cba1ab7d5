"""A worker that sends one letter and is killed at the worst moment: `python -m tests.letters.dying_worker LETTER WHEN`.

WHEN is `before`: killed before the provider has the letter; `after`: when the provider has it and nothing is committed;
`never`: it lives.
"""

import os
import signal
import sys
from typing import Any

import django
from django.conf import settings


def main(letter: str, when: str) -> None:
    """Run the job as the worker would."""
    django.setup()
    from procrastinate.contrib.django import app

    from frontdoor.letters.jobs import FileBackend
    from frontdoor.letters.rules import Recipient, Route, resolver

    class Dying(FileBackend):
        def send_messages(self, email_messages: Any) -> int:
            if when == "before":
                os.kill(os.getpid(), signal.SIGKILL)
            super().send_messages(email_messages)
            if when == "after":
                os.kill(os.getpid(), signal.SIGKILL)
            return len(email_messages)

    somebody = Recipient("professional", "given", Route.EMAIL, email="a@example.org")
    resolver("tests.contact", lambda subject, recipient, *, by, at: somebody)
    sys.modules[__name__].Dying = Dying  # type: ignore[attr-defined]  # found by its dotted path
    settings.EMAIL_BACKEND = f"{__name__}.Dying"
    app.tasks["letters.send"].func(authority=874, letter=letter)


if __name__ == "__main__":
    main(*sys.argv[1:])
