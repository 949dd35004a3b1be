"""The tree covers every stored byte, and its nodes lead to the same root however the log grew."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine

from ledger.domain.events import LedgerOpened, VolunteerRegistered
from ledger.store.codec import Recorded, encode
from ledger.store.leaves import event_hash
from ledger.store.log import batches, head
from ledger.store.merkle import (
    EMPTY_ROOT,
    consistency_proof,
    inclusion_proof,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from projections.tree import BLOCK, Tree
from tests.projections.book import ANN, MILL, TODAY, Book

OPENED = LedgerOpened(on=TODAY, origin="timebank", zone="Asia/Shanghai")
REGISTERED = VolunteerRegistered(on=TODAY, volunteer=ANN, community=MILL)
MOST = 3 * BLOCK + 7


def test_the_root_is_that_of_the_stored_bytes(book: Book):
    book.register(ANN)
    book.serve(ANN, 60, 30)
    with book.ledger.reading(book.views.tree) as (connection, position):
        [rows] = batches(connection, 0, head(connection))
        hashes = [event_hash("timebank", row.position, row.data) for row in rows]
        assert book.views.tree.size(connection) == position == len(rows)
        nodes = book.views.tree.look(connection)
        assert [nodes.root(size) for size in range(position + 1)] == [
            root_of(hashes[:size]) for size in range(position + 1)
        ]


@pytest.mark.slow
@given(st.lists(st.integers(1, MOST), max_size=6), st.data())
def test_however_the_log_grew_the_tree_is_the_same_and_proves_it(cuts: list[int], data: st.DataObject):
    facts = [Recorded(1, OPENED, encode(OPENED))]
    facts += [Recorded(position, REGISTERED, f'{{"n":{position}}}') for position in range(2, MOST + 1)]
    hashes = [event_hash("timebank", one.position, one.data) for one in facts]
    tree, engine = Tree(), create_engine("sqlite://")
    with engine.begin() as connection:
        tree.metadata.create_all(connection)
        for start, end in pairwise(sorted({0, *cuts, MOST})):
            tree.fold(connection, facts[start:end])
        nodes = tree.look(connection)
        older, size = sorted((data.draw(st.integers(1, MOST)), data.draw(st.integers(1, MOST))))
        index = data.draw(st.integers(0, size - 1))
        assert nodes.root(0) == EMPTY_ROOT
        assert nodes.root(size) == root_of(hashes[:size])
        proof = inclusion_proof(index, size, nodes.subtree)
        verify_inclusion(hashes[index], index, size, proof, nodes.root(size))
        verify_consistency(
            older, size, consistency_proof(older, size, nodes.subtree), nodes.root(older), nodes.root(size)
        )
    engine.dispose()
