"""Views made anew: after a crash, for a new release, and while others read and write."""

import threading
from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest
from sqlalchemy import Connection, create_engine, inspect

from ledger.store.codec import Recorded
from projections.balances import Balances
from projections.leaderboards import VOLUNTEERS, Leaderboards
from projections.running import rebuilding, states
from projections.running.rebuilding import Rebuilt, prepare, rebuild
from projections.statement import Statement
from projections.teams import Teams
from tests.projections.book import ANN, BOB, LONG_AGO, Book, lay_out, opened

pytestmark = pytest.mark.slow


def tables(book: Book) -> set[str]:
    engine = create_engine(book.ledger.log.store.url)
    try:
        return set(inspect(engine).get_table_names())
    finally:
        engine.dispose()


def state(book: Book, name: str) -> states.State:
    with book.ledger.log.store.snapshot() as connection:
        return states.read(connection)[name]


def start_again(book: Book) -> None:
    """What every start does with the views."""
    prepare(book.ledger.log, book.views.all())


def test_a_rebuild_gives_the_same_and_leaves_nothing_behind(busy_book: Book):
    before = tables(busy_book)
    for view in busy_book.views.all():
        assert rebuild(busy_book.ledger.log, view) == Rebuilt(view.name, busy_book.position(), same=True)
    assert tables(busy_book) == before


def test_a_rebuild_mends_what_somebody_changed(busy_book: Book):
    busy_book.execute("UPDATE balance SET credit_minutes = 9999", "DELETE FROM balance_account")
    assert not rebuild(busy_book.ledger.log, busy_book.views.balances).same
    assert rebuild(busy_book.ledger.log, busy_book.views.balances).same
    with busy_book.reading() as connection:
        assert busy_book.views.balances.get(connection, ANN) == (90, 90)
        assert busy_book.views.balances.credit_total(connection) == 0


def test_a_rebuild_reads_the_log_in_batches(busy_book: Book, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rebuilding, "_BATCH", 3)
    told: list[int] = []
    # A view is rebuilt as any other is.
    views = (busy_book.views.leaderboards, busy_book.views.balances)
    for view in views:
        assert rebuild(busy_book.ledger.log, view, lambda _, position, head: told.append(position)).same
    position = busy_book.position()
    assert told == [*range(3, position, 3), position] * len(views)


def test_leftovers_of_a_rebuild_that_was_killed_are_dropped(busy_book: Book):
    before = tables(busy_book)
    with busy_book.ledger.log.store.begin() as connection:
        for copy in (Balances("__new_dead0001"), Leaderboards("__new_dead0002")):
            copy.metadata.create_all(connection)
    assert tables(busy_book) > before
    start_again(busy_book)
    assert tables(busy_book) == before


def test_a_view_that_was_never_built_is_built_at_the_next_start(busy_book: Book):
    whole = busy_book.board(VOLUNTEERS)
    busy_book.execute("DROP TABLE board")
    busy_book.execute("DELETE FROM projection WHERE name = 'leaderboards'")
    start_again(busy_book)
    assert busy_book.board(VOLUNTEERS) == whole != []


def test_a_view_that_lags_is_brought_to_the_head_at_the_next_start(busy_book: Book):
    busy_book.execute(
        "UPDATE projection SET position = 3 WHERE name = 'statement'", "DELETE FROM statement_line"
    )
    start_again(busy_book)
    with busy_book.reading() as connection:
        assert len(busy_book.views.statement.of_volunteer(connection, ANN)) == 2


