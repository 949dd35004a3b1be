"""Replaying the log into a store of its own, and what changed in views between two positions."""

from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.audit.differences import Change, differences
from ledger.audit.replaying import NotEmpty, replay
from ledger.audit.signing import notes, sign_head
from ledger.bootstrap import open_for_writing
from ledger.domain.communities import RenameCommunity
from ledger.domain.events import EVERY_TYPE
from ledger.settings import Settings
from projections.view import View
from tests.audit.conftest import ORIGIN
from tests.projections.book import ANN, BOB, FORD, HERONS, MILL, NOON, Book


def served(book: Book) -> tuple[int, int]:
    """Ann served, Bob served and that was taken back, Ford has another name; the positions before and after."""
    book.register(ANN, at=MILL, team=HERONS)
    book.register(BOB, at=FORD)
    book.serve(ANN, 60)
    before = book.position()
    record = book.serve(BOB, 30)
    book.tell(RenameCommunity(community=FORD, name="Fordham"))
    book.take_back(record)
    book.serve(ANN, 15)
    return before, book.position()


def between(book: Book, before: int, after: int, *views: View) -> dict[str, list[Change]]:
    return differences(book.ledger.log, views or book.views.all(), before, after)


def test_what_changed_is_told_by_row_with_the_facts_that_changed_it(book: Book):
    before, after = served(book)
    found = between(book, before, after)
    [balance] = [one for one in found["balances"] if one.key == {"volunteer": ANN}]
    assert balance == Change(
        "balance",
        {"volunteer": ANN},
        {"volunteer": ANN, "service_minutes": 60, "credit_minutes": 60},
        {"volunteer": ANN, "service_minutes": 75, "credit_minutes": 75},
        (after,),
    )
    [renamed] = found["communities"]
    assert (renamed.before, renamed.after, renamed.by) != (None, None, ())
    assert renamed.after is not None
    assert (renamed.key, renamed.after["name"], renamed.by) == ({"id": FORD}, "Fordham", (before + 2,))
    line = next(one for one in found["statement"] if one.key == {"volunteer": BOB, "line": 1})
    assert (line.before, line.by) == (None, (before + 1,))


def test_what_was_changed_and_changed_back_is_no_difference(book: Book):
    before, after = served(book)
    balances = between(book, before, after, book.views.balances)["balances"]
    assert {"volunteer": BOB} not in [one.key for one in balances], "what Bob served was taken back"
    there = between(book, before, before + 1, book.views.balances)["balances"]
    assert {"volunteer": BOB} in [one.key for one in there]


def test_nothing_differs_from_itself(book: Book):
    _, after = served(book)
    assert set(map(len, between(book, after, after).values())) == {0}


@pytest.mark.slow
def test_the_rows_that_differ_are_those_of_the_two_foldings(book: Book):
    before, after = served(book)
    rows: dict[str, dict[Any, Any]] = {}
    everything = between(book, 0, after)
    for at, found in ((before, between(book, 0, before)), (after, everything)):
        rows[str(at)] = {
            (one.table, *one.key.values()): one.after for changes in found.values() for one in changes
        }
    told = [one for changes in between(book, before, after).values() for one in changes]
    changed = {(one.table, *one.key.values()): (one.before, one.after) for one in told}
    keys = rows[str(before)].keys() | rows[str(after)].keys()
    was, is_now = rows[str(before)], rows[str(after)]
    assert changed == {
        key: (was.get(key), is_now.get(key)) for key in keys if was.get(key) != is_now.get(key)
    }


def replayed(folder: Path) -> Settings:
    return Settings(f"sqlite:///{folder / 'copy.sqlite'}", f"sqlite:///{folder / 'directory.sqlite'}")


def test_a_replay_has_the_same_bytes_checkpoints_and_views_as_the_log_had_then(
    book: Book, key: Ed25519PrivateKey, tmp_path: Path
):
    before, after = served(book)
    note = sign_head(book.ledger.log, book.views.tree, ORIGIN, key)
    for upto, signed in ((before, []), (after, [note])):
        folder = tmp_path / str(upto)
        folder.mkdir()
        told: list[tuple[str, int, int]] = []
        with open_for_writing(replayed(folder), create=True, now=lambda: NOON) as copy:
            replay(book.ledger.log, upto, copy.log, copy.views.all(), lambda *said, to=told: to.append(said))
            again = Book(copy)
            with again.reading() as connection, book.reading() as live:
                assert again.position() == upto
                assert notes(connection) == signed
                source = book.views.tree.look(live)
                assert copy.views.tree.look(connection).root(upto) == source.root(upto)
            assert told[-1] == ("replay", upto, upto)
            again.serve(ANN, 1)
            with pytest.raises(NotEmpty):
                replay(book.ledger.log, upto, copy.log, copy.views.all())


def test_every_kind_of_fact_is_compared_by_some_view(book: Book):
    assert {kind for view in book.views.all() for kind in view.types} == EVERY_TYPE
