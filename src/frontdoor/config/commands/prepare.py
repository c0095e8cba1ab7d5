"""What the demonstration needs before its people: tables, and the pages' files; a process of its own, which ends."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import django
from django.conf import settings
from django.core.management import call_command

from frontdoor.config.commands.make_field_key import make_field_key
from frontdoor.config.commands.make_seal_key import make_key
from frontdoor.config.commands.serve import collect_static


def main() -> None:
    """Migrate, and gather the static files meanwhile."""
    django.setup()
    if settings.SEAL_KEY_FILE is not None:
        with suppress(FileExistsError):
            make_key(settings.SEAL_KEY_FILE)
    if settings.FIELD_KEY_FILE is not None:
        with suppress(FileExistsError):
            make_field_key(settings.FIELD_KEY_FILE)
    with ThreadPoolExecutor(max_workers=1) as beside:
        gathered = beside.submit(collect_static)
        call_command("migrate", database="owner", verbosity=0)
    gathered.result()


if __name__ == "__main__":
    main()