def test_a_view_of_another_version_is_built_anew_at_the_next_start(
    busy_book: Book, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(Balances, "version", 2)
    busy_book.execute("UPDATE balance SET service_minutes = 1")
    start_again(busy_book)
    assert state(busy_book, "balances") == states.State("balances", 2, busy_book.position(), None, None)
    with busy_book.reading() as connection:
        assert busy_book.views.balances.get(connection, ANN) == (90, 90)
    busy_book.serve(ANN, 5)
    assert rebuild(busy_book.ledger.log, busy_book.views.balances).same


def test_a_view_with_other_columns_is_built_anew_at_the_next_start(
    busy_book: Book, monkeypatch: pytest.MonkeyPatch
):
    busy_book.execute("DROP TABLE team", "CREATE TABLE team (id TEXT PRIMARY KEY, wealth INTEGER)")
    monkeypatch.setattr(Teams, "version", 2)
    start_again(busy_book)
    with busy_book.reading() as connection:
        assert [team.name for team in busy_book.views.teams.all(connection)] == ["Herons", "Swifts"]


def test_what_is_at_the_head_is_left_alone_at_a_start(busy_book: Book, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rebuilding, "rebuild", lambda *_: pytest.fail("nothing needs to be built"))
    start_again(busy_book)


def break_statements(monkeypatch: pytest.MonkeyPatch) -> None:
    def fold(*_: object) -> None:
        raise ValueError("no such thing")

    monkeypatch.setattr(Statement, "fold", fold)


def test_a_view_that_breaks_stops_neither_the_log_nor_the_others(
    busy_book: Book, monkeypatch: pytest.MonkeyPatch
):
    with monkeypatch.context() as broken:
        break_statements(broken)
        busy_book.serve(ANN, 5)
    served_at = state(busy_book, "balances").position
    busy_book.serve(ANN, 1)
    assert state(busy_book, "statement")[2:] == (served_at - 1, served_at, "ValueError: no such thing")
    assert state(busy_book, "balances").position == served_at + 1
    with busy_book.ledger.reading(busy_book.views.balances) as (connection, _):
        assert busy_book.views.balances.get(connection, ANN) == (96, 96)


def test_a_broken_view_stays_broken_at_a_start_and_is_mended_by_a_rebuild(
    busy_book: Book, monkeypatch: pytest.MonkeyPatch
):
    with monkeypatch.context() as broken:
        break_statements(broken)
        busy_book.serve(ANN, 5)
    start_again(busy_book)
    assert state(busy_book, "statement").broken_at is not None
    assert not rebuild(busy_book.ledger.log, busy_book.views.statement).same
    assert state(busy_book, "statement").broken_at is None
    with busy_book.reading() as connection:
        assert [line.service_minutes for line in busy_book.views.statement.of_volunteer(connection, ANN)] == [
            60,
            30,
            5,
        ]


def test_a_broken_view_of_another_version_is_built_anew_at_a_start(
    busy_book: Book, monkeypatch: pytest.MonkeyPatch
):
    with monkeypatch.context() as broken:
        break_statements(broken)
        busy_book.serve(ANN, 5)
    monkeypatch.setattr(Statement, "version", Statement.version + 1)
    start_again(busy_book)
    assert state(busy_book, "statement") == states.State(
        "statement", Statement.version, busy_book.position(), None, None
    )


def test_a_view_that_cannot_be_built_keeps_no_ledger_from_starting(
    busy_book: Book, monkeypatch: pytest.MonkeyPatch
):
    head = busy_book.position()
    monkeypatch.setattr(Statement, "version", Statement.version + 1)
    with monkeypatch.context() as broken:
        break_statements(broken)
        start_again(busy_book)
        busy_book.serve(ANN, 5)
    said = "ValueError: no such thing"
    assert state(busy_book, "statement") == states.State("statement", Statement.version, head, head + 1, said)
    with busy_book.ledger.reading(busy_book.views.balances) as (connection, _):
        assert busy_book.views.balances.get(connection, ANN) == (95, 95)
    rebuild(busy_book.ledger.log, busy_book.views.statement)
    assert state(busy_book, "statement").position == busy_book.position()


def test_a_fact_that_a_view_cannot_take_keeps_no_ledger_from_starting(
    busy_book: Book, monkeypatch: pytest.MonkeyPatch
):
    def take_twice(view: Teams, connection: Connection, batch: Sequence[Recorded]) -> None:
        whole_fold(view, connection, [*batch, *batch])

    whole_fold = Teams.fold
    monkeypatch.setattr(Teams, "fold", take_twice)
    monkeypatch.setattr(Teams, "version", 2)
    start_again(busy_book)
    assert (state(busy_book, "teams").error or "").startswith("IntegrityError: ")


def test_a_view_whose_table_is_gone_breaks_and_the_log_goes_on(busy_book: Book):
    busy_book.execute("DROP TABLE statement_total")
    busy_book.serve(ANN, 5)
    assert state(busy_book, "statement").broken_at == state(busy_book, "balances").position
    rebuild(busy_book.ledger.log, busy_book.views.statement)
    with busy_book.reading() as connection:
        assert len(busy_book.views.statement.of_volunteer(connection, ANN)) == 3


def test_who_began_to_read_before_a_rebuild_goes_on_seeing_what_was_there(busy_book: Book):
    busy_book.execute("UPDATE balance SET credit_minutes = 9999")
    with busy_book.reading() as connection:
        rebuild(busy_book.ledger.log, busy_book.views.balances)
        assert busy_book.views.balances.get(connection, ANN) == (90, 9999)
    with busy_book.reading() as connection:
        assert busy_book.views.balances.get(connection, ANN) == (90, 90)


def test_whoever_looked_at_a_digest_may_still_write(busy_book: Book):
    with busy_book.ledger.log.store.begin() as connection:
        busy_book.views.teams.digest(connection)
        connection.exec_driver_sql("CREATE TABLE proof (id INTEGER)")


@pytest.fixture
def postgres_book(postgres_url: str) -> Iterator[Book]:
    with opened(postgres_url) as book:
        lay_out(book)
        book.register(ANN, BOB)
        yield book


def url_of(book: Book) -> str:
    return book.ledger.log.store.url.render_as_string(hide_password=False)


def test_a_start_elsewhere_spares_a_rebuild_that_runs(postgres_book: Book, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rebuilding, "_BATCH", 5)
    starts: list[set[str]] = []

    def start_elsewhere(*_: object) -> None:
        with opened(url_of(postgres_book)):
            starts.append({name for name in tables(postgres_book) if "__new_" in name})

    assert rebuild(postgres_book.ledger.log, postgres_book.views.teams, start_elsewhere).same
    assert all(len(copies) == 1 for copies in starts)
    assert not {name for name in tables(postgres_book) if "__new_" in name}
    assert len(starts) > 1


def test_a_rebuild_misses_nothing_that_others_append_meanwhile(
    postgres_book: Book, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(rebuilding, "_BATCH", 2)
    begun, done = threading.Event(), threading.Event()
    served: list[str] = []

    def serve_on_and_on() -> None:
        with opened(url_of(postgres_book)) as other:
            while not done.is_set():
                # Another day each time, as none takes more than 24 hours.
                served.append(other.serve(ANN, 1, on=LONG_AGO + timedelta(days=len(served))))
                begun.set()
                # Between any two batches: more often, and the log grows faster than anybody reads on.
                done.wait(0.01)

    writer = threading.Thread(target=serve_on_and_on)
    writer.start()
    try:
        assert begun.wait(60)
        # Each takes up what was appended to the one before, and a view is rebuilt as any other is.
        views = (
            postgres_book.views.statement,
            postgres_book.views.balances,
            postgres_book.views.leaderboards,
        )
        rebuilt = [rebuild(postgres_book.ledger.log, view) for view in views]
    finally:
        done.set()
        writer.join()
    assert all(one.same for one in rebuilt)
    first, last = rebuilt[0].position, rebuilt[-1].position
    assert first is not None
    assert last is not None
    assert last > first
    assert postgres_book.minutes(VOLUNTEERS) == {ANN: len(served)}
