"""Triggers that somebody dropped, changed or added are told, and put back when a ledger is next opened for writing."""

import logging

import pytest
from sqlalchemy.exc import DBAPIError

from ledger.audit.shapes import fault_of_shapes
from ledger.bootstrap import open_for_reading, open_for_writing
from ledger.settings import Settings
from tests.postgres import Found
from tests.projections.book import ANN, Book, lay_out_at, opened

pytestmark = pytest.mark.slow
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
on_postgres = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)

NO_FUNCTION = "CREATE OR REPLACE FUNCTION timebank_append_only() RETURNS trigger LANGUAGE plpgsql AS "


@pytest.fixture
def foundation() -> Found:
    return lay_out_at


@pytest.fixture
def place(database_url: str) -> Settings:
    """A ledger that nobody has open."""
    with opened(database_url) as book:
        book.register(ANN)
        return book.ledger.settings


def execute(place: Settings, *statements: str) -> None:
    with open_for_reading(place) as ledger:
        Book(ledger).execute(*statements)


def told(place: Settings) -> str:
    with open_for_reading(place) as ledger:
        return fault_of_shapes(ledger.log, ledger.views.all())


def mended(place: Settings) -> tuple[str, ...]:
    with open_for_writing(place) as ledger:
        for statement in ("UPDATE event SET type = 'x'", "DELETE FROM event_tag"):
            with pytest.raises(DBAPIError):
                Book(ledger).execute(statement)
        return ledger.put_back


def test_a_ledger_that_nobody_touched_is_as_it_was_made(place: Settings):
    assert told(place) == ""
    assert mended(place) == ()


@on_sqlite
@pytest.mark.parametrize(
    "trigger", ["event_update", "event_tag_delete", "checkpoint_insert", "checkpoint_seal_delete"]
)
def test_a_trigger_that_was_dropped_was_passed_over(
    trigger: str, place: Settings, caplog: pytest.LogCaptureFixture
):
    table = trigger.rpartition("_")[0]
    execute(place, f"DROP TRIGGER {trigger}")
    assert told(place) == f"the trigger {trigger} of {table} is missing"
    with caplog.at_level(logging.WARNING):
        assert mended(place) == (f"the trigger {trigger} of {table} was missing: it was put back",)
    assert caplog.messages == [f"the trigger {trigger} of {table} was missing: it was put back"]
    assert (told(place), mended(place)) == ("", ())


@on_sqlite
@pytest.mark.parametrize("table", ["event", "checkpoint", "balance", "schema_migration", "projection"])
def test_a_trigger_of_somebody_else_s_is_taken_away(table: str, place: Settings):
    execute(place, f'CREATE TRIGGER "o""dd" AFTER INSERT ON {table} BEGIN SELECT 1; END')
    assert told(place) == f'the trigger o"dd of {table} is none of ours'
    assert mended(place) == (f'the trigger o"dd of {table} was none of ours: it was taken away',)
    assert told(place) == ""


@on_sqlite
def test_a_trigger_that_was_made_harmless_is_told_and_made_anew(place: Settings):
    execute(
        place,
        "DROP TRIGGER event_delete",
        "CREATE TRIGGER event_delete BEFORE DELETE ON event WHEN 0"
        " BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END",
    )
    assert told(place) == "the trigger event_delete of event is not as it was made"
    assert mended(place) == ("the trigger event_delete of event was not as it was made: it was put back",)


@on_sqlite
@pytest.mark.parametrize("prefix", ["event_insert__new_deadbeef", "sqlite_stat_odd"])
def test_a_trigger_that_bears_the_name_of_a_copy_or_of_statistics_was_passed_over(
    prefix: str, place: Settings
):
    with open_for_reading(place) as ledger, ledger.log.store.snapshot() as connection:
        guard = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'event_insert'")
        made = guard.scalar_one()
    execute(
        place,
        "DROP TRIGGER event_insert",
        "CREATE TRIGGER odd AFTER INSERT ON event BEGIN DELETE FROM event_tag; END",
        made,
        "PRAGMA writable_schema = ON",
        f"UPDATE sqlite_master SET name = '{prefix}', sql = replace(sql, 'odd', '{prefix}') WHERE name = 'odd'",
    )
    assert told(place) == f"the trigger {prefix} of event is none of ours"


@on_sqlite
def test_a_view_or_a_second_index_that_bears_the_name_of_a_copy_was_passed_over(place: Settings):
    execute(
        place,
        "CREATE UNIQUE INDEX record_day__new_deadbeef ON event (type, position)",
        "CREATE VIEW odd__new_deadbeef AS SELECT 1",
    )
    assert told(place) == (
        "the index record_day__new_deadbeef is none of ours; the view odd__new_deadbeef is none of ours"
    )


