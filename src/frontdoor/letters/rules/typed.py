"""An address typed into a form beside the mark "keep this address from others": sealed before anything keeps it.

The sealed text takes the place of the address in drafts, in the report as it came and in every page shown again. It
opens only where the report is taken in, into the table of protected addresses.
"""

import base64
import binascii
import re
from collections.abc import Callable, Iterable, Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

ADDRESS, POSTCODE, KEEP, SEALED = "address", "postcode", "keep", "sealed"
_PLACE = b"frontdoor.typed.1"
_TEXT = re.compile(r"kept:1:([0-9a-f]{16}):([A-Za-z0-9_-]{8,1600}={0,2})")
LONGEST = 320
"""Characters of an address with its postcode that are kept."""


def _cipher(master: bytes) -> AESSIV:
    """The cipher for what is typed, from the key outside the database; its key is kept nowhere."""
    return AESSIV(HKDF(SHA256(), 64, salt=None, info=_PLACE).derive(master))


def sealed_text(address: str, *, name: str, master: bytes) -> str:
    """The address as one word that nobody reads; the same address gives the same word, so that sending twice does too.

    :param name: fingerprint of the key outside, so that it opens after that was changed
    """
    sealed = _cipher(master).encrypt(address[:LONGEST].encode(), [_PLACE])
    return f"kept:1:{name}:{base64.urlsafe_b64encode(sealed).decode()}"


def opened_text(text: str, masters: Mapping[str, bytes]) -> str | None:
    """The address of such a word; None where nobody here sealed it, or its key is gone."""
    found = _TEXT.fullmatch(text)
    if found is None or found[1] not in masters:
        return None
    try:
        return _cipher(masters[found[1]]).decrypt(base64.urlsafe_b64decode(found[2]), [_PLACE]).decode()
    except (ValueError, binascii.Error, InvalidTag):
        return None


def is_sealed(text: str) -> bool:
    """Whether a text has the form of such a word."""
    return _TEXT.fullmatch(text) is not None


def prefixes(names: Iterable[str]) -> list[str]:
    """Of which rows of a form an address may be kept back: what stands before `keep` or `sealed` in their inputs."""
    found = (name.removesuffix(end) for name in names for end in (KEEP, SEALED) if name.endswith(end))
    return sorted({prefix for prefix in found if not prefix or prefix.endswith("-")})


def kept_back(typed: Mapping[str, str], *, sealing: Callable[[str], str]) -> dict[str, str]:
    """What changes in a form that was sent, so that no address that is to be kept from others goes further in clear.

    What is sealed stays so without the mark as well, until another address is typed in its place.

    :param typed: by the name of the input
    :param sealing: makes one word of an address
    """
    changed: dict[str, str] = {}
    for prefix in prefixes(typed):
        here = {name: str(typed.get(prefix + name, "")).strip() for name in (ADDRESS, POSTCODE, KEEP, SEALED)}
        address = ", ".join(part for part in (here[ADDRESS], here[POSTCODE]) if part)
        if here[KEEP] and address:
            changed |= {prefix + ADDRESS: "", prefix + SEALED: sealing(address)}
            if prefix + POSTCODE in typed:
                changed[prefix + POSTCODE] = ""
        elif here[SEALED] and (address or not is_sealed(here[SEALED])):
            changed[prefix + SEALED] = ""
    return changed
