"""`./frontdoor make_field_key FILE`: makes the key that wraps the councils' own keys for protected addresses."""

import argparse
import os
import secrets
import sys
from pathlib import Path


def make_field_key(file: Path) -> None:
    """Make a new key, readable by its owner alone; one that is there is never overwritten.

    :raises FileExistsError: there is one
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as made:
        made.write(secrets.token_hex(32) + "\n")


def add_before(file: Path) -> None:
    """Put a new key before those of a file: it wraps what is new, and the older ones still open what they wrapped."""
    older = file.read_text()
    half = file.with_suffix(".new")
    make_field_key(half)
    with half.open("a") as made:
        made.write(older)
    half.replace(file)


def run(arguments: list[str]) -> int:
    """Make the key and say how the service finds it."""
    parser = argparse.ArgumentParser(
        prog="./frontdoor make_field_key",
        description="Makes the key outside the database without which no protected address opens. Back it up apart.",
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--before", action="store_true", help="put a new key before those that the file holds")
    said = parser.parse_args(arguments)
    file = said.file.resolve()
    try:
        (add_before if said.before else make_field_key)(file)
    except FileExistsError:
        print(f"Front Door: {file} is there already and is not overwritten.", file=sys.stderr)
        return 1
    print(f"Made. Set FRONTDOOR_FIELD_KEY_FILE={file} for site and worker.")
    if said.before:
        print("Start site and worker again, then run ./frontdoor rotate_keys.")
    return 0
