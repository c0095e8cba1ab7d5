"""Every verb of `./frontdoor`, in the order in which a person meets them."""

import importlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Verb:
    """One command.

    :param name: what is typed
    :param about: what it does, as `./frontdoor help` says it
    :param ours: whether a module of this package runs it; else a Django management command of the same name does
    :param module: the module's name, where it cannot be that of the verb
    """

    name: str
    about: str
    ours: bool = True
    module: str = ""

    def run(self, arguments: list[str]) -> int:
        """Run it; gives the exit status."""
        if self.ours:
            status: int = importlib.import_module(f"{__name__}.{self.module or self.name}").run(arguments)
            return status
        return found_in_django(self.name, arguments)


VERBS = (
    Verb("demo", "starts everything with two invented councils, and prints the address and the accounts"),
    Verb("code", "prints the present second factor of an account of the demonstration"),
    Verb("test", "runs everything that CI runs; other arguments go to pytest"),
    Verb("help", "lists the commands"),
    Verb("roles", "prints the SQL that makes the database roles on a PostgreSQL of your own"),
    Verb("make_seal_key", "makes the key that signs the trail's seals, kept outside the database"),
    Verb("make_field_key", "makes the key that wraps the keys of protected addresses, kept outside the database"),
    Verb("rotate_keys", "seals every protected address again under new keys", ours=False),
    Verb("verify", "checks receipts, the trail, or the separation of the councils"),
    Verb("migrate", "brings the database to this release, as its owner"),
    Verb("serve", "serves the site"),
    Verb("worker", "does the background work"),
    Verb(
        "import", "brings people in: `import people DIR --council SLUG`, tables of a case system as CSV", module="bring"
    ),
    Verb("match", "finds records that may be one person: `match --council SLUG`; learns weights; measures", ours=False),
    Verb("guard", "measures on seeded documents which protected facts the guard of words misses, and prints one table"),
    Verb("mailbox", "takes in what lies in the councils' mailboxes now; the worker does it every minute"),
    Verb("bench", "measures speeds at a million invented contacts against floors, and prints one table"),
    Verb("screenshots", "takes the pictures of the documents from the demonstration that runs here"),
    Verb("django", "runs one of Django's own commands: ./frontdoor django shell"),
)


def found(name: str) -> Verb | None:
    """The verb of that name."""
    return next((verb for verb in VERBS if verb.name == name), None)


def found_in_django(name: str, arguments: list[str]) -> int:
    """Hand a command over to Django, on the database of this machine's environment."""
    from django.core.management import execute_from_command_line

    from frontdoor.config.commands.standing import connected

    with connected():
        execute_from_command_line(["frontdoor", name, *arguments])
    return 0
