"""Trees, heads and proofs: whatever is changed, hidden or put elsewhere is found with the public key alone."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.trail import rules

KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
SECRET = b"s" * 32
AT = datetime(2026, 4, 1, 9, tzinfo=UTC)
hashes = st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=40, unique=True)


def test_the_root_of_one_leaf_is_the_leaf_and_no_leaf_is_no_tree() -> None:
    assert rules.root([b"a" * 32]) == b"a" * 32
    with pytest.raises(ValueError, match="at least one"):
        rules.root([])


@given(hashes)
def test_every_leaf_climbs_to_the_root_by_its_path_and_from_no_other_place(leaves: list[bytes]) -> None:
    top = rules.root(leaves)
    for place, leaf in enumerate(leaves):
        beside = rules.path(leaves, place)
        assert rules.climbed(leaf, place, len(leaves), beside) == top
        for other in range(len(leaves)):
            if other != place:
                assert rules.climbed(leaf, other, len(leaves), beside) != top


@given(hashes, st.data())
def test_another_leaf_order_or_number_has_another_root(leaves: list[bytes], data: st.DataObject) -> None:
    top = rules.root(leaves)
    place = data.draw(st.integers(0, len(leaves) - 1))
    assert rules.root([*leaves[:place], b"other".ljust(32), *leaves[place + 1 :]]) != top
    assert len(leaves) == 1 or rules.root(leaves[:-1]) != top
    assert rules.root([*leaves, leaves[-1]]) != top
    assert len(leaves) == 1 or rules.root([leaves[-1], *leaves[:-1]]) != top


def test_what_is_hashed_says_where_one_field_ends() -> None:
    assert rules.inner(["ab", "c"]) != rules.inner(["a", "bc"])
    assert rules.inner(["", "a"]) != rules.inner(["a", ""])


def test_an_instant_is_hashed_as_itself_in_whatever_zone_it_is_said() -> None:
    assert rules.instant(AT) == rules.instant(AT.astimezone()) == "2026-04-01T09:00:00.000000+00:00"


def test_a_subjects_place_tells_nobody_whose_it_is_without_the_secret() -> None:
    assert rules.tag(SECRET, 874, "child") != rules.tag(b"t" * 32, 874, "child")
    assert rules.tag(SECRET, 874, "child") != rules.tag(SECRET, 873, "child")


def entry(number: int, subject: str) -> tuple[str, ...]:
    """An entry's fields as they are hashed."""
    at = rules.instant(AT + timedelta(seconds=number))
    return (str(number), "874", "user:1", "", "test.do", "x", subject, "", "{}", at, at, "700", f"salt{number}")


def proved(
    entries: list[tuple[str, ...]], subject: str, number: int = 1, previous: bytes = rules.NOTHING
) -> rules.Proved:
    """An honest proof of one subject in one seal."""
    fields = {int(one[0]): one for one in entries}
    leaves = sorted(rules.leaf_of(one, SECRET) for one in entries)
    tree, mark = [leaf.hash for leaf in leaves], rules.tag(SECRET, 874, subject)
    first, after = sum(leaf.tag < mark for leaf in leaves), sum(leaf.tag <= mark for leaf in leaves)
    head = rules.Head(874, number, len(leaves), rules.root(tree), previous, AT)
    shown = tuple(
        rules.Shown(leaf, place, tuple(rules.path(tree, place)), fields[leaf.entry] if leaf.tag == mark else ())
        for place, leaf in enumerate(leaves)
        if first - 1 <= place <= after
    )
    return rules.Proved(head, KEY.sign(head.hash), shown)


def faults(subject: str, *seals: rules.Proved) -> list[str]:
    return rules.faults(rules.tag(SECRET, 874, subject), seals, KEY.public_key())


subjects = st.lists(st.sampled_from(["a", "b", "c", "d"]), min_size=1, max_size=20)


@given(subjects, st.sampled_from(["a", "b", "c", "d", "nobody"]))
def test_an_honest_proof_holds_and_shows_all_entries_of_the_subject(names: list[str], subject: str) -> None:
    entries = [entry(number, name) for number, name in enumerate(names)]
    proof = proved(entries, subject)
    read = rules.from_json(json.loads(json.dumps(rules.as_json(proof))))
    assert read == proof
    assert faults(subject, read) == []
    mine = [one.fields for one in read.shown if one.fields]
    assert mine == [one for one in entries if one[rules.SUBJECT] == subject]


@given(subjects, st.data())
def test_a_proof_that_leaves_an_entry_out_does_not_hold(names: list[str], data: st.DataObject) -> None:
    subject = data.draw(st.sampled_from(names))
    proof = proved([entry(number, name) for number, name in enumerate(names)], subject)
    mine = [place for place, one in enumerate(proof.shown) if one.fields]
    gone = data.draw(st.sampled_from(mine))
    assert faults(subject, replace(proof, shown=proof.shown[:gone] + proof.shown[gone + 1 :]))
    assert faults(subject, replace(proof, shown=proof.shown[:gone]))
    assert faults(subject, replace(proof, shown=proof.shown[gone + 1 :]))


TWO = [entry(number, name) for number, name in enumerate("abcabc")]


def test_a_changed_entry_leaf_place_or_signature_does_not_hold() -> None:
    proof = proved(TWO, "a")
    place = next(place for place, one in enumerate(proof.shown) if one.fields)
    one = proof.shown[place]
    for changed in (
        replace(one, fields=(*one.fields[:7], "another reason", *one.fields[8:])),
        replace(one, fields=()),
        replace(one, leaf=replace(one.leaf, inner=b"x" * 32)),
        replace(one, leaf=replace(one.leaf, tag=b"x" * 32)),
        replace(one, position=one.position + 1),
    ):
        assert faults("a", replace(proof, shown=(*proof.shown[:place], changed, *proof.shown[place + 1 :])))
    assert faults("a", replace(proof, signature=b"x" * 64))
    assert faults("a", replace(proof, head=replace(proof.head, entries=proof.head.entries + 1)))


def test_a_seal_left_out_or_put_elsewhere_does_not_hold() -> None:
    first = proved(TWO, "a")
    second = proved([entry(9, "b")], "a", 2, first.head.hash)
    third = proved([entry(10, "a")], "a", 3, second.head.hash)
    assert faults("a", first, second, third) == []
    assert faults("a", first, third)
    assert faults("a", second, first, third)
    assert faults("a", first, replace(second, head=replace(second.head, previous=rules.NOTHING)), third)


def test_another_key_does_not_hold() -> None:
    other = Ed25519PrivateKey.from_private_bytes(b"o" * 32).public_key()
    assert rules.faults(rules.tag(SECRET, 874, "a"), [proved(TWO, "a")], other) == ["seal 1: is not signed by the key"]
