"""Connections that are kept for reading: each moment is of its own time, whatever became of the one before."""

from typing import Any

import pytest
from sqlalchemy import bindparam, select, text

from ledger.store.errors import StoreUnavailable
from ledger.store.log import Log, head
from ledger.store.prepared import Prepared
from ledger.store.schema import EVENT
from tests.small_bank import ANN, BOB, STAFF, begin, migrated, register, running

POSITIONS = Prepared(select(EVENT.c.position).where(EVENT.c.position >= bindparam("first")))


def positions(log: Log) -> int:
    with log.store.snapshot() as connection:
        return len(POSITIONS.rows(connection, {"first": 1}))


def test_a_moment_sees_what_was_recorded_since_the_one_before_and_nothing_later(log: Log):
    with running(log) as bank:
        begin(bank, ANN)
        before = positions(log)
        with log.store.snapshot() as connection:
            assert head(connection) == before
            bank.handle(register(BOB), by=STAFF)
            assert head(connection) == len(POSITIONS.rows(connection, {"first": 1})) == before
        assert positions(log) == before + 1


def test_a_connection_is_kept_also_by_whoever_was_refused(log: Log):
    seen = set[int]()

    def refused() -> None:
        with log.store.snapshot() as connection:
            seen.add(id(connection))
            raise ValueError("oh")

    for _ in range(3):
        with pytest.raises(ValueError, match="oh"):
            refused()
    assert len(seen) == 1
    assert positions(log) == 0


def test_a_single_query_had_a_connection_of_its_own_kind_beside_that_of_a_moment(log: Log):
    with log.store.snapshot() as moment:
        assert head(moment) == 0
    with log.store.glance() as glance:
        assert glance is moment
        driver: Any = glance.connection.driver_connection
        in_transaction = driver.in_transaction if log.store.embedded else driver.info.transaction_status
        assert not in_transaction
        assert head(glance) == 0
    with log.store.snapshot() as again:
        assert again is moment


def test_moments_within_moments_have_connections_of_their_own(log: Log):
    with log.store.snapshot() as outer, log.store.snapshot() as inner:
        assert outer is not inner
        assert head(outer) == head(inner) == 0


def test_a_connection_that_was_lost_while_nobody_had_it_is_made_anew(log: Log):
    assert positions(log) == 0
    with log.store.snapshot() as connection:
        driver: Any = connection.connection.driver_connection
    driver.close()
    assert positions(log) == 0


def test_what_a_driver_raises_is_told_as_the_database_s_failure_and_harms_no_other(log: Log):
    nothing = Prepared(select(text("nothing")).select_from(text("nowhere")))
    with pytest.raises(StoreUnavailable), log.store.snapshot() as connection:
        nothing.rows(connection, {})
    assert positions(log) == 0


def test_nobody_writes_in_a_moment(log: Log):
    with pytest.raises(StoreUnavailable), log.store.snapshot() as connection:
        connection.execute(text("CREATE TABLE mine (x INTEGER)"))
    assert positions(log) == 0


def test_the_end_of_a_moment_had_the_server_forget_what_it_had_planned(postgres_url: str):
    with migrated(postgres_url) as log:
        for _ in range(10):
            positions(log)
        with log.store.snapshot() as connection:
            planned = connection.execute(text("SELECT statement FROM pg_prepared_statements")).scalars().all()
    assert any("event.position >=" in one for one in planned)


def test_a_glance_sees_what_was_recorded_since_the_one_before(log: Log):
    def glanced() -> int:
        with log.store.glance() as connection:
            return len(POSITIONS.rows(connection, {"first": 1}))

    assert glanced() == 0
    with running(log) as bank:
        begin(bank, ANN)
        assert glanced() == positions(log) > 0
