"""What the demonstration needs before it starts: tables, pages' files, people; a process of its own, which ends."""

from contextlib import suppress

import django
from django.conf import settings
from django.core.management import call_command, get_commands

from frontdoor.config.commands.make_seal_key import make_key
from frontdoor.config.commands.serve import collect_static


def main() -> None:
    """Migrate, gather the static files, and load the two invented councils unless they are there."""
    django.setup()
    if settings.SEAL_KEY_FILE is not None:
        with suppress(FileExistsError):
            make_key(settings.SEAL_KEY_FILE)
    call_command("migrate", database="owner", verbosity=0)
    collect_static()
    if "seed_demo" in get_commands():
        call_command("seed_demo")


if __name__ == "__main__":
    main()
