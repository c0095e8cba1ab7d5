"""A proof of everything that the trail holds about one communication, as a file that anybody can check."""

from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import SEALER
from frontdoor.contacts.queries import receipts
from frontdoor.councils.queries import councils
from frontdoor.trail import rules
from frontdoor.trail.queries import open_proof

FORM = "frontdoor proof of the trail 1"


class NoSuchNumber(LookupError):
    """No council has given a receipt of that number."""


def prove(number: str, *, key: Ed25519PrivateKey, why: str, at: datetime) -> dict[str, Any]:
    """Every entry about a communication, its contact and its children, with the place of each in the signed trees.

    What was written since the last seal is not in it yet. That it was made is an entry for each of them.

    :param number: the receipt's number, as people read it
    :param why: for whom or what it is made
    :raises NoSuchNumber: no council has given it
    """
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
    for council in councils(on=at):
        with acting_for(council.pk, by=SEALER) as by:
            subjects = []
            for kind, subject in receipts.subjects_of(number, by=by):
                mark, seals = open_proof(subject, key=key, by=by, at=at, why=why)
                subjects.append({"kind": kind, "key": str(subject), "tag": mark.hex(), "seals": seals})
        if subjects:
            return {
                "form": FORM, "number": number, "council": council.pk, "made_at": rules.instant(at), "why": why,
                "key": public, "subjects": subjects,
            }  # fmt: skip
    raise NoSuchNumber(number)


def faults(proof: dict[str, Any], public: Ed25519PublicKey) -> list[str]:
    """What is wrong with a proof; nothing where no entry was changed and none left out.

    :raises KeyError, ValueError: it is no proof
    """
    if proof["form"] != FORM:
        raise ValueError("another form")
    found = []
    for subject in proof["subjects"]:
        tag = bytes.fromhex(subject["tag"])
        seals = [rules.from_json(seal) for seal in subject["seals"]]
        if not seals:
            found.append(f"{subject['kind']}: shows no seal")
        found += [f"{subject['kind']}: {words}" for words in rules.faults(tag, seals, public)]
        of_another = (each for each in _shown(subject) if each["fields"][rules.SUBJECT] != subject["key"])
        found += [f"{subject['kind']}: entry {each['entry']} is about something else" for each in of_another]
    return found


def entries(proof: dict[str, Any]) -> int:
    """How many entries a proof shows."""
    return sum(len(_shown(subject)) for subject in proof["subjects"])


def _shown(subject: dict[str, Any]) -> list[dict[str, Any]]:
    return [leaf for seal in subject["seals"] for leaf in seal["leaves"] if leaf["tag"] == subject["tag"]]
