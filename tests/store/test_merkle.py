"""The tree of RFC 6962: the roots that everybody gets, and proofs that prove nothing else."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.store.leaves import event_hash, event_hashes, leaf
from ledger.store.merkle import (
    EMPTY_ROOT,
    WrongProof,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)

# The leaves and roots that Certificate Transparency's implementations check themselves by.
LEAVES = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
KNOWN = [leaf_hash(bytes.fromhex(one)) for one in LEAVES]
MANY = [leaf_hash(b"%d" % number) for number in range(70)]
SIZES = st.integers(1, len(MANY))


def subtree(start: int, end: int) -> bytes:
    return root_of(MANY[start:end])


def test_the_roots_are_those_that_others_get():
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert tuple(root_of(KNOWN[:size]).hex() for size in range(1, len(KNOWN) + 1)) == ROOTS


def others(proof: Sequence[bytes], more: bytes) -> list[list[bytes]]:
    """Proofs that are none: one hash too many or too few, two swapped, or one bit flipped."""
    found = [[*proof, more], [more, *proof], [*proof, EMPTY_ROOT]]
    found += [[*proof[:at], *proof[at + 1 :]] for at in range(len(proof))]
    for at, one in enumerate(proof):
        found.append([*proof[:at], bytes([one[0] ^ 4]) + one[1:], *proof[at + 1 :]])
        found.append([*proof[:at], one[:-1], *proof[at + 1 :]])
    for at in range(len(proof) - 1):
        found.append([*proof[:at], proof[at + 1], proof[at], *proof[at + 2 :]])
    return found


@given(SIZES, st.data())
def test_a_leaf_is_proved_to_stand_where_it_stands_and_nowhere_else(size: int, data: st.DataObject):
    index = data.draw(st.integers(0, size - 1))
    root, proof = subtree(0, size), inclusion_proof(index, size, subtree)
    verify_inclusion(MANY[index], index, size, proof, root)
    wrong = [(MANY[index], index, size, other, root) for other in others(proof, root)]
    wrong += [
        (MANY[index], index, size, proof, EMPTY_ROOT),
        (MANY[(index + 1) % len(MANY)], index, size, proof, root),
        (MANY[index], index + size, size, proof, root),
        (MANY[index], -1, size, proof, root),
    ]
    wrong += [(MANY[index], at, size, proof, root) for at in range(size) if at != index]
    for one in wrong:
        with pytest.raises(WrongProof):
            verify_inclusion(*one)


@given(SIZES, SIZES)
def test_a_tree_is_proved_to_begin_another(one: int, other: int):
    older, size = sorted((one, other))
    before, after = subtree(0, older), subtree(0, size)
    proof = consistency_proof(older, size, subtree)
    verify_consistency(older, size, proof, before, after)
    wrong = [(older, size, some, before, after) for some in others(proof, before)]
    wrong += [(older, size, proof, EMPTY_ROOT, after), (older, size, proof, before, EMPTY_ROOT)]
    wrong += [(-1, size, proof, before, after), (size + 1, size, proof, before, after)]
    if older != size:
        wrong += [(0, size, proof, before, after)]
        wrong += [(older, size, proof, after, before), (older, size, [], before, after)]
    for some in wrong:
        with pytest.raises(WrongProof):
            verify_consistency(*some)


@pytest.mark.parametrize(
    "older_root", [EMPTY_ROOT, subtree(0, 2), b"any"], ids=["its own", "another", "none"]
)
@pytest.mark.parametrize("root", [EMPTY_ROOT, subtree(0, 3), b"other"], ids=["empty", "its own", "none"])
@pytest.mark.parametrize("proof", [[], [EMPTY_ROOT], [subtree(0, 2)]], ids=["none", "empty", "some"])
def test_a_tree_without_leaves_was_proved_to_begin_any_other_whatever_its_root(
    older_root: bytes, root: bytes, proof: list[bytes]
):
    for size in (1, 2, 3, 2**40):
        with pytest.raises(WrongProof):
            verify_consistency(0, size, proof, older_root, root)


def test_two_trees_without_leaves_have_one_root_and_no_proof():
    verify_consistency(0, 0, [], EMPTY_ROOT, EMPTY_ROOT)
    wrong = [([], EMPTY_ROOT, subtree(0, 3)), ([], b"one", b"other"), ([EMPTY_ROOT], EMPTY_ROOT, EMPTY_ROOT)]
    for proof, older_root, root in wrong:
        with pytest.raises(WrongProof):
            verify_consistency(0, 0, proof, older_root, root)


def test_a_leaf_s_hash_of_another_length_is_none():
    """It was one: in a tree of one leaf, nothing was proved to be the leaf of a root that was nothing."""
    with pytest.raises(WrongProof, match="is none"):
        verify_inclusion(b"", 0, 1, [], b"")


def test_there_is_no_proof_of_what_is_not_there():
    for index, size in ((0, 0), (3, 3), (-1, 3)):
        with pytest.raises(ValueError, match="leaves has none"):
            inclusion_proof(index, size, subtree)
    for older, size in ((0, 3), (4, 3)):
        with pytest.raises(ValueError, match="begins one"):
            consistency_proof(older, size, subtree)


def test_an_event_s_leaf_tells_where_each_part_ends():
    assert leaf("bank", 12, "{}") == (
        b"timebank-ledger/event/v1\n\0\0\0\0\0\0\0\x04bank\0\0\0\0\0\0\0\x0212\0\0\0\0\0\0\0\x02{}"
    )
    told = {event_hash("bank", 1, "2{}"), event_hash("bank", 12, "{}"), event_hash("bank1", 2, "{}")}
    assert len(told) == 3


def test_many_events_have_the_hashes_that_each_has_alone():
    rows = [(position, data) for position in (1, 9, 10, 2**63 - 1) for data in ("", "{}", "时长" * 1_000)]
    stored = [(position, data.encode()) for position, data in rows]
    assert event_hashes("区", stored) == [event_hash("区", position, data) for position, data in rows]