@on_postgres
@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE event SET UNLOGGED",
        "CREATE TABLE odd () INHERITS (event)",
        "ALTER TABLE event ADD CHECK (position < 0) NOT VALID",
        "ALTER TABLE event ENABLE ROW LEVEL SECURITY",
        "CREATE UNIQUE INDEX odd ON event (type, position)",
        "ALTER TABLE event ALTER COLUMN data SET DEFAULT 'x'",
    ],
)
def test_a_table_that_was_altered_beside_its_columns_was_passed_over(change: str, place: Settings):
    execute(place, change)
    assert told(place) == "the table event is not as it was made"


@on_postgres
def test_a_function_that_does_nothing_hid_behind_another_of_its_name(place: Settings):
    with open_for_reading(place) as ledger, ledger.log.store.snapshot() as connection:
        body = connection.exec_driver_sql("SELECT prosrc FROM pg_proc WHERE proname = 'timebank_append_only'")
        source = body.scalar_one()
    execute(
        place,
        f"{NO_FUNCTION} $$ BEGIN RETURN NEW; END $$",
        f"CREATE FUNCTION timebank_append_only(x int) RETURNS int LANGUAGE plpgsql AS $${source}$$",
    )
    assert told(place) == "the function timebank_append_only is not as it was made"
    assert mended(place) == ("the function timebank_append_only was not as it was made: it was put back",)


@on_sqlite
@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("ALTER TABLE event ADD COLUMN odd", "the table event is not as it was made"),
        ("ALTER TABLE balance ADD COLUMN odd", "the table balance is not as it was made"),
        ("DROP INDEX record_day", "the index record_day is missing"),
        ("CREATE INDEX odd ON event (type)", "the index odd is none of ours"),
        ("CREATE TABLE odd (x)", "the table odd is none of ours"),
        ("CREATE VIEW odd AS SELECT 1", "the view odd is none of ours"),
        (
            "DELETE FROM schema_migration WHERE number = 2",
            "the list of migrations is not that of this release",
        ),
        (
            "UPDATE projection SET name = 'odd' WHERE name = 'teams'",
            "there is a state of odd, which is no view",
        ),
    ],
)
def test_a_table_that_is_not_as_it_was_made_is_told(change: str, fault: str, place: Settings):
    execute(place, change)
    assert told(place) == fault


@on_postgres
@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("DROP TRIGGER event_change ON event", "the trigger event_change of event is missing"),
        ("ALTER TABLE event DISABLE TRIGGER event_change", "the trigger event_change of event is disabled"),
        (
            "ALTER TABLE event_tag ENABLE REPLICA TRIGGER event_tag_truncate",
            "the trigger event_tag_truncate of event_tag is disabled",
        ),
        (
            "CREATE OR REPLACE TRIGGER checkpoint_seal_change BEFORE UPDATE ON checkpoint_seal"
            " FOR EACH ROW EXECUTE FUNCTION timebank_append_only()",
            "the trigger checkpoint_seal_change of checkpoint_seal is not as it was made",
        ),
        (
            f"{NO_FUNCTION} $$ BEGIN RETURN NEW; END $$",
            "the function timebank_append_only is not as it was made",
        ),
        (
            "CREATE TRIGGER odd BEFORE INSERT ON balance FOR EACH ROW EXECUTE FUNCTION timebank_append_only()",
            "the trigger odd of balance is none of ours",
        ),
    ],
)
def test_a_trigger_that_was_changed_on_postgresql_is_told_and_put_back(
    change: str, fault: str, place: Settings
):
    execute(place, change)
    assert told(place) == fault
    assert [one.partition(":")[0] for one in mended(place)] == [fault.replace(" is ", " was ")]
    assert (told(place), mended(place)) == ("", ())


@on_postgres
@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("CREATE RULE odd AS ON UPDATE TO event DO INSTEAD NOTHING", "the rule odd of event is none of ours"),
        ("ALTER TABLE checkpoint ADD COLUMN odd INTEGER", "the table checkpoint is not as it was made"),
        ("ALTER TABLE event_tag DROP CONSTRAINT event_tag_pkey", "the table event_tag is not as it was made"),
    ],
)
def test_what_only_a_restore_mends_on_postgresql_is_told(change: str, fault: str, place: Settings):
    execute(place, change)
    assert told(place) == fault


@on_postgres
def test_triggers_of_tables_that_are_not_ours_are_left_alone(place: Settings):
    execute(
        place,
        "CREATE TABLE theirs (x INTEGER)",
        "CREATE TRIGGER odd BEFORE INSERT ON theirs FOR EACH ROW EXECUTE FUNCTION timebank_append_only()",
    )
    assert (told(place), mended(place)) == ("", ())
