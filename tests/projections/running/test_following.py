"""Views kept by another process than the writer's, here as objects: what they hold, and what they refuse."""

import os
import threading
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine

from ledger.bootstrap import open_followed, open_follower
from ledger.settings import Settings
from ledger.store.codec import Recorded
from ledger.store.engine import Store
from ledger.store.errors import StoreError, StoreHeld
from projections.balances import Balances
from projections.registry import Views
from projections.running import following, marks, states
from projections.running.following import Follower
from projections.running.marks import Mark, OtherLedger
from projections.statement import Statement
from projections.view import View
from tests.projections.book import ANN, BOB, Book, lay_out, opened

pytestmark = pytest.mark.slow

EVERY = Views().all()
VIEWS = [view for view in EVERY if view.name in {"balances", "communities", "statement", "teams"}]
"""Those of most tests here: to follow every one takes a tenth of a second, and how they are followed is the same."""


def settings(book: Book) -> Settings:
    url = book.ledger.log.store.url.render_as_string(hide_password=False)
    return Settings(url, url)


def follow(book: Book, *views: View, into: str | None = None) -> list[states.State]:
    """Catch up, as a process does that is started and ends again."""
    with open_follower(settings(book), into, views or VIEWS) as follower:
        return caught_up(follower)


def caught_up(follower: Follower) -> list[states.State]:
    follower.look()
    list(follower.steps())
    return [one.state for one in follower.standings()]


@contextmanager
def followed(book: Book, into: str | None = None) -> Generator[Connection]:
    with open_followed(settings(book), into) as connection:
        assert connection is not None
        yield connection


def digests(connection: Connection, views: Sequence[View] = VIEWS) -> dict[str, str]:
    return {view.name: view.digest(connection) for view in views}


def assert_as_inline(book: Book, views: Sequence[View] = VIEWS) -> None:
    with book.reading() as inline, followed(book) as connection:
        assert digests(connection, views) == digests(inline, views)
        found = states.read(connection).values()
    assert {(state.position, state.broken_at) for state in found} == {(book.position(), None)}


def spoil(book: Book, *statements: str) -> None:
    """Something done to the followed tables behind everybody's back."""
    url = book.ledger.log.store.url
    where = Path(url.database or "").with_name("followed.sqlite")
    engine = create_engine(f"sqlite:///{where}" if book.ledger.log.store.embedded else url)
    try:
        with engine.begin() as connection:
            if not book.ledger.log.store.embedded:
                connection.exec_driver_sql("SET LOCAL search_path TO followed")
            for statement in statements:
                connection.exec_driver_sql(statement)
    finally:
        engine.dispose()


def test_what_is_followed_is_what_is_inline(busy_book: Book):
    follow(busy_book, *EVERY)
    assert_as_inline(busy_book, EVERY)
    busy_book.serve(BOB, 45)
    follow(busy_book, *EVERY)
    assert_as_inline(busy_book, EVERY)


@pytest.mark.parametrize("positions", [1, 3])
def test_a_follower_takes_in_so_much_at_once_and_no_more(
    busy_book: Book, monkeypatch: pytest.MonkeyPatch, positions: int
):
    monkeypatch.setattr(following, "_POSITIONS_A_STEP", positions)
    with open_follower(settings(busy_book), None, VIEWS[:2]) as follower:
        head = follower.look()
        ends = [one.state.position for one in follower.steps() if one.state.name == VIEWS[1].name]
    assert head == busy_book.position()
    assert ends == [*range(positions, head, positions), head]


def test_some_views_are_followed_and_the_others_later(busy_book: Book):
    assert [state.name for state in follow(busy_book, busy_book.views.balances)] == ["balances"]
    with followed(busy_book) as connection:
        assert set(states.read(connection)) == {"balances"}
        assert busy_book.views.balances.get(connection, ANN) == (90, 90)
    busy_book.serve(ANN, 5)
    follow(busy_book)
    assert_as_inline(busy_book)


def test_a_followed_statement_reads_its_facts_from_the_log(busy_book: Book):
    follow(busy_book)
    view = busy_book.views.statement
    with busy_book.reading() as inline, followed(busy_book) as connection:
        lines = view.of_volunteer(connection, ANN, facts=inline)
        assert lines == view.of_volunteer(inline, ANN)
        assert [line.about for line in lines] == ["Walk", "Walk"]
        assert (
            view.of_volunteer(connection, BOB, after=1, limit=1, facts=inline)
            == view.of_volunteer(inline, BOB)[1:2]
        )
        assert view.of_volunteer(connection, "vol_nobody", facts=inline) == []


