"""Signed checkpoints of the log's tree: kept outside the views, as each binds all that come after it."""

from sqlalchemy import Connection

from ledger.store.migrations.running import run

_SQLITE = (
    "CREATE TABLE checkpoint (size INTEGER PRIMARY KEY, note TEXT NOT NULL CHECK (typeof(note) = 'text'))",
    """CREATE TRIGGER checkpoint_insert BEFORE INSERT ON checkpoint
        WHEN NEW.size IS NULL OR NEW.size <= (SELECT coalesce(max(size), 0) FROM checkpoint)
        BEGIN SELECT RAISE(ABORT, 'a checkpoint follows those before it'); END""",
    *(
        f"""CREATE TRIGGER checkpoint_{change.lower()} BEFORE {change} ON checkpoint
        BEGIN SELECT RAISE(ABORT, 'checkpoints are append-only'); END"""
        for change in ("UPDATE", "DELETE")
    ),
)

POSTGRESQL = (
    'CREATE TABLE checkpoint (size BIGINT PRIMARY KEY, note TEXT COLLATE "C" NOT NULL)',
    """CREATE FUNCTION timebank_later_checkpoint() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN
            IF NEW.size <= (SELECT coalesce(max(size), 0) FROM {schema}.checkpoint) THEN
                RAISE EXCEPTION 'a checkpoint follows those before it';
            END IF;
            RETURN NEW;
        END $$""",
    """CREATE TRIGGER checkpoint_insert BEFORE INSERT ON checkpoint
        FOR EACH ROW EXECUTE FUNCTION timebank_later_checkpoint()""",
    """CREATE TRIGGER checkpoint_change BEFORE UPDATE OR DELETE ON checkpoint
        FOR EACH ROW EXECUTE FUNCTION timebank_append_only()""",
    """CREATE TRIGGER checkpoint_truncate BEFORE TRUNCATE ON checkpoint
        FOR EACH STATEMENT EXECUTE FUNCTION timebank_append_only()""",
)


def apply(connection: Connection) -> None:
    """Make the table and the triggers that guard it."""
    run(connection, sqlite=_SQLITE, postgresql=POSTGRESQL)
