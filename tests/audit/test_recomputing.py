"""Every balance recomputed from the stored bytes; and whatever was changed behind the ledger's back, told."""

import json
from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from benchmarks.parts.filling import fill
from benchmarks.parts.town import Town
from ledger.audit.notes import VerifierKey
from ledger.audit.recomputing import Against, How, Recomputed, recompute
from ledger.audit.signing import sign_head
from ledger.store.engine import Store
from ledger.store.log import Log, data_at
from projections.registry import Views
from projections.running.rebuilding import prepare, rebuild
from tests.audit.conftest import ORIGIN
from tests.postgres import Found
from tests.projections.book import ANN, Book, lay_out_at

EVENTS = 700
"""Two whole blocks of the tree, and part of a third."""
ATTESTED = 400
"""Where somebody's service is attested."""

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def build(log: Log) -> None:
    views = Views()
    fill(log, Town(EVENTS).facts(), EVENTS)
    prepare(log, [views.balances, views.tree])


def build_at(url: str) -> None:
    log = Log(Store(url, write=True))
    build(log)
    log.store.close()


@pytest.fixture
def foundation(request: pytest.FixtureRequest) -> Found:
    return build_at if "town" in request.fixturenames else lay_out_at


@pytest.fixture
def town(database_url: str) -> Iterator[Log]:
    log = Log(Store(database_url, write=True))
    yield log
    log.store.close()


def recomputed(
    log: Log, *outside: str, public: VerifierKey | None = None, how: How | None = None
) -> Recomputed:
    views = Views()
    against = Against(views.balances, views.tree, [] if public is None else [public], outside)
    return recompute(log, ORIGIN, against, how)


def faults(log: Log, *outside: str, public: VerifierKey | None = None) -> dict[str, str]:
    return {one.name: one.fault for one in recomputed(log, *outside, public=public).found if one.fault}


def doctor(log: Log, *statements: str) -> None:
    """Change what is stored, as somebody with the file or the database's password could."""
    with log.store.begin() as connection:
        if log.store.embedded:
            triggers = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for name in triggers.scalars().all():
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
        else:
            for table in ("event", "checkpoint"):
                connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        for statement in statements:
            connection.exec_driver_sql(statement)


def test_a_ledger_that_nobody_touched_is_shown_as_it_is(
    busy: Book, key: Ed25519PrivateKey, public: VerifierKey
):
    log, tree = busy.ledger.log, busy.views.tree
    assert faults(log) == {}
    note = sign_head(log, tree, ORIGIN, key)
    signed = busy.position()
    busy.serve(ANN, 5)
    done = recomputed(log, note, public=public)
    assert {one.fault for one in done.found} == {""}
    with busy.reading() as connection:
        assert done.checkpoint.root == tree.look(connection).root(signed + 1)
        assert done.volunteers == len(list(busy.views.balances.every(connection)))
        assert done.accounts == len(list(busy.views.balances.other_accounts(connection)))
    assert (done.checkpoint.origin, done.checkpoint.size, done.signed) == (ORIGIN, signed + 1, signed)


def test_parts_come_to_the_same_as_the_whole(town: Log):
    whole = recomputed(town)
    assert {one.fault for one in whole.found} == {""}
    assert recomputed(town, how=How(1, 256)) == whole
    assert recomputed(town, how=How(1, 512)) == whole


@pytest.mark.slow
def test_several_processes_come_to_the_same_as_one(town: Log):
    assert recomputed(town, how=How(2, 256)) == recomputed(town)