def test_a_follower_takes_up_where_a_step_was_cut_off(busy_book: Book, monkeypatch: pytest.MonkeyPatch):
    class CutOff(BaseException):
        pass

    def fold_and_fall(view: Statement, connection: Connection, batch: Sequence[Recorded]) -> None:
        whole_fold(view, connection, batch)
        raise CutOff

    whole_fold = Statement.fold
    with monkeypatch.context() as patched:
        patched.setattr(Statement, "fold", fold_and_fall)
        with pytest.raises(CutOff):
            follow(busy_book)
    with followed(busy_book) as connection:
        assert states.read(connection)["statement"].position == 0
        assert busy_book.views.statement.digest(connection) == Statement().digest(connection)
    follow(busy_book)
    assert_as_inline(busy_book)


def refuse_bob(view: Statement, connection: Connection, batch: Sequence[Recorded]) -> None:
    for recorded in batch:
        if getattr(getattr(recorded.event, "service", None), "volunteer", None) == BOB:
            raise ValueError("no such thing")
    _whole_fold(view, connection, batch)


_whole_fold = Statement.fold


def test_a_view_that_breaks_stands_right_before_the_fact_and_the_others_go_on(
    busy_book: Book, monkeypatch: pytest.MonkeyPatch
):
    served_at = busy_book.position() - 1
    with monkeypatch.context() as patched:
        patched.setattr(Statement, "fold", refuse_bob)
        found = {state.name: state for state in follow(busy_book)}
        broken = states.State(
            "statement", Statement.version, served_at - 1, served_at, "ValueError: no such thing"
        )
        assert found.pop("statement") == broken
        assert {state.position for state in found.values()} == {busy_book.position()}
        with followed(busy_book) as connection:
            assert states.read(connection)["statement"] == broken
            assert busy_book.views.balances.get(connection, ANN) == (90, 90)
        busy_book.serve(ANN, 5)
        assert broken in follow(busy_book), "tried again, and broken again"
    follow(busy_book)
    assert_as_inline(busy_book)


