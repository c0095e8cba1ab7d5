"""`./frontdoor make_seal_key FILE`: makes the key that signs the trail's seals."""

import argparse
import os
import sys
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat


def make_key(file: Path) -> None:
    """Make a new signing key, readable by its owner alone; one that is there is never overwritten.

    :raises FileExistsError: there is one
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = Ed25519PrivateKey.generate().private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as made:
        made.write(key.hex() + "\n")


def run(arguments: list[str]) -> int:
    """Make the key and say how the service finds it."""
    parser = argparse.ArgumentParser(
        prog="./frontdoor make_seal_key",
        description="Makes the key that signs the trail's seals. Keep it off the database's machine and its backups.",
    )
    parser.add_argument("file", type=Path)
    file = parser.parse_args(arguments).file.resolve()
    try:
        make_key(file)
    except FileExistsError:
        print(f"Front Door: {file} is there already and is not overwritten.", file=sys.stderr)
        return 1
    print(f"Made. Set FRONTDOOR_SEAL_KEY_FILE={file} for site and worker.")
    return 0