@pytest.mark.parametrize(
    ("change", "name", "sentence"),
    [
        (
            f"UPDATE event SET data = replace(data, 'stf_office', 'stf_officf') WHERE position = {ATTESTED}",
            "tree",
            f"event {ATTESTED} is not what it has a leaf of: one of the two was changed",
        ),
        (f"DELETE FROM event WHERE position = {EVENTS}", "tree", "the view stands at 700, the log at 699"),
        (
            f"DELETE FROM event WHERE position = {EVENTS}",
            "balances",
            "the view stands at 700, the log at 699",
        ),
        (
            f"UPDATE event SET data = replace(data, 'service-attested', 'service-noticed') WHERE position = {ATTESTED}",
            "stored events",
            f"event {ATTESTED} cannot be read",
        ),
        (
            f"UPDATE event SET data = CAST(x'7bff' AS TEXT) WHERE position = {ATTESTED}",
            "stored events",
            f"event {ATTESTED} cannot be read",
        ),
        (
            f"UPDATE event SET data = CAST(x'7bff' AS TEXT) WHERE position = {ATTESTED}",
            "tree",
            f"event {ATTESTED} is not what it has a leaf of: one of the two was changed",
        ),
        (
            # To another letter than it has: ids differ each time, and so do the hashes.
            "UPDATE tree_node SET hash = (CASE WHEN hash LIKE '/%' THEN '+' ELSE '/' END) || substr(hash, 2)"
            " WHERE level = 8 AND number = 1",
            "tree",
            "its nodes above events 257 to 512 are not those of their leaves",
        ),
        (
            f"UPDATE tree_node SET hash = '' WHERE level = 0 AND number = {EVENTS - 1}",
            "tree",
            f"event {EVENTS} is not what it has a leaf of: one of the two was changed",
        ),
        (
            f"DELETE FROM tree_node WHERE level = 0 AND number = {EVENTS - 1}",
            "tree",
            "it has 699 leaves, and the log 700 events",
        ),
        (
            "DELETE FROM tree_node WHERE level = 8 AND number = 0",
            "tree",
            "its nodes above events 1 to 256 are not those of their leaves",
        ),
        (
            "DELETE FROM tree_node WHERE level = 8 AND number = 1",
            "tree",
            "its nodes above events 257 to 512 are not those of their leaves",
        ),
        (
            "UPDATE balance SET service_minutes = 61, credit_minutes = -90 WHERE volunteer = 'vol_000003'",
            "balances",
            "vol_000003 is shown with 1 h 1 min of service and -1 h 30 min of credits, and the events say ",
        ),
        (
            "UPDATE balance_account SET minutes = 7 WHERE account = 'issuance:com_000003'",
            "balances",
            "the account issuance:com_000003 is shown with 7 min, and the events say -",
        ),
        (
            "DELETE FROM balance WHERE volunteer = 'vol_000003'",
            "balances",
            "vol_000003 is not shown, and the events tell of it",
        ),
        (
            "INSERT INTO balance VALUES ('vol_nobody', 1, 0)",
            "balances",
            "vol_nobody is shown with 1 min of service and 0 min of credits, and the events say nothing of them",
        ),
        (
            "INSERT INTO balance_account VALUES ('pool:com_none', 5)",
            "balances",
            "the account pool:com_none is shown with 5 min, and the events say nothing of it",
        ),
    ],
)
@on_sqlite
def test_what_was_changed_is_told_in_a_sentence(town: Log, change: str, name: str, sentence: str):
    doctor(town, change)
    assert faults(town)[name].startswith(sentence)


def test_minutes_changed_in_an_event_are_told_of_the_tree_and_of_the_balances(town: Log):
    with town.store.snapshot() as connection:
        volunteer = json.loads(data_at(connection, [ATTESTED])[ATTESTED])["service"]["volunteer"]
    doctor(
        town,
        f"""UPDATE event SET data = replace(data, '"minutes":', '"minutes":1') WHERE position = {ATTESTED}""",
    )
    found = faults(town)
    assert found.keys() == {"tree", "balances"}
    assert found["tree"].startswith(f"event {ATTESTED} ")
    assert found["balances"].startswith(f"{volunteer} is shown with ")


def test_an_event_far_beyond_the_others_is_told_at_once(town: Log):
    doctor(town, f"INSERT INTO event SELECT {2**63 - 1}, type, tags, data FROM event WHERE position = 2")
    assert faults(town)["stored events"] == f"event {EVENTS + 1} is missing"
    assert rebuild(town, Views().balances).position == 2**63 - 1


@on_sqlite
def test_an_event_that_is_missing_is_told_by_its_own_position(town: Log):
    doctor(town, f"DELETE FROM event WHERE position = {ATTESTED}")
    found = faults(town)
    assert found["stored events"] == f"event {ATTESTED} is missing"
    assert found["tree"].startswith(f"event {ATTESTED} is not what it has a leaf of")


@on_sqlite
def test_two_events_that_changed_places_are_told(town: Log):
    doctor(
        town,
        "UPDATE event SET position = -1 WHERE position = 300",
        "UPDATE event SET position = 300 WHERE position = 600",
        "UPDATE event SET position = 600 WHERE position = -1",
    )
    assert faults(town) == {"tree": "event 300 is not what it has a leaf of: one of the two was changed"}


@on_sqlite
def test_a_column_that_says_another_type_hides_no_event(town: Log):
    before = recomputed(town)
    doctor(town, "UPDATE event SET type = 'service-reported'")
    assert recomputed(town) == before


def test_events_that_are_not_those_that_were_signed_are_told(
    town: Log, key: Ed25519PrivateKey, public: VerifierKey
):
    note = sign_head(town, Views().tree, ORIGIN, key)
    doctor(town, f"UPDATE event SET data = replace(data, 'stf_', 'stg_') WHERE position = {EVENTS}")
    sentence = "the first 700 events are not those that were signed: one of them was changed since"
    assert faults(town, public=public)["checkpoints"] == sentence
    doctor(town, f"DELETE FROM event WHERE position = {EVENTS}", "DELETE FROM checkpoint")
    sentence = "700 events were signed, and the log has 699: some were taken away"
    assert faults(town, note, public=public)["checkpoints"] == sentence
    assert "cannot be trusted" in faults(town, note)["checkpoints"]


def test_a_view_that_is_not_there_is_told(town: Log):
    doctor(town, "DELETE FROM projection")
    not_built = "is not built for this release; `timebank projections rebuild` builds it"
    assert faults(town) == {"tree": f"the view {not_built}", "balances": f"the view {not_built}"}