def test_a_broken_view_is_not_tried_again_as_long_as_the_follower_runs(
    busy_book: Book, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(Statement, "fold", refuse_bob)
    with open_follower(settings(busy_book), None, (busy_book.views.statement,)) as follower:
        (broken,) = caught_up(follower)
        busy_book.serve(ANN, 5)
        assert follower.look() == 0
        assert caught_up(follower) == [broken]
        assert follower.standings()[0].lag == busy_book.position() - broken.position


def test_what_the_database_refuses_breaks_the_view(busy_book: Book, monkeypatch: pytest.MonkeyPatch):
    def take_twice(view: Statement, connection: Connection, batch: Sequence[Recorded]) -> None:
        _whole_fold(view, connection, batch)
        connection.exec_driver_sql("INSERT INTO statement_line SELECT * FROM statement_line")

    monkeypatch.setattr(Statement, "fold", take_twice)
    (state,) = follow(busy_book, busy_book.views.statement)
    assert (state.error or "").startswith("IntegrityError: ")


def test_a_view_of_another_version_is_started_afresh(busy_book: Book, monkeypatch: pytest.MonkeyPatch):
    follow(busy_book)
    spoil(busy_book, "UPDATE balance SET service_minutes = 1")
    monkeypatch.setattr(Balances, "version", 2)
    found = {state.name: state.version for state in follow(busy_book)}
    assert found["balances"] == 2
    with followed(busy_book) as connection:
        assert busy_book.views.balances.get(connection, ANN) == (90, 90)


def test_a_view_whose_table_is_gone_is_started_afresh(busy_book: Book):
    follow(busy_book)
    spoil(busy_book, "DROP TABLE statement_total")
    follow(busy_book)
    assert_as_inline(busy_book)


def test_a_second_follower_is_refused_and_told_who_is_the_first(busy_book: Book):
    with (
        open_follower(settings(busy_book), None, (busy_book.views.balances,)),
        pytest.raises(StoreHeld, match=rf"by process {os.getpid()} .*since \d{{4}}-"),
    ):
        follow(busy_book, busy_book.views.balances)
    follow(busy_book)
    assert_as_inline(busy_book)


def test_another_view_may_be_followed_by_another_process_on_postgresql(postgres_url: str):
    with opened(postgres_url) as book:
        lay_out(book)
        with open_follower(settings(book), None, (book.views.balances,)) as first:
            follow(book, book.views.teams)
            caught_up(first)
        follow(book)
        assert_as_inline(book)


def test_a_follower_may_start_while_another_moves_on(postgres_url: str, monkeypatch: pytest.MonkeyPatch):
    """Its position and its mark, read one after the other, were taken for those of another ledger."""

    def move_and_read(connection: Connection) -> dict[str, Mark]:
        next(steps)
        return read(connection)

    read = marks.read
    monkeypatch.setattr(following, "_POSITIONS_A_STEP", 1)
    with opened(postgres_url) as book:
        lay_out(book)
        with open_follower(settings(book), None, (book.views.communities,)) as first:
            first.look()
            steps = first.steps()
            next(steps)
            monkeypatch.setattr(marks, "read", move_and_read)
            assert follow(book, book.views.teams)[0].position == book.position()


def test_of_two_that_both_believe_to_be_the_follower_only_one_folds(busy_book: Book):
    views = (busy_book.views.balances,)
    with open_follower(settings(busy_book), None, views) as follower:
        follower.look()
        spoil(busy_book, "UPDATE projection SET position = 1 WHERE name = 'balances'")
        with pytest.raises(StoreHeld, match="balances is followed by another process"):
            list(follower.steps())
    with followed(busy_book) as connection:
        assert busy_book.views.balances.get(connection, ANN) is None


@pytest.fixture
def other_url(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> Iterator[str]:
    """An empty database beside that of the book."""
    if database_url.startswith("sqlite"):
        (tmp_path / "other").mkdir()
        yield f"sqlite:///{tmp_path / 'other' / 'ledger.db'}"
    else:
        with request.getfixturevalue("postgres").database() as url:
            yield url


def test_the_log_of_another_ledger_is_refused(busy_book: Book, other_url: str, tmp_path: Path):
    into = str(tmp_path / "place")
    follow(busy_book, busy_book.views.teams, into=into)
    with opened(other_url) as other:
        lay_out(other)
        other.register(*(f"vol_other{number}" for number in range(10)))
        for views in ((other.views.teams,), (other.views.balances,)):
            with pytest.raises(OtherLedger, match="teams followed a log with another fact at position"):
                follow(other, *views, into=into)
        with followed(busy_book, into) as connection, other.reading() as log:
            assert "another fact" in (marks.judged(connection, log)["teams"].error or "")
    assert follow(busy_book, into=into)


def test_a_log_that_ends_before_what_was_followed_is_refused(busy_book: Book):
    head = busy_book.position()
    follow(busy_book)
    spoil(busy_book, "UPDATE followed SET position = position + 5")
    with pytest.raises(OtherLedger, match=rf"up to position {head + 5}, and this one ends at {head}"):
        follow(busy_book)


def test_a_running_follower_notices_that_the_log_is_another(busy_book: Book):
    views = (busy_book.views.balances,)
    with open_follower(settings(busy_book), None, views) as follower:
        caught_up(follower)
        follower._marks["balances"] = Mark("balances", 2, "of a fact from before a backup was put back")
        busy_book.serve(ANN, 5)
        follower.look()
        with pytest.raises(OtherLedger):
            list(follower.steps())


def test_views_are_not_followed_into_a_ledger(busy_book: Book, tmp_path: Path):
    other = tmp_path / "other" / "followed.sqlite"
    with opened(f"sqlite:///{other}") as book:
        lay_out(book)
        before = digests_of(book)
    with pytest.raises(StoreError, match="there is a ledger in this database"):
        follow(busy_book, into=str(other.parent))
    with opened(f"sqlite:///{other}") as book:
        assert digests_of(book) == before
    if busy_book.ledger.log.store.embedded:
        for name in ("ledger.db", "ledger.sqlite", "x/../ledger.db"):
            with pytest.raises(StoreError, match="another file than the ledger's"):
                follow(busy_book, into=f"sqlite:///{tmp_path / name}")


def test_a_ledger_that_has_the_name_of_what_is_followed_keeps_its_lock(tmp_path: Path):
    with opened(f"sqlite:///{tmp_path / 'followed.db'}") as book:
        with pytest.raises(StoreError, match="another file than the ledger's"):
            follow(book)
        assert set(follow(book, into=str(tmp_path / "place"))) == {
            states.State(view.name, view.version, 0, None, None) for view in VIEWS
        }


def digests_of(book: Book) -> dict[str, str]:
    with book.reading() as connection:
        return digests(connection)


def test_a_ledger_on_postgresql_is_followed_into_a_file_too(postgres_url: str, tmp_path: Path):
    with opened(postgres_url) as book:
        lay_out(book)
        book.register(ANN)
        follow(book, into=f"sqlite:///{tmp_path / 'views.sqlite'}")
        with followed(book, f"sqlite:///{tmp_path / 'views.sqlite'}") as connection:
            assert digests(connection) == digests_of(book)


def test_a_follower_in_the_writer_s_process_is_woken(busy_book: Book, tmp_path: Path):
    store = Store(f"sqlite:///{tmp_path / 'woken.sqlite'}", write=True, schema="followed")
    try:
        with following.following(busy_book.ledger.log, store, VIEWS) as follower:
            caught_up(follower)
            writer = threading.Timer(0.05, busy_book.serve, (ANN, 5))
            started = time.monotonic()
            writer.start()
            follower.rest(60)
            writer.join()
            assert time.monotonic() - started < 30
            assert {state.position for state in caught_up(follower)} == {busy_book.position()}
    finally:
        store.close()


def test_a_log_without_facts_is_followed_to_its_end(database_url: str):
    with opened(database_url) as book:
        assert {state.position for state in follow(book)} == {0}
        lay_out(book)
        follow(book)
        assert_as_inline(book)
